"""
Two lanes walk until their bell is silent: one patrols, one delivers. Whoever wants work done only rings.
"""

from __future__ import annotations

import time
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from structlog.typing import FilteringBoundLogger as Log


class Lane:
    """
    One thread that does one kind of work whenever its bell has rung; a ring during the work is not lost.
    """

    def __init__(self, name: str, work: Callable[[], None], log: Log) -> None:
        """
        Prepare the lane; it stands still until started.
        """
        self.name = name
        self.rounds = 0  #: how often the work was finished
        self._since: float | None = None  #: when a round that is under way has moved last
        self._work = work
        self._log = log
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

    def stop(self, *, patience: float) -> bool:
        """
        Let the present round end and return whether it did within the seconds given.
        """
        self._stopping.set()
        self._bell.set()
        self._thread.join(patience)
        return not self._thread.is_alive()

    def is_well(self, *, patience: float) -> bool:
        """
        Say whether the lane is idle or has moved within the seconds given; a dead one is neither.
        """
        since = self._since
        return self._thread.is_alive() and (since is None or time.monotonic() - since <= patience)

    @property
    def is_idle(self) -> bool:
        """
        Say whether nothing is asked of the lane.
        """
        return not self._bell.is_set()

    def _walk(self) -> None:
        while True:
            self._bell.wait()
            if self._stopping.is_set():
                return
            self._bell.clear()
            self.step()
            try:
                self._work()
            except Exception as error:  # noqa: BLE001 - one failed round must not end the watch; the next bell tries again
                self._log.error("lane.stumbled", lane=self.name, reason=type(error).__name__, exc_info=error)
            self._since = None
            self.rounds += 1
