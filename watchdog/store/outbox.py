"""
Messages on their way: frozen when written, claimed with a lease, settled by what the other side said; never lost, at most doubled.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, exists, func, insert, or_, select, update

from watchdog.store.columns import adapter
from watchdog.store.schema_cases import message_cases, messages
from watchdog.terms.finding import Severity
from watchdog.terms.message import Fate, Message, MessageKind, Notice, Receipt

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import ColumnElement, Row

    from watchdog.store.database import Transaction
    from watchdog.terms.identity import CaseNo


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


def enqueue(tx: Transaction, notice: Notice, channels: Sequence[str], *, now: datetime, not_before: datetime | None = None) -> int:
    """
    Freeze the notice for each channel and return how many are new; the same notice is sent over a channel once, ever.
    """
    mine = (messages.c.account_id == tx.account_id, messages.c.key == notice.key)
    known = set(tx.connection.execute(select(messages.c.channel).where(*mine)).scalars())
    new = [channel for channel in dict.fromkeys(channels) if channel not in known]
    for number, channel in enumerate(new, _next(tx)):
        tx.connection.execute(
            insert(messages).values(account_id=tx.account_id, message_no=number, **_frozen(notice, channel, now, not_before))
        )
        tx.add(message_cases, [{"message_no": number, "case_no": case_no} for case_no in notice.case_nos])
    return len(new)


def _next(tx: Transaction) -> int:
    query = select(func.coalesce(func.max(messages.c.message_no), 0)).where(messages.c.account_id == tx.account_id)
    return int(tx.connection.execute(query).scalar_one()) + 1


def _frozen(notice: Notice, channel: str, now: datetime, not_before: datetime | None) -> dict[str, Any]:
    return {
        "channel": channel,
        "key": notice.key,
        "kind": notice.kind,
        "severity": notice.severity,
        "subject": notice.subject,
        "notice": notice,
        "sha256": sha256(adapter(Notice).dump_json(notice)).hexdigest(),
        "created_at": now,
        "attempts": 0,
        "due_at": not_before or now,
        "waiting": True,
    }


def claim(tx: Transaction, channel: str, *, now: datetime, owner: str, lease: timedelta) -> Message | None:
    """
    Return the channel's oldest due message and lend it to ``owner`` for the lease; None where nothing is due.

    What was written later of the same case waits for it; other cases pass. A lease that ran out may be claimed again.
    """
    free = or_(messages.c.lease_until.is_(None), messages.c.lease_until <= now)
    query = (
        select(messages)
        .where(_mine(tx), messages.c.waiting, messages.c.channel == channel, messages.c.due_at <= now, free, ~_is_behind())
        .order_by(messages.c.message_no)
        .limit(1)
        .with_for_update(skip_locked=True, of=messages)
    )
    row = tx.connection.execute(query).first()
    if row is None:
        return None
    tx.connection.execute(_one(tx, row.message_no).values(lease=owner, lease_until=now + lease))
    return Message(row.message_no, channel, row.notice, row.created_at, row.attempts, owner)


def _is_behind() -> ColumnElement[bool]:
    """
    Return the condition that an older message of the same channel and case is still waiting.
    """
    older, own, other = messages.alias("older"), message_cases.alias("own"), message_cases.alias("other")
    same_case = and_(other.c.account_id == own.c.account_id, other.c.case_no == own.c.case_no)
    its = and_(older.c.account_id == other.c.account_id, older.c.message_no == other.c.message_no)
    return exists(
        select(older.c.message_no)
        .select_from(own)
        .join(other, same_case)
        .join(older, its)
        .where(
            own.c.account_id == messages.c.account_id,
            own.c.message_no == messages.c.message_no,
            older.c.message_no < messages.c.message_no,
            older.c.channel == messages.c.channel,
            older.c.waiting,
        )
    )


def _mine(tx: Transaction) -> ColumnElement[bool]:
    return messages.c.account_id == tx.account_id


def _one(tx: Transaction, number: int) -> Any:
    return update(messages).where(_mine(tx), messages.c.message_no == number)


def settle(tx: Transaction, message: Message, receipt: Receipt, *, now: datetime, retry_at: datetime | None) -> None:
    """
    Note what became of the attempt: sent, tried again at ``retry_at``, or given up.

    What was sent is sent, whoever holds the lease by now; for the rest an attempt whose lease someone else has taken over counts no more.
    """
    values: dict[str, Any] = {"attempts": message.attempts + 1, "answer": receipt.answer, "lease": None, "lease_until": None}
    match receipt.fate:
        case Fate.SENT:
            values |= {"waiting": False, "sent_at": now}
        case Fate.POSTPONED:
            values |= {"due_at": retry_at or now}
        case Fate.REFUSED:
            values |= {"waiting": False, "dead_at": now}
    statement = _one(tx, message.no).where(messages.c.sent_at.is_(None))
    if receipt.fate is not Fate.SENT:
        statement = statement.where(messages.c.waiting, messages.c.lease == message.lease)
    tx.connection.execute(statement.values(**values))


def withdraw(tx: Transaction, case_nos: Collection[CaseNo], *, now: datetime | None = None) -> int:
    """
    Withdraw the unsent messages that speak of these cases only, and return how many; a message on its way may still arrive.
    """
    if not case_nos:
        return 0
    about = select(message_cases.c.message_no).where(message_cases.c.account_id == tx.account_id)
    theirs, others = about.where(message_cases.c.case_no.in_(case_nos)), about.where(message_cases.c.case_no.not_in(case_nos))
    condition = and_(_mine(tx), messages.c.waiting, messages.c.message_no.in_(theirs), messages.c.message_no.not_in(others))
    at = messages.c.created_at if now is None else now
    return int(tx.connection.execute(update(messages).where(condition).values(waiting=False, withdrawn_at=at)).rowcount)


def waiting(tx: Transaction) -> tuple[Waiting, ...]:
    """
    Return every message that has not left, oldest first: those that wait and those given up.
    """
    query = select(messages).where(_mine(tx), or_(messages.c.waiting, messages.c.dead_at.is_not(None))).order_by(messages.c.message_no)
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
    unsent = and_(messages.c.sent_at.is_(None), messages.c.withdrawn_at.is_(None))
    values = {"waiting": True, "dead_at": None, "due_at": now, "lease": None, "lease_until": None}
    return bool(tx.connection.execute(_one(tx, number).where(unsent).values(**values)).rowcount)


def drop(tx: Transaction, number: int, *, now: datetime) -> bool:
    """
    Withdraw one message; False where it was sent or withdrawn already.
    """
    unsent = and_(messages.c.sent_at.is_(None), messages.c.withdrawn_at.is_(None))
    return bool(tx.connection.execute(_one(tx, number).where(unsent).values(waiting=False, withdrawn_at=now)).rowcount)


def next_due(tx: Transaction) -> datetime | None:
    """
    Return the earliest instant at which a waiting message may be claimed; None where none waits.
    """
    rows = tx.connection.execute(select(messages.c.due_at, messages.c.lease_until).where(_mine(tx), messages.c.waiting)).all()
    return min((max(due_at, lease_until or due_at) for due_at, lease_until in rows), default=None)
