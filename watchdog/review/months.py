"""
What years of old reports would have shown, month by month; pure.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from watchdog.terms.case import Outcome
from watchdog.terms.finding import Severity
from watchdog.terms.marketplace import BY_ID
from watchdog.terms.moments import local_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from watchdog.store.casebook import ListedFinding

_BLOCK = "█"


@dataclass(frozen=True, slots=True)
class Month:
    """
    One month of a replay.
    """

    first: date
    files: int = 0
    caught: int = 0  #: cases that would have opened
    urgent: int = 0
    restored: int = 0  #: of the caught: the ship-by came back, or the release date explained it

    def bar(self, most: int, width: int) -> str:
        """
        Return a bar in proportion to the month with the most, at least one block where there is anything.
        """
        return _BLOCK * (max(1, round(self.caught * width / most)) if self.caught else 0)


def by_month(listed: Iterable[ListedFinding], seen: Sequence[datetime], zone: ZoneInfo) -> tuple[Month, ...]:
    """
    Return every month from the first file to the last, also the quiet ones.

    Args:
        listed: all findings; notices and cases taken over by others are no catch.
        seen: the moment each file speaks of.
        zone: of the seller's home marketplace.
    """
    files = Counter(_first(local_date(moment, zone)) for moment in seen)
    caught: Counter[date] = Counter()
    urgent: Counter[date] = Counter()
    restored: Counter[date] = Counter()
    for each in listed:
        if each.case_no is None:
            continue
        month = _first(local_date(each.first_seen_at, BY_ID[each.finding.subject.marketplace_id].zone))
        caught[month] += 1
        urgent[month] += each.finding.severity is Severity.URGENT
        restored[month] += each.outcome in {Outcome.RESTORED, Outcome.RELEASE_CORRECTED}
    span = _span(files.keys() | caught.keys())
    return tuple(Month(month, files[month], caught[month], urgent[month], restored[month]) for month in span)


def months_of(months: Iterable[Month]) -> list[dict[str, Any]]:
    """
    Return the months as other programs read them.
    """
    return [
        {"month": f"{each.first:%Y-%m}", "files": each.files, "caught": each.caught, "urgent": each.urgent, "restored": each.restored}
        for each in months
    ]


def _span(months: Iterable[date]) -> Iterator[date]:
    known = sorted(months)
    if not known:
        return
    month = known[0]
    while month <= known[-1]:
        yield month
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _first(day: date) -> date:
    return day.replace(day=1)
