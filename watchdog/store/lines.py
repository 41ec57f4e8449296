"""
Order lines as absorbing needs them: found by what a source calls them, and what they learn of themselves.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from watchdog.store.chunks import chunks
from watchdog.store.schema import lines, products
from watchdog.terms.identity import Asin, LineKey, MarketplaceId, OrderId, ProductId, Sku

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from watchdog.store.database import Transaction
    from watchdog.terms.observation import Observation


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
