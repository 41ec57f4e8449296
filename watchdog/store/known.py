"""
What a look needs to remember of its source while it lasts: 8 bytes for each row the source showed before.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class KnownDigests:
    """
    A fixed set of 64-bit digests that remembers which of them were met; one byte and eight per digest.
    """

    __slots__ = ("_met", "_sorted")

    def __init__(self, ordered: Iterable[int] = ()) -> None:
        """
        Keep the digests, which come in ascending order.
        """
        self._sorted = array("q", ordered)
        self._met = bytearray(len(self._sorted))

    def __len__(self) -> int:
        """
        How many there are.
        """
        return len(self._sorted)

    def meet(self, digest: int) -> bool:
        """
        Mark the digest as met; False where it is not among these.
        """
        ordered = self._sorted
        place = bisect_left(ordered, digest)
        if place == len(ordered) or ordered[place] != digest:
            return False
        self._met[place] = 1
        return True

    def was_met(self, digest: int) -> bool:
        """
        Say whether the digest is one of these and was met.
        """
        place = bisect_left(self._sorted, digest)
        return place < len(self._sorted) and self._sorted[place] == digest and self._met[place] == 1

    def any_met(self) -> bool:
        """
        Say whether any of these was met.
        """
        return 1 in self._met

    def met(self) -> Iterator[int]:
        """
        Yield the digests that were met.
        """
        return (digest for digest, met in zip(self._sorted, self._met, strict=True) if met)

    def left_over(self) -> Iterator[int]:
        """
        Yield the digests that were not met.
        """
        place = self._met.find(0)
        while place != -1:
            yield self._sorted[place]
            place = self._met.find(0, place + 1)


def pack(digests: Iterable[int]) -> bytes:
    """
    Return the digests, sorted, as 8 bytes each in this machine's order (the file does not leave the machine).
    """
    return array("q", sorted(digests)).tobytes()


def unpack(packed: bytes) -> KnownDigests:
    """
    Return what ``pack`` made.
    """
    ordered = array("q")
    ordered.frombytes(packed)
    return KnownDigests(ordered)
