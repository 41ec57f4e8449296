"""
Messages on their way: frozen when written, claimed with a lease, settled by what the other side said; never lost, at most doubled.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, exists, func, insert, or_, select, update

from watchdog.store.columns import adapter
from watchdog.store.outbox_list import Waiting, drop, next_due, retry, waiting
from watchdog.store.schema_cases import message_cases, messages
from watchdog.store.standings import standings_of
from watchdog.terms.dispatch import Leave, Pending, Ruling
from watchdog.terms.message import Fate, Message, Notice, Receipt

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime, timedelta

    from sqlalchemy import ColumnElement, Row

    from watchdog.store.database import Transaction
    from watchdog.terms.identity import CaseNo

__all__ = ["Waiting", "claim", "drop", "enqueue", "next_due", "retry", "settle", "told_over", "waiting", "withdraw"]


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
        "topic": notice.topic,
    }


def told_over(tx: Transaction, case_nos: Collection[CaseNo]) -> tuple[str, ...]:
    """
    Return the channels over which an alarm of these cases went or will go: an all-clear follows it there, and nowhere else.
    """
    about = select(message_cases.c.message_no).where(message_cases.c.account_id == tx.account_id, message_cases.c.case_no.in_(case_nos))
    reaches = and_(messages.c.withdrawn_at.is_(None), messages.c.dead_at.is_(None))
    query = select(messages.c.channel).distinct().where(_mine(tx), messages.c.message_no.in_(about), reaches)
    return tuple(sorted(tx.connection.execute(query).scalars()))


def at_once(_pending: Pending) -> Ruling:
    """
    Let every due message leave.
    """
    return Ruling(Leave.NOW)


def claim(
    tx: Transaction, channel: str, *, now: datetime, owner: str, lease: timedelta, ask: Callable[[Pending], Ruling] = at_once
) -> Message | None:
    """
    Return the channel's next due message and lend it to ``owner`` for the lease; None where nothing may leave.

    First come those tried least, then the oldest: one that never gets through holds up no other. What was written later of the same
    case or topic waits for it. A lease that ran out may be claimed again. ``ask`` is the timetable: what it holds back is due later,
    what it calls off is withdrawn.
    """
    while (row := _candidate(tx, channel, now)) is not None:
        ruling = ask(Pending(row.kind, row.severity, row.created_at, standings_of(tx, row.message_no)))
        if ruling.leave is Leave.NOW:
            tx.connection.execute(_one(tx, row.message_no).values(lease=owner, lease_until=now + lease))
            return _message(tx, row, owner)
        later: dict[str, Any] | None = (
            {"due_at": ruling.at} if ruling.leave is Leave.LATER and ruling.at is not None and ruling.at > now else None
        )
        tx.connection.execute(_one(tx, row.message_no).values(later or {"waiting": False, "withdrawn_at": now}))
    return None


def _candidate(tx: Transaction, channel: str, now: datetime) -> Row[Any] | None:
    free = or_(messages.c.lease_until.is_(None), messages.c.lease_until <= now)
    query = (
        select(messages)
        .where(_mine(tx), messages.c.waiting, messages.c.channel == channel, messages.c.due_at <= now, free, ~is_behind())
        .order_by(messages.c.attempts, messages.c.message_no)
        .limit(1)
        .with_for_update(skip_locked=True, of=messages)
    )
    return tx.connection.execute(query).first()


def _message(tx: Transaction, row: Row[Any], owner: str) -> Message:
    thread, reference = _thread(tx, row)
    return Message(row.message_no, row.channel, row.notice, row.created_at, row.attempts, owner, row.reference or "", thread, reference)


def _thread(tx: Transaction, row: Row[Any]) -> tuple[str, str]:
    """
    Return key and reference of the first message of the same matter that went over the channel.
    """
    own = select(message_cases.c.case_no).where(message_cases.c.account_id == tx.account_id, message_cases.c.message_no == row.message_no)
    same = select(message_cases.c.message_no).where(message_cases.c.account_id == tx.account_id, message_cases.c.case_no.in_(own))
    matter = messages.c.topic == row.topic if row.topic else messages.c.message_no.in_(same)
    sent = and_(_mine(tx), messages.c.channel == row.channel, messages.c.sent_at.is_not(None), messages.c.message_no < row.message_no)
    query = select(messages.c.key, messages.c.reference).where(sent, matter).order_by(messages.c.message_no).limit(1)
    found = tx.connection.execute(query).first()
    return ("", "") if found is None else (found.key, found.reference or "")


def is_behind() -> ColumnElement[bool]:
    """
    Return the condition that an older message of the same channel and case, or of the same topic, is still waiting.

    One question inside the other: each goes from this message to its few neighbours, never through everything that waits.
    """
    older, own, other = messages.alias("older"), message_cases.alias("own"), message_cases.alias("other")
    waits = and_(older.c.account_id == messages.c.account_id, older.c.channel == messages.c.channel, older.c.waiting)
    another = exists(select(older.c.message_no).where(waits, older.c.message_no == other.c.message_no).correlate(messages, other))
    earlier = and_(other.c.account_id == own.c.account_id, other.c.case_no == own.c.case_no, other.c.message_no < messages.c.message_no)
    of_a_case = exists(select(other.c.message_no).where(earlier, another).correlate(messages, own))
    mine = and_(own.c.account_id == messages.c.account_id, own.c.message_no == messages.c.message_no)
    same_topic = and_(waits, older.c.topic == messages.c.topic, older.c.message_no < messages.c.message_no)
    return or_(
        exists(select(own.c.case_no).where(mine, of_a_case)),
        and_(messages.c.topic != "", exists(select(older.c.message_no).where(same_topic))),
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
    if receipt.reference:
        values["reference"] = receipt.reference
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
    its = and_(message_cases.c.account_id == messages.c.account_id, message_cases.c.message_no == messages.c.message_no)
    theirs, others = (exists().where(its, of) for of in (message_cases.c.case_no.in_(case_nos), message_cases.c.case_no.not_in(case_nos)))
    condition = and_(_mine(tx), messages.c.waiting, theirs, ~others)
    at = messages.c.created_at if now is None else now
    return int(tx.connection.execute(update(messages).where(condition).values(waiting=False, withdrawn_at=at)).rowcount)
