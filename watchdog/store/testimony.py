"""
Everything that was seen of some orders, as evidence: each state with its look, its time, its source and the digest of the file it stood in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_, select

from watchdog.store.chunks import chunks
from watchdog.store.products import ANYWHERE
from watchdog.store.schema import lines, looks, releases, states
from watchdog.store.schema_cases import case_orders

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Row

    from watchdog.store.database import Transaction
    from watchdog.terms.identity import Asin, CaseNo, MarketplaceId, ProductId, Sku

#: So many of the product's other orders are listed; the rest is counted.
SIBLINGS = 500


@dataclass(frozen=True, slots=True)
class Seen:
    """
    One state of one order line, as one look showed it; None always means "not said".
    """

    order_id: str
    sku: str | None
    seen_at: datetime
    source: str
    look: str  #: file name or request
    digest: str | None  #: beginning of the file's SHA-256
    listed: bool
    status: str | None
    ship_by: date | None
    payment: str | None
    address_seen: bool  #: a fingerprint of the delivery address was taken; its value is never shown
    cancel_requested: bool | None
    ready_at: datetime | None
    shipped_at: datetime | None


@dataclass(frozen=True, slots=True)
class Sibling:
    """
    Another open order of the same product, as it stands.
    """

    order_id: str
    status: str | None
    ship_by: date | None


@dataclass(frozen=True, slots=True)
class SaidDate:
    """
    A release date as one source said it, and until when it was repeated.
    """

    release_date: date
    source: str
    learned_at: datetime
    repeated_at: datetime
    look: str


def orders_of(tx: Transaction, case_no: CaseNo) -> tuple[str, ...]:
    """
    Return the orders a case names.
    """
    mine = (case_orders.c.account_id == tx.account_id, case_orders.c.case_no == case_no)
    return tuple(tx.connection.execute(select(case_orders.c.order_id).where(*mine).order_by(case_orders.c.order_id)).scalars())


def seen(tx: Transaction, order_ids: Collection[str]) -> tuple[Seen, ...]:
    """
    Return every state of these orders' lines, by order and time.
    """
    found: list[Seen] = []
    for part in chunks(order_ids):
        query = (
            select(
                *(lines.c.order_id, lines.c.sku, states, looks.c.source, looks.c.name, looks.c.content),
            )
            .join(lines, and_(lines.c.account_id == states.c.account_id, lines.c.line_id == states.c.line_id))
            .join(looks, and_(looks.c.account_id == states.c.account_id, looks.c.look_no == states.c.look_no))
            .where(states.c.account_id == tx.account_id, lines.c.order_id.in_(part))
        )
        found += [_seen(row) for row in tx.connection.execute(query.order_by(lines.c.order_id, states.c.as_of, states.c.state_no))]
    return tuple(found)


def _seen(row: Row[Any]) -> Seen:
    return Seen(
        order_id=row.order_id,
        sku=row.sku,
        seen_at=row.as_of,
        source=row.source,
        look=row.name,
        digest=row.content,
        listed=row.listed,
        status=row.status,
        ship_by=row.ship_by,
        payment=row.payment,
        address_seen=row.address is not None,
        cancel_requested=row.cancel_requested,
        ready_at=row.fulfillable_at,
        shipped_at=row.shipped_at,
    )


def siblings(tx: Transaction, product_id: ProductId, without: Collection[str]) -> tuple[tuple[Sibling, ...], int]:
    """
    Return the product's other open orders as they stand now, at most ``SIBLINGS``, and how many there are in all.
    """
    mine = (lines.c.account_id == tx.account_id, lines.c.product_id == product_id, lines.c.is_open, lines.c.listed)
    query = select(lines.c.order_id, lines.c.status, lines.c.ship_by).where(*mine).order_by(lines.c.ship_by, lines.c.order_id)
    apart = frozenset(without)
    found = [Sibling(row.order_id, row.status, row.ship_by) for row in tx.connection.execute(query) if row.order_id not in apart]
    return tuple(found[:SIBLINGS]), len(found)


def said(tx: Transaction, place: MarketplaceId, asin: Asin | None, sku: Sku | None) -> tuple[SaidDate, ...]:
    """
    Return every release date that was ever said of the product on this marketplace (or on any), oldest first.
    """
    named = [column == value for column, value in ((releases.c.asin, asin), (releases.c.sku, sku)) if value is not None]
    if not named:
        return ()
    joined = and_(looks.c.account_id == releases.c.account_id, looks.c.look_no == releases.c.look_no)
    query = (
        select(releases, looks.c.name)
        .join(looks, joined)
        .where(releases.c.account_id == tx.account_id, releases.c.marketplace_id.in_((place, ANYWHERE)), or_(*named))
    )
    rows = tx.connection.execute(query.order_by(releases.c.learned_at, releases.c.release_no))
    return tuple(SaidDate(row.release_date, row.source, row.learned_at, row.repeated_at, row.name) for row in rows)
