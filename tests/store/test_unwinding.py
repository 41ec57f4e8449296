"""
Neither a postman who is gone nor a clock that was ahead holds a message up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.store.makers_store import at
from tests.store.test_outbox import a_notice, put, take
from watchdog.store import unwinding

if TYPE_CHECKING:
    from watchdog.store import Store


def test_what_a_stopping_postman_holds_the_next_may_take_at_once(store: Store) -> None:
    """
    Without waiting for the lease to run out; another owner's stays lent.
    """
    put(store, a_notice("a"), a_notice("b"))
    assert take(store, owner="going") is not None
    assert take(store, owner="staying") is not None
    with store.writing() as tx:
        given = unwinding.give_back(tx, "going")

    assert given == 1
    assert take(store) is not None
    assert take(store) is None


def test_what_a_clock_ahead_has_written_leaves_when_the_clock_is_right_again(store: Store) -> None:
    """
    Two days ahead, then set back: the alarm does not wait for two days. What is only due later waits as before.
    """
    put(store, a_notice("ahead"), day=20)
    put(store, a_notice("later"), day=18, not_before=at(19))
    before = take(store, day=18)
    with store.writing() as tx:
        righted = unwinding.set_right(tx, at(18))
    after = take(store, day=18)

    assert before is None
    assert righted == 1
    assert after is not None
    assert after.notice.key == "ahead"
    assert take(store, day=18) is None
