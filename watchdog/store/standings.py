"""
How cases stand towards their warnings: answered, snoozed, or still waiting for somebody to act.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select

from watchdog.store.schema_cases import calls, case_steps, cases, message_cases
from watchdog.terms.case import CaseEvent, CaseState
from watchdog.terms.dispatch import Standing, Unanswered
from watchdog.terms.finding import Severity
from watchdog.terms.identity import CaseNo

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Select

    from watchdog.store.database import Transaction

#: Under this name the program itself takes steps; every other name is a person's.
_PROGRAM = "watchdog"
#: What a person does is an answer, but for a remark and for taking an answer back.
_NO_ANSWERS = (CaseEvent.NOTE, CaseEvent.UNDO)


def standings_of(tx: Transaction, message_no: int) -> tuple[Standing, ...]:
    """
    Return how the message's cases stand now.
    """
    named = select(message_cases.c.case_no).where(message_cases.c.account_id == tx.account_id, message_cases.c.message_no == message_no)
    query = select(cases.c.case_no, cases.c.state, cases.c.snoozed_until).where(
        cases.c.account_id == tx.account_id, cases.c.case_no.in_(named)
    )
    rows = tx.connection.execute(query.order_by(cases.c.case_no)).all()
    waiting = {each.case_no for each in unanswered(tx, [row.case_no for row in rows])} if rows else set()
    return tuple(Standing(CaseNo(row.case_no), row.state, row.case_no not in waiting, row.snoozed_until) for row in rows)


def unanswered(tx: Transaction, among: list[CaseNo] | None = None) -> tuple[Unanswered, ...]:
    """
    Return the open cases that have rung and on which nobody has acted since, with how often each was said.
    """
    rang, acted = _last_ring(tx, among).subquery("rang"), _last_act(tx, among).subquery("acted")
    said = and_(calls.c.account_id == tx.account_id, calls.c.case_no == rang.c.case_no, calls.c.step_no == rang.c.step_no)
    step = and_(case_steps.c.account_id == tx.account_id, case_steps.c.case_no == rang.c.case_no, case_steps.c.step_no == rang.c.step_no)
    query = (
        select(cases.c.case_no, cases.c.severity, rang.c.step_no, case_steps.c.at, calls.c.said, calls.c.said_at, calls.c.escalated_at)
        .select_from(cases)
        .join(rang, rang.c.case_no == cases.c.case_no)
        .join(case_steps, step)
        .outerjoin(acted, acted.c.case_no == cases.c.case_no)
        .outerjoin(calls, said)
        .where(cases.c.account_id == tx.account_id, cases.c.is_open, cases.c.state != CaseState.SNOOZED)
        .where(func.coalesce(acted.c.step_no, 0) < rang.c.step_no)
        .order_by(cases.c.case_no)
    )
    return tuple(_unanswered(row) for row in tx.connection.execute(query))


def _last_ring(tx: Transaction, among: list[CaseNo] | None) -> Select[Any]:
    return _last_step(tx, among).where(case_steps.c.rings)


def _last_act(tx: Transaction, among: list[CaseNo] | None) -> Select[Any]:
    return _last_step(tx, among).where(case_steps.c.by != _PROGRAM, case_steps.c.event.not_in(_NO_ANSWERS))


def _last_step(tx: Transaction, among: list[CaseNo] | None) -> Select[Any]:
    last = func.max(case_steps.c.step_no).label("step_no")
    still_open = select(cases.c.case_no).where(cases.c.account_id == tx.account_id, cases.c.is_open)
    whose = case_steps.c.case_no.in_(still_open if among is None else among)
    return select(case_steps.c.case_no, last).where(case_steps.c.account_id == tx.account_id, whose).group_by(case_steps.c.case_no)


def _unanswered(row: Any) -> Unanswered:
    return Unanswered(CaseNo(row.case_no), row.step_no, Severity(row.severity), row.at, row.said or 1, row.said_at, row.escalated_at)


def note_said(tx: Transaction, each: Unanswered, *, now: datetime) -> None:
    """
    Note that the case was said once more.
    """
    row = {"case_no": each.case_no, "step_no": each.step_no, "said": each.said + 1, "said_at": now, "escalated_at": each.escalated_at}
    tx.put(calls, [row], "said", "said_at")


def note_escalated(tx: Transaction, each: Unanswered, *, now: datetime) -> None:
    """
    Note that the case went to the second list.
    """
    row = {"case_no": each.case_no, "step_no": each.step_no, "said": each.said, "said_at": each.said_at, "escalated_at": now}
    tx.put(calls, [row], "escalated_at")
