"""
The log is looked after: what is due is done, once; what fails is said and tried again, and stops nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from watchdog.routines.caretaker import Caretaker, UpkeepJob, UpkeepWatch
from watchdog.store import Store, open_temporary
from watchdog.terms.condition import ConditionKind
from watchdog.terms.errors import StoreDamaged, StoreFull, WatchdogError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NOW = datetime(2026, 9, 5, 3, tzinfo=UTC)


@dataclass
class FakeLog:
    """
    A log that counts what is asked of it.
    """

    fails: dict[UpkeepJob, WatchdogError | OSError] = field(default_factory=dict)
    done: list[UpkeepJob] = field(default_factory=list)

    def _do(self, chore: UpkeepJob) -> Mapping[str, int]:
        self.done.append(chore)
        if chore in self.fails:
            raise self.fails[chore]
        return {}

    def retire(self, now: datetime) -> Mapping[str, int]:
        """
        Count it.
        """
        return self._do(UpkeepJob.RETENTION)

    def back_up(self, now: datetime) -> Mapping[str, int]:
        """
        Count it.
        """
        return self._do(UpkeepJob.BACKUP)

    def examine(self, now: datetime) -> Mapping[str, int]:
        """
        Count it.
        """
        return self._do(UpkeepJob.INTEGRITY)

    def truncate(self, now: datetime) -> Mapping[str, int]:
        """
        Count it.
        """
        return self._do(UpkeepJob.WAL)


@pytest.fixture
def store() -> Iterator[Store]:
    """
    A passing log.
    """
    store = open_temporary()
    yield store
    store.close()


def test_a_week_of_hours_does_each_chore_in_its_rhythm(store: Store) -> None:
    """
    Also where the program is restarted every day: the log itself knows what was done.
    """
    log = FakeLog()
    for hour in range(7 * 24):
        Caretaker(store, log).round(_NOW + timedelta(hours=hour))

    assert {chore: log.done.count(chore) for chore in UpkeepJob} == {
        UpkeepJob.WAL: 7 * 24,
        UpkeepJob.RETENTION: 7,
        UpkeepJob.BACKUP: 7,
        UpkeepJob.INTEGRITY: 1,
    }


def test_a_chore_that_fails_is_tried_every_hour_and_stops_no_other(store: Store) -> None:
    """
    The disk is full for three hours.
    """
    log = FakeLog({UpkeepJob.RETENTION: OSError(28, "No space left on device"), UpkeepJob.BACKUP: StoreFull(path="/b", problem="full")})
    caretaker = Caretaker(store, log)
    for hour in range(2):
        caretaker.round(_NOW + timedelta(hours=hour))
    done = caretaker.round(_NOW + timedelta(hours=2))
    log.fails.clear()
    caretaker.round(_NOW + timedelta(hours=3))
    caretaker.round(_NOW + timedelta(hours=4))

    assert {job.name: job.trouble.code for job in done if job.trouble} == {"upkeep.retention": "failed", "upkeep.backup": "store_full"}
    assert log.done.count(UpkeepJob.BACKUP) == log.done.count(UpkeepJob.RETENTION) == 4
    assert log.done.count(UpkeepJob.INTEGRITY) == 1


def test_a_clock_set_back_does_not_silence_the_caretaker(store: Store) -> None:
    """
    The last backup lies in the future now: it counts as none.
    """
    log = FakeLog()
    caretaker = Caretaker(store, log)
    caretaker.round(_NOW + timedelta(days=400))
    caretaker.round(_NOW)

    assert log.done.count(UpkeepJob.BACKUP) == 2


def test_damage_and_missing_copies_are_conditions_of_the_account(store: Store) -> None:
    """
    Until they are over; the seller hears of both.
    """
    log = FakeLog({UpkeepJob.INTEGRITY: StoreDamaged(path="/w", problem="page 7"), UpkeepJob.BACKUP: StoreFull(path="/b", problem="full")})
    caretaker = Caretaker(store, log)

    def standing() -> set[ConditionKind]:
        with store.reading() as tx:
            return {each.kind for each in UpkeepWatch().observe(tx, _NOW)}

    before = standing()
    caretaker.round(_NOW)
    during = standing()
    log.fails.clear()
    caretaker.round(_NOW + timedelta(hours=1))

    assert before == set()
    assert during == {ConditionKind.LOG_DAMAGED, ConditionKind.BACKUP_FAILS}
    assert standing() == set()
