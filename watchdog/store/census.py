"""
A product's open pre-orders in figures, counted from an index alone: one line per ship-by, never one per order (DESIGN law 4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select

from watchdog.store.schema import lines, products, shelves, showings, states
from watchdog.terms.marketplace import BY_ID
from watchdog.terms.moments import local_date
from watchdog.terms.product import Census, Tally

if TYPE_CHECKING:
    from datetime import date, datetime

    from watchdog.store.database import Transaction
    from watchdog.terms.identity import ProductId


def count(tx: Transaction, product_id: ProductId) -> Census:
    """
    Return the tally of the product's listed open orders, the last marked purchase, and who shows them since when.
    """
    here = (lines.c.account_id == tx.account_id, lines.c.product_id == product_id)
    query = (
        select(lines.c.ship_by, func.count(func.distinct(lines.c.order_id)))
        .where(*here, lines.c.is_open, lines.c.listed)
        .group_by(lines.c.ship_by)
        .order_by(lines.c.ship_by.is_(None), lines.c.ship_by)
    )
    tallies = tuple(Tally(day, orders) for day, orders in tx.connection.execute(query))
    sees_pending, swept_at = _shown(tx, product_id)
    moments = [moment for moment in (swept_at, _last_state_at(tx, product_id)) if moment is not None]
    return Census(tallies, _last_marked_purchase(tx, product_id), sees_pending, max(moments, default=None) if tallies else None)


def _shown(tx: Transaction, product_id: ProductId) -> tuple[bool, datetime | None]:
    """
    Return whether a source that shows pending orders lists the product, and when its shelves were last swept.
    """
    own = and_(shelves.c.account_id == showings.c.account_id, shelves.c.shelf_no == showings.c.shelf_no)
    query = select(shelves.c.sees_pending, shelves.c.swept_at).join(showings, own)
    rows = tx.connection.execute(query.where(showings.c.account_id == tx.account_id, showings.c.product_id == product_id)).all()
    return any(pending for pending, _swept in rows), max((swept for _pending, swept in rows if swept is not None), default=None)


def _last_state_at(tx: Transaction, product_id: ProductId) -> datetime | None:
    newest = select(products.c.last_state).where(products.c.account_id == tx.account_id, products.c.product_id == product_id)
    query = select(states.c.as_of).where(states.c.account_id == tx.account_id, states.c.state_no == newest.scalar_subquery())
    found: datetime | None = tx.connection.execute(query).scalar()
    return found


def _last_marked_purchase(tx: Transaction, product_id: ProductId) -> date | None:
    here = (lines.c.account_id == tx.account_id, lines.c.product_id == product_id)
    query = select(lines.c.purchased_at, lines.c.marketplace_id).where(
        *here, lines.c.marked, lines.c.is_open, lines.c.purchased_at.is_not(None)
    )
    row = tx.connection.execute(query.order_by(lines.c.purchased_at.desc()).limit(1)).first()
    return None if row is None else local_date(row.purchased_at, BY_ID[row.marketplace_id].zone)
