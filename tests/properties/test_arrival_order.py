"""
The order in which looks arrive makes no difference: not to a line's timeline, not to what is known of it now (DOMAIN §6).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.store.makers_store import absorb, watch_all
from tests.store.makers_store import batches as in_batches
from watchdog.store import Store, history, looks, open_temporary
from watchdog.store.schema import lines as line_table
from watchdog.terms.identity import AccountId, Asin, LineKey, LookNo, MarketplaceId, OrderId, OrderKey, ProductId, Sku
from watchdog.terms.look import Kind, Look
from watchdog.terms.observation import Facts, Interface, Observation, Status
from watchdog.terms.preorder import Preorder, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PLACES = {"a": "A1VC38T7YXB528", "b": "A1VC38T7YXB528", "c": "ATVPDKIKX0DER"}
SOURCES = {
    "inbox:unshipped_report": Interface.UNSHIPPED_REPORT,
    "inbox:orders_2026": Interface.ORDERS_2026,
    "spapi:orders": Interface.ORDERS_2026,
}
DAYS = (date(2026, 9, 8), date(2026, 9, 11), date(2026, 9, 14))
START = datetime(2026, 8, 1, tzinfo=UTC)
NOW = datetime(2026, 9, 1, tzinfo=UTC)
#: Each example is a dozen transactions: a few seconds in the usual run, as many as the profile wants when proving.
_WANTED = settings().max_examples
_EXAMPLES = min(40, _WANTED) if _WANTED <= 100 else _WANTED


@dataclass(frozen=True)
class Seen:
    """
    One look with what it shows: order → facts; an order may occur twice.
    """

    look: Look
    said: tuple[Observation, ...]


@cache
def whole_store() -> Store:
    """
    Return the one database of this test; every example is an account of its own.
    """
    return open_temporary()


_accounts = iter(range(1, 10**9))


def a_store() -> Store:
    """
    Return an empty log.
    """
    store = whole_store()
    return Store(store.engine, AccountId(next(_accounts)), store.where)


moments = st.integers(0, 6).map(lambda hour: START + timedelta(hours=hour))
facts = st.builds(
    Facts,
    status=st.sampled_from([None, Status.PENDING_AVAILABILITY, Status.UNSHIPPED, Status.SHIPPED]),
    ship_by=st.sampled_from([None, *DAYS]),
    updated_at=st.one_of(st.none(), moments),
    cancel_requested=st.sampled_from([None, True]),
    payment=st.sampled_from([None, "CreditCard", "Konbini"]),
)


@st.composite
def observed(draw: st.DrawFn) -> Observation:
    """
    Return what a row says of one of three orders.
    """
    order = draw(st.sampled_from("abc"))
    return Observation(
        MarketplaceId(PLACES[order]),
        OrderId(f"order-{order}"),
        LineKey(f"item-{order}"),
        Sku("CD-1"),
        Asin("B0TESTCD01"),
        None,
        None,
        draw(st.booleans()),
        draw(facts),
    )


@st.composite
def looked(draw: st.DrawFn, number: int) -> Seen:
    """
    Return a look at one of three sources: whole files, sweeps, pages of changes.
    """
    source = draw(st.sampled_from(sorted(SOURCES)))
    complete = draw(st.booleans()) if source == "spapi:orders" else True
    look = Look(source, f"look {number}", Kind.ORDERS, draw(moments), SOURCES[source], complete)
    return Seen(look, tuple(draw(st.lists(observed(), max_size=4))))


@st.composite
def histories(draw: st.DrawFn) -> tuple[Seen, ...]:
    """
    Return some looks; few different rows, so that rows are often unchanged.
    """
    pool = draw(st.lists(observed(), min_size=1, max_size=5))
    found = []
    for number in range(draw(st.integers(1, 7))):
        seen = draw(looked(number))
        if draw(st.integers(0, 3)):
            seen = replace(seen, said=tuple(draw(st.lists(st.sampled_from(pool), max_size=4))))
        found.append(seen)
    return tuple(found)


def _plain(known: Facts) -> Facts:
    """
    Return the facts without Amazon's update time, which is no fact of the order (DOMAIN §6).
    """
    return replace(known, updated_at=None)


def _last_seen_at(preorder: Preorder) -> datetime:
    return max(sighting.seen_until for sighting in preorder.sightings)


def _collapsed(preorder: Preorder) -> list[tuple[datetime, Facts]]:
    collapsed: list[tuple[datetime, Facts]] = []
    for sighting in preorder.sightings:
        known = _plain(sighting.known)
        if not collapsed or collapsed[-1][1] != known:
            collapsed.append((sighting.as_of, known))
    return collapsed


def _shown(preorder: Preorder, *, listed: bool) -> tuple[Any, ...]:
    left = [each.as_of for each in preorder.sightings if each.known.status and each.known.status.has_left_pending_availability]
    return (
        preorder.status,
        preorder.ship_by,
        preorder.is_open,
        listed,
        preorder.marked,
        any(move.new < move.old for move in preorder.moves),
        bool(preorder.known.cancel_requested),
        left[0] if left else None,
    )


def _naive(seen: Sequence[Seen], order: str) -> Preorder:
    """
    Return the line as the fold of every row of every look.
    """
    rows = [(each.look, said) for each in seen for said in each.said if said.order_id == f"order-{order}"]
    states = tuple(
        State(0, LookNo(0), look.source, SOURCES[look.source], look.as_of, look.as_of, listed=True, facts=said.facts) for look, said in rows
    )
    key = OrderKey(MarketplaceId(PLACES[order]), OrderId(f"order-{order}"))
    marked = any(said.marked for _look, said in rows)
    listed = any(_lists(seen, source, key) for source in SOURCES)
    return Preorder(key, LineKey(""), ProductId(0), None, None, None, None, marked, listed, states)


def _lists(seen: Sequence[Seen], source: str, key: OrderKey) -> bool:
    """
    Say whether the source's newest word of the order lists it.
    """
    mine = [each for each in seen if each.look.source == source]
    shown = {each.look.as_of for each in mine if any(said.order == key for said in each.said)}
    covering = {
        each.look.as_of
        for each in mine
        if each.look.complete and (not each.said or any(said.marketplace_id == key.marketplace_id for said in each.said))
    }
    return bool(shown) and max(shown) >= max(covering, default=max(shown))


def _stored(store: Store, order: str) -> tuple[Any, ...] | None:
    key = OrderKey(MarketplaceId(PLACES[order]), OrderId(f"order-{order}"))
    with store.reading() as tx:
        found = history.orders(tx, [key]).get(key, ())
        mine = (line_table.c.account_id == store.account_id, line_table.c.order_id == key.order_id)
        row = tx.connection.execute(select(line_table).where(*mine)).first()
    if not found or row is None:
        return None
    (line,) = found
    current = (
        row.status,
        row.ship_by,
        row.is_open,
        row.listed,
        row.marked,
        row.moved_earlier,
        row.cancel_requested,
        row.left_pending_at,
    )
    return _collapsed(line), current, _last_seen_at(line)


def _expected(seen: Sequence[Seen], order: str) -> tuple[Any, ...] | None:
    line = _naive(seen, order)
    if not line.states:
        return None
    return _collapsed(line), _shown(line, listed=line.listed), _last_seen_at(line)


def _in_time(seen: Sequence[Seen]) -> Iterator[Seen]:
    yield from sorted(seen, key=lambda each: each.look.as_of)


@settings(max_examples=_EXAMPLES)
@given(seen=histories(), data=st.data())
def test_the_order_of_arrival_changes_nothing(seen: tuple[Seen, ...], data: st.DataObject) -> None:
    """
    In time, shuffled, repeated or cut into batches: timeline and current facts are those of folding every row of every look.
    """
    in_time, shuffled = a_store(), a_store()
    arrival = data.draw(st.permutations(seen)) + data.draw(st.lists(st.sampled_from(seen), max_size=2))

    for each in _in_time(seen):
        absorb(in_time, each.look, each.said)
    for each in arrival:
        absorb(shuffled, each.look, each.said, size=data.draw(st.integers(1, 3)))

    for order in "abc":
        expected = _expected(seen, order)
        assert _stored(in_time, order) == expected
        assert _stored(shuffled, order) == expected


@settings(max_examples=_EXAMPLES // 2)
@given(seen=histories(), data=st.data())
def test_a_look_cut_short_and_read_again_changes_nothing(seen: tuple[Seen, ...], data: st.DataObject) -> None:
    """
    A crash after any batch of a look, which is then read from its start: nothing is lost, nothing doubled.
    """
    store = a_store()

    for each in _in_time(seen):
        parts = in_batches(each.look, each.said, 1)
        absorption = looks.begin(store, each.look, now=NOW)
        for batch in parts[: data.draw(st.integers(0, len(parts) - 1))]:
            absorption.take(batch, watch_all, now=NOW)
        absorb(store, each.look, each.said, size=2)

    for order in "abc":
        assert _stored(store, order) == _expected(seen, order)
