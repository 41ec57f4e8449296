"""
The log in figures: for the status line, the metrics and the doctor; counted when asked.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from watchdog.store import outbox_list
from watchdog.store.schema import looks
from watchdog.store.schema_cases import cases, coverage_rows, messages, notices

if TYPE_CHECKING:
    from watchdog.store.database import Transaction


class Counts(NamedTuple):
    """
    What a person wants to know first.
    """

    open_cases: int
    waiting: int  #: messages that have not left


class Post(NamedTuple):
    """
    What lies in the outbox for one channel.
    """

    channel: str
    waiting: int
    buried: int  #: given up
    oldest_at: datetime | None  #: when the oldest waiting one was written


class Looked(NamedTuple):
    """
    What one source has brought, as far as the journal reaches back.
    """

    source: str
    looks: int
    last_at: datetime
    used: int
    unchanged: int
    rejected: int
    ignored: int


def at_a_glance(tx: Transaction) -> Counts:
    """
    Return the two counts of the status line.
    """
    open_cases = select(func.count()).select_from(cases).where(cases.c.account_id == tx.account_id, cases.c.is_open)
    waiting = select(func.count()).select_from(messages).where(messages.c.account_id == tx.account_id, messages.c.waiting)
    return Counts(tx.connection.execute(open_cases).scalar_one(), tx.connection.execute(waiting).scalar_one())


def cases_by_state(tx: Transaction) -> dict[str, int]:
    """
    Return how many cases are in each state, those that ended included.
    """
    query = select(cases.c.state, func.count()).where(cases.c.account_id == tx.account_id).group_by(cases.c.state)
    return {str(state): count for state, count in tx.connection.execute(query)}


def findings_by_rule(tx: Transaction) -> dict[str, int]:
    """
    Return how many open cases and notices each rule stands in.
    """
    found: dict[str, int] = {}
    for table, condition in ((cases, cases.c.is_open), (notices, notices.c.account_id == tx.account_id)):
        query = select(table.c.rules, func.count()).where(table.c.account_id == tx.account_id, condition).group_by(table.c.rules)
        for rules, count in tx.connection.execute(query):
            for rule in rules.replace(",", " ").split():
                found[rule] = found.get(rule, 0) + count
    return found


def gaps(tx: Transaction) -> int:
    """
    Return how many products with open orders are not watched completely.
    """
    open_gap = (coverage_rows.c.account_id == tx.account_id, coverage_rows.c.gap.is_not(None), coverage_rows.c.open_orders > 0)
    return int(tx.connection.execute(select(func.count()).select_from(coverage_rows).where(*open_gap)).scalar_one())


def outbox(tx: Transaction) -> tuple[Post, ...]:
    """
    Return every channel that has ever had a message, with what has not left.
    """
    mine = messages.c.account_id == tx.account_id
    ever = tx.connection.execute(select(messages.c.channel).distinct().where(mine)).scalars().all()
    count = select(messages.c.channel, func.count(), func.min(messages.c.created_at)).where(mine).group_by(messages.c.channel)
    waiting = {row[0]: row for row in tx.connection.execute(count.where(messages.c.waiting))}
    buried = {row[0]: row[1] for row in tx.connection.execute(count.where(outbox_list.given_up()))}
    still = {channel: waiting.get(channel, (channel, 0, None)) for channel in sorted(ever)}
    return tuple(Post(channel, number, buried.get(channel, 0), since) for channel, number, since in still.values())


def looked(tx: Transaction) -> tuple[Looked, ...]:
    """
    Return every source of the journal with its looks and their rows.
    """
    sums = (func.sum(column) for column in (looks.c.rows_used, looks.c.rows_unchanged, looks.c.rows_rejected, looks.c.rows_ignored))
    query = select(looks.c.source, func.count(), func.max(looks.c.started_at), *sums).where(looks.c.account_id == tx.account_id)
    return tuple(Looked(*row) for row in tx.connection.execute(query.group_by(looks.c.source).order_by(looks.c.source)))
