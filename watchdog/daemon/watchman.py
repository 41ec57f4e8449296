"""
The daemon itself: two lanes, their bells, the clock, the inbox, systemd; started and stopped in order.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

from structlog.typing import FilteringBoundLogger as Log

from watchdog.assemble import House
from watchdog.daemon.clockwork import Clockwork
from watchdog.daemon.lanes import Lane
from watchdog.daemon.systemd import Notifier
from watchdog.daemon.watching import InboxWatch
from watchdog.store.locks import hold
from watchdog.terms.errors import Busy, StoreBusy

if TYPE_CHECKING:
    from watchdog.routines.points import Point, Reached

#: A dropped file must stand still for a while before it is taken; ring again once it may have.
_STAND_STILL = timedelta(seconds=6)
_POST_EVERY = timedelta(minutes=1)
#: Another program held the log or the patrol: knock again long before the next round.
_AGAIN_AFTER = timedelta(seconds=15)
_LOCK_PATIENCE = 60
_STOP_PATIENCE = 10
#: A lane that has not moved from one point of its round to the next for so many seconds hangs; the largest file takes far less.
_HANGS_AFTER = 600


@dataclass
class Watchman:
    """
    Runs one house until told to stop.
    """

    house: House
    state_dir: Path
    poll_every: timedelta
    clock: Callable[[], datetime]
    notifier: Notifier
    log: Log
    #: What came in; an event's lock is not safe in a signal handler, this queue is.
    signals: SimpleQueue[int] = field(default_factory=SimpleQueue)

    def __post_init__(self) -> None:
        """
        Build the lanes; nothing runs yet.
        """
        self.patrol = Lane("patrol", self._patrol, self.log)
        self.post = Lane("post", self._deliver, self.log)
        self.clockwork = Clockwork(self.log)
        self.house.patrol.reached = _stepping(self.patrol, self.house.patrol.reached)
        self.house.postman.reached = _stepping(self.post, self.house.postman.reached)
        self._turns = 0

    def run(self) -> None:
        """
        Watch until SIGTERM, SIGINT or, on a terminal, its end; what is under way is finished first.

        Raises:
            Busy: another daemon watches this state directory.
        """
        with hold(self.state_dir / "daemon.lock", wait=0):
            self._mind_signals()
            inbox = self._start()
            self.notifier.ready("watching")
            self.log.info("daemon.started", poll_minutes=self.poll_every.total_seconds() / 60)
            self._watch_until_stopped()
            self.notifier.stopping()
            self._stop(inbox)

    def _mind_signals(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            # an ignored SIGHUP is nohup's wish, an ignored SIGINT that of a shell's background job: both stand
            if number == signal.SIGTERM or signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, lambda number, _frame: self.signals.put(number))

    def _watch_until_stopped(self) -> None:
        """
        Return at a signal to stop; a service manager's wish to reload must not end the watch.
        """
        while self.signals.get() == signal.SIGHUP and self.notifier.is_heard:
            self.log.warning("daemon.reload_refused", reason="settings are read at start: restart instead")

    def _start(self) -> InboxWatch | None:
        self.clockwork.every(self.poll_every, self.patrol.ring, name="patrol")
        self.clockwork.every(_POST_EVERY, self.post.ring, name="post")
        if self.notifier.heartbeat_every is not None:
            self.clockwork.every(self.notifier.heartbeat_every, self._beat, name="heartbeat")
        inbox = InboxWatch(self.house.inbox, self._file_dropped, self.log) if self.house.inbox is not None else None
        for part in (self.patrol, self.post, self.clockwork, inbox):
            if part is not None:
                part.start()
        self.patrol.ring()
        self.post.ring()
        return inbox

    def _stop(self, inbox: InboxWatch | None) -> None:
        self.clockwork.stop()
        if inbox is not None:
            inbox.stop()
        finished = [lane.stop(patience=_STOP_PATIENCE / 2) for lane in (self.patrol, self.post)]
        self.log.info("daemon.stopped", finished=all(finished))

    def _file_dropped(self) -> None:
        self.clockwork.once(self.clock() + _STAND_STILL, self.patrol.ring, name="inbox")

    def _patrol(self) -> None:
        try:
            with hold(self.state_dir / "patrol.lock", wait=_LOCK_PATIENCE):
                turn = self.house.patrol.turn(self.clock())
        except (Busy, StoreBusy) as error:
            self.log.warning("patrol.postponed", reason=error.code, **error.values)
            self.clockwork.once(self.clock() + _AGAIN_AFTER, self.patrol.ring, name="again")
            return
        self._turns += 1
        rows = turn.rows
        self.log.info(
            "patrol.finished",
            looks=turn.looks, read=rows.read, used=rows.used, rejected=rows.rejected,
            opened=len(turn.enacted.opened), moved=len(turn.enacted.moved), messages=turn.enacted.messages,
        )  # fmt: skip
        if turn.enacted.messages:
            self.post.ring()

    def _deliver(self) -> None:
        delivery = self.house.postman.deliver(self.clock)
        if delivery.postponed or delivery.refused:
            self.log.warning("post.finished", sent=delivery.sent, postponed=delivery.postponed, refused=delivery.refused)

    def _beat(self) -> None:
        """
        Tell systemd only while both lanes move or are idle; a dead one, or one that hangs, must end in a restart.
        """
        if all(lane.is_well(patience=_HANGS_AFTER) for lane in (self.patrol, self.post)):
            self.notifier.alive(f"{self._turns} turns")


def _stepping(lane: Lane, reached: Reached) -> Reached:
    def step(point: Point) -> None:
        lane.step()
        reached(point)

    return step
