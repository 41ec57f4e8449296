"""
The outbox as people see it: what waits, what was given up; tried again or dropped by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_, select, update

from watchdog.store.schema_cases import messages
from watchdog.terms.finding import Severity
from watchdog.terms.message import MessageKind

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Row

    from watchdog.store.database import Transaction

_EVER = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Waiting:
    """
    One message that has not left, as people see it: waiting, or given up.
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
    dead_at: datetime | None = None


def waiting(tx: Transaction) -> tuple[Waiting, ...]:
    """
    Return every message that has not left, oldest first: those that wait and those given up.
    """
    unsent = or_(messages.c.waiting, given_up())
    query = select(messages).where(messages.c.account_id == tx.account_id, unsent).order_by(messages.c.message_no)
    return tuple(_waiting(row) for row in tx.connection.execute(query))


def _waiting(row: Row[Any]) -> Waiting:
    return Waiting(
        row.message_no,
        row.channel,
        row.kind,
        row.severity,
        row.subject,
        row.created_at,
        row.due_at,
        row.attempts,
        row.answer,
        row.dead_at,
    )


def retry(tx: Transaction, number: int, *, now: datetime) -> bool:
    """
    Let a message that waits or was given up be tried at once; False where it was sent or withdrawn.
    """
    values = {"waiting": True, "dead_at": None, "due_at": now, "lease": None, "lease_until": None, "listed_in": None}
    return bool(tx.connection.execute(update(messages).where(_unsent(tx, number)).values(**values)).rowcount)


def drop(tx: Transaction, number: int, *, now: datetime) -> bool:
    """
    Withdraw one message; False where it was sent or withdrawn already.
    """
    values = {"waiting": False, "dead_at": None, "withdrawn_at": now}
    return bool(tx.connection.execute(update(messages).where(_unsent(tx, number)).values(**values)).rowcount)


def _unsent(tx: Transaction, number: int) -> ColumnElement[bool]:
    one = and_(messages.c.account_id == tx.account_id, messages.c.message_no == number)
    return and_(one, messages.c.sent_at.is_(None), messages.c.withdrawn_at.is_(None))


def given_up() -> ColumnElement[bool]:
    """
    Return the condition that a message was given up; a comparison, because for ``IS NOT NULL`` SQLite reads every message there is.
    """
    return messages.c.dead_at > _EVER


def next_due(tx: Transaction) -> datetime | None:
    """
    Return the earliest instant at which a waiting message may be claimed; None where none waits.
    """
    mine = (messages.c.account_id == tx.account_id, messages.c.waiting)
    rows = tx.connection.execute(select(messages.c.due_at, messages.c.lease_until).where(*mine)).all()
    return min((max(due_at, lease_until or due_at) for due_at, lease_until in rows), default=None)
