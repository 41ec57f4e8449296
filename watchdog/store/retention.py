"""
What has grown old leaves the log, in short transactions: closed orders and cases, looks that changed nothing, messages long sent.

The newest row of a numbered table always stays: numbers are "the highest + 1" and must never be given twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, exists, func, select, tuple_

from watchdog.store.chunks import chunks
from watchdog.store.schema import defects, lines, listings, looks, releases, sightings, states, sweeps, unlisted_products
from watchdog.store.schema_cases import (
    case_orders,
    case_steps,
    cases,
    conditions,
    health_metrics,
    message_cases,
    messages,
    notices,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy import Column, ColumnElement, Table

    from watchdog.store.database import Store, Transaction

#: So many keys leave per transaction: others wait for a moment at most.
_AT_ONCE = 2_000


def retire(store: Store, *, history: datetime, journal: datetime, sent: datetime) -> dict[str, int]:
    """
    Delete what is older than these instants and return how many rows of each table left.
    """
    gone = {"messages": _messages(store, sent), "cases": _cases(store, history), "lines": _lines(store, history)}
    gone |= _dated(store, history)
    gone["sweeps"] = _sweeps(store, journal)
    gone["looks"] = _looks(store, journal)
    return {name: count for name, count in gone.items() if count}


def _messages(store: Store, before: datetime) -> int:
    """
    Delete what was sent, withdrawn or given up; what speaks of an open case stays with it.
    """
    ended = func.coalesce(messages.c.sent_at, messages.c.dead_at, messages.c.withdrawn_at)
    of_open = exists(
        select(cases.c.case_no)
        .join(message_cases, and_(message_cases.c.account_id == cases.c.account_id, message_cases.c.case_no == cases.c.case_no))
        .where(message_cases.c.account_id == messages.c.account_id, message_cases.c.message_no == messages.c.message_no, cases.c.is_open)
    )
    with store.reading() as tx:
        old = _numbers(tx, messages.c.message_no, ~messages.c.waiting, ended < before, ~of_open)
    return _delete(store, old, (message_cases, message_cases.c.message_no), (messages, messages.c.message_no))


def _cases(store: Store, before: datetime) -> int:
    with store.reading() as tx:
        old = _numbers(tx, cases.c.case_no, ~cases.c.is_open, cases.c.closed_at < before)
    tables = (message_cases, case_orders, case_steps, cases)
    return _delete(store, old, *((table, table.c.case_no) for table in tables))


def _lines(store: Store, before: datetime) -> int:
    """
    Delete closed lines with their whole history, once no source lists them any more and no case names their order.
    """
    newest = and_(states.c.account_id == lines.c.account_id, states.c.state_no == lines.c.last_state)
    listed = select(listings.c.line_id).where(listings.c.account_id == lines.c.account_id)
    named = exists(
        select(case_orders.c.case_no).where(case_orders.c.account_id == lines.c.account_id, case_orders.c.order_id == lines.c.order_id)
    )
    with store.reading() as tx:
        last = select(func.max(states.c.state_no)).where(states.c.account_id == tx.account_id).scalar_subquery()
        condition = exists(select(states.c.state_no).where(newest, states.c.as_of < before, states.c.state_no < last))
        old = _numbers(tx, lines.c.line_id, ~lines.c.is_open, lines.c.line_id.not_in(listed), ~named, condition)
    return _delete(store, old, *((table, table.c.line_id) for table in (sightings, states, lines)))


def _dated(store: Store, before: datetime) -> dict[str, int]:
    """
    Delete single rows that have a date of their own and that nothing refers to.
    """
    ages: tuple[tuple[Table, ColumnElement[bool]], ...] = (
        (notices, notices.c.recorded_at < before),
        (unlisted_products, unlisted_products.c.as_of < before),
        (health_metrics, health_metrics.c.as_of < before),
        (conditions, conditions.c.ended_at < before),
    )
    gone = {}
    for table, old in ages:
        with store.writing() as tx:
            gone[table.name] = int(tx.connection.execute(delete(table).where(table.c.account_id == tx.account_id, old)).rowcount)
    return gone


def _sweeps(store: Store, before: datetime) -> int:
    """
    Delete sweeps after which the same shelf was swept again without a change: until when a state was seen stays the same.
    """
    following = func.lead(sweeps.c.look_no).over(partition_by=sweeps.c.shelf_no, order_by=(sweeps.c.as_of, sweeps.c.look_no))
    columns = (sweeps.c.shelf_no, sweeps.c.as_of, sweeps.c.look_no)
    with store.reading() as tx:
        changed = _used(tx, states)
        query = select(*columns, following).where(sweeps.c.account_id == tx.account_id, sweeps.c.as_of < before)
        old = [
            (shelf_no, as_of, look_no)
            for shelf_no, as_of, look_no, after in tx.connection.execute(query)
            if after is not None and after not in changed
        ]
    for part in chunks(old, _AT_ONCE // 4):
        with store.writing() as tx:
            tx.connection.execute(delete(sweeps).where(sweeps.c.account_id == tx.account_id, tuple_(*columns).in_(part)))
    return len(old)


def _looks(store: Store, before: datetime) -> int:
    """
    Delete finished looks from which nothing is left; of each source the newest that showed ship dates stays (DOMAIN §10).
    """
    with store.reading() as tx:
        used = set().union(*(_used(tx, table) for table in (states, sightings, releases, sweeps, unlisted_products)))
        mine = looks.c.account_id == tx.account_id
        used |= set(tx.connection.execute(select(looks.c.again_of).where(mine, looks.c.again_of.is_not(None))).scalars())
        dated = select(looks.c.source, func.max(looks.c.as_of)).where(mine, looks.c.rows_dated > 0).group_by(looks.c.source)
        for source, as_of in tx.connection.execute(dated).all():
            newest = select(looks.c.look_no).where(mine, looks.c.source == source, looks.c.as_of == as_of)
            used |= set(tx.connection.execute(newest).scalars())
        old = [no for no in _numbers(tx, looks.c.look_no, looks.c.as_of < before, looks.c.finished_at.is_not(None)) if no not in used]
    return _delete(store, old, (defects, defects.c.look_no), (looks, looks.c.look_no))


def _used(tx: Transaction, table: Table) -> set[int]:
    return set(tx.connection.execute(select(table.c.look_no).distinct().where(table.c.account_id == tx.account_id)).scalars())


def _numbers(tx: Transaction, number: Column[Any], *conditions_met: ColumnElement[bool]) -> list[int]:
    """
    Return the numbers of the table's rows that meet the conditions, the highest number of the table apart.
    """
    table = number.table
    mine = table.c.account_id == tx.account_id
    newest = tx.connection.execute(select(func.max(number)).where(mine)).scalar()
    found = tx.connection.execute(select(number).where(mine, *conditions_met, number != newest)) if newest is not None else None
    return list(found.scalars()) if found is not None else []


def _delete(store: Store, numbers: Sequence[int] | Collection[int], *where: tuple[Table, Column[Any]]) -> int:
    """
    Delete the rows of these numbers from every table, part by part, and return how many numbers left.
    """
    for part in chunks(numbers, _AT_ONCE):
        with store.writing() as tx:
            for table, number in where:
                tx.connection.execute(delete(table).where(table.c.account_id == tx.account_id, number.in_(part)))
    return len(numbers)
