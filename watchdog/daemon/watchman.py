"""
The daemon itself: holds the lock, minds the signals and the clock, tells systemd, and renews the watch where that is asked for.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from structlog.typing import FilteringBoundLogger as Log

from watchdog.assemble import House
from watchdog.daemon.systemd import Notifier
from watchdog.daemon.watch import Watch
from watchdog.store.locks import hold
from watchdog.terms.errors import ConfigError, WatchdogError
from watchdog.terms.sentences import say

if TYPE_CHECKING:
    from watchdog.daemon.lanes import Round

#: From the signal to the end; systemd would kill after TimeoutStopSec.
_STOP_WITHIN = 9.0
#: So often the main thread compares the wall clock with the time that has passed: jobs are planned by the former.
_CLOCK_EVERY = 30.0
#: A clock that differs by more was set, or the machine has slept.
_CLOCK_JUMP = 45.0
#: Where putting a copy in place did not help, doing it over and over would not either.
_MEND_EVERY = 3600.0
#: Not a signal's number: the log is broken.
_DAMAGED = -1


@dataclass
class Watchman:
    """
    Watches in one house, or in what takes its place, until told to stop.
    """

    house: House
    clock: Callable[[], datetime]
    notifier: Notifier
    log: Log
    rebuild: Callable[[], House] | None = None  #: a house of the settings as they are now
    mend: Callable[[], bool] | None = None  #: puts a whole log in the place of a broken one; False where it was whole
    #: What came in; an event's lock is not safe in a signal handler, this queue is.
    signals: SimpleQueue[int] = field(default_factory=SimpleQueue)
    _mended: float | None = None

    def run(self) -> None:
        """
        Watch until SIGTERM, SIGINT or, on a terminal, its end; what is under way is finished or given back first.

        Raises:
            Busy: another daemon watches this state directory.
        """
        assert self.house.running is not None  # noqa: S101 - a daemon's house has one
        with hold(self.house.running.state_dir / "daemon.lock", wait=0):
            self._mind_signals()
            while self._watch():
                self._renew()
            self.log.info("daemon.ended")

    def _mind_signals(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            # an ignored SIGHUP is nohup's wish, an ignored SIGINT that of a shell's background job: both stand
            if number == signal.SIGTERM or signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, lambda number, _frame: self.signals.put(number))

    def _watch(self) -> bool:
        """
        Watch until stopped, and return whether the watch is to begin anew because the log is broken.
        """
        self.watch = Watch(self.house, self.clock, self.log, damaged=lambda: self.signals.put(_DAMAGED), ended=self._tell)
        if self.notifier.heartbeat_every is not None:
            self.watch.clockwork.every(self.notifier.heartbeat_every, self._beat, name="heartbeat")
        self.watch.start()
        self.notifier.ready(self.watch.status())
        self.log.info("daemon.started", poll_minutes=self._minutes())
        why = self._wait()
        if why != _DAMAGED:
            self.notifier.stopping()
        self.log.info("daemon.stopped", finished=self.watch.stop(within=_STOP_WITHIN))
        return why == _DAMAGED

    def _minutes(self) -> float:
        assert self.house.running is not None  # noqa: S101 - same
        return self.house.running.poll_every.total_seconds() / 60

    def _wait(self) -> int:
        """
        Return what ends the watch; a service manager's wish to reload does not, nor a clock that jumps.
        """
        ahead = self._ahead()
        while True:
            try:
                number = self.signals.get(timeout=_CLOCK_EVERY)
            except Empty:
                number = 0
            now_ahead = self._ahead()
            if abs(now_ahead - ahead) > _CLOCK_JUMP:
                self.log.warning("clock.jumped", seconds=round(now_ahead - ahead))
                self.watch.catch_up()
            ahead = now_ahead
            if number == signal.SIGHUP and self.notifier.is_heard:
                self._reload()
            elif number and (number != _DAMAGED or self._may_mend()):
                return number

    def _may_mend(self) -> bool:
        last, self._mended = self._mended, time.monotonic()
        return self.mend is not None and (last is None or self._mended - last > _MEND_EVERY)

    def _ahead(self) -> float:
        return self.clock().timestamp() - time.monotonic()

    def _reload(self) -> None:
        """
        Move into a house of the settings as they are now, or say why not and stay.
        """
        self.notifier.reloading()
        try:
            house = self._next_house()
        except WatchdogError as error:
            self.log.warning("daemon.reload_refused", reason=error.code, said=say(error.code, "en", error.values))
            self.notifier.ready(f"reload refused ({error.code}); {self.watch.status()}")
            return
        self.house = house
        self.watch.move(house)
        self.log.info("daemon.reloaded", poll_minutes=self._minutes())
        self.notifier.ready(self.watch.status())

    def _next_house(self) -> House:
        if self.rebuild is None:
            raise ConfigError(["this daemon was started without settings of its own"])
        house = self.rebuild()
        if house.running is None or self.house.running is None or house.running.state_dir != self.house.running.state_dir:
            house.close()
            raise ConfigError(["PREORDER_STATE_DIR can't change while the daemon runs; restart it"])
        return house

    def _renew(self) -> None:
        """
        Put a whole log in the place of the broken one and build a new house on it.

        Raises:
            StoreDamaged: that did not help.
        """
        assert self.mend is not None  # noqa: S101 - asked before the watch was ended
        assert self.rebuild is not None  # noqa: S101 - both come from ``run``
        mended = self.mend()
        self.log.warning("log.mended" if mended else "log.whole")
        self.house = self.rebuild()

    def _tell(self, _ended: Round) -> None:
        self.notifier.status(self.watch.status())

    def _beat(self) -> None:
        """
        Tell systemd only while every lane moves or is idle; a dead one, or one that hangs, must end in a restart.
        """
        if self.watch.is_well:
            self.notifier.alive(self.watch.status())
        else:
            self.log.error("heartbeat.skipped", status=self.watch.status())
