"""
Which products have open pre-orders, for sources that ask by product; they are handed this, because no source knows the store.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, exists, func, or_, select

from watchdog.store.chunks import chunks
from watchdog.store.schema import lines, products, releases
from watchdog.store.schema_cases import cases
from watchdog.terms.identity import Asin, MarketplaceId, Sku
from watchdog.terms.product import Awaited

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import ColumnElement

    from watchdog.store.database import Transaction
    from watchdog.terms.identity import OrderKey


class _Found(NamedTuple):
    place: str
    asin: str | None
    sku: str | None
    ship_by: date | None  #: the earliest of its open lines


def awaited(tx: Transaction, *, by_sku: bool = False) -> tuple[Awaited, ...]:
    """
    Return every product with an ASIN and a listed open line; ``by_sku`` also those of which nothing but the SKU is known.
    """
    own = (lines.c.account_id == products.c.account_id, lines.c.product_id == products.c.product_id, lines.c.is_open, lines.c.listed)
    earliest = select(func.min(lines.c.ship_by)).where(*own).scalar_subquery()  # one step into the census' index per product
    query = select(products.c.marketplace_id, products.c.asin, products.c.sku, earliest).where(
        products.c.account_id == tx.account_id, _named(by_sku=by_sku), exists().where(*own)
    )
    return _with_releases(tx, [_Found(*row) for row in tx.connection.execute(query.order_by(products.c.product_id))])


def _named(*, by_sku: bool) -> ColumnElement[bool]:
    by_asin = products.c.asin.is_not(None)
    return or_(by_asin, products.c.sku.is_not(None)) if by_sku else by_asin


def flagged(tx: Transaction) -> tuple[tuple[MarketplaceId, Asin], ...]:
    """
    Return the products with an open case, by marketplace and ASIN.
    """
    query = select(cases.c.marketplace_id, cases.c.asin).distinct()
    query = query.where(cases.c.account_id == tx.account_id, cases.c.is_open, cases.c.asin.is_not(None))
    return tuple((MarketplaceId(place), Asin(asin)) for place, asin in sorted(tx.connection.execute(query)))


def awaited_of(tx: Transaction, orders: Collection[OrderKey], *, by_sku: bool = False) -> tuple[Awaited, ...]:
    """
    Return the products with an ASIN that stand in these orders; ``by_sku`` also those of which nothing but the SKU is known.
    """
    names = (products.c.product_id, products.c.marketplace_id, products.c.asin, products.c.sku)
    found: dict[int, _Found] = {}
    own = and_(lines.c.account_id == products.c.account_id, lines.c.product_id == products.c.product_id)
    for part in chunks({key.order_id for key in orders}):
        query = select(*names, func.min(lines.c.ship_by)).join(lines, own)
        query = query.where(products.c.account_id == tx.account_id, _named(by_sku=by_sku), lines.c.order_id.in_(part))
        for number, *rest in tx.connection.execute(query.group_by(*names)):
            found[number] = _Found(*rest)
    return _with_releases(tx, list(found.values()))


def _with_releases(tx: Transaction, rows: Sequence[_Found]) -> tuple[Awaited, ...]:
    by_asin = _newest(tx, releases.c.asin, {row.asin for row in rows if row.asin})
    by_sku = _newest(tx, releases.c.sku, {row.sku for row in rows if row.sku and not row.asin})
    return tuple(_awaited(row, by_asin.get(row.asin) if row.asin else by_sku.get(row.sku or "")) for row in rows)


def _newest(tx: Transaction, column: ColumnElement[Any], names: Collection[str]) -> dict[str, date]:
    found: dict[str, date] = {}
    for part in chunks(names):
        query = select(column, func.max(releases.c.release_date)).where(releases.c.account_id == tx.account_id, column.in_(part))
        found |= {row[0]: row[1] for row in tx.connection.execute(query.group_by(column))}
    return found


def _awaited(row: _Found, release: date | None) -> Awaited:
    near = min(filter(None, (row.ship_by, release)), default=None)
    if row.asin:
        return Awaited(MarketplaceId(row.place), Asin(row.asin), near)
    return Awaited(MarketplaceId(row.place), None, near, Sku(row.sku or ""))
