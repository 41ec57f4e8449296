"""
The source "spapi:orders": all open orders by sweeps, what changed by increments, single orders when in doubt.

Where Amazon refuses an interface, the next one speaks; each switch is told, and each way back tried.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from watchdog.sources.spapi import rhythm
from watchdog.sources.spapi.asking import Asker
from watchdog.sources.spapi.memory import OrdersMemory, Side, recalled
from watchdog.sources.spapi.operations import GET_ORDERS_V0, SEARCH_ORDERS
from watchdog.sources.spapi.session import Session
from watchdog.sources.spapi.troubles import Later, Refused, Rejected, Unreadable
from watchdog.sources.spapi.walking import NAME, SWEEP, UPDATES, Walking
from watchdog.terms.look import ASKED, Batch, Kind, Look, Reason, Rest
from watchdog.terms.observation import Interface
from watchdog.terms.sight import Fallback

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from watchdog.sources.spapi.asking import AnswerPage
    from watchdog.terms.errors import SourceError
    from watchdog.terms.identity import OrderKey
    from watchdog.terms.look import Mark

_FILE = "file"
_SEARCHES = {Interface.ORDERS_V0.value: GET_ORDERS_V0}
_ROLE = "spapi_role_missing"
_AT_ONCE, _NEVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
#: A request that Amazon does not take is tried again so soon, so that the way back is found within minutes of its repair.
_REJECTED_PAUSE = timedelta(minutes=12)
#: An interface that does not answer for so long is taken to be broken by itself: the next one is tried.
_DOWN_FOR = timedelta(minutes=30)
#: A turn comes a little early at times; what is due within this is due.
_SLACK = timedelta(seconds=5)
#: Requests kept for the increments when a sweep begins.
_KEPT = 2
#: Every answer about a single order is asked for after everything else of its turn, so it is the later word.
_AFTER = timedelta(seconds=1)
#: Where the watch list has grown, the next sweep comes so soon.
_GROWN = timedelta(minutes=10)
#: At least this long until the next turn is asked for, whatever is due.
_LEAST = timedelta(seconds=15)


@dataclass
class Orders:
    """
    Asks the interfaces in the order given, the newest first; each switch is told, and the way back is tried again and again.
    """

    session: Session
    askers: Sequence[Asker]
    told: Callable[[str, Mapping[str, object]], None] = lambda _event, _fields: None
    watch: Callable[[], int] = lambda: 0  #: version of the watch list: what was passed by under an older one is looked at again soon
    name: str = NAME
    _memory: OrdersMemory = field(default_factory=OrdersMemory)

    def poll(self, mark: Mark | None, now: datetime) -> Iterator[Batch | Rest]:
        """
        Yield what is due: the rest of a walk, an increment, a sweep; at last a Rest with the mark and when to ask again.

        Raises:
            SourceError: no interface shows orders now; raised after the Rest.
        """
        memory = self._memory = recalled(mark)
        self.session.recall((mark or {}).get("session"))
        trouble: SourceError | None = None
        try:
            yield from self._ask(memory, now)
        except (Later, Unreadable, Rejected, Refused) as error:
            trouble = error
        if isinstance(trouble, Refused) and trouble.whole:
            memory.refused = trouble.reason
        yield Rest(self._mark(), self._again_at(memory, now, trouble))
        if trouble is not None and not (isinstance(trouble, Later) and not trouble.asked):
            raise trouble

    def look(self, keys: Sequence[OrderKey], now: datetime) -> Iterator[Batch]:
        """
        Yield what these orders look like now, one by one; it ends early where the limit is reached or Amazon does not answer.
        """
        for key in keys:
            found = self._single(key.order_id, now)
            if found is None:
                return
            asker, page = found
            if page is not None:
                name = f"{asker.operations[1].name} {key.order_id}"
                look = Look(f"{ASKED}{asker.interface}", name, Kind.ORDERS, now + _AFTER, asker.interface)
                yield Batch(look, page.rows, page.read)

    def again(self, content: str) -> Iterator[Batch]:  # noqa: ARG002 - the port's signature
        """
        Yield nothing: answers are not kept.
        """
        return iter(())

    def is_mute(self, _now: datetime) -> bool:
        """
        Say whether Amazon refused every interface at the last poll, so that only a report can tell of orders.
        """
        return self._memory.speaks == _FILE

    def _single(self, order_id: str, now: datetime) -> tuple[Asker, AnswerPage | None] | None:
        """
        Return the order as the first interface that answers shows it, None where none does now.
        """
        for asker in self._offered(now):
            try:
                return asker, asker.single(order_id, now)
            except (Rejected, Unreadable, Refused) as error:
                self.told("order.unconfirmed", {"order_id": order_id, "reason": error.code})
            except Later as error:
                self.told("order.unconfirmed", {"order_id": order_id, "reason": error.code})
                return None
        return None

    def _ask(self, memory: OrdersMemory, now: datetime) -> Iterator[Batch]:
        """
        Yield what the first interface that answers shows; why the ones before it did not is remembered.
        """
        trouble: SourceError | None = None
        for asker in self._offered(now):
            side = memory.of(asker.interface)
            if side.shut_until is not None and side.shut_until > now:
                trouble = Refused(memory.trouble or Reason("spapi_no_interface"), side.shut_until, whole=False)
                continue
            try:
                yield from self._turn(asker, memory, now)
            except (Rejected, Refused) as error:
                if isinstance(error, Refused) and error.whole:
                    raise
                trouble = self._shut(asker, memory, error, now)
            except (Later, Unreadable) as error:
                self._wait_or_pass(side, memory, error, now)
                trouble = error
            else:
                return
        if not isinstance(trouble, (Later, Unreadable)):
            self._switch(memory, _FILE)
        raise trouble or Rejected(Reason("spapi_no_interface"), status=0)

    def _turn(self, asker: Asker, memory: OrdersMemory, now: datetime) -> Iterator[Batch]:
        """
        Yield what is due of one interface.
        """
        side, operation = memory.of(asker.interface), asker.search

        asker.plain_until = side.plain_until

        def mark() -> Mapping[str, Any]:
            side.plain_until = asker.plain_until
            self._speaks(asker, memory, now)
            return self._mark()

        walking = Walking(asker, memory, mark, now)
        side.walks = {kind: walk for kind, walk in side.walks.items() if walk.is_usable(now)}
        if UPDATES in side.walks:
            yield from walking.go_on(side.walks[UPDATES])
        elif self._updates_due(asker, side) <= now + _SLACK:
            yield from walking.updates()
        before = side.swept_at
        if SWEEP in side.walks:
            yield from walking.go_on(side.walks[SWEEP])
        elif self._sweep_due(asker, side) <= now + _SLACK and self._may_sweep(side, self.session.left(operation, now), operation.burst):
            yield from walking.sweep()
        if side.swept_at != before:
            side.watch = self.watch()

    def _updates_due(self, asker: Asker, side: Side) -> datetime:
        """
        Return when the next increment is due; never before a first sweep has shown what there is.
        """
        if side.watermark is None or side.updated_at is None:
            return _NEVER
        rhythmic = rhythm.updates_every(side.pages, self.session.rate(asker.search))
        return side.updated_at + (max(rhythmic, rhythm.UPDATES_WHILE_SWEEPING) if SWEEP in side.walks else rhythmic)

    def _sweep_due(self, asker: Asker, side: Side) -> datetime:
        if side.swept_at is None:
            return _AT_ONCE
        every = rhythm.sweep_every(side.pages, self.session.rate(asker.search))
        return side.swept_at + (min(every, _GROWN) if side.watch != self.watch() else every)

    @staticmethod
    def _may_sweep(side: Side, left: int, burst: int) -> bool:
        """
        Say whether there are requests enough for a whole sweep and some increments; the very first one takes what there is.
        """
        return side.swept_at is None or left >= min(side.pages + _KEPT, burst)

    def _wait_or_pass(self, side: Side, memory: OrdersMemory, error: Later | Unreadable, now: datetime) -> None:
        """
        Return where an interface has been down for so long that the next one is to be tried; raise the error where it is waited for.
        """
        if isinstance(error, Unreadable) or error.asked:
            side.down_since = side.down_since or now
        if side.down_since is None or now - side.down_since < _DOWN_FOR:
            raise error
        if isinstance(error, Unreadable) or error.asked:
            memory.trouble = error.reason

    def _shut(self, asker: Asker, memory: OrdersMemory, error: Rejected | Refused, now: datetime) -> SourceError:
        """
        Note that an interface refuses, and until when it is left alone.
        """
        side = memory.of(asker.interface)
        side.walks.clear()
        side.shut_until = error.again_at if isinstance(error, Refused) else now + _REJECTED_PAUSE
        memory.trouble = error.reason
        if isinstance(error, Refused):
            memory.refused = error.reason
        self.told("source.refused", {"source": self.name, "interface": asker.interface, "reason": error.code})
        return error

    def _speaks(self, asker: Asker, memory: OrdersMemory, now: datetime) -> None:
        """
        Note that an interface has shown orders; where it is the newest, nothing is in the way any more.
        """
        is_newest = asker is self._offered(now)[0]
        if is_newest:
            memory.trouble = None
        if is_newest or (memory.refused is not None and memory.refused.code != _ROLE):
            memory.refused = None
        self._switch(memory, asker.interface.value)

    def _switch(self, memory: OrdersMemory, speaker: str) -> None:
        if memory.speaks not in {"", speaker}:
            reason = "" if memory.trouble is None else memory.trouble.code
            self.told("source.switched", {"source": self.name, "from": memory.speaks, "to": speaker, "reason": reason})
        memory.speaks = speaker

    def _again_at(self, memory: OrdersMemory, now: datetime, error: SourceError | None) -> datetime:
        """
        Return when to ask again: the next thing due, as soon as the limit allows it, or the next try of what is shut or down.
        """
        if isinstance(error, (Later, Unreadable, Refused)):
            return max(error.again_at, now + _LEAST)
        moments = []
        for asker in self._offered(now):
            side = memory.of(asker.interface)
            if side.shut_until is not None and side.shut_until > now:
                moments.append(side.shut_until)
                continue
            due = (
                now
                if side.walks
                else min(self._updates_due(asker, side), self._sweep_due(asker, side) if side.swept_at is None else _NEVER)
            )
            moments.append(max(due, self.session.free_at(asker.search, now)))
            if side.down_since is None:
                break
        return max(min(moments, default=now + _REJECTED_PAUSE), now + _LEAST)

    def _offered(self, now: datetime) -> list[Asker]:
        return [asker for asker in self.askers if asker.ends is None or now < asker.ends]

    def _mark(self) -> dict[str, Any]:
        operations = [operation for asker in self.askers for operation in asker.operations]
        return self._memory.as_mark(self.session.as_mark(operations))


def sweeps_every(mark: Mark | None) -> timedelta:
    """
    Return in which rhythm a complete answer is to be expected of the interface that speaks, by the mark the source left.
    """
    memory = recalled(mark)
    spoken = next((interface for interface in memory.sides if interface.value == memory.speaks), None)
    operation = _SEARCHES.get(memory.speaks, SEARCH_ORDERS)
    return rhythm.sweep_every(memory.of(spoken).pages if spoken is not None else 1, operation.rate)


def speaking_instead(mark: Mark | None) -> Fallback | None:
    """
    Return by the mark the source left which interface speaks in the place of the newest, and why; None while the newest does, or none.
    """
    memory = recalled(mark)
    if memory.speaks in {"", Interface.ORDERS_2026, _FILE}:
        return None
    reason = memory.trouble or Reason("sight_fallback", {"voice": memory.speaks, "first": Interface.ORDERS_2026.value})
    return Fallback(memory.speaks, Interface.ORDERS_2026.value, reason, by_person=memory.refused is not None)
