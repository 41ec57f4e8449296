"""
Order lines with everything known of them over time, in the words of ``terms``.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select

from watchdog.store import listings
from watchdog.store.chunks import chunks
from watchdog.store.schema import lines, looks, products, shelves, sightings, states, sweeps
from watchdog.terms.identity import LineKey, LookNo, MarketplaceId, OrderId, OrderKey, ProductId
from watchdog.terms.observation import Facts
from watchdog.terms.preorder import Preorder, State

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy import Row

    from watchdog.store.database import Transaction


def preorders(tx: Transaction, keys: Collection[OrderKey]) -> dict[OrderKey, tuple[Preorder, ...]]:
    """
    Return these orders with all their lines, each with all its states and until when each was seen.
    """
    rows = [row for part in chunks({key.order_id for key in keys}) for row in tx.connection.execute(_lines(tx, part))]
    wanted = [row for row in rows if OrderKey(MarketplaceId(row.marketplace_id), OrderId(row.order_id)) in keys]
    timelines = _Timelines(tx, {row.line_id: row.marketplace_id for row in wanted})
    titles: dict[int, Any] = {}
    found: dict[OrderKey, list[Preorder]] = defaultdict(list)
    for row in wanted:
        if row.product_id not in titles:
            titles[row.product_id] = listings.product(tx, ProductId(row.product_id))
        product = titles[row.product_id]
        order = OrderKey(MarketplaceId(row.marketplace_id), OrderId(row.order_id))
        found[order].append(
            Preorder(
                order=order,
                line=LineKey(row.line_key),
                product_id=product.id,
                sku=row.sku or product.sku,
                asin=product.asin,
                title=product.title,
                purchased_at=row.purchased_at,
                marked=row.marked,
                listed=row.listed,
                states=timelines.of(row.line_id),
            )
        )
    return {order: tuple(each) for order, each in found.items()}


def _lines(tx: Transaction, order_ids: Sequence[str]) -> Any:
    own = and_(products.c.account_id == lines.c.account_id, products.c.product_id == lines.c.product_id)
    query = select(lines).join(products, own).where(lines.c.account_id == tx.account_id, lines.c.order_id.in_(order_ids))
    return query.order_by(lines.c.order_id, lines.c.line_key)


class _Timelines:
    """
    The states of some lines, and when each was last confirmed: by its shelf's sweeps or by a partial look's sighting.
    """

    def __init__(self, tx: Transaction, places: dict[int, str]) -> None:
        self._tx = tx
        self._places = places
        self._rows: dict[int, list[Row[Any]]] = defaultdict(list)
        self._sighted: dict[tuple[int, str], list[datetime]] = defaultdict(list)
        self._swept: dict[tuple[str, str, datetime | None], datetime | None] = {}
        for part in chunks(places):
            for row in tx.connection.execute(self._states(part)):
                self._rows[row.line_id].append(row)
            for line_id, source, as_of in tx.connection.execute(self._sightings(part)):
                self._sighted[line_id, source].append(as_of)

    def _states(self, line_ids: Sequence[int]) -> Any:
        its_look = and_(looks.c.account_id == states.c.account_id, looks.c.look_no == states.c.look_no)
        query = select(states, looks.c.source, looks.c.interface).join(looks, its_look)
        return query.where(states.c.account_id == self._tx.account_id, states.c.line_id.in_(line_ids)).order_by(
            states.c.as_of, states.c.state_no
        )

    def _sightings(self, line_ids: Sequence[int]) -> Any:
        its_look = and_(looks.c.account_id == sightings.c.account_id, looks.c.look_no == sightings.c.look_no)
        query = select(sightings.c.line_id, looks.c.source, looks.c.as_of).join(looks, its_look)
        return query.where(sightings.c.account_id == self._tx.account_id, sightings.c.line_id.in_(line_ids))

    def of(self, line_id: int) -> tuple[State, ...]:
        rows = self._rows[line_id]
        return tuple(self._state(row, self._following(rows, row)) for row in rows)

    @staticmethod
    def _following(rows: Sequence[Row[Any]], row: Row[Any]) -> datetime | None:
        """
        Return when the same source spoke of the line next.
        """
        return min((other.as_of for other in rows if other.source == row.source and other.as_of > row.as_of), default=None)

    def _state(self, row: Row[Any], following: datetime | None) -> State:
        sighted = [
            moment for moment in self._sighted[row.line_id, row.source] if moment >= row.as_of and (following is None or moment < following)
        ]
        swept = self._last_sweep(row.source, self._places[row.line_id], following)
        facts = Facts(
            status=row.status,
            ship_by=row.ship_by,
            fulfillable_at=row.fulfillable_at,
            updated_at=row.updated_at,
            payment=row.payment,
            address=row.address,
            cancel_requested=row.cancel_requested,
            cancelled_by=row.cancelled_by,
            line_shipped=row.line_shipped,
            shipped_at=row.shipped_at,
        )
        return State(
            no=row.state_no,
            look_no=LookNo(row.look_no),
            source=row.source,
            interface=row.interface,
            as_of=row.as_of,
            seen_until=max([row.as_of, *sighted, *([swept] if swept is not None else [])]),
            listed=row.listed,
            facts=facts,
            late=row.late,
        )

    def _last_sweep(self, source: str, place: str, before: datetime | None) -> datetime | None:
        """
        Return the shelf's last sweep before an instant (None: the very last).
        """
        asked = (source, place, before)
        if asked not in self._swept:
            own = and_(shelves.c.account_id == sweeps.c.account_id, shelves.c.shelf_no == sweeps.c.shelf_no)
            query = select(func.max(sweeps.c.as_of)).join(shelves, own)
            query = query.where(sweeps.c.account_id == self._tx.account_id, shelves.c.source == source, shelves.c.marketplace_id == place)
            if before is not None:
                query = query.where(sweeps.c.as_of < before)
            self._swept[asked] = self._tx.connection.execute(query).scalar()
        return self._swept[asked]
