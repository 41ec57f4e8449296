"""
Business days of a marketplace: weekends and the closed days handed in; this module knows no holiday by itself.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """
    Which days count as business days (DOMAIN §2: weekends and national holidays; Japan's year-end days by setting).
    """

    closed: Container[date] = frozenset()  #: holidays; set by assemble from the holidays library

    def is_open(self, day: date) -> bool:
        """
        Say whether the day is a business day.
        """
        return day.weekday() < _SATURDAY and day not in self.closed

    def shifted(self, day: date, business_days: int) -> date:
        """
        Return the date that many business days after (negative: before) ``day``; zero returns the day itself.
        """
        step = timedelta(days=1 if business_days > 0 else -1)
        for _ in range(abs(business_days)):
            day += step
            while not self.is_open(day):
                day += step
        return day

    def between(self, earlier: date, later: date) -> int:
        """
        Return how many business days lie after ``earlier`` up to and including ``later``; 0 where later is not later.
        """
        days = (later - earlier).days
        return sum(self.is_open(earlier + timedelta(days=n)) for n in range(1, days + 1))

    def last_before(self, day: date) -> date:
        """
        Return the last business day before ``day``.
        """
        return self.shifted(day, -1)
