"""
Time rings the bells, and no time is missed for good.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.daemon.running import a_log, until
from watchdog.daemon.clockwork import Clockwork

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONG_AGO = datetime(2026, 9, 5, tzinfo=UTC)
_SOON = timedelta(milliseconds=50)


@pytest.fixture
def clockwork() -> Iterator[Clockwork]:
    """
    A clockwork that runs while the test lasts.
    """
    clockwork = Clockwork(a_log()[0])
    clockwork.start()
    yield clockwork
    clockwork.stop()


def test_a_bell_is_rung_over_and_over(clockwork: Clockwork) -> None:
    """
    In its rhythm, until stopped.
    """
    rings: list[int] = []
    clockwork.every(_SOON, lambda: rings.append(1), name="patrol")

    until(lambda: len(rings) >= 3, within=10)


def test_a_time_that_has_passed_already_is_rung_at_once(clockwork: Clockwork) -> None:
    """
    A machine that slept through it is late, not silent.
    """
    rings: list[int] = []
    clockwork.once(_LONG_AGO, lambda: rings.append(1), name="inbox")

    until(lambda: rings == [1], within=10)


def test_a_later_time_under_the_same_name_takes_the_place_of_the_earlier(clockwork: Clockwork) -> None:
    """
    A file that is still being written pushes its own ring further away.
    """
    rings: list[str] = []
    clockwork.once(datetime.now(UTC) + timedelta(days=1), lambda: rings.append("first"), name="inbox")
    clockwork.once(datetime.now(UTC) + _SOON, lambda: rings.append("second"), name="inbox")

    until(lambda: rings == ["second"], within=10)


def test_a_ring_that_fails_is_logged_and_stops_no_other() -> None:
    """
    Each bell has its own job.
    """
    log, told = a_log()
    clockwork = Clockwork(log)
    rings: list[int] = []

    def fails() -> None:
        raise ValueError

    clockwork.every(_SOON, fails, name="broken")
    clockwork.every(_SOON, lambda: rings.append(1), name="post")
    clockwork.start()
    try:
        until(lambda: len(rings) >= 3 and len(told) >= 2, within=10)
    finally:
        clockwork.stop()

    assert {(entry["event"], entry["job"]) for entry in told} == {("bell.missed", "broken")}


def test_after_the_clock_was_set_every_bell_rings_at_once(clockwork: Clockwork) -> None:
    """
    Plans made by a clock that was a day ahead, or by a machine that slept, mean nothing any more.
    """
    rings: list[str] = []
    clockwork.every(timedelta(days=1), lambda: rings.append("patrol"), name="patrol")
    clockwork.once(datetime.now(UTC) + timedelta(days=2), lambda: rings.append("again"), name="again")
    planned = clockwork.next_at("patrol")
    clockwork.all_now()
    until(lambda: sorted(rings) == ["again", "patrol"], within=10)

    assert planned is not None
    assert clockwork.next_at("nothing") is None
