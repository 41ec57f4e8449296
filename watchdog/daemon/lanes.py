"""
A lane walks until its bell is silent: one patrols, one delivers, one looks after the log. Whoever wants work done only rings.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from threading import Event, Thread
from typing import TYPE_CHECKING

from watchdog.terms.look import Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from structlog.typing import FilteringBoundLogger as Log


class Halted(Exception):
    """
    Raised between two steps of a round once its lane is to stop: what is left over is taken up at the next start.
    """


@dataclass(frozen=True, slots=True)
class Round:
    """
    How a round of a lane went.
    """

    lane: str
    took_ms: int
    trouble: Reason | None = None
    idle: bool = False  #: there was nothing to do


class Lane:
    """
    One thread that does one kind of work whenever its bell has rung; a ring during the work is not lost.

    The work answers what was wrong, None where nothing was, or False where there was nothing to do.
    """

    def __init__(
        self, name: str, work: Callable[[], Reason | bool | None], log: Log, ended: Callable[[Round], None] = lambda _round: None
    ) -> None:
        """
        Prepare the lane; it stands still until started. ``ended`` hears of every round.
        """
        self.name = name
        self.rounds = 0  #: how often the work was finished
        self._since: float | None = None  #: when a round that is under way has moved last
        self._work = work
        self._log = log
        self._ended = ended
        self._bell = Event()
        self._stopping = Event()
        self._thread = Thread(target=self._walk, name=name, daemon=True)

    def start(self) -> None:
        """
        Begin to wait for the bell.
        """
        self._thread.start()

    def ring(self) -> None:
        """
        Ask for one more round.
        """
        self._bell.set()

    def step(self) -> None:
        """
        Say that the round under way has moved on.
        """
        self._since = time.monotonic()

    def halt(self) -> None:
        """
        End the round under way here, if the lane is to stop.

        Raises:
            Halted: it is.
        """
        if self._stopping.is_set():
            raise Halted

    def stop(self, *, patience: float) -> bool:
        """
        Let the present round end and return whether it did within the seconds given.
        """
        self.call_off()
        self._thread.join(max(0, patience))
        return not self._thread.is_alive()

    def call_off(self) -> None:
        """
        Ask the lane to stop at its next step, without waiting for it.
        """
        self._stopping.set()
        self._bell.set()

    def is_well(self, *, patience: float) -> bool:
        """
        Say whether the lane is idle or has moved within the seconds given; a dead one is neither.
        """
        since = self._since
        return self._thread.is_alive() and (since is None or time.monotonic() - since <= patience)

    def _walk(self) -> None:
        while True:
            self._bell.wait()
            if self._stopping.is_set():
                return
            self._bell.clear()
            self.step()
            self._tell(self._round())
            self._since = None
            self.rounds += 1

    def _round(self) -> Round | None:
        began = time.monotonic()
        trouble: Reason | bool | None
        try:
            trouble = self._work()
        except Halted:
            self._log.info("lane.halted", lane=self.name)
            return None
        except Exception as error:  # noqa: BLE001 - one failed round must not end the watch; the next bell tries again
            self._log.error("lane.stumbled", lane=self.name, reason=type(error).__name__, exc_info=error)
            trouble = Reason("failed", {"problem": type(error).__name__})
        took_ms = round((time.monotonic() - began) * 1000)
        return Round(self.name, took_ms, trouble if isinstance(trouble, Reason) else None, idle=trouble is False)

    def _tell(self, ended: Round | None) -> None:
        try:
            if ended is not None:
                self._ended(ended)
        except Exception as error:  # noqa: BLE001 - that a result could not be noted is no reason to stop working
            self._log.error("lane.unnoted", lane=self.name, reason=type(error).__name__, exc_info=error)
