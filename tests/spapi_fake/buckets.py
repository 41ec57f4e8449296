"""
Token buckets as Amazon keeps them: one per operation, filled at its rate up to its burst; an empty one answers 429.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass
class Bucket:
    """
    The tokens one operation has left.
    """

    rate: float  #: tokens a second
    burst: int
    left: float
    at: datetime
    lowest: float  #: the fewest that were ever left

    def take(self, now: datetime, speed: float = 1.0) -> bool:
        """
        Take one token if there is one; ``speed`` makes it refill so many times as fast.
        """
        # a float's rounding must not cost a token that is due this very second
        self.left = min(self.burst, self.left + max((now - self.at).total_seconds(), 0) * self.rate * speed + 1e-9)
        self.at = max(now, self.at)
        if self.left < 1:
            return False
        self.left -= 1
        self.lowest = min(self.lowest, self.left)
        return True


class Buckets:
    """
    The buckets of one account.
    """

    def __init__(self, speed: float = 1.0) -> None:
        """
        Begin with every bucket full.
        """
        self._speed = speed
        self.of: dict[str, Bucket] = {}

    def take(self, operation: str, rate: float, burst: int, now: datetime) -> bool:
        """
        Take one token of that operation if there is one.
        """
        bucket = self.of.setdefault(operation, Bucket(rate, burst, burst, now, burst))
        return bucket.take(now, self._speed)
