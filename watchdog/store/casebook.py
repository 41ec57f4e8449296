"""
The seller's matters: cases with every step they took, and the findings that open none.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, insert, or_, select, update

from watchdog.store.chunks import chunks
from watchdog.store.findings import ListedFinding, drop_notices, findings, record_notices, shown_columns, stored_finding
from watchdog.store.schema_cases import case_orders, case_steps, cases
from watchdog.terms.case import Case, CaseEvent, CaseFile, CaseState, CaseStep, Intent, Outcome
from watchdog.terms.errors import CaseMoved
from watchdog.terms.finding import Severity, Subject
from watchdog.terms.identity import CaseNo, MarketplaceId, OrderId, OrderKey, ProductId, parse_case_no, show_case_no
from watchdog.terms.typed import typed_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from sqlalchemy import ColumnElement, Row

    from watchdog.store.database import Transaction


__all__ = [
    "ListedFinding",
    "by_number",
    "case_file",
    "cases_of",
    "drop_notices",
    "due",
    "find_case",
    "findings",
    "late_orders",
    "move",
    "next_due",
    "open_case",
    "record_notices",
    "set_due",
]


def cases_of(tx: Transaction, product_ids: Collection[ProductId], orders: Collection[OrderKey]) -> tuple[Case, ...]:
    """
    Return every open case of these products, each one's latest product case, and each order's latest case whatever its state.
    """
    found: dict[CaseNo, Case] = {}
    for part in chunks(product_ids):
        latest = select(func.max(cases.c.case_no)).where(
            cases.c.account_id == tx.account_id, cases.c.order_id.is_(None), cases.c.product_id.in_(part)
        )
        wanted = latest.group_by(cases.c.product_id)
        found |= _load(tx, cases.c.product_id.in_(part), or_(cases.c.is_open, cases.c.case_no.in_(wanted)))
    for order_ids in chunks({key.order_id for key in orders}):
        latest = select(func.max(cases.c.case_no)).where(cases.c.account_id == tx.account_id, cases.c.order_id.in_(order_ids))
        found |= _load(tx, cases.c.case_no.in_(latest.group_by(cases.c.order_id)))
    return tuple(found[number] for number in sorted(found))


def by_number(tx: Transaction, numbers: Collection[CaseNo]) -> tuple[Case, ...]:
    """
    Return the cases of these numbers, in their order.
    """
    found: dict[CaseNo, Case] = {}
    for part in chunks(numbers):
        found |= _load(tx, cases.c.case_no.in_(part))
    return tuple(found[number] for number in numbers if number in found)


def open_cases(tx: Transaction) -> tuple[Case, ...]:
    """
    Return every open case, the oldest first.
    """
    return tuple(_load(tx, cases.c.is_open).values())


def due(tx: Transaction, now: datetime) -> tuple[ProductId, ...]:
    """
    Return the products with an open case that must be looked at again though nothing changed.
    """
    query = select(cases.c.product_id).distinct().where(cases.c.account_id == tx.account_id, cases.c.is_open, cases.c.due_at <= now)
    return tuple(ProductId(number) for number in sorted(tx.connection.execute(query).scalars()))


def next_due(tx: Transaction) -> datetime | None:
    """
    Return when the next open case must be looked at again.
    """
    query = select(func.min(cases.c.due_at)).where(cases.c.account_id == tx.account_id, cases.c.is_open)
    found: datetime | None = tx.connection.execute(query).scalar()
    return found


def open_case(tx: Transaction, intent: Intent, *, now: datetime, by: str = "watchdog") -> Case:
    """
    Open a new case with its first step.
    """
    highest = select(func.coalesce(func.max(cases.c.case_no), 0)).where(cases.c.account_id == tx.account_id)
    number = CaseNo(tx.connection.execute(highest).scalar_one() + 1)
    blank = Case(number, intent.finding.subject, intent.state, intent.severity, now, intent.finding, version=0)
    opened = _after(blank, intent, now)
    row = _columns(opened) | {"case_no": number, "opened_at": now, "first_seen_at": intent.finding.seen_at}
    tx.connection.execute(insert(cases).values(account_id=tx.account_id, **row))
    _follow(tx, opened, intent, now=now, by=by)
    return opened


def move(tx: Transaction, intent: Intent, *, now: datetime, by: str = "watchdog") -> Case:
    """
    Carry out a move: the case stands where the intent says, one version higher, with one more immutable step.

    Raises:
        CaseMoved: someone else has moved the case since it was read.
    """
    before = intent.case
    if before is None:
        raise ValueError("a move needs its case")
    after = _after(before, intent, now)
    mine = (cases.c.account_id == tx.account_id, cases.c.case_no == before.no, cases.c.version == before.version)
    moved = tx.connection.execute(update(cases).where(*mine).values(**_columns(after)))
    if moved.rowcount != 1:
        raise CaseMoved(path=show_case_no(before.no), problem="moved meanwhile", case_no=show_case_no(before.no))
    _follow(tx, after, intent, now=now, by=by)
    return after


def _after(before: Case, intent: Intent, now: datetime) -> Case:
    is_open = intent.state.is_open
    closed_at = None if is_open else (before.closed_at or now)
    ship_by = intent.finding.ship_by if intent.rings else None
    rung_for = [day for day in (before.lowest_ship_by, ship_by) if day is not None]
    until = intent.detail.get("until")
    return replace(
        before,
        state=intent.state,
        severity=intent.severity,
        finding=intent.finding,
        version=before.version + 1,
        outcome=None if is_open else (intent.outcome or before.outcome),
        closed_at=closed_at,
        lowest_ship_by=min(rung_for, default=None),
        rung=before.rung | ({intent.ring_key} if intent.ring_key else frozenset()),
        ticket_no=intent.detail.get("ticket_no") or before.ticket_no,
        snoozed_until=_snoozed_until(before, intent.state, until),
        merged_into=_merged_into(before, intent.detail) if intent.outcome is Outcome.MERGED else None,
    )


def _snoozed_until(before: Case, state: CaseState, until: str | None) -> datetime | None:
    if state is not CaseState.SNOOZED:
        return None
    return datetime.fromisoformat(until) if until else before.snoozed_until


def _merged_into(before: Case, detail: Mapping[str, str]) -> CaseNo | None:
    return parse_case_no(detail.get("into", "")) or before.merged_into


def _follow(tx: Transaction, case_: Case, intent: Intent, *, now: datetime, by: str) -> None:
    """
    Append the step, name the orders, those of taken-over cases too, and note on these where they went.
    """
    number = select(func.coalesce(func.max(case_steps.c.step_no), 0)).where(
        case_steps.c.account_id == tx.account_id, case_steps.c.case_no == case_.no
    )
    step = {
        "case_no": case_.no,
        "step_no": tx.connection.execute(number).scalar_one() + 1,
        "at": now,
        "event": intent.event,
        "state": intent.state,
        "by": by,
        "outcome": case_.outcome,
        "detail": dict(intent.detail),
        "rings": intent.rings,
    }
    tx.connection.execute(insert(case_steps).values(account_id=tx.account_id, **step))
    named = {case_.subject.order_id} if case_.subject.order_id is not None else {*intent.finding.orders, *intent.joining}
    if intent.takes_over:
        taken = (cases.c.account_id == tx.account_id, cases.c.case_no.in_(intent.takes_over))
        tx.connection.execute(update(cases).where(*taken).values(merged_into=case_.no))
        theirs = (case_orders.c.account_id == tx.account_id, case_orders.c.case_no.in_(intent.takes_over))
        named |= set(tx.connection.execute(select(case_orders.c.order_id).where(*theirs)).scalars())
    tx.add(case_orders, [{"case_no": case_.no, "order_id": order_id} for order_id in sorted(named)])


def _columns(case_: Case) -> dict[str, Any]:
    return {
        "marketplace_id": case_.subject.marketplace_id,
        "product_id": case_.subject.product_id,
        "order_id": case_.subject.order_id,
        "topic": case_.subject.topic,
        "state": case_.state,
        "is_open": case_.state.is_open,
        "outcome": case_.outcome,
        "severity": case_.severity,
        "version": case_.version,
        "closed_at": case_.closed_at,
        "lowest_ship_by": case_.lowest_ship_by,
        "rung": case_.rung,
        "ticket_no": case_.ticket_no,
        "snoozed_until": case_.snoozed_until,
        "merged_into": case_.merged_into,
        "due_at": case_.due_at,
        **shown_columns(case_.finding),
    }


def set_due(tx: Transaction, case_no: CaseNo, due_at: datetime | None) -> None:
    """
    Note when the case must be looked at again.
    """
    mine = (cases.c.account_id == tx.account_id, cases.c.case_no == case_no)
    tx.connection.execute(update(cases).where(*mine).values(due_at=due_at))


def case_file(tx: Transaction, case_no: CaseNo) -> CaseFile | None:
    """
    Return the case with every step it took, None where there is none of that number.
    """
    found = _load(tx, cases.c.case_no == case_no).get(case_no)
    if found is None:
        return None
    mine = (case_steps.c.account_id == tx.account_id, case_steps.c.case_no == case_no)
    rows = tx.connection.execute(select(case_steps).where(*mine).order_by(case_steps.c.step_no))
    return CaseFile(found, tuple(_step(row) for row in rows))


def _step(row: Row[Any]) -> CaseStep:
    return CaseStep(CaseNo(row.case_no), row.at, CaseEvent(row.event), row.state, row.by, row.outcome, row.detail, row.rings)


def find_case(tx: Transaction, name: str) -> CaseNo | None:
    """
    Return the case of ``PW-0001``, ``1`` or an order id: the order's own latest case, else the latest product case that names it.
    """
    number = parse_case_no(name)
    if number is not None:
        return number if _load(tx, cases.c.case_no == number) else None
    its = and_(case_orders.c.account_id == cases.c.account_id, case_orders.c.case_no == cases.c.case_no)
    own = case((cases.c.order_id.is_(None), 1), else_=0)
    named = (cases.c.account_id == tx.account_id, case_orders.c.order_id == typed_name(name))
    query = select(cases.c.case_no).join(case_orders, its).where(*named)
    found = tx.connection.execute(query.order_by(own, cases.c.case_no.desc()).limit(1)).scalar()
    return None if found is None else CaseNo(found)


def late_orders(tx: Transaction, place: MarketplaceId, *, since: date, until: date) -> tuple[Case, ...]:
    """
    Return the cases of orders of a marketplace whose ship-by lay from ``since`` on and before ``until``, whatever their state.
    """
    of_orders = (cases.c.marketplace_id == place, cases.c.order_id.is_not(None))
    found = _load(tx, *of_orders, cases.c.ship_by >= since, cases.c.ship_by < until)
    return tuple(found[number] for number in sorted(found))


def of_products(tx: Transaction, place: MarketplaceId, *, since: datetime) -> tuple[Case, ...]:
    """
    Return the cases of whole products of a marketplace that are open, or ended from ``since`` on.
    """
    whole = (cases.c.marketplace_id == place, cases.c.order_id.is_(None), or_(cases.c.is_open, cases.c.closed_at >= since))
    found = _load(tx, *whole)
    return tuple(found[number] for number in sorted(found))


def _load(tx: Transaction, *conditions: ColumnElement[bool]) -> dict[CaseNo, Case]:
    rows: Iterable[Row[Any]] = tx.connection.execute(select(cases).where(cases.c.account_id == tx.account_id, *conditions))
    return {CaseNo(row.case_no): _case(row) for row in rows}


def _case(row: Row[Any]) -> Case:
    order_id = None if row.order_id is None else OrderId(row.order_id)
    return Case(
        no=CaseNo(row.case_no),
        subject=Subject(MarketplaceId(row.marketplace_id), ProductId(row.product_id), order_id, row.topic),
        state=row.state,
        severity=Severity(row.severity),
        opened_at=row.opened_at,
        finding=stored_finding(row),
        version=row.version,
        outcome=row.outcome,
        closed_at=row.closed_at,
        lowest_ship_by=row.lowest_ship_by,
        rung=row.rung,
        ticket_no=row.ticket_no,
        snoozed_until=row.snoozed_until,
        merged_into=None if row.merged_into is None else CaseNo(row.merged_into),
        due_at=row.due_at,
    )
