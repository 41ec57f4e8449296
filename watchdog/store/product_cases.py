"""
The cases of whole products that are not over, as the judge sees them: the latest finding, and every order they have named.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_, select

from watchdog.store.chunks import chunks
from watchdog.store.findings import stored_finding
from watchdog.store.schema import lines
from watchdog.store.schema_cases import case_orders, cases
from watchdog.terms.case import CaseState
from watchdog.terms.identity import MarketplaceId, OrderId, OrderKey, ProductId
from watchdog.terms.verdict import StandingCase

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement

    from watchdog.store.database import Transaction
    from watchdog.terms.finding import Finding


def to_look_at(tx: Transaction, wrong_before: Mapping[ProductId, date | None]) -> set[OrderKey]:
    """
    Return the open orders these products' standing cases have named, and the closed ones where the case may be over.

    It is not over while one of its orders is wrong for certain; then how the others ended decides nothing yet. Outer joins keep the order
    of the tables, from the few cases to their orders and lines; the product is compared here, for its index would read all its lines.

    Args:
        tx: where to read.
        wrong_before: of each product the day before which an open line's ship-by is wrong for certain, None where none is known.
    """
    of_product: dict[ProductId, list[Any]] = defaultdict(list)
    names = and_(case_orders.c.account_id == cases.c.account_id, case_orders.c.case_no == cases.c.case_no)
    place = and_(lines.c.account_id == cases.c.account_id, lines.c.marketplace_id == cases.c.marketplace_id)
    its = and_(place, lines.c.order_id == case_orders.c.order_id)
    columns = (
        cases.c.product_id.label("of_product"),
        lines.c.product_id,
        lines.c.marketplace_id,
        lines.c.order_id,
        lines.c.is_open,
        lines.c.ship_by,
    )
    for part in chunks(wrong_before):
        query = select(*columns).select_from(cases).join(case_orders, names, isouter=True).join(lines, its, isouter=True)
        for row in tx.connection.execute(query.where(*_standing(tx, part))):
            if row.product_id == row.of_product:
                of_product[ProductId(row.product_id)].append(row)
    return {key for number, rows in of_product.items() for key in _deciding(rows, wrong_before[number])}


def _deciding(rows: Sequence[Any], wrong_before: date | None) -> Iterator[OrderKey]:
    still = [row for row in rows if row.is_open]
    wrong = wrong_before is not None and any(row.ship_by is not None and row.ship_by < wrong_before for row in still)
    for row in still if wrong else rows:
        yield OrderKey(MarketplaceId(row.marketplace_id), OrderId(row.order_id))


def _standing(tx: Transaction, product_ids: Sequence[ProductId]) -> tuple[ColumnElement[bool], ...]:
    still = or_(cases.c.is_open, cases.c.state == CaseState.DISMISSED)
    return cases.c.account_id == tx.account_id, cases.c.product_id.in_(product_ids), cases.c.order_id.is_(None), still


def standing(tx: Transaction, product_ids: Collection[ProductId]) -> dict[ProductId, StandingCase]:
    """
    Return the case that stands for each of these products, one the seller has dismissed included.

    Where two products became one (``products.merge``), the older open case stands, for the orders of both.
    """
    findings: dict[ProductId, Finding] = {}
    orders: dict[ProductId, set[OrderId]] = defaultdict(set)
    its = and_(case_orders.c.account_id == cases.c.account_id, case_orders.c.case_no == cases.c.case_no)
    for part in chunks(product_ids):
        mine = _standing(tx, part)
        for row in tx.connection.execute(select(cases).where(*mine).order_by(cases.c.is_open.desc(), cases.c.case_no)):
            findings.setdefault(ProductId(row.product_id), stored_finding(row))
        for number, order_id in tx.connection.execute(
            select(cases.c.product_id, case_orders.c.order_id).join(case_orders, its).where(*mine)
        ):
            orders[ProductId(number)].add(OrderId(order_id))
    return {number: StandingCase(finding, frozenset(orders[number])) for number, finding in findings.items()}
