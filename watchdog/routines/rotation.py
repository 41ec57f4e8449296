"""
At every turn: does the application's client secret end soon? Amazon wants a new one every 180 days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from watchdog.terms.condition import Condition, ConditionKind
from watchdog.terms.finding import Severity
from watchdog.terms.look import Reason
from watchdog.terms.moments import local_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchdog.store import Transaction

#: The old secret dies after this (reference spapi.md §2: rotated at least every 180 days).
LIVES = timedelta(days=180)
#: Enough time to find an hour for it, and the last days in which it must be found.
WARNED = timedelta(days=14)
URGENT = timedelta(days=3)


@dataclass(frozen=True)
class Rotation:
    """
    Observes ``secret_expires``; what stands is reconciled by ``routines.conditions``.
    """

    made_on: date
    zone: ZoneInfo
    kinds: ClassVar[tuple[ConditionKind, ...]] = (ConditionKind.SECRET_EXPIRES,)

    def observe(self, tx: Transaction, now: datetime) -> Iterator[Condition]:
        """
        Yield the condition from two weeks before the secret ends: urgent in the last three days, and once it is over.
        """
        del tx  # the date is a setting; nothing of it is in the log
        ends_on = self.made_on + LIVES
        left = ends_on - local_date(now, self.zone)
        if left > WARNED:
            return
        days = {"made_on": self.made_on.isoformat(), "ends_on": ends_on.isoformat()}
        over = left <= timedelta()
        reason = Reason("secret_expired", days) if over else Reason("secret_expires", {**days, "days": left.days})
        yield Condition(ConditionKind.SECRET_EXPIRES, "client_secret", Severity.URGENT if left <= URGENT else Severity.WARNING, reason)
