"""
What is old leaves the log, and nothing else does: the log of a seller who sells for years stays as large as one year.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from tests.store.makers_store import a_look, absorb, at, say_release, seen
from tests.store.test_outbox import SENT, a_notice, put, take
from watchdog.store import history, looks, outbox, retention
from watchdog.store import schema as s
from watchdog.store.migrate import check_whole
from watchdog.store.schema_cases import messages
from watchdog.terms.identity import OrderId, OrderKey
from watchdog.terms.marketplace import JAPAN
from watchdog.terms.observation import Status

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Table

    from watchdog.store import Store

_NEVER = at(1) - timedelta(days=3650)


def retire(store: Store, *, history: datetime = _NEVER, journal: datetime = _NEVER, sent: datetime = _NEVER) -> dict[str, int]:
    """
    Delete what is older than these instants, and prove that the log is whole afterwards.
    """
    gone = retention.retire(store, history=history, journal=journal, sent=sent)
    check_whole(store)
    return gone


def rows(store: Store, table: Table) -> int:
    """
    Return how many rows the account has there.
    """
    with store.reading() as tx:
        return int(tx.connection.execute(select(func.count()).select_from(table).where(table.c.account_id == tx.account_id)).scalar_one())


def test_closed_lines_leave_with_their_history_and_open_ones_stay(store: Store) -> None:
    """
    One was shipped long ago, one lately, one is still open.
    """
    absorb(store, a_look(at(1)), [seen("long-ago"), seen("lately"), seen("open")])
    absorb(store, a_look(at(2)), [seen("long-ago", status=Status.SHIPPED), seen("lately"), seen("open")])
    absorb(store, a_look(at(3)), [seen("lately"), seen("open")])
    absorb(store, a_look(at(20)), [seen("lately", status=Status.SHIPPED), seen("open")])
    absorb(store, a_look(at(21)), [seen("open")])

    gone = retire(store, history=at(10))
    with store.reading() as tx:
        keys = [OrderKey(JAPAN, OrderId(order)) for order in ("long-ago", "lately", "open")]
        left = {key.order_id for key in history.orders(tx, keys)}

    assert gone == {"lines": 1}
    assert left == {"lately", "open"}


def test_looks_without_a_change_leave_and_until_when_a_state_was_seen_does_not(store: Store) -> None:
    """
    A sweep every day for three weeks, one change in the middle: the timeline reads the same before and after.
    """
    say_release(store, at(1), at(14).date())
    for day in range(2, 24):
        absorb(store, a_look(at(day)), [seen("a", at(14).date() if day < 12 else at(8).date())])
    key = OrderKey(JAPAN, OrderId("a"))
    with store.reading() as tx:
        before = history.orders(tx, [key])
        saw = history.last_saw_ship_dates(tx)

    gone = retire(store, journal=at(22))
    with store.reading() as tx:
        after = history.orders(tx, [key])
        still = history.last_saw_ship_dates(tx)

    assert [(state.as_of, state.seen_until) for state in after[key][0].states] == [
        (state.as_of, state.seen_until) for state in before[key][0].states
    ]
    assert still == saw
    assert gone["looks"] >= 15
    assert rows(store, s.looks) <= 8
    assert rows(store, s.sweeps) <= 6


def test_the_log_goes_on_as_if_nothing_had_left(store: Store) -> None:
    """
    The next sweep finds what is known unchanged; numbers are given once.
    """
    for day in range(1, 10):
        absorb(store, a_look(at(day)), [seen("a"), seen("b")])
    retire(store, history=at(30), journal=at(30), sent=at(30))
    counts = absorb(store, a_look(at(31 - 1)), [seen("a"), seen("b")])
    with store.reading() as tx:
        newest = tx.connection.execute(select(func.max(s.looks.c.look_no)).where(s.looks.c.account_id == tx.account_id)).scalar_one()

    assert (counts.unchanged, counts.used) == (2, 0)
    assert newest == 10


def test_a_file_whose_look_has_left_may_be_read_again(store: Store) -> None:
    """
    Forgetting a content digest costs a second reading, never a second order.
    """
    absorb(store, a_look(at(1), content="a" * 32), [seen("a")])
    absorb(store, a_look(at(2), content="b" * 32), [seen("a")])
    absorb(store, a_look(at(3), content="c" * 32), [seen("a")])
    retire(store, journal=at(30))
    with store.reading() as tx:
        known = [looks.is_known(tx, letter * 32) for letter in "abc"]
    absorb(store, a_look(at(2), content="b" * 32), [seen("a")])

    assert known == [True, False, True], "the one that brought the order, and the newest"
    assert rows(store, s.lines) == 1


def test_sent_messages_leave_and_waiting_ones_stay(store: Store) -> None:
    """
    However old a message is that nobody has taken yet.
    """
    put(store, a_notice("old"), a_notice("waiting"), a_notice("newest"))
    message = take(store)
    assert message is not None
    with store.writing() as tx:
        outbox.settle(tx, message, SENT, now=at(2), retry_at=None)

    gone = retire(store, sent=at(20))

    assert gone == {"messages": 1}
    assert rows(store, messages) == 2
