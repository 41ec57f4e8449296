"""
Every message with what became of it, page by page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from watchdog.store.outbox_list import given_up
from watchdog.store.schema_cases import message_cases, messages
from watchdog.terms.finding import Severity
from watchdog.terms.identity import CaseNo
from watchdog.terms.message import MessageKind

if TYPE_CHECKING:
    from sqlalchemy import Row

    from watchdog.store.database import Transaction


@dataclass(frozen=True, slots=True)
class Posted:
    """
    One message over one channel.
    """

    no: int
    channel: str
    kind: MessageKind
    severity: Severity
    subject: str
    created_at: datetime
    due_at: datetime
    attempts: int
    answer: str | None
    waiting: bool
    sent_at: datetime | None
    dead_at: datetime | None
    case_nos: tuple[CaseNo, ...]

    @property
    def fate(self) -> str:
        """
        What became of it: sent, waiting, given_up or withdrawn.
        """
        if self.sent_at is not None:
            return "sent"
        if self.waiting:
            return "waiting"
        return "given_up" if self.dead_at is not None else "withdrawn"


@dataclass(frozen=True, slots=True)
class PostedPage:
    """
    One page of them, and how many there are.
    """

    listed: tuple[Posted, ...]
    total: int
    waiting: int
    given_up: int


def page(tx: Transaction, *, first: int, count: int) -> PostedPage:
    """
    Return ``count`` messages from the place ``first`` on, the newest first.
    """
    mine = messages.c.account_id == tx.account_id
    columns = [messages.c[name] for name in _SHOWN]
    query = select(*columns).where(mine).order_by(messages.c.message_no.desc()).limit(count).offset(first)
    rows = tx.connection.execute(query).all()
    of = select(message_cases.c.message_no, message_cases.c.case_no).where(
        message_cases.c.account_id == tx.account_id, message_cases.c.message_no.in_([row.message_no for row in rows])
    )
    named: dict[int, list[CaseNo]] = {}
    for number, case_no in tx.connection.execute(of.order_by(message_cases.c.case_no)):
        named.setdefault(number, []).append(CaseNo(case_no))
    how_many = select(func.count()).where(mine)
    asked = (how_many, how_many.where(messages.c.waiting), how_many.where(given_up()))
    total, waits, dead = (tx.connection.execute(each).scalar_one() for each in asked)
    return PostedPage(tuple(_posted(row, named.get(row.message_no, [])) for row in rows), total, waits, dead)


_SHOWN = (
    *("message_no", "channel", "kind", "severity", "subject", "created_at", "due_at", "attempts"),
    *("answer", "waiting", "sent_at", "dead_at"),
)


def _posted(row: Row[Any], case_nos: list[CaseNo]) -> Posted:
    return Posted(
        row.message_no,
        row.channel,
        row.kind,
        row.severity,
        row.subject,
        row.created_at,
        row.due_at,
        row.attempts,
        row.answer,
        row.waiting,
        row.sent_at,
        row.dead_at,
        tuple(case_nos),
    )
