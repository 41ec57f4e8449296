"""
Which products have open pre-orders, for sources that ask by product; they are handed this, because no source knows the store.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import and_, exists, func, select

from watchdog.store.chunks import chunks
from watchdog.store.schema import lines, products, releases
from watchdog.store.schema_cases import cases
from watchdog.terms.identity import Asin, MarketplaceId
from watchdog.terms.product import Awaited

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from watchdog.store.database import Transaction
    from watchdog.terms.identity import OrderKey


class _Found(NamedTuple):
    place: str
    asin: str
    ship_by: date | None  #: the earliest of its open lines


def awaited(tx: Transaction) -> tuple[Awaited, ...]:
    """
    Return every product with an ASIN and a listed open line.
    """
    own = (lines.c.account_id == products.c.account_id, lines.c.product_id == products.c.product_id, lines.c.is_open, lines.c.listed)
    earliest = select(func.min(lines.c.ship_by)).where(*own).scalar_subquery()  # one step into the census' index per product
    query = select(products.c.marketplace_id, products.c.asin, earliest).where(
        products.c.account_id == tx.account_id, products.c.asin.is_not(None), exists().where(*own)
    )
    return _with_releases(tx, [_Found(*row) for row in tx.connection.execute(query.order_by(products.c.product_id))])


def flagged(tx: Transaction) -> tuple[tuple[MarketplaceId, Asin], ...]:
    """
    Return the products with an open case, by marketplace and ASIN.
    """
    query = select(cases.c.marketplace_id, cases.c.asin).distinct()
    query = query.where(cases.c.account_id == tx.account_id, cases.c.is_open, cases.c.asin.is_not(None))
    return tuple((MarketplaceId(place), Asin(asin)) for place, asin in sorted(tx.connection.execute(query)))


def awaited_of(tx: Transaction, orders: Collection[OrderKey]) -> tuple[Awaited, ...]:
    """
    Return the products with an ASIN that stand in these orders.
    """
    found: dict[tuple[str, str], _Found] = {}
    own = and_(lines.c.account_id == products.c.account_id, lines.c.product_id == products.c.product_id)
    for part in chunks({key.order_id for key in orders}):
        query = select(products.c.marketplace_id, products.c.asin, func.min(lines.c.ship_by)).join(lines, own)
        query = query.where(products.c.account_id == tx.account_id, products.c.asin.is_not(None), lines.c.order_id.in_(part))
        for row in tx.connection.execute(query.group_by(products.c.marketplace_id, products.c.asin)):
            found[row[0], row[1]] = _Found(*row)
    return _with_releases(tx, list(found.values()))


def _with_releases(tx: Transaction, rows: Sequence[_Found]) -> tuple[Awaited, ...]:
    dates: dict[str, date] = {}
    for part in chunks({row.asin for row in rows}):
        query = select(releases.c.asin, func.max(releases.c.release_date)).where(releases.c.account_id == tx.account_id)
        query = query.where(releases.c.asin.in_(part)).group_by(releases.c.asin)
        for row in tx.connection.execute(query):
            dates[row[0]] = row[1]
    return tuple(
        Awaited(MarketplaceId(row.place), Asin(row.asin), min(filter(None, (row.ship_by, dates.get(row.asin))), default=None))
        for row in rows
    )
