"""
The log is looked after: what is old leaves, copies are made and looked through, the whole is examined; a failing chore stops no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Protocol

from watchdog.store import Store, jobs
from watchdog.terms.condition import Condition, ConditionKind
from watchdog.terms.errors import StoreBusy, WatchdogError
from watchdog.terms.finding import Severity
from watchdog.terms.look import Reason

if TYPE_CHECKING:
    from watchdog.store import Transaction
    from watchdog.store.jobs import Job


class UpkeepJob(StrEnum):
    """
    What is done to the log, by its name among the jobs.
    """

    WAL = "upkeep.wal"  #: the write-ahead log is emptied
    RETENTION = "upkeep.retention"  #: what is old leaves
    BACKUP = "upkeep.backup"  #: a copy is made and looked through
    INTEGRITY = "upkeep.integrity"  #: the whole log is examined


#: How long after it went well a chore is due again.
EVERY: Mapping[UpkeepJob, timedelta] = {
    UpkeepJob.WAL: timedelta(hours=1),
    UpkeepJob.RETENTION: timedelta(days=1),
    UpkeepJob.BACKUP: timedelta(days=1),
    UpkeepJob.INTEGRITY: timedelta(days=7),
}
#: How long after a failure it is tried again.
AGAIN = timedelta(hours=1)


class Log(Protocol):
    """
    The log as the caretaker needs it; each answers with figures for the journal.
    """

    def retire(self, now: datetime) -> Mapping[str, int]:
        """
        Delete what has grown old.
        """

    def back_up(self, now: datetime) -> Mapping[str, int]:
        """
        Make and rotate the copies.
        """

    def examine(self, now: datetime) -> Mapping[str, int]:
        """
        Look through everything.
        """

    def truncate(self, now: datetime) -> Mapping[str, int]:
        """
        Empty the write-ahead log.
        """


@dataclass
class Caretaker:
    """
    Does what is due and notes how it went; what was done is known to the log itself, so a restart repeats nothing.
    """

    store: Store
    log: Log
    told: Callable[[str, Mapping[str, object]], None] = field(default=lambda _event, _fields: None)
    timer: Callable[[], float] = field(default=lambda: 0.0)  #: seconds, for how long a chore took

    def round(self, now: datetime, *, reached: Callable[[], None] = lambda: None) -> tuple[Job, ...]:
        """
        Do every chore that is due and return how each went; ``reached`` hears of each step.
        """
        with self.store.reading() as tx:
            known = jobs.known(tx)
        done = []
        for chore in UpkeepJob:
            reached()
            if is_due(known.get(chore), EVERY[chore], now):
                done.append(self._do(chore, now))
        return tuple(done)

    def _do(self, chore: UpkeepJob, now: datetime) -> Job:
        began, trouble, figures = self.timer(), None, dict[str, int]()
        try:
            figures = dict(_WORK[chore](self.log)(now))
        except WatchdogError as error:
            trouble = Reason(error.code, error.values)
        except OSError as error:
            trouble = Reason("failed", {"problem": error.strerror or type(error).__name__})
        took_ms = round((self.timer() - began) * 1000)
        self.told("upkeep.failed" if trouble else "upkeep.done", {"job": str(chore), "took_ms": took_ms, **_told(trouble), **figures})
        with self.store.writing() as tx:
            return jobs.note(tx, chore, at=now, took_ms=took_ms, trouble=trouble)


#: UpkeepJob → what the log is asked for.
_WORK: Mapping[UpkeepJob, Callable[[Log], Callable[[datetime], Mapping[str, int]]]] = {
    UpkeepJob.WAL: lambda log: log.truncate,
    UpkeepJob.RETENTION: lambda log: log.retire,
    UpkeepJob.BACKUP: lambda log: log.back_up,
    UpkeepJob.INTEGRITY: lambda log: log.examine,
}


def _told(trouble: Reason | None) -> dict[str, object]:
    return {} if trouble is None else {"reason": trouble.code, **trouble.values}


def is_due(job: Job | None, every: timedelta, now: datetime) -> bool:
    """
    Say whether a job is due; a last time that lies ahead was written by a clock that has been set back, and counts as none.
    """
    if job is None or job.ended_at > now:
        return True
    if job.failing_since is not None:
        return now - job.ended_at >= min(AGAIN, every)
    return now - job.ended_at >= every


@dataclass(frozen=True)
class UpkeepWatch:
    """
    Knows at every turn whether the log can be trusted and copied; an account-level condition for the seller (DOMAIN §10).
    """

    kinds: ClassVar[frozenset[ConditionKind]] = frozenset({ConditionKind.LOG_DAMAGED, ConditionKind.BACKUP_FAILS})

    def observe(self, tx: Transaction, now: datetime) -> Iterable[Condition]:
        """
        Yield what the last integrity check and the last backup found wrong.
        """
        del now
        known = jobs.known(tx)
        for chore, kind, severity in (
            (UpkeepJob.INTEGRITY, ConditionKind.LOG_DAMAGED, Severity.URGENT),
            (UpkeepJob.BACKUP, ConditionKind.BACKUP_FAILS, Severity.WARNING),
        ):
            job = known.get(chore)
            if job is not None and job.trouble is not None and job.trouble.code != StoreBusy.code:
                yield Condition(kind, "log", severity, job.trouble)
