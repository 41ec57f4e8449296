"""
The flagged orders page by page: searched, filtered and sorted by the database, so that a hundred thousand cases cost what one page costs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, distinct, func, or_, select

from watchdog.store.findings import ListedFinding, listed_case
from watchdog.store.schema import lines
from watchdog.store.schema_cases import cases
from watchdog.terms.case import CaseState, Outcome
from watchdog.terms.finding import Cause, Severity

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from watchdog.store.database import Transaction
    from watchdog.terms.identity import OrderId, ProductId


class Order(StrEnum):
    """
    How the list is sorted.
    """

    URGENCY = "urgency"  #: the most severe first, then the earliest ship-by
    SHIP_BY = "ship_by"
    RELEASE = "release"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    Which cases are asked for; whatever is None asks for all of them.
    """

    open: bool | None = True
    state: CaseState | None = None
    severity: Severity | None = None
    cause: Cause | None = None
    words: str = ""  #: part of an order id, ASIN, SKU, title or ticket number
    ship_from: date | None = None
    ship_to: date | None = None
    order: Order = Order.URGENCY


@dataclass(frozen=True, slots=True)
class CasePage:
    """
    One page of the list, and how many cases there are in all.
    """

    listed: tuple[ListedFinding, ...]
    total: int


@dataclass(frozen=True, slots=True)
class CaseCounts:
    """
    The cases in figures.
    """

    urgent: int  #: open
    warning: int  #: open
    outcomes: Mapping[Outcome, int]  #: of those that are over


_RANK = case({Severity.URGENT: 0, Severity.WARNING: 1}, value=cases.c.severity, else_=2)
_NOT_MERGED = or_(cases.c.outcome.is_(None), cases.c.outcome != Outcome.MERGED)
_SEARCHED = (cases.c.order_id, cases.c.title, cases.c.asin, cases.c.sku, cases.c.ticket_no)
_ORDERS: Mapping[Order, tuple[ColumnElement[Any], ...]] = {
    Order.URGENCY: (_RANK, cases.c.ship_by.is_(None), cases.c.ship_by, cases.c.case_no),
    Order.SHIP_BY: (cases.c.ship_by.is_(None), cases.c.ship_by, cases.c.case_no),
    Order.RELEASE: (cases.c.release_date.is_(None), cases.c.release_date, cases.c.case_no),
    Order.NEWEST: (cases.c.case_no.desc(),),
}


def page(tx: Transaction, wanted: Wanted, *, first: int, count: int) -> CasePage:
    """
    Return ``count`` cases from the place ``first`` on (0 is the first), and how many there are; a case taken over by another is none.
    """
    conditions = [cases.c.account_id == tx.account_id, _NOT_MERGED, *_conditions(tx, wanted)]
    numbers = select(cases.c.case_no).where(*conditions).order_by(*_ORDERS[wanted.order]).limit(count).offset(first)
    shown = list(tx.connection.execute(numbers).scalars())
    ends_here = len(shown) < count and (shown or not first)
    total = first + len(shown) if ends_here else _count(tx, conditions)
    rows = tx.connection.execute(select(cases).where(cases.c.account_id == tx.account_id, cases.c.case_no.in_(shown)))
    found = {row.case_no: listed_case(row) for row in rows}
    return CasePage(tuple(found[number] for number in shown), total)


def _count(tx: Transaction, conditions: Sequence[ColumnElement[bool]]) -> int:
    return int(tx.connection.execute(select(func.count()).select_from(cases).where(*conditions)).scalar_one())


def _conditions(tx: Transaction, wanted: Wanted) -> list[ColumnElement[bool]]:
    equal = ((cases.c.state, wanted.state), (cases.c.severity, wanted.severity), (cases.c.cause, wanted.cause))
    found: list[ColumnElement[bool]] = [column == value for column, value in equal if value is not None]
    if wanted.open is not None:
        found.append(cases.c.is_open if wanted.open else ~cases.c.is_open)
    if wanted.ship_from is not None:
        found.append(cases.c.ship_by >= wanted.ship_from)
    if wanted.ship_to is not None:
        found.append(cases.c.ship_by <= wanted.ship_to)
    found += [or_(*(_holds(tx, column, word) for column in _SEARCHED)) for word in wanted.words.split()]
    return found


def _holds(tx: Transaction, column: ColumnElement[Any], word: str) -> ColumnElement[bool]:
    """
    Return the condition that the word stands in the column, in small or capital letters; SQLite's own LIKE does not tell them apart.
    """
    is_sqlite = tx.connection.dialect.name == "sqlite"
    return column.contains(word, autoescape=True) if is_sqlite else column.icontains(word, autoescape=True)


def tally(tx: Transaction) -> CaseCounts:
    """
    Return how many cases are open, by severity, and how those that are over have ended.
    """
    mine = cases.c.account_id == tx.account_id
    open_by = select(cases.c.severity, func.count().label("found")).where(mine, cases.c.is_open).group_by(cases.c.severity)
    opened = {row.severity: row.found for row in tx.connection.execute(open_by)}
    ended_by = (
        select(cases.c.outcome, func.count().label("found"))
        .where(mine, ~cases.c.is_open, cases.c.outcome.is_not(None))
        .group_by(cases.c.outcome)
    )
    ended = {row.outcome: row.found for row in tx.connection.execute(ended_by)}
    return CaseCounts(opened.get(Severity.URGENT, 0), opened.get(Severity.WARNING, 0), ended)


def ship_bys(tx: Transaction, product_id: ProductId, *, without: OrderId | None = None) -> Mapping[date, int]:
    """
    Return how many open orders of the product must be shipped by which day, in the order of days; ``without`` one of them.
    """
    mine = and_(lines.c.account_id == tx.account_id, lines.c.product_id == product_id, lines.c.is_open, lines.c.listed)
    query = select(lines.c.ship_by, func.count(distinct(lines.c.order_id)).label("found")).where(mine, lines.c.ship_by.is_not(None))
    if without is not None:
        query = query.where(lines.c.order_id != without)
    return {row.ship_by: row.found for row in tx.connection.execute(query.group_by(lines.c.ship_by).order_by(lines.c.ship_by))}
