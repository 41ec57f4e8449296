"""
Requests beside the running watch, out of the same allowance: Amazon counts them together, so they are written where the watch finds them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from watchdog.sources.spapi.operations import GET_ORDERS_V0, SEARCH_ORDERS, Operation
from watchdog.sources.spapi.session import Session
from watchdog.sources.spapi.throttle import Buckets
from watchdog.sources.spapi.troubles import Later
from watchdog.sources.spapi.walking import NAME as ORDERS
from watchdog.store import Store, journal
from watchdog.store.locks import hold
from watchdog.terms.look import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from watchdog.sources.spapi.answer import Answer

#: In whose mark the watch keeps the bucket of an operation; the others refill within a second, or are not asked by the watch at all.
_KEPT_BY: Mapping[str, str] = {SEARCH_ORDERS.name: ORDERS, GET_ORDERS_V0.name: ORDERS}
_PATIENCE = 10.0
_NEXT = timedelta(seconds=1)


@dataclass
class Spending:
    """
    Asks as a session does; what it asks is taken from the buckets in the log first, between two turns of the watch and never during one.

    What keeps the watch from asking (a role that is missing, a pause) does not bind a person who tries whether it is mended.
    """

    session: Session
    book: Store | None  #: None: there is no log, so nobody else asks
    lock: Path  #: of the patrol
    calls: Counter[tuple[str, str]] = field(default_factory=Counter)  #: the session's own count of its requests
    patience: float = _PATIENCE

    def request(self, operation: Operation, *, now: datetime, query: Mapping[str, str | Sequence[str]] | None = None) -> Answer:
        """
        Return Amazon's answer.

        Raises:
            Later: the watch has left nothing of the allowance (``asked`` is False); else as ``Session.request``.
            Busy: a turn of the watch lasts.
        """
        self._take(operation, 1, now, must=True)
        before = self._sent(operation)
        try:
            return self.session.request(operation, now=now, query=query)
        finally:  # a refusal is tried once more with a fresh token
            self._take(operation, self._sent(operation) - before - 1, now, must=False)

    def _sent(self, operation: Operation) -> int:
        return sum(count for (name, _), count in self.calls.items() if name == operation.name)

    def _take(self, operation: Operation, count: int, now: datetime, *, must: bool) -> None:
        keeper = _KEPT_BY.get(operation.name)
        if self.book is None or keeper is None or count < 1:
            return
        with hold(self.lock, wait=self.patience), self.book.writing() as tx:
            mark = dict(journal.mark(tx, keeper) or {})
            mark["session"] = _less(mark.get("session"), operation, count, now, must=must)
            journal.save_mark(tx, keeper, mark)


def _less(session: Any, operation: Operation, count: int, now: datetime, *, must: bool) -> dict[str, Any]:
    """
    Return a session's part of a mark with so many requests of the operation taken; where they ``must`` be there and are not, nothing is.
    """
    left = dict(session) if isinstance(session, dict) else {}
    marked = left.get("buckets")
    buckets = Buckets()
    buckets.recall(marked if isinstance(marked, dict) else {})
    bucket = buckets.of(operation)
    if must and (free_at := replace(bucket, until=None).free_at(now)) > now:
        raise Later(Reason("spapi_waiting", {"operation": operation.name}), free_at, asked=False)
    later = now if bucket.at is None or bucket.at < now else bucket.at + _NEXT  # the watch takes over only what is later than its own
    for _ in range(count):
        bucket.take(later)
    left["buckets"] = {**(marked if isinstance(marked, dict) else {}), **buckets.as_mark([operation])}
    return left
