"""
Once a day, at its hour, what is open and what is not watched is gathered for the seller; nothing to say → nothing is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from watchdog.cases.promise import was_missed
from watchdog.routines.promises import Promises
from watchdog.store import Transaction, casebook, casepages, conditions, journal, listings, outbox, steps
from watchdog.terms.account import Account
from watchdog.terms.case import PREVENTED, CaseFile, Due
from watchdog.terms.digest import EVERY_DAY, Digest, DigestSource, DigestTimes
from watchdog.terms.finding import Rule, Severity
from watchdog.terms.moments import local_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from watchdog.terms.case import Case, CaseStep
    from watchdog.terms.finding import Finding
    from watchdog.terms.message import Notice

#: Under this name the journal keeps the day whose digest is written.
_MARK = "digest"
#: Cases that ended longer ago are no longer held against reports.
_LOOK_BACK = timedelta(days=75)


class DigestScribe(Protocol):
    """
    The room ``compose`` as this routine needs it.
    """

    def digest_notice(self, said: Digest, *, language: str, zone: ZoneInfo, now: datetime) -> Notice:
        """
        Return the message.
        """


class Reminder(Protocol):
    """
    What the room ``cases`` knows of time, as this routine needs it.
    """

    def due_steps(self, case: Case, *, now: datetime, steps: Sequence[CaseStep]) -> tuple[Due, ...]:
        """
        Return what time will bring about in the case, the earliest first.
        """


@dataclass(frozen=True)
class Digests:
    """
    Writes a day's digest once, inside the caller's transaction.
    """

    account: Account
    clerk: Reminder
    scribe: DigestScribe
    channels: Callable[[Severity], tuple[str, ...]]
    leaves_at: Callable[[Severity, datetime], datetime]
    seeings: Callable[[Transaction, datetime], tuple[DigestSource, ...]]
    times: DigestTimes = field(default_factory=DigestTimes)

    def write(self, tx: Transaction, now: datetime) -> int:
        """
        Put today's digest into the outbox if its hour has come and it has something to say; return how many messages that are.

        Days that were slept through have none. The very first turn writes none: its alerts are the news.
        """
        local = now.astimezone(self.account.home.zone)
        if EVERY_DAY[local.weekday()] not in self.times.days or local.time() < self.times.at:
            return 0
        today, mark = local.date(), journal.mark(tx, _MARK)
        if mark is not None and mark.get("day") == str(today):
            return 0
        journal.save_mark(tx, _MARK, {"day": str(today)})
        digest = self.gather(tx, now)
        if mark is None or (digest.is_empty and not self.times.when_empty):
            return 0
        notice = self.scribe.digest_notice(digest, language=self.account.language, zone=self.account.home.zone, now=now)
        return outbox.enqueue(tx, notice, self.channels(Severity.NOTICE), now=now, not_before=self.leaves_at(Severity.NOTICE, now))

    def gather(self, tx: Transaction, now: datetime) -> Digest:
        """
        Return what a digest of this moment would say.
        """
        today = local_date(now, self.account.home.zone)
        listed = casebook.findings(tx, everything=True)
        numbers = [each.case_no for each in listed if each.case_no is not None and each.open]
        cases = casebook.by_number(tx, numbers)
        taken = steps.of_cases(tx, numbers)
        return Digest(
            day=today,
            files=tuple(self._file(tx, case, taken.get(case.no, ()), now) for case in cases),
            watched=tuple(self._watched(tx, today)),
            near=tuple(each.finding for each in listed if _is_near(each.finding, today)),
            gaps=tuple(each for each in listings.coverage(tx) if each.gap is not None),
            sources=self.seeings(tx, now),
            troubles=tuple(each.condition.reason for each in conditions.standing(tx)),
            prevented=sum(casepages.tally(tx).outcomes.get(outcome, 0) for outcome in PREVENTED),
        )

    def _file(self, tx: Transaction, case: Case, taken: tuple[CaseStep, ...], now: datetime) -> CaseFile:
        promise = Promises(self.account).of(tx, case, taken)
        return CaseFile(case, taken, promise, self.clerk.due_steps(case, now=now, steps=taken))

    def _watched(self, tx: Transaction, today: date) -> Iterator[CaseFile]:
        """
        Yield the cases that are over and whose order a report could still count.
        """
        for store in self.account.marketplaces:
            over = [case for case in casebook.late_orders(tx, store.id, since=today - _LOOK_BACK, until=today) if not case.state.is_open]
            taken = steps.of_cases(tx, [case.no for case in over])
            for case in over:
                promise = Promises(self.account).of(tx, case, taken.get(case.no, ())) if was_missed(case) else None
                if promise is not None and promise.since is not None and today < promise.until:
                    yield CaseFile(case, taken.get(case.no, ()), promise)


def _is_near(finding: Finding, today: date) -> bool:
    return Rule.SHIP_BY_NEAR in finding.rules and finding.ship_by is not None and finding.ship_by >= today
