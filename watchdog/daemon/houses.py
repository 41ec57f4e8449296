"""
The house in use and the one to come: a lane moves at the start of its next round, and an empty house is closed.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watchdog.assemble import House


class Houses:
    """
    Lends every lane the newest house for one round at a time, so that settings change between two rounds and never within one.
    """

    def __init__(self, first: House) -> None:
        """
        Begin with one house; nobody is in it.
        """
        self.newest = first
        self._in: dict[str, House] = {}
        self._lock = Lock()

    def enter(self, lane: str) -> House:
        """
        Return the newest house; the lane leaves the one it was in, which is closed if it was the last to leave.
        """
        with self._lock:
            left = self._in.get(lane)
            self._in[lane] = self.newest
            house = self.newest
            empty = left is not None and left is not house and all(left is not other for other in self._in.values())
        if left is not None and empty:
            left.close()
        return house

    def offer(self, house: House) -> None:
        """
        Take in a new house; every lane moves at its next round. One that nobody has entered yet is closed at once.
        """
        with self._lock:
            skipped = self.newest if all(self.newest is not used for used in self._in.values()) else None
            self.newest = house
        if skipped is not None:
            skipped.close()

    def close(self) -> None:
        """
        Close every house, whoever is still inside.
        """
        with self._lock:
            left = {id(house): house for house in (*self._in.values(), self.newest)}
        for house in left.values():
            house.close()
