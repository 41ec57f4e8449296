"""
What the outbox costs does not grow with what waits, nor with what was sent long ago: counted in SQLite's own steps, not in seconds.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.routines.makers_post import NOON, a_notice, a_post
from watchdog.store import Store, Transaction, open_temporary, outbox
from watchdog.terms.message import Fate, Receipt

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.routines.makers_post import Post

LEASE = timedelta(minutes=5)
AGES_AGO = NOON - timedelta(days=300)


def steps(tx: Transaction, work: Callable[[], object]) -> int:
    """
    Return how many steps SQLite's machine takes for the work.
    """
    database = tx.connection.connection.driver_connection
    assert database is not None
    taken = [0]

    def one_more() -> int:
        taken[0] += 1
        return 0

    database.set_progress_handler(one_more, 10)
    try:
        work()
    finally:
        database.set_progress_handler(None, 0)
    return 10 * taken[0]


def claim_among(count: int) -> int:
    """
    Return the steps of one claim while so many messages wait, each of a case of its own.
    """
    book = open_temporary()
    with book.writing() as tx:
        for number in range(count):
            outbox.enqueue(tx, a_notice(f"{number}", number + 1), ("slack", "email"), now=NOON)
        claimed = steps(tx, lambda: outbox.claim(tx, "slack", now=NOON, owner="postman", lease=LEASE))
    book.close()
    return claimed


def sent_long_ago(book: Store, count: int) -> None:
    """
    Write messages that left in another year.
    """
    with book.writing() as tx:
        for number in range(count):
            outbox.enqueue(tx, a_notice(f"old-{number}", 1000 + number), ("slack",), now=AGES_AGO)
    with book.writing() as tx:
        while (message := outbox.claim(tx, "slack", now=AGES_AGO, owner="postman", lease=LEASE)) is not None:
            outbox.settle(tx, message, Receipt(Fate.SENT, "ok"), now=AGES_AGO, retry_at=None)


def idle_walk_after(count: int) -> int:
    """
    Return the steps of the chores and the claim of a walk that has nothing to do, with so many messages behind it.
    """
    post = a_post(None, "slack", "email")
    sent_long_ago(post.house.store, count)
    with post.house.store.writing() as tx:
        walked = steps(tx, lambda: _look_round(post, tx))
    post.house.close()
    return walked


def _look_round(post: Post, tx: Transaction) -> None:
    for chore in post.house.postman.chores:
        assert chore.tidy(tx, tuple(post.channels), NOON) == 0
    assert outbox.claim(tx, "slack", now=NOON, owner="postman", lease=LEASE) is None


def test_a_claim_costs_the_same_however_many_wait() -> None:
    """
    After three days without Slack the first message leaves as quickly as ever.
    """
    assert claim_among(200) <= 2 * claim_among(10)


def test_a_walk_with_nothing_to_do_does_not_read_what_was_sent() -> None:
    """
    It happens every minute, for years.
    """
    assert idle_walk_after(120) <= 2 * idle_walk_after(6)
