"""
Notifications as a source: what changed in seconds, by name. They only make it faster; polling stays the truth.

A notification is evidence of its own moment, wipes nothing it does not carry, and has its order asked for by itself.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from watchdog.sources.files import Reading, read_open
from watchdog.sources.formats.notice import AccountChanged, OrderChanged, ReportFinished, notice_in
from watchdog.sources.queue import Queue, QueueAwayError, Taken
from watchdog.terms.errors import SourceRefused, SourceUnavailable
from watchdog.terms.health import HealthFigure, Metric
from watchdog.terms.identity import MarketplaceId, OrderId, OrderKey
from watchdog.terms.look import Batch, Kind, Look, Rest

if TYPE_CHECKING:
    from watchdog.terms.look import Mark

NAME = "sqs"
#: A message nobody can read goes to the dead-letter queue after a few tries; where there is none it is dropped after so many.
_TRIES = 10
#: An order that could not be asked for by itself so long is left to the sweeps.
_PATIENCE = timedelta(hours=1)
_AGAIN = timedelta(seconds=30)
#: After so many orders in a row that Amazon did not answer for, the rest waits.
_SILENT = 3
_MOST_WAITING = 1_000
#: AWS's words for a key that is none, or may not read this queue: a person has to put that right.
_REFUSALS = frozenset(
    "AccessDenied AccessDeniedException ExpiredToken InvalidClientTokenId InvalidSecurity NoCredentialsError SignatureDoesNotMatch "
    "UnrecognizedClientException".split()
)

_Waiting = dict[OrderKey, datetime]


@dataclass
class Notifications:
    """
    Reads the queue; what it has to know of the store and of the other sources is handed in.
    """

    queue: Queue
    reading: Reading
    known: Callable[[str], bool]  #: says whether a message of this content was absorbed before
    watched: Callable[[Collection[str]], Collection[str]]  #: of these order numbers those the log holds
    ask: Callable[[Sequence[OrderKey], datetime], Iterator[Batch]]  #: asks Amazon for single orders
    finished: Callable[[str], None]  #: hears of reports that are finished
    told: Callable[[str, Mapping[str, object]], None] = lambda _event, _fields: None
    name: str = NAME

    def poll(self, mark: Mark | None, now: datetime) -> Iterator[Batch | Rest]:
        """
        Yield what the messages say and then the orders they name, as Amazon shows them now; a message is acknowledged after its commit.

        Raises:
            SourceUnavailable: the queue can't be reached; raised after the Rest.
            SourceRefused: our key may not read it; likewise.
        """
        waiting = _recalled(mark)
        away = self.queue.trouble
        try:
            for taken in self.queue.take():
                done: list[Taken] = []
                for each in taken:
                    done += [each] if (yield from self._read(each, waiting, now)) else []
                self.queue.acknowledge(done)
        except QueueAwayError as error:
            away = str(error)
        yield from self._confirm(waiting, now)
        yield Rest(_mark(waiting), now + _AGAIN if waiting else None)
        if away is not None:
            trouble = SourceRefused if away in _REFUSALS else SourceUnavailable
            raise trouble(source=self.name, problem=away)

    def look(self, keys: Sequence[OrderKey], now: datetime) -> Iterator[Batch]:  # noqa: ARG002 - the port's signature
        """
        Yield nothing: a queue can't be asked for an order.
        """
        return iter(())

    def again(self, content: str) -> Iterator[Batch]:  # noqa: ARG002 - the port's signature
        """
        Yield nothing: no message is kept.
        """
        return iter(())

    def _read(self, taken: Taken, waiting: _Waiting, now: datetime) -> Generator[Batch, None, bool]:
        """
        Yield what the message says; returns whether it can be acknowledged.
        """
        match notice_in(taken.body, self.reading.home):
            case None:
                self.told("message.unreadable", {"times": taken.times})
                return taken.times >= _TRIES
            case OrderChanged() as notice:
                yield from self._order(taken, notice, waiting, now)
            case AccountChanged() as notice:
                yield _account(notice)
            case ReportFinished(report):
                self.finished(report)
            case other:
                self.told("message.foreign", {"type": other.type})
        return True

    def _order(self, taken: Taken, notice: OrderChanged, waiting: _Waiting, now: datetime) -> Iterator[Batch]:
        if not notice.ours or not (notice.marked or self.watched([notice.order_id])):
            return
        body = io.BytesIO(taken.body.encode())
        looks: dict[str, Look] = {}
        for batch in read_open(body, as_of=now, reading=self.reading, name=f"ORDER_CHANGE {notice.order_id}"):
            if self.known(batch.look.content or ""):
                return
            if len(waiting) < _MOST_WAITING:
                waiting.setdefault(OrderKey(notice.marketplace_id, notice.order_id), now)
            look = looks.setdefault(batch.look.source, replace(batch.look, source=f"{NAME}:order_change"))
            yield replace(batch, look=look, mark=_mark(waiting))

    def _confirm(self, waiting: _Waiting, now: datetime) -> Iterator[Batch]:
        """
        Yield the orders that were named, each asked for by itself; those that get no answer wait for the next poll.
        """
        silent = 0
        for key in list(waiting):
            answered = False
            for batch in self.ask([key], now) if silent < _SILENT else ():
                answered = True
                yield batch
            silent = 0 if answered else silent + 1
            if answered or now - waiting[key] > _PATIENCE:
                del waiting[key]


def _account(notice: AccountChanged) -> Batch:
    source = f"{NAME}:account_status"
    look = Look(source, "ACCOUNT_STATUS_CHANGED", Kind.HEALTH, notice.at)
    return Batch(look, health=(HealthFigure(notice.marketplace_id, Metric.ACCOUNT, 0, notice.at, source, status=notice.state),))


def _mark(waiting: _Waiting) -> Mark:
    return {"waiting": [[key.marketplace_id, key.order_id, since.isoformat()] for key, since in waiting.items()]}


def _recalled(mark: Mark | None) -> _Waiting:
    held: Any = (mark or {}).get("waiting", [])
    return {OrderKey(MarketplaceId(place), OrderId(order_id)): datetime.fromisoformat(since) for place, order_id, since in held}
