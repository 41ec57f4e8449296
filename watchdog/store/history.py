"""
What the judge asks: what is new since the last judging, how it came, and every line with its whole history.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, distinct, exists, func, select

from watchdog.store.chunks import chunks
from watchdog.store.products import of_release
from watchdog.store.schema import ledger, lines, looks, products, releases, shelves, states
from watchdog.store.timelines import preorders
from watchdog.terms.identity import MarketplaceId, OrderId, OrderKey, ProductId

if TYPE_CHECKING:
    from collections.abc import Collection

    from watchdog.store.database import Transaction
    from watchdog.terms.preorder import Preorder


@dataclass(frozen=True, slots=True)
class Judged:
    """
    Everything up to these numbers was judged.
    """

    state: int = 0
    release: int = 0


class Near(NamedTuple):
    """
    How many orders of a product must be shipped by a day.
    """

    product_id: ProductId
    ship_by: date
    orders: int


class LastSaw(NamedTuple):
    """
    When a source last really saw ship-by dates.
    """

    source: str
    as_of: datetime


def judged(tx: Transaction) -> Judged:
    """
    Return how far the log was judged.
    """
    query = select(ledger.c.judged_state, ledger.c.judged_release).where(ledger.c.account_id == tx.account_id)
    row = tx.connection.execute(query).first()
    return Judged(*row) if row else Judged()


def save_judged(tx: Transaction, upto: Judged) -> None:
    """
    Note how far the log was judged.
    """
    row = {"judged_state": upto.state, "judged_release": upto.release, "watch_version": 0}
    tx.put(ledger, [row], "judged_state", "judged_release")


def newest(tx: Transaction) -> Judged:
    """
    Return the newest numbers there are.
    """
    state = select(func.coalesce(func.max(states.c.state_no), 0)).where(states.c.account_id == tx.account_id)
    release = select(func.coalesce(func.max(releases.c.release_no), 0)).where(releases.c.account_id == tx.account_id)
    return Judged(tx.connection.execute(state).scalar_one(), tx.connection.execute(release).scalar_one())


def touched(tx: Transaction, since: Judged) -> tuple[ProductId, ...]:
    """
    Return the products with states or release dates beyond ``since``.
    """
    mine = (products.c.account_id == tx.account_id, products.c.last_state > since.state)
    found = set(tx.connection.execute(select(products.c.product_id).where(*mine)).scalars())
    return tuple(ProductId(number) for number in sorted(found | newly_dated(tx, since)))


def newly_dated(tx: Transaction, since: Judged) -> set[int]:
    """
    Return the products a release value beyond ``since`` speaks of.
    """
    mine = (releases.c.account_id == tx.account_id, releases.c.release_no > since.release)
    rows = tx.connection.execute(select(releases.c.marketplace_id, releases.c.asin, releases.c.sku).distinct().where(*mine)).all()
    return {number for place, asin, sku in rows for number in of_release(tx, place, asin, sku)}


def orders(tx: Transaction, keys: Collection[OrderKey]) -> dict[OrderKey, tuple[Preorder, ...]]:
    """
    Return these orders with all their lines, each with all its states; unknown orders are left out.
    """
    return preorders(tx, keys)


def live(tx: Transaction, keys: Collection[OrderKey], since: Judged) -> frozenset[OrderKey]:
    """
    Return of these orders those with at least one new state that was not late: only they may ring or resolve.
    """
    return _with_new_states(tx, keys, since, not_late=True)


def only_late(tx: Transaction, keys: Collection[OrderKey], since: Judged) -> frozenset[OrderKey]:
    """
    Return of these orders those that nothing but late arrivals has touched.
    """
    new = _with_new_states(tx, keys, since, not_late=False)
    return new - _with_new_states(tx, new, since, not_late=True)


def _with_new_states(tx: Transaction, keys: Collection[OrderKey], since: Judged, *, not_late: bool) -> frozenset[OrderKey]:
    its_line = and_(lines.c.account_id == states.c.account_id, lines.c.line_id == states.c.line_id)
    query = select(lines.c.marketplace_id, lines.c.order_id).distinct().select_from(lines).join(states, its_line)
    query = query.where(lines.c.account_id == tx.account_id, states.c.state_no > since.state, lines.c.last_state > since.state)
    if not_late:
        query = query.where(states.c.listed, ~states.c.late)
    found: set[OrderKey] = set()
    for part in chunks({key.order_id for key in keys}):
        rows = tx.connection.execute(query.where(lines.c.order_id.in_(part)))
        found |= {OrderKey(MarketplaceId(place), OrderId(order_id)) for place, order_id in rows}
    return frozenset(found & set(keys))


def touched_only_late(tx: Transaction, since: Judged) -> frozenset[ProductId]:
    """
    Return the products whose new states all came late and whose release dates did not change.
    """
    its_line = and_(lines.c.account_id == states.c.account_id, lines.c.line_id == states.c.line_id)
    new = select(lines.c.product_id, states.c.late).distinct().select_from(states).join(lines, its_line)
    late: dict[int, set[bool]] = defaultdict(set)
    for number, is_late in tx.connection.execute(new.where(states.c.account_id == tx.account_id, states.c.state_no > since.state)):
        late[number].add(bool(is_late))
    dated = newly_dated(tx, since)
    return frozenset(ProductId(number) for number, kinds in late.items() if kinds == {True} and number not in dated)


def open_orders(tx: Transaction) -> int:
    """
    Return in how many products a listed order is open; 0 means that there is nothing to watch.
    """
    own = (lines.c.account_id == products.c.account_id, lines.c.product_id == products.c.product_id)
    listed = exists(select(lines.c.line_id).where(*own, lines.c.is_open, lines.c.listed))
    return int(
        tx.connection.execute(select(func.count()).select_from(products).where(products.c.account_id == tx.account_id, listed)).scalar_one()
    )


def near(tx: Transaction, start: date, end: date, marketplace_id: MarketplaceId) -> tuple[Near, ...]:
    """
    Return the products with listed open orders to be shipped from ``start`` to ``end``, and how many by which day.
    """
    own = and_(
        lines.c.account_id == products.c.account_id,
        lines.c.product_id == products.c.product_id,
        lines.c.is_open,
        lines.c.listed,
        lines.c.ship_by.between(start, end),
    )
    query: Any = (
        select(products.c.product_id, lines.c.ship_by, func.count(distinct(lines.c.order_id)))
        .select_from(products)
        .join(lines, own)
        .where(products.c.account_id == tx.account_id, products.c.marketplace_id == marketplace_id)
        .group_by(products.c.product_id, lines.c.ship_by)
        .order_by(products.c.product_id, lines.c.ship_by)
    )
    return tuple(Near(ProductId(number), day, count) for number, day, count in tx.connection.execute(query))


def last_saw_ship_dates(tx: Transaction) -> tuple[LastSaw, ...]:
    """
    Return of each source the moment at which it last showed an order with a ship-by (DOMAIN §10).
    """
    sources = sorted(set(tx.connection.execute(select(shelves.c.source).where(shelves.c.account_id == tx.account_id)).scalars()))
    newest_dated = {
        source: tx.connection.execute(
            select(looks.c.as_of)
            .where(looks.c.account_id == tx.account_id, looks.c.source == source, looks.c.rows_dated > 0)
            .order_by(looks.c.as_of.desc())
            .limit(1)
        ).scalar()
        for source in sources
    }
    return tuple(LastSaw(source, as_of) for source, as_of in newest_dated.items() if as_of is not None)
