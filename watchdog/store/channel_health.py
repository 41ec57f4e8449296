"""
How each channel is doing: failing since when, resting until when; after a failure that lies with it nobody knocks before that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, select, update

from watchdog.store import outbox_list
from watchdog.store.schema_cases import channel_states, messages
from watchdog.terms.dispatch import ChannelState
from watchdog.terms.message import Fate

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import Row

    from watchdog.store.database import Transaction
    from watchdog.terms.message import Notice, Receipt

_COLUMNS = ("failures", "failing_since", "rests_until", "refused", "answer", "sent_at")


def state_of(tx: Transaction, name: str) -> ChannelState:
    """
    Return how the channel is doing; one that was never used is well.
    """
    mine = (channel_states.c.account_id == tx.account_id, channel_states.c.name == name)
    row = tx.connection.execute(select(channel_states).where(*mine)).first()
    return ChannelState(name) if row is None else _state(row)


def states(tx: Transaction) -> tuple[ChannelState, ...]:
    """
    Return every channel that was ever used or has messages waiting, by name, with how many wait.
    """
    known = select(channel_states).where(channel_states.c.account_id == tx.account_id)
    found = {row.name: row for row in tx.connection.execute(known)}
    count = select(messages.c.channel, func.count().label("number")).where(messages.c.account_id == tx.account_id, messages.c.waiting)
    waiting: dict[str, int] = {row.channel: row.number for row in tx.connection.execute(count.group_by(messages.c.channel))}
    return tuple(_state(found.get(name), name, waiting.get(name, 0)) for name in sorted({*found, *waiting}))


def _state(row: Row[Any] | None, name: str = "", waiting: int = 0) -> ChannelState:
    if row is None:
        return ChannelState(name, waiting=waiting)
    return ChannelState(row.name, **{column: getattr(row, column) for column in _COLUMNS}, waiting=waiting)


def note(tx: Transaction, before: ChannelState, receipt: Receipt, *, now: datetime, rests_until: datetime | None) -> None:
    """
    Note what an attempt says of the channel: well after one that got through, else failing and resting.
    """
    if receipt.fate is Fate.SENT:
        row: dict[str, Any] = dict.fromkeys(_COLUMNS) | {"failures": 0, "refused": False, "answer": receipt.answer, "sent_at": now}
    else:
        row = {
            "failures": before.failures + 1,
            "failing_since": before.failing_since or now,
            "rests_until": rests_until,
            "refused": receipt.fate is Fate.REFUSED,
            "answer": receipt.answer,
            "sent_at": before.sent_at,
        }
    tx.put(channel_states, [{"name": before.name, **row}], *_COLUMNS)


def wake(tx: Transaction, name: str | None = None) -> None:
    """
    Let the channel, or every one, be tried at once: somebody has mended it, or wants to see.
    """
    statement = update(channel_states).where(channel_states.c.account_id == tx.account_id)
    if name is not None:
        statement = statement.where(channel_states.c.name == name)
    tx.connection.execute(statement.values(rests_until=None))


def stranded(tx: Transaction, *, able: Collection[str], before: datetime) -> tuple[Notice, ...]:
    """
    Return the notices that wait, or were given up, on other channels than the able ones, and that no able channel was handed.

    Only those written before that instant: a short outage strands nothing.
    """
    handed = messages.alias("handed")
    elsewhere = exists().where(handed.c.account_id == messages.c.account_id, handed.c.key == messages.c.key, handed.c.channel.in_(able))
    query = (
        select(messages.c.message_no, messages.c.notice)
        .where(messages.c.account_id == tx.account_id, messages.c.listed_in.is_(None))
        .where(messages.c.channel.not_in(able), messages.c.created_at <= before, ~elsewhere)
    )
    stuck = (messages.c.waiting, outbox_list.given_up())  # asked one by one: each has its index
    oldest_first = sorted((row for each in stuck for row in tx.connection.execute(query.where(each))), key=lambda row: row.message_no)
    return tuple({row.notice.key: row.notice for row in oldest_first}.values())
