"""
Order lines: found by what a source calls them, written with what is now known of them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from watchdog.store.chunks import chunks
from watchdog.store.columns import to_text
from watchdog.store.schema import lines, products, states
from watchdog.terms.identity import Asin, LineKey, MarketplaceId, OrderId, OrderKey, ProductId, Sku
from watchdog.terms.preorder import Preorder

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from watchdog.store.chronicle import Told
    from watchdog.store.database import Transaction
    from watchdog.terms.observation import Facts, Observation

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


@dataclass(slots=True)
class Line:
    """
    One stored order line, as far as absorbing needs it.
    """

    id: int
    marketplace_id: MarketplaceId
    order_id: OrderId
    key: LineKey
    product_id: ProductId
    asin: Asin | None
    sku: Sku | None
    purchased_at: datetime | None
    marked: bool
    is_open: bool = False

    def learn(self, said: Observation, product_id: ProductId) -> None:
        """
        Take over who the line is: its item id, product, SKU, earliest purchase; once marked, always marked (DOMAIN §3).
        """
        if self.key.startswith("sku:"):
            self.key = said.line
        self.product_id = product_id
        self.sku = self.sku or said.sku
        bought = [moment for moment in (self.purchased_at, said.purchased_at) if moment is not None]
        self.purchased_at = min(bought, default=None)
        self.marked = self.marked or said.marked


def same_line(candidates: Iterable[Line], said: Observation) -> Line | None:
    """
    Return which of an order's lines the observation speaks of: a line is keyed by item id, else by SKU (DESIGN §4).

    A source without item ids means the order's line of that SKU; of several, the one with the lowest item id.
    """
    lines_of_order = list(candidates)
    for line in lines_of_order:
        if line.key == said.line:
            return line
    if said.sku is None:
        return None
    alike = sorted((line for line in lines_of_order if line.sku == said.sku), key=lambda line: line.key)
    if said.line.startswith("sku:"):
        return alike[0] if alike else None
    return next((line for line in alike if line.key.startswith("sku:")), None)


def known_lines(tx: Transaction, order_ids: Collection[str]) -> dict[str, list[Line]]:
    """
    Return the stored lines of these orders.
    """
    found: dict[str, list[Line]] = defaultdict(list)
    for part in chunks(order_ids):
        query = _query(tx).where(lines.c.order_id.in_(part))
        for row in tx.connection.execute(query):
            found[row.order_id].append(_line(row))
    return found


def lines_by_id(tx: Transaction, line_ids: Collection[int]) -> dict[int, Line]:
    """
    Return the stored lines of these numbers.
    """
    found = {}
    for part in chunks(line_ids):
        for row in tx.connection.execute(_query(tx).where(lines.c.line_id.in_(part))):
            found[row.line_id] = _line(row)
    return found


def _query(tx: Transaction) -> Any:
    wanted = (
        lines.c.line_id,
        lines.c.marketplace_id,
        lines.c.order_id,
        lines.c.line_key,
        lines.c.product_id,
        products.c.asin,
        lines.c.sku,
        lines.c.purchased_at,
        lines.c.marked,
        lines.c.is_open,
    )
    own = (products.c.account_id == lines.c.account_id) & (products.c.product_id == lines.c.product_id)
    return select(*wanted).join(products, own).where(lines.c.account_id == tx.account_id)


def _line(row: Any) -> Line:
    return Line(*row)


def as_named(said: Observation, line: Line | None) -> Observation:
    """
    Return the observation with the ASIN and SKU the line is known by, where it does not say them itself.
    """
    if line is None or (said.asin and said.sku):
        return said
    return replace(said, asin=said.asin or line.asin, sku=said.sku or line.sku)


def next_line(tx: Transaction) -> int:
    """
    Return the number of the next new line.
    """
    query = select(func.coalesce(func.max(lines.c.line_id), 0)).where(lines.c.account_id == tx.account_id)
    return int(tx.connection.execute(query).scalar_one()) + 1


def next_state(tx: Transaction) -> int:
    """
    Return the number of the next state.
    """
    query = select(func.coalesce(func.max(states.c.state_no), 0)).where(states.c.account_id == tx.account_id)
    return int(tx.connection.execute(query).scalar_one()) + 1


def add_lines(tx: Transaction, rows: Sequence[tuple[Any, ...]]) -> None:
    """
    Insert lines as made by ``first_row`` or ``folded_row``.
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


def state_row(tx: Transaction, line_id: int, told: Told) -> tuple[Any, ...]:
    """
    Return a statement as it is stored.
    """
    as_of = to_text(told.as_of)
    head = (tx.account_id, told.no, line_id, told.look_no, as_of, told.listed, told.late, told.digest)
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


def _identity(tx: Transaction, line: Line) -> tuple[Any, ...]:
    bought = line.purchased_at and to_text(line.purchased_at)
    who = (tx.account_id, line.id, line.marketplace_id, line.order_id, line.key, line.product_id, line.sku, bought)
    return (*who, line.marked)


def first_row(tx: Transaction, line: Line, facts: Facts, as_of: datetime, state_no: int) -> tuple[Any, ...]:
    """
    Return the row of a line with one state: what was said is what is known.
    """
    status = facts.status
    line.is_open = status is not None and status.is_open and not facts.line_shipped
    left = [facts.fulfillable_at] if facts.fulfillable_at else []
    if status is not None and status.has_left_pending_availability:
        left.append(as_of)
    return (
        *_identity(tx, line),
        status and status.value,
        facts.ship_by and facts.ship_by.isoformat(),
        line.is_open,
        True,
        False,
        bool(facts.cancel_requested),
        to_text(min(left)) if left else None,
        state_no,
    )


def folded_row(tx: Transaction, line: Line, told: Iterable[Told], *, listed: bool, state_no: int) -> tuple[Any, ...]:
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
        *_identity(tx, line),
        known.status and known.status.value,
        known.ship_by and known.ship_by.isoformat(),
        known.is_open,
        listed,
        any(move.new < move.old for move in known.moves),  # type: ignore[operator]
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
