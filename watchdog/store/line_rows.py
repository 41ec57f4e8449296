"""
Lines and states as rows: encoded once, inserted in bulk, folded anew whenever a line gets a state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from watchdog.store.columns import to_text
from watchdog.store.schema import states
from watchdog.terms.identity import OrderKey
from watchdog.terms.preorder import Preorder

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from watchdog.store.chronicle import Statement
    from watchdog.store.database import Transaction
    from watchdog.store.lines import Line
    from watchdog.terms.observation import Facts

_LINE_COLUMNS = (
    "account_id",
    "line_id",
    "marketplace_id",
    "order_id",
    "line_key",
    "product_id",
    "sku",
    "purchased_at",
    "marked",
    "status",
    "ship_by",
    "is_open",
    "listed",
    "moved_earlier",
    "cancel_requested",
    "left_pending_at",
    "last_state",
)
_STATE_COLUMNS = (
    "account_id",
    "state_no",
    "line_id",
    "look_no",
    "as_of",
    "listed",
    "late",
    "digest",
    "status",
    "ship_by",
    "fulfillable_at",
    "updated_at",
    "payment",
    "address",
    "cancel_requested",
    "cancelled_by",
    "line_shipped",
    "shipped_at",
)
#: What a line row shows of its timeline; renewed whenever the line gets a state.
_CURRENT = _LINE_COLUMNS[4:]


def next_state(tx: Transaction) -> int:
    """
    Return the number of the next state.
    """
    query = select(func.coalesce(func.max(states.c.state_no), 0)).where(states.c.account_id == tx.account_id)
    return int(tx.connection.execute(query).scalar_one()) + 1


def add_lines(tx: Transaction, rows: Sequence[tuple[Any, ...]]) -> None:
    """
    Insert lines as made by ``Moment`` or ``folded_row``.
    """
    tx.bulk("lines", _LINE_COLUMNS, rows)


def renew_lines(tx: Transaction, rows: Sequence[tuple[Any, ...]]) -> None:
    """
    Write what is now known of stored lines; the rows are those of ``folded_row``.
    """
    if not rows:
        return
    place = "?" if tx.connection.dialect.name == "sqlite" else "%s"
    setting = ", ".join(f"{name} = {place}" for name in _CURRENT)
    statement = f"UPDATE lines SET {setting} WHERE account_id = {place} AND line_id = {place}"
    tx.connection.exec_driver_sql(statement, [(*row[4:], row[0], row[1]) for row in rows])


def add_states(tx: Transaction, rows: Sequence[tuple[Any, ...]]) -> None:
    """
    Append states as made by ``state_row``.
    """
    tx.bulk("states", _STATE_COLUMNS, rows)


class Moment:
    """
    What all rows of one look share; makes the rows of lines seen for the first time.
    """

    def __init__(self, account_id: int, look_no: int, as_of: datetime) -> None:
        """
        Keep the look's number and moment.
        """
        self._account_id = account_id
        self._look_no = look_no
        self._as_of = to_text(as_of)

    def first_rows(self, line: Line, facts: Facts, digest: int, state_no: int) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        """
        Return the rows of a new line and of its one state: what was said is what is known.
        """
        said = encoded(facts)
        status = facts.status
        line.is_open = status is not None and status.is_open and not facts.line_shipped
        left = said[2]
        if status is not None and status.has_left_pending_availability:
            left = min(left, self._as_of) if left else self._as_of
        current = (said[0], said[1], line.is_open, True, False, facts.cancel_requested is True, left, state_no)
        state = (self._account_id, state_no, line.id, self._look_no, self._as_of, True, False, digest)
        return _identity(self._account_id, line) + current, state + said


def state_row(tx: Transaction, line_id: int, told: Statement) -> tuple[Any, ...]:
    """
    Return a statement as it is stored.
    """
    head = (tx.account_id, told.no, line_id, told.look_no, to_text(told.as_of), told.listed, told.late, told.digest)
    return head + encoded(told.facts)


def encoded(facts: Facts) -> tuple[Any, ...]:
    """
    Return the facts as they are stored, in the order of the columns.
    """
    return (
        facts.status and facts.status.value,
        facts.ship_by and facts.ship_by.isoformat(),
        facts.fulfillable_at and to_text(facts.fulfillable_at),
        facts.updated_at and to_text(facts.updated_at),
        facts.payment,
        facts.address,
        facts.cancel_requested,
        facts.cancelled_by and facts.cancelled_by.value,
        facts.line_shipped,
        facts.shipped_at and to_text(facts.shipped_at),
    )


def _identity(account_id: int, line: Line) -> tuple[Any, ...]:
    bought = line.purchased_at and to_text(line.purchased_at)
    return (account_id, line.id, line.marketplace_id, line.order_id, line.key, line.product_id, line.sku, bought, line.marked)


def folded_row(tx: Transaction, line: Line, told: Iterable[Statement], *, listed: bool, state_no: int) -> tuple[Any, ...]:
    """
    Return the row of a line as the fold of all its states.
    """
    known = Preorder(
        order=OrderKey(line.marketplace_id, line.order_id),
        line=line.key,
        product_id=line.product_id,
        sku=line.sku,
        asin=line.asin,
        title=None,
        purchased_at=line.purchased_at,
        marked=line.marked,
        listed=listed,
        states=tuple(each.state() for each in told),
    )
    line.is_open = known.is_open
    return (
        *_identity(tx.account_id, line),
        known.status and known.status.value,
        known.ship_by and known.ship_by.isoformat(),
        known.is_open,
        listed,
        any(move.new < move.old for move in known.moves),
        bool(known.known.cancel_requested),
        _left_pending_at(known),
        state_no,
    )


def _left_pending_at(known: Preorder) -> str | None:
    """
    Return the earliest instant the line is known to have left pending availability: as Amazon dates it, or as it was first seen.
    """
    seen = (each.as_of for each in known.sightings if each.known.status and each.known.status.has_left_pending_availability)
    left = [moment for moment in (known.known.fulfillable_at, next(seen, None)) if moment is not None]
    return to_text(min(left)) if left else None
