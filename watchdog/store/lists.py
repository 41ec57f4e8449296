"""
Messages that another message speaks of in their place: a storm as one summary, what was given up as one list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, or_, select, update

from watchdog.store import outbox_list
from watchdog.store.chunks import chunks
from watchdog.store.schema_cases import message_cases, messages
from watchdog.store.standings import standings_of
from watchdog.terms.dispatch import Listed, Pending
from watchdog.terms.identity import CaseNo
from watchdog.terms.message import MessageKind

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import ColumnElement, Row

    from watchdog.store.database import Transaction

#: What a storm is made of; conditions and lists are few and never summed up.
_STORMY = (MessageKind.ALERT, MessageKind.RESOLVED)


def sent_since(tx: Transaction, channel: str, since: datetime) -> int:
    """
    Return how many messages left over the channel since then.
    """
    query = select(func.count()).where(_over(tx, channel), messages.c.sent_at > since)
    return int(tx.connection.execute(query).scalar_one())


def summed_up_at(tx: Transaction, channel: str) -> datetime | None:
    """
    Return when the last storm over the channel was summed up.
    """
    query = select(messages.c.created_at).where(_over(tx, channel), messages.c.kind == MessageKind.SUMMARY)
    found: datetime | None = tx.connection.execute(query.order_by(messages.c.message_no.desc()).limit(1)).scalar()
    return found


def count_due(tx: Transaction, channel: str, now: datetime) -> int:
    """
    Return how many alerts and all-clears want to leave over the channel now.
    """
    return int(tx.connection.execute(select(func.count()).where(_due(tx, channel, now))).scalar_one())


def due(tx: Transaction, channel: str, now: datetime) -> tuple[Listed, ...]:
    """
    Return them, oldest first, with what the timetable is asked of each.
    """
    rows = tx.connection.execute(select(messages).where(_due(tx, channel, now)).order_by(messages.c.message_no)).all()
    return tuple(_listed(row, Pending(row.kind, row.severity, row.created_at, standings_of(tx, row.message_no))) for row in rows)


def _due(tx: Transaction, channel: str, now: datetime) -> ColumnElement[bool]:
    free = or_(messages.c.lease_until.is_(None), messages.c.lease_until <= now)
    return and_(_over(tx, channel), messages.c.waiting, messages.c.due_at <= now, messages.c.kind.in_(_STORMY), free)


def given_up(tx: Transaction) -> tuple[Listed, ...]:
    """
    Return what was given up and of which nobody was told yet, oldest first.
    """
    mine = (messages.c.account_id == tx.account_id, outbox_list.given_up(), messages.c.listed_in.is_(None))
    rows = tx.connection.execute(select(messages).where(*mine)).all()  # sorted here: SQLite would walk the whole key for the order
    return tuple(_listed(row) for row in sorted(rows, key=lambda row: row.message_no))


def list_in(tx: Transaction, numbers: Collection[int], key: str, *, now: datetime) -> None:
    """
    Note that the message of that key speaks of these; those that waited no longer do.
    """
    lists = select(func.min(messages.c.message_no)).where(messages.c.account_id == tx.account_id, messages.c.key == key)
    number = tx.connection.execute(lists).scalar()
    for part in chunks(numbers):
        its = and_(messages.c.account_id == tx.account_id, messages.c.message_no.in_(part))
        waited = and_(its, messages.c.waiting)
        tx.connection.execute(update(messages).where(waited).values(waiting=False, withdrawn_at=now))
        tx.connection.execute(update(messages).where(its).values(listed_in=number))


def hold(tx: Transaction, numbers: Collection[int], *, until: datetime) -> None:
    """
    Let these wait until then.
    """
    for part in chunks(numbers):
        its = and_(messages.c.account_id == tx.account_id, messages.c.message_no.in_(part))
        tx.connection.execute(update(messages).where(its).values(due_at=until))


def subjects(tx: Transaction, case_nos: Collection[CaseNo]) -> dict[CaseNo, Listed]:
    """
    Return the newest alarm of each case, as a list may speak of it.
    """
    about = and_(message_cases.c.account_id == messages.c.account_id, message_cases.c.message_no == messages.c.message_no)
    query = (
        select(messages, message_cases.c.case_no.label("of"))
        .join(message_cases, about)
        .where(messages.c.account_id == tx.account_id, messages.c.kind == MessageKind.ALERT, message_cases.c.case_no.in_(case_nos))
        .order_by(messages.c.message_no)
    )
    return {CaseNo(row.of): _listed(row) for row in tx.connection.execute(query)}


def _listed(row: Row[Any], pending: Pending | None = None) -> Listed:
    nos = row.notice.case_nos
    return Listed(row.message_no, row.kind, row.severity, row.subject, nos, row.created_at, row.channel, row.answer or "", pending)


def _over(tx: Transaction, channel: str) -> ColumnElement[bool]:
    return and_(messages.c.account_id == tx.account_id, messages.c.channel == channel)
