"""
The watchman minds the clock: a jump, in either direction, rings every bell at once.
"""

from __future__ import annotations

import signal
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import TYPE_CHECKING

from tests.daemon.running import a_log, until
from watchdog import assemble
from watchdog.daemon import watchman as room
from watchdog.daemon.systemd import Notifier
from watchdog.daemon.watchman import Watchman
from watchdog.settings import load

if TYPE_CHECKING:
    import pytest

    from tests.stories.seller import Seller


def test_two_days_of_sleep_or_a_clock_set_back_are_caught_up_with_at_once(seller: Seller, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Not at the next round of a plan that lies two days ahead.
    """
    monkeypatch.setattr(room, "_CLOCK_EVERY", 0.05)
    monkeypatch.setattr(signal, "signal", lambda *_: None)  # a test's thread may not mind signals
    log, told = a_log()
    off = [timedelta()]
    house = assemble.house(load(), create=True)
    watchman = Watchman(house, lambda: datetime.now(UTC).replace(microsecond=0) + off[0], Notifier(None, None), log)
    thread = Thread(target=watchman.run, daemon=True)
    thread.start()
    until(lambda: [entry for entry in told if entry["event"] == "patrol.finished"], within=20)
    turns = [1]
    for jump in (timedelta(days=2), timedelta(days=-1)):
        off[0] = jump
        until(lambda: watchman.watch.rounds.turns > turns[-1], within=20)
        turns.append(watchman.watch.rounds.turns)
    watchman.signals.put(signal.SIGTERM)
    thread.join(20)

    assert not thread.is_alive()
    assert [round(entry["seconds"] / 86400) for entry in told if entry["event"] == "clock.jumped"] == [2, -3]
