"""
A message queue rings too: what comes in is fetched at once and lies ready for the patrol; the queue itself is read by its source.
"""

from __future__ import annotations

from threading import Event, Thread
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

#: A long poll under way at the stop is not waited for: what it brings comes back from the queue.
_FAREWELL = 0.2


class Audible(Protocol):
    """
    Something that can be listened to.
    """

    def listen(self, stopped: Event, ring: Callable[[], None]) -> None:
        """
        Fetch and ring until stopped.
        """


class QueueWatch:
    """
    Listens in a thread of its own.
    """

    def __init__(self, queue: Audible, ring: Callable[[], None]) -> None:
        """
        Prepare; it listens once started.
        """
        self._stopped = Event()
        self._thread = Thread(target=queue.listen, args=(self._stopped, ring), name="queue", daemon=True)

    def start(self) -> None:
        """
        Begin to listen.
        """
        self._thread.start()

    def stop(self) -> None:
        """
        Stop listening.
        """
        self._stopped.set()
        self._thread.join(_FAREWELL)
