"""
A lane does one kind of work whenever its bell has rung, and nothing stops it but the stop.
"""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pytest

from tests.daemon.running import a_log, until
from watchdog.daemon.lanes import Lane

if TYPE_CHECKING:
    from collections.abc import Iterator


class Work:
    """
    Work that waits at a gate, so that a test can look while it is under way.
    """

    def __init__(self) -> None:
        """
        Begin with the gate closed.
        """
        self.begun = 0
        self.done = 0
        self.gate = Event()
        self.error: Exception | None = None

    def __call__(self) -> None:
        """
        Wait at the gate, then fail or be done.
        """
        self.begun += 1
        assert self.gate.wait(10)
        if self.error is not None:
            raise self.error
        self.done += 1


@pytest.fixture
def work() -> Iterator[Work]:
    """
    Work whose gate is open again when the test ends.
    """
    work = Work()
    yield work
    work.gate.set()


def started(work: Work) -> Lane:
    """
    Return a lane that waits for its bell.
    """
    lane = Lane("patrol", work, a_log()[0])
    lane.start()
    return lane


def test_without_a_ring_nothing_is_done(work: Work) -> None:
    """
    A lane that was never asked ends without a round.
    """
    lane = started(work)

    assert lane.stop(patience=10)
    assert work.begun == 0


def test_a_ring_during_the_work_is_not_lost(work: Work) -> None:
    """
    What changed while a round was under way needs another round.
    """
    lane = started(work)
    lane.ring()
    until(lambda: work.begun == 1, within=10)

    lane.ring()
    work.gate.set()
    until(lambda: lane.rounds == 2, within=10)

    assert work.done == 2
    assert lane.stop(patience=10)


def test_many_rings_during_the_work_are_one_more_round(work: Work) -> None:
    """
    A hundred dropped files do not ask for a hundred turns.
    """
    lane = started(work)
    lane.ring()
    until(lambda: work.begun == 1, within=10)
    for _ in range(100):
        lane.ring()
    work.gate.set()
    until(lambda: lane.rounds >= 2 and lane.is_well(patience=0), within=10)  # no third round is under way
    lane.stop(patience=10)

    assert work.done == 2


def test_a_failing_round_is_logged_and_does_not_end_the_lane(work: Work) -> None:
    """
    The next bell tries again.
    """
    log, told = a_log()
    lane = Lane("patrol", work, log)
    lane.start()
    work.gate.set()
    work.error = ValueError("broken")
    lane.ring()
    until(lambda: lane.rounds == 1, within=10)
    work.error = None
    lane.ring()
    until(lambda: lane.rounds == 2, within=10)

    assert work.done == 1
    assert [(entry["event"], entry["lane"], entry["reason"]) for entry in told] == [("lane.stumbled", "patrol", "ValueError")]
    assert lane.stop(patience=10)


def test_a_stop_lets_the_round_under_way_end(work: Work) -> None:
    """
    Half a turn is nobody's wish.
    """
    lane = started(work)
    lane.ring()
    until(lambda: work.begun == 1, within=10)

    assert not lane.stop(patience=0.01), "still at it"
    work.gate.set()

    assert lane.stop(patience=10)
    assert work.done == 1


def test_after_a_stop_no_new_round_begins(work: Work) -> None:
    """
    A ring that came too late is left to the next start.
    """
    lane = started(work)
    work.gate.set()
    lane.stop(patience=10)
    lane.ring()

    assert work.begun == 0


def test_a_lane_is_well_while_it_is_idle_or_moves(work: Work) -> None:
    """
    Only a round that passes no point for longer than the patience is said to hang.
    """
    lane = started(work)

    assert lane.is_well(patience=0), "idle"
    lane.ring()
    until(lambda: work.begun == 1, within=10)
    until(lambda: not lane.is_well(patience=0.05), within=10)
    lane.step()

    assert lane.is_well(patience=10), "it moved"
    work.gate.set()
    until(lambda: lane.is_well(patience=0), within=10)
    lane.stop(patience=10)

    assert not lane.is_well(patience=10), "a dead lane is not well"
