"""
What is known of every product's release, from whom, and which open orders hang on it; for lists, never for judging.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, func, select

from watchdog.store.chunks import chunks
from watchdog.store.products import ANYWHERE
from watchdog.store.schema import lines, product_names, products, releases
from watchdog.terms.identity import Asin, MarketplaceId, OrderId, ProductId, Sku
from watchdog.terms.look import ReleaseSource
from watchdog.terms.product import ReleaseDate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date, datetime

    from sqlalchemy import Row

    from watchdog.store.database import Transaction

#: A list's line: marketplace or ``*``, ASIN, SKU.
Key = tuple[str, str | None, str | None]


class Offer(NamedTuple):
    """
    A product with each source's present word on its release; ``product_id`` is None while no order of it was seen.
    """

    product_id: ProductId | None
    marketplace_id: MarketplaceId | None
    asin: Asin | None
    sku: Sku | None
    title: str | None
    said: tuple[ReleaseDate, ...]


def offers(tx: Transaction) -> tuple[Offer, ...]:
    """
    Return every product of which some source says a release date, most trusted source first.
    """
    named = _named_products(tx)
    spoken: dict[tuple[Any, ...], list[Row[Any]]] = defaultdict(list)
    for row in _present(tx):
        name = f"asin:{row.asin}" if row.asin else f"sku:{row.sku}"
        hits = list(_hits(named, row.marketplace_id, name))
        for key in hits or [(None, row.marketplace_id, name)]:
            spoken[key].append(row)
    known = {row.product_id: row for rows in named.values() for row in rows.values()}
    return tuple(_offer(known.get(key[0]), rows) for key, rows in spoken.items())


def own_dates(tx: Transaction) -> Mapping[Key, date]:
    """
    Return the dates the seller's own list says now, line by line.
    """
    own = (row for row in _present(tx) if row.source is ReleaseSource.SELLER_LIST)
    return {(row.marketplace_id, row.asin, row.sku): row.release_date for row in own}


def own_list_said_at(tx: Transaction) -> datetime | None:
    """
    Return when the seller's own list last said anything.
    """
    query = select(func.max(releases.c.repeated_at)).where(
        releases.c.account_id == tx.account_id, releases.c.source == ReleaseSource.SELLER_LIST
    )
    found: datetime | None = tx.connection.execute(query).scalar()
    return found


def is_known(tx: Transaction, name: str) -> bool:
    """
    Say whether an order or a list has shown a product of this name (``asin:…`` or ``sku:…``).
    """
    seen = select(product_names.c.name).where(product_names.c.account_id == tx.account_id, product_names.c.name == name)
    kind, _, text = name.partition(":")
    said = select(releases.c.release_no).where(releases.c.account_id == tx.account_id, releases.c[kind] == text)
    return any(tx.connection.execute(query.limit(1)).first() is not None for query in (seen, said))


def open_orders(tx: Transaction, product_ids: Collection[ProductId], *, undated: bool = False) -> dict[ProductId, tuple[OrderId, ...]]:
    """
    Return the listed open orders of these products; with ``undated`` only those without a ship-by.
    """
    found: dict[ProductId, list[OrderId]] = defaultdict(list)
    for part in chunks(product_ids):
        query = select(lines.c.product_id, lines.c.order_id).distinct()
        query = query.where(lines.c.account_id == tx.account_id, lines.c.product_id.in_(part), lines.c.is_open, lines.c.listed)
        if undated:
            query = query.where(lines.c.ship_by.is_(None))
        for number, order_id in tx.connection.execute(query.order_by(lines.c.product_id, lines.c.order_id)):
            found[ProductId(number)].append(OrderId(order_id))
    return {number: tuple(orders) for number, orders in found.items()}


def _present(tx: Transaction) -> Iterable[Row[Any]]:
    """
    Return of each line of each source the value said last.
    """
    newest: dict[tuple[Any, ...], Row[Any]] = {}
    query = select(releases).where(releases.c.account_id == tx.account_id)
    for row in tx.connection.execute(query.order_by(releases.c.repeated_at, releases.c.release_no)):
        newest[row.marketplace_id, row.asin, row.sku, row.source] = row
    return newest.values()


def _named_products(tx: Transaction) -> Mapping[str, Mapping[str, Row[Any]]]:
    """
    Return the products by name, then by marketplace.
    """
    own = and_(product_names.c.account_id == products.c.account_id, product_names.c.product_id == products.c.product_id)
    columns = (product_names.c.name, products.c.product_id, products.c.marketplace_id, products.c.asin, products.c.sku, products.c.title)
    found: dict[str, dict[str, Row[Any]]] = defaultdict(dict)
    query: Any = select(*columns).join(products, own).where(products.c.account_id == tx.account_id)
    for row in tx.connection.execute(query):
        found[row.name][row.marketplace_id] = row
    return found


def _hits(named: Mapping[str, Mapping[str, Row[Any]]], place: str, name: str) -> Iterator[tuple[Any, ...]]:
    for where, row in named.get(name, {}).items():
        if place in {ANYWHERE, where}:
            yield (row.product_id,)


def _offer(product: Row[Any] | None, rows: Collection[Row[Any]]) -> Offer:
    latest: dict[ReleaseSource, ReleaseDate] = {}
    for row in rows:
        said = ReleaseDate(row.release_date, row.source, row.learned_at)
        if row.source not in latest or latest[row.source].day < said.day:
            latest[row.source] = said
    first = next(iter(rows))
    place = product.marketplace_id if product else first.marketplace_id
    return Offer(
        product_id=product.product_id if product else None,
        marketplace_id=None if place == ANYWHERE else place,
        asin=product.asin if product else first.asin,
        sku=(product.sku if product else None) or next((row.sku for row in rows if row.sku), None),
        title=(product.title if product else None) or next((row.title for row in rows if row.title), None),
        said=tuple(sorted(latest.values(), key=lambda each: each.source.rank)),
    )
