"""
An order line with everything known of it over time, folded so that the order in which facts arrived makes no difference.

States are what was stored; sightings are states merged per moment, stale ones dropped; changes are where two sightings differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from functools import cached_property
from itertools import groupby, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from watchdog.terms.identity import Asin, LineKey, LookNo, OrderKey, ProductId, Sku
from watchdog.terms.observation import Facts, Interface, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FACTS = tuple(each.name for each in fields(Facts))
#: Amazon's update time is no fact of the order: an unmoved or a moved one proves nothing (DOMAIN §6).
_COMPARED = tuple(name for name in _FACTS if name != "updated_at")


@dataclass(frozen=True, slots=True)
class State:
    """
    One stored row of a line's history: what one look newly said, or that it no longer listed the line.
    """

    no: int  #: order of arrival; never used to order the timeline
    look_no: LookNo
    source: str
    interface: Interface
    as_of: datetime
    seen_until: datetime  #: last complete look of the same source that still said so; at least ``as_of``
    listed: bool
    facts: Facts
    late: bool = False  #: a later sighting was already known when it arrived: evidence, never an alarm


@dataclass(frozen=True, slots=True)
class Sighting:
    """
    What was known of the line at one moment: the sum of all that had been said up to then.
    """

    as_of: datetime
    seen_until: datetime
    source: str  #: of the ship-by, where one was said at this moment
    interface: Interface
    known: Facts
    said: Mapping[str, State] = field(compare=False)  #: each fact said at this moment, by the state that said it

    @property
    def ship_by_said(self) -> bool:
        """
        Say whether a ship-by was said at this moment, not only remembered.
        """
        return "ship_by" in self.said


@dataclass(frozen=True, slots=True)
class Change:
    """
    A watched fact that differs between two neighbouring sightings.
    """

    fact: str  #: name of the field of Facts
    old: object
    new: object
    before_at: datetime  #: last seen with the old value
    seen_at: datetime  #: first seen with the new value
    old_source: str
    source: str
    old_interface: Interface
    interface: Interface


@dataclass(frozen=True, slots=True)
class Move(Change):
    """
    A change of ship-by, from one marketplace date to another.
    """

    old: date
    new: date

    @property
    def days_earlier(self) -> int:
        """
        By how many days it went earlier; negative where it went later.
        """
        return (self.old - self.new).days


@dataclass(frozen=True)
class Preorder:
    """
    One watched order line: who it is, and its history.
    """

    order: OrderKey
    line: LineKey
    product_id: ProductId
    sku: Sku | None
    asin: Asin | None
    title: str | None
    purchased_at: datetime | None
    marked: bool  #: was ever marked as a pre-order by Amazon
    listed: bool  #: some source's newest complete look lists it, or it was seen since
    states: tuple[State, ...]

    @cached_property
    def sightings(self) -> tuple[Sighting, ...]:
        """
        The timeline, in the order of ``as_of``.
        """
        return tuple(_sightings(self.states))

    @cached_property
    def known(self) -> Facts:
        """
        What is known now.
        """
        return self.sightings[-1].known if self.sightings else Facts()

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """
        Every change of a watched fact, oldest first; a ship-by missing in between is skipped.
        """
        return tuple(_changes(self.sightings))

    @property
    def status(self) -> Status | None:
        """
        The order's status as last said.
        """
        return self.known.status

    @property
    def ship_by(self) -> date | None:
        """
        The ship-by as last said (marketplace date).
        """
        return self.known.ship_by

    @property
    def is_open(self) -> bool:
        """
        Say whether rules judge this line: the order is open and the line not completely shipped (DOMAIN §3).
        """
        status = self.known.status
        return status is not None and status.is_open and not self.known.line_shipped

    @property
    def first_seen_at(self) -> datetime:
        """
        The moment of the first sighting.
        """
        return self.sightings[0].as_of

    @property
    def cancel_requests(self) -> tuple[Sighting, ...]:
        """
        Where a buyer's request to cancel began to stand, oldest first; each but the last was withdrawn since.
        """
        pairs = pairwise((None, *self.sightings))
        return tuple(now for before, now in pairs if now and now.known.cancel_requested and not (before and before.known.cancel_requested))

    @property
    def moves(self) -> tuple[Move, ...]:
        """
        The changes of ship-by, oldest first.
        """
        return tuple(change for change in self.changes if isinstance(change, Move))


def _sightings(states: Iterable[State]) -> Iterator[Sighting]:
    known = Facts()
    ordered = sorted((state for state in states if state.listed), key=_rank)
    for as_of, group in groupby(_without_stale(ordered), key=attrgetter("as_of")):
        together, said = list(group), dict[str, State]()
        for state in together:
            news = _news(_heard(known, state))
            known = replace(known, **news)
            said |= dict.fromkeys(news, state)
        speaker = said.get("ship_by", together[-1])
        seen_until = max(state.seen_until for state in together)
        yield Sighting(as_of, seen_until, speaker.source, speaker.interface, known, said)


def _rank(state: State) -> tuple[datetime, bool, bool, int, str, str]:
    """
    Order states by time; at equal times the earlier ship-by counts, so it comes last (DOMAIN §6), and a closed order stays closed.
    """
    facts = state.facts
    closed = facts.status is not None and not facts.status.is_open
    day = facts.ship_by.toordinal() if facts.ship_by else 0
    return state.as_of, closed, facts.ship_by is not None, -day, state.source, repr(facts)


def _without_stale(ordered: Iterable[State]) -> Iterator[State]:
    """
    Drop answers of a stale cache: a lower update time than an answer of the same interface at an earlier time (DOMAIN §6).
    """
    newest: dict[Interface, datetime] = {}
    for _as_of, group in groupby(ordered, key=attrgetter("as_of")):
        fresh = [state for state in group if not _is_stale(state, newest)]
        for state in fresh:
            if state.facts.updated_at is not None:
                newest[state.interface] = max(state.facts.updated_at, newest.get(state.interface, state.facts.updated_at))
        yield from fresh


def _is_stale(state: State, newest: Mapping[Interface, datetime]) -> bool:
    updated_at = state.facts.updated_at
    return updated_at is not None and updated_at < newest.get(state.interface, updated_at)


def _heard(known: Facts, state: State) -> Facts:
    """
    Return what the statement adds, without a status that its report cannot know.

    A new-orders report lists an order as it came in, so it never reopens one that is closed. A report whose one word "Pending" stands
    for waiting for the release and for waiting for the payment never takes back that an order waits for the payment.
    """
    closed = known.status is not None and not known.status.is_open and state.interface is Interface.NEW_ORDERS_REPORT
    vague = state.facts.status is Status.PENDING_AVAILABILITY and not state.interface.tells_pending
    unknowing = closed or (vague and known.status is Status.PENDING)
    return replace(state.facts, status=None) if unknowing else state.facts


def _news(said: Facts) -> dict[str, Any]:
    return {name: value for name in _FACTS if (value := getattr(said, name)) is not None}


def _changes(sightings: tuple[Sighting, ...]) -> Iterator[Change]:
    """
    Yield where a fact differs from what was said of it last, however many sightings in between said nothing of it.
    """
    told: dict[str, Sighting] = {}
    for sighting in sightings:
        for name in _COMPARED:
            if name in sighting.said:
                before, told[name] = told.get(name), sighting
                if before is not None and getattr(before.known, name) != getattr(sighting.known, name):
                    yield _change(name, before, sighting)


def _change(fact: str, before: Sighting, after: Sighting) -> Change:
    before_at = before.seen_until if before.seen_until < after.as_of else before.as_of
    old, new = before.said[fact], after.said[fact]
    kind = Move if fact == "ship_by" else Change
    return kind(
        fact=fact,
        old=getattr(before.known, fact),
        new=getattr(after.known, fact),
        before_at=before_at,
        seen_at=after.as_of,
        old_source=old.source,
        source=new.source,
        old_interface=old.interface,
        interface=new.interface,
    )
