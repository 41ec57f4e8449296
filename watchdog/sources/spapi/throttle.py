"""
Token buckets, one per operation: never a request that Amazon would have to refuse; they survive restarts in the sources' marks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from watchdog.sources.spapi.operations import OPERATIONS, REFILL_SHARE, Operation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_BY_NAME = {operation.name: operation for operation in OPERATIONS}
#: Rates outside of this are no rates.
_SLOWEST, _FASTEST = 1e-5, 1e4
#: After so many failures in a row the pause does not grow any more.
_MOST_STRIKES = 12
_FIRST_PAUSE = timedelta(seconds=5)
_LONGEST_PAUSE = timedelta(minutes=15)
#: Nobody may ask for more patience than this: a day's silence would be blindness.
_LONGEST_ASKED = timedelta(hours=1)


@dataclass(slots=True)
class Bucket:
    """
    What is left of one operation's allowance.
    """

    rate: float  #: requests a second, documented or learned
    burst: int
    tokens: float
    at: datetime | None = None  #: when ``tokens`` was right; None: never used, full
    strikes: int = 0  #: failures in a row
    until: datetime | None = None  #: not before this

    def left(self, now: datetime) -> float:
        """
        Return the tokens there are; a clock set back refills nothing.
        """
        if self.at is None:
            return self.tokens
        passed = max((now - self.at).total_seconds(), 0.0)
        return min(float(self.burst), self.tokens + passed * self.rate * REFILL_SHARE)

    def free_at(self, now: datetime) -> datetime:
        """
        Return from when on a request may be sent: ``now`` where it may be sent at once.
        """
        ready = now
        missing = 1 - self.left(now)
        if missing > 0:
            ready = now + timedelta(seconds=missing / (self.rate * REFILL_SHARE))
        return max(ready, self.until or now)

    def take(self, now: datetime) -> None:
        """
        Take the token of one request.
        """
        self.tokens = self.left(now) - 1
        self.at = now

    def learn(self, rate: str | None) -> None:
        """
        Take over the rate Amazon names in its answer.
        """
        try:
            said = float(rate or "")
        except ValueError:
            return
        if _SLOWEST <= said <= _FASTEST:
            self.rate = said

    def went_well(self) -> None:
        """
        Forget the failures before.
        """
        self.strikes, self.until = 0, None

    def failed(self, now: datetime, *, draw: float, asked: float | None = None, emptied: bool = False) -> datetime:
        """
        Note a failure and return when to try again: full jitter over a growing span, and never before Amazon's own word.

        Args:
            now: the turn's time.
            draw: a random number from 0 to 1.
            asked: seconds of ``Retry-After``.
            emptied: Amazon says that the bucket is empty, whatever we believed.
        """
        self.strikes = min(self.strikes + 1, _MOST_STRIKES)
        span = min(_FIRST_PAUSE * 2**self.strikes, _LONGEST_PAUSE)
        pause = max(timedelta(seconds=1), span * draw)
        if asked is not None:
            pause = max(pause, min(timedelta(seconds=asked), _LONGEST_ASKED))
        if emptied:
            self.tokens, self.at = 0.0, now
        self.until = _whole(now + pause)
        return self.free_at(now)

    def shut(self, until: datetime) -> None:
        """
        Send nothing before ``until``: a person has to act first.
        """
        self.until = until

    def as_mark(self) -> dict[str, Any]:
        """
        Return it as JSON can hold it.
        """
        return {
            "rate": self.rate,
            "tokens": round(self.tokens, 6),
            "at": None if self.at is None else self.at.isoformat(),
            "strikes": self.strikes,
            "until": None if self.until is None else self.until.isoformat(),
        }


class Buckets:
    """
    The buckets of one account.
    """

    def __init__(self) -> None:
        """
        Begin with full ones.
        """
        self._buckets: dict[str, Bucket] = {}

    def of(self, operation: Operation) -> Bucket:
        """
        Return the operation's bucket.
        """
        return self._buckets.setdefault(operation.name, Bucket(operation.rate, operation.burst, float(operation.burst)))

    def recall(self, marked: Mapping[str, Any]) -> None:
        """
        Take over what a mark remembers of operations not used in this process, or used by another since; the unreadable is passed by.
        """
        for name, row in marked.items():
            operation = _BY_NAME.get(name)
            bucket = None if operation is None else _recalled(operation, row)
            if operation is not None and bucket is not None and _is_later(bucket.at, self.of(operation).at):
                self._buckets[name] = bucket

    def as_mark(self, operations: Iterable[Operation]) -> dict[str, Any]:
        """
        Return the buckets of these operations, those never used left out.
        """
        held = ((operation.name, self._buckets.get(operation.name)) for operation in operations)
        return {name: bucket.as_mark() for name, bucket in held if bucket is not None and bucket.at is not None}


def _is_later(marked: datetime | None, own: datetime | None) -> bool:
    return own is None or (marked is not None and marked > own)


def _recalled(operation: Operation, row: Any) -> Bucket | None:
    try:
        bucket = Bucket(
            float(row["rate"]),
            operation.burst,
            min(float(row["tokens"]), operation.burst),
            _moment(row["at"]),
            int(row["strikes"]),
            _moment(row["until"]),
        )
    except (KeyError, TypeError, ValueError):
        return None
    return bucket if _SLOWEST <= bucket.rate <= _FASTEST else None


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).astimezone(UTC)


def _whole(moment: datetime) -> datetime:
    """
    Return the instant in whole seconds, rounded up, as all instants of the house are.
    """
    return moment if moment.microsecond == 0 else moment.replace(microsecond=0) + timedelta(seconds=1)
