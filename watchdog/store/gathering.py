"""
What one judging reads, of many products at once: a turn that touches a thousand products asks a handful of questions, not a thousand.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Integer, MetaData, Table, and_, delete, distinct, func, insert, or_, select, true

from watchdog.store.chunks import chunks
from watchdog.store.columns import MarketplaceDate
from watchdog.store.history import newly_dated
from watchdog.store.releases import steps_of
from watchdog.store.schema import lines, product_names, products, releases, shelves, showings, states
from watchdog.store.schema_cases import cases, notices
from watchdog.terms.finding import Rule
from watchdog.terms.identity import MarketplaceId, OrderId, OrderKey, ProductId
from watchdog.terms.marketplace import BY_ID
from watchdog.terms.moments import local_date
from watchdog.terms.product import Census, Product, Tally
from watchdog.terms.verdict import Context

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy import Row

    from watchdog.store.database import Transaction
    from watchdog.store.history import Judged
    from watchdog.terms.verdict import Suspicion

#: Products per question.
_PART = 500

#: Before which day each product's lines are too early; a temporary table, for no statement takes as many values as a seller has products.
_bounds = Table(
    "judging_bounds",
    MetaData(),
    Column("product_id", Integer, primary_key=True, autoincrement=False),
    Column("ship_by_before", MarketplaceDate),
    prefixes=["TEMPORARY"],
)


def contexts(tx: Transaction, product_ids: Collection[ProductId]) -> dict[ProductId, Context]:
    """
    Return the products with their release dates and their open pre-orders in figures.
    """
    found: dict[ProductId, Context] = {}
    for part in chunks(sorted(product_ids), _PART):
        said, tallies, shown = _said(tx, part), _tallies(tx, part), _shown(tx, part)
        bought = _last_marked_purchases(tx, part)
        for row in tx.connection.execute(select(products).where(_of(tx, products, part))):
            number = ProductId(row.product_id)
            sees_pending, as_of = shown.get(number, (False, None))
            counted = tuple(tallies.get(number, ()))
            census = Census(counted, bought.get(number), sees_pending, as_of if counted else None)
            found[number] = Context(_product(row, said[number]), steps_of(said[number]), census)
    return found


def _of(tx: Transaction, table: Any, product_ids: Sequence[ProductId]) -> Any:
    return and_(table.c.account_id == tx.account_id, table.c.product_id.in_(product_ids))


def _product(row: Row[Any], said: Sequence[Row[Any]]) -> Product:
    """
    Return the product; its title as orders show it, else as a release list does.
    """
    listed = max(((each.learned_at, each.title) for each in said if each.title), default=(None, None))[1]
    return Product(ProductId(row.product_id), MarketplaceId(row.marketplace_id), row.asin, row.sku, row.title or listed)


def _tallies(tx: Transaction, part: Sequence[ProductId]) -> dict[ProductId, list[Tally]]:
    query = (
        select(lines.c.product_id, lines.c.ship_by, func.count(distinct(lines.c.order_id)))
        .where(_of(tx, lines, part), lines.c.is_open, lines.c.listed)
        .group_by(lines.c.product_id, lines.c.ship_by)
        .order_by(lines.c.product_id, lines.c.ship_by.is_(None), lines.c.ship_by)
    )
    found: dict[ProductId, list[Tally]] = defaultdict(list)
    for number, day, orders in tx.connection.execute(query):
        found[ProductId(number)].append(Tally(day, orders))
    return found


def _shown(tx: Transaction, part: Sequence[ProductId]) -> dict[ProductId, tuple[bool, datetime | None]]:
    """
    Return whether a source that shows pending orders lists the product, and when its open orders were last shown all together.

    That is the newest complete look of such a source, else of any source; where there is none, the newest word about one of them.
    """
    own = and_(shelves.c.account_id == showings.c.account_id, shelves.c.shelf_no == showings.c.shelf_no)
    query = select(showings.c.product_id, shelves.c.sees_pending, shelves.c.swept_at).join(shelves, own).where(_of(tx, showings, part))
    last = and_(states.c.account_id == products.c.account_id, states.c.state_no == products.c.last_state)
    newest = select(products.c.product_id, states.c.as_of).join(states, last).where(_of(tx, products, part))
    found = {ProductId(number): (False, moment) for number, moment in tx.connection.execute(newest)}
    looked = tx.connection.execute(query.order_by(shelves.c.sees_pending, shelves.c.swept_at.is_not(None), shelves.c.swept_at))
    for number, pending, swept_at in looked:  # the last one counts
        found[ProductId(number)] = (pending, swept_at or found[ProductId(number)][1])
    return found


def _last_marked_purchases(tx: Transaction, part: Sequence[ProductId]) -> dict[ProductId, date]:
    own = and_(lines.c.account_id == tx.account_id, lines.c.product_id == products.c.product_id, lines.c.marked, lines.c.is_open)
    newest = select(func.max(lines.c.purchased_at)).where(own).scalar_subquery()  # one step into an index per product
    query = select(products.c.product_id, products.c.marketplace_id, newest).where(_of(tx, products, part))
    rows = tx.connection.execute(query)
    return {ProductId(number): local_date(bought, BY_ID[place].zone) for number, place, bought in rows if bought is not None}


def _said(tx: Transaction, part: Sequence[ProductId]) -> Mapping[ProductId, list[Row[Any]]]:
    """
    Return every release value ever said of each product.
    """
    named: dict[tuple[str, str], set[ProductId]] = defaultdict(set)
    query = select(product_names.c.product_id, product_names.c.marketplace_id, product_names.c.name).where(_of(tx, product_names, part))
    for number, place, name in tx.connection.execute(query):
        named[place, name].add(ProductId(number))
        named["*", name].add(ProductId(number))
    said: dict[ProductId, list[Row[Any]]] = defaultdict(list)
    for row in _release_rows(tx, {name for _place, name in named}):
        name = f"asin:{row.asin}" if row.asin else f"sku:{row.sku}"
        for number in named.get((row.marketplace_id, name), ()):
            said[number].append(row)
    return said


def _release_rows(tx: Transaction, names: Collection[str]) -> Iterator[Row[Any]]:
    for part in chunks(sorted(names)):
        asins = [name.removeprefix("asin:") for name in part if name.startswith("asin:")]
        skus = [name.removeprefix("sku:") for name in part if name.startswith("sku:")]
        speaks = or_(releases.c.asin.in_(asins), and_(releases.c.asin.is_(None), releases.c.sku.in_(skus)))
        yield from tx.connection.execute(select(releases).where(releases.c.account_id == tx.account_id, speaks))


def left_before(tx: Transaction, moments: Mapping[ProductId, datetime]) -> dict[ProductId, int]:
    """
    Return how many of each product's listed open orders had left pending availability before the moment given for it.
    """
    found: dict[ProductId, int] = defaultdict(int)
    for part in chunks(sorted(moments), _PART):
        query = (
            select(lines.c.product_id, lines.c.order_id, func.min(lines.c.left_pending_at))
            .where(_of(tx, lines, part), lines.c.is_open, lines.c.listed, lines.c.left_pending_at.is_not(None))
            .group_by(lines.c.product_id, lines.c.order_id)
        )
        for number, _order_id, left_at in tx.connection.execute(query):
            found[ProductId(number)] += left_at < moments[ProductId(number)]
    return found


def with_new_exits(tx: Transaction, moments: Mapping[ProductId, datetime], since: Judged) -> set[ProductId]:
    """
    Return the products of which a line that something new was said of had left pending before the moment given for it.
    """
    return {row.product_id for row in _new_lines(tx, since) if _is_before(row.left_pending_at, moments.get(row.product_id))}


def suspects(tx: Transaction, suspicions: Mapping[ProductId, Suspicion], since: Judged) -> set[OrderKey]:
    """
    Return the orders that must be looked at one by one; all others are healthy by the census (DESIGN law 4).
    """
    if not suspicions:
        return set()
    found = {_key(row) for row in _new_lines(tx, since) if _is_odd(row, suspicions.get(row.product_id))}
    found |= {_key(row) for row in _moved(tx) if row.product_id in suspicions}
    found |= _early(tx, {number: bound.ship_by_before for number, bound in suspicions.items() if bound.ship_by_before is not None})
    for part in chunks(sorted(suspicions), _PART):
        found |= _on_record(tx, part, since)
    return found


def _new_lines(tx: Transaction, since: Judged) -> Iterator[Any]:
    """
    Yield the open lines something new was said of; whether that is odd is asked here, because every product has a bound of its own.
    """
    columns = (lines.c.product_id, lines.c.marketplace_id, lines.c.order_id, lines.c.left_pending_at, lines.c.cancel_requested)
    query = select(*columns).where(lines.c.account_id == tx.account_id, lines.c.last_state > since.state, lines.c.is_open)
    yield from tx.connection.execute(query)


def _is_odd(row: Any, bound: Suspicion | None) -> bool:
    if bound is None:
        return False
    return bool(row.cancel_requested) or bound.every_new_line or _is_before(row.left_pending_at, bound.left_pending_before)


def _is_before(moment: datetime | None, bound: datetime | None) -> bool:
    return moment is not None and bound is not None and moment < bound


def _moved(tx: Transaction) -> Iterator[Any]:
    """
    Yield the open lines whose last move went earlier, new or old: few, and an index of their own names them.
    """
    query = select(lines.c.product_id, lines.c.marketplace_id, lines.c.order_id)
    yield from tx.connection.execute(query.where(lines.c.account_id == tx.account_id, lines.c.moved_earlier, lines.c.is_open))


def _early(tx: Transaction, bounds: Mapping[ProductId, date]) -> set[OrderKey]:
    """
    Return the orders with an open line due before its product's bound.

    An outer join keeps the order of the tables: first a product, then one step into the census index.
    """
    if not bounds:
        return set()
    _bounds.create(tx.connection, checkfirst=True)
    tx.connection.execute(delete(_bounds))
    tx.connection.execute(insert(_bounds), [{"product_id": number, "ship_by_before": day} for number, day in bounds.items()])
    mine = and_(lines.c.account_id == tx.account_id, lines.c.product_id == _bounds.c.product_id, lines.c.is_open)
    early = and_(mine, lines.c.listed.in_((False, True)), lines.c.ship_by < _bounds.c.ship_by_before)
    query = select(lines.c.marketplace_id, lines.c.order_id).distinct().select_from(_bounds).join(lines, early, isouter=True)
    return {_key(row) for row in tx.connection.execute(query) if row.order_id is not None}


def _on_record(tx: Transaction, part: Sequence[ProductId], since: Judged) -> set[OrderKey]:
    """
    Return the orders on record that something new was said of, and all with an open case whose product has a new release date.
    """
    found: set[OrderKey] = set()
    newly = newly_dated(tx, since)
    for table in (cases, notices):
        named = select(table.c.order_id).distinct().where(_of(tx, table, part), table.c.order_id.is_not(None), table.c.order_id != "")
        for some in chunks(tx.connection.execute(named).scalars().all()):
            new = (lines.c.account_id == tx.account_id, lines.c.order_id.in_(some), lines.c.last_state > since.state)
            found |= _keys(tx, select(lines.c.marketplace_id, lines.c.order_id).where(*new))
    dated = [number for number in part if number in newly]
    query = select(cases.c.marketplace_id, cases.c.order_id).where(_of(tx, cases, dated), cases.c.is_open, cases.c.order_id.is_not(None))
    return found | (_keys(tx, query) if dated else set())


def noticed(tx: Transaction, product_ids: Collection[ProductId], since: Judged, *, comparable: Collection[ProductId]) -> set[OrderKey]:
    """
    Return the orders whose notice may have lost its reason: their product has a new release date, or was named as unwatched and is watched.

    Args:
        tx: the transaction.
        product_ids: the products judged now.
        since: what was judged before.
        comparable: those of them that have something to compare their orders with.
    """
    newly = newly_dated(tx, since)
    unwatched = notices.c.rules.contains(Rule.RELEASE_UNKNOWN)
    keys = (notices.c.account_id == products.c.account_id, notices.c.marketplace_id == products.c.marketplace_id)
    own = and_(*keys, notices.c.product_id == products.c.product_id, notices.c.order_id != "")  # the key from its left: no scan
    found: set[OrderKey] = set()
    for numbers, condition in (([n for n in product_ids if n in newly], true()), (comparable, unwatched)):
        for part in chunks(sorted(numbers), _PART):
            query = select(notices.c.marketplace_id, notices.c.order_id).select_from(products).join(notices, own)
            found |= _keys(tx, query.where(_of(tx, products, part), condition))
    return found


def _keys(tx: Transaction, query: Any) -> set[OrderKey]:
    return {_key(row) for row in tx.connection.execute(query.distinct())}


def _key(row: Any) -> OrderKey:
    return OrderKey(MarketplaceId(row.marketplace_id), OrderId(row.order_id))
