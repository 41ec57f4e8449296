"""
What stands of the account: one row per standing, kept when it has ended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, select, update

from watchdog.store.schema_cases import conditions, messages
from watchdog.terms.condition import StandingCondition

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Row

    from watchdog.store.database import Transaction


def standing(tx: Transaction) -> tuple[StandingCondition, ...]:
    """
    Return what stands now, the oldest first.
    """
    mine = (conditions.c.account_id == tx.account_id, conditions.c.ended_at.is_(None))
    query = select(conditions).where(*mine).order_by(conditions.c.since, conditions.c.kind, conditions.c.subject)
    return tuple(_standing(row) for row in tx.connection.execute(query))


def _standing(row: Row[tuple[object, ...]]) -> StandingCondition:
    return StandingCondition(row.condition, row.since, row.rung, row.rang_at, row.ended_at)


def save(tx: Transaction, now_stands: StandingCondition) -> None:
    """
    Write the condition as it stands; one with the same kind, subject and start is renewed.
    """
    condition = now_stands.condition
    row = {
        "kind": condition.kind,
        "subject": condition.subject,
        "since": now_stands.since,
        "severity": condition.severity,
        "reason": condition.reason.code,
        "condition": condition,
        "rung": now_stands.rung,
        "rang_at": now_stands.rang_at,
        "ended_at": now_stands.ended_at,
    }
    tx.put(conditions, [row], "severity", "reason", "condition", "rung", "rang_at", "ended_at")


def end(tx: Transaction, stood: StandingCondition, *, now: datetime) -> None:
    """
    Note that the condition has ended; the next of its kind and subject is another.
    """
    condition = stood.condition
    its = (conditions.c.kind == condition.kind, conditions.c.subject == condition.subject, conditions.c.since == stood.since)
    tx.connection.execute(update(conditions).where(conditions.c.account_id == tx.account_id, *its).values(ended_at=now))


def withdraw(tx: Transaction, stood: StandingCondition, *, now: datetime) -> int:
    """
    Withdraw what was written of the condition and has not left, and return how much: the next message says it better.
    """
    its = messages.c.key.startswith(f"{stood.key}/", autoescape=True)
    unsent = and_(messages.c.account_id == tx.account_id, messages.c.waiting, messages.c.lease.is_(None), its)
    return int(tx.connection.execute(update(messages).where(unsent).values(waiting=False, withdrawn_at=now)).rowcount)
