"""
Each job's last result is kept, with how often it ran and since when it fails.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.store.makers_store import at
from watchdog.store import jobs
from watchdog.terms.look import Reason

if TYPE_CHECKING:
    from watchdog.store import Store

_TROUBLE = Reason("store_full", {"path": "/backup", "problem": "no room"})


def test_a_job_that_fails_and_recovers_leaves_its_counts(store: Store) -> None:
    """
    The first failure is remembered until it goes well again; other jobs are untouched.
    """
    with store.writing() as tx:
        jobs.note(tx, "upkeep.backup", at=at(1), took_ms=5)
        jobs.note(tx, "post", at=at(1), took_ms=1)
        jobs.note(tx, "upkeep.backup", at=at(2), took_ms=6, trouble=_TROUBLE)
        failing = jobs.note(tx, "upkeep.backup", at=at(3), took_ms=7, trouble=_TROUBLE)
        well = jobs.note(tx, "upkeep.backup", at=at(4), took_ms=8)
        known = jobs.known(tx)

    assert (failing.succeeded_at, failing.failing_since, failing.trouble) == (at(1), at(2), _TROUBLE)
    assert (well.succeeded_at, well.failing_since, well.trouble, well.runs, well.failures) == (at(4), None, None, 4, 2)
    assert set(known) == {"post", "upkeep.backup"}
    assert known["post"].runs == 1
