"""
Orders that vanish from a source all at once, long before they had to ship: found when the look is judged, remembered until they are back.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, exists, func, or_, select

from watchdog.store.schema import lines, listings, looks, shelves, states
from watchdog.terms.identity import MarketplaceId, OrderId, OrderKey
from watchdog.terms.moments import show_instant
from watchdog.terms.sight import Missing

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import ColumnElement, Row, Select

    from watchdog.store.database import Transaction

#: A look from which so few orders vanish is not worth remembering, whatever the policy says.
_FEW = 2
_DAY = timedelta(days=1)


def renewed(tx: Transaction, source: str, mark: Any, *, today: date, since_state: int) -> dict[str, Any] | None:
    """
    Return the mark as it stands now: the states by which orders vanished, of how many, and when; None where none is missing.
    """
    kept = mark if mark is not None and _still(tx, source, mark, today) > 0 else None
    for look in _emptied(tx, source, today, since_state):
        span = [look.first_no, look.last_no]
        if kept is None:
            kept = {"spans": [span], "of": look.orders + _left(tx, source, look.first_no), "seen_at": show_instant(look.as_of)}
        elif span not in kept["spans"]:
            kept = {**kept, "spans": [*kept["spans"], span]}
    return kept


def missing(tx: Transaction, source: str, mark: Any, *, today: date) -> Missing | None:
    """
    Return how many of the orders the mark remembers are still missing, and of how many; None without a mark.
    """
    if mark is None:
        return None
    return Missing(_still(tx, source, mark, today), mark["of"], datetime.fromisoformat(mark["seen_at"]))


def orders(tx: Transaction, source: str, mark: Any, *, today: date, most: int) -> tuple[OrderKey, ...]:
    """
    Return some of the orders that are still missing, so that they can be asked for one by one.
    """
    if mark is None:
        return ()
    query = select(lines.c.marketplace_id, lines.c.order_id).distinct().select_from(states).join(lines, _own_line())
    rows = tx.connection.execute(query.where(*_still_missing(tx, source, mark, today)).order_by(lines.c.order_id).limit(most))
    return tuple(OrderKey(MarketplaceId(place), OrderId(order_id)) for place, order_id in rows)


def _emptied(tx: Transaction, source: str, today: date, since_state: int) -> list[Row[Any]]:
    """
    Return the source's complete looks judged now that left out more than a few open orders, each with the span of its states.
    """
    absent = (states.c.account_id == tx.account_id, states.c.state_no > since_state, ~states.c.listed, ~states.c.late)
    if tx.connection.execute(select(states.c.state_no).where(*absent).limit(1)).first() is None:
        return []
    its_look = and_(looks.c.account_id == states.c.account_id, looks.c.look_no == states.c.look_no)
    orders = func.count(func.distinct(lines.c.order_id)).label("orders")
    query: Select[Any] = (
        select(
            looks.c.look_no,
            looks.c.as_of,
            orders,
            func.min(states.c.state_no).label("first_no"),
            func.max(states.c.state_no).label("last_no"),
        )
        .select_from(states)
        .join(looks, its_look)
        .join(lines, _own_line())
        .where(*absent)
        .where(looks.c.source == source, looks.c.complete, *_ahead(today))
        .group_by(looks.c.look_no, looks.c.as_of)
        .having(orders > _FEW)
        .order_by(looks.c.look_no)
    )
    return list(tx.connection.execute(query))


def _still(tx: Transaction, source: str, mark: Any, today: date) -> int:
    """
    Return how many of the remembered orders are still missing.
    """
    query = select(func.count(func.distinct(lines.c.order_id))).select_from(states).join(lines, _own_line())
    return int(tx.connection.execute(query.where(*_still_missing(tx, source, mark, today))).scalar_one())


def _still_missing(tx: Transaction, source: str, mark: Any, today: date) -> tuple[ColumnElement[bool], ...]:
    """
    Return the conditions of a remembered line that is still open, still far from its ship-by, and still not listed by the source.
    """
    spans = or_(*(states.c.state_no.between(first, last) for first, last in mark["spans"]))
    back = lines.c.line_id.in_(select(listings.c.line_id).where(*_listed(tx, source)))
    return states.c.account_id == tx.account_id, spans, ~states.c.listed, *_ahead(today), ~back


def _left(tx: Transaction, source: str, before_state: int) -> int:
    """
    Return how many open orders the source lists that it had listed before that state, too.
    """
    older = exists(
        select(states.c.state_no).where(
            states.c.account_id == lines.c.account_id, states.c.line_id == lines.c.line_id, states.c.state_no < before_state
        )
    )
    own = and_(lines.c.account_id == listings.c.account_id, lines.c.line_id == listings.c.line_id)
    query = select(func.count(func.distinct(lines.c.order_id))).select_from(listings).join(lines, own)
    return int(tx.connection.execute(query.where(*_listed(tx, source), lines.c.is_open, older)).scalar_one())


def _own_line() -> ColumnElement[bool]:
    return and_(lines.c.account_id == states.c.account_id, lines.c.line_id == states.c.line_id)


def _ahead(today: date) -> tuple[ColumnElement[bool], ...]:
    """
    Return the conditions of an open order whose ship-by is more than a day ahead.
    """
    return lines.c.is_open, lines.c.ship_by > today + _DAY


def _listed(tx: Transaction, source: str) -> tuple[ColumnElement[bool], ...]:
    its = select(shelves.c.shelf_no).where(shelves.c.account_id == tx.account_id, shelves.c.source == source)
    return listings.c.account_id == tx.account_id, listings.c.shelf_no.in_(its)
