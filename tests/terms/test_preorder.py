"""
The fold of a line's history: what is known now, and what changed when.
"""

from __future__ import annotations

from datetime import date
from itertools import permutations

from tests.makers import RELEASE, RESET, a_preorder, a_state, at
from watchdog.terms.observation import Interface, Status


def test_states_fold_to_the_same_timeline_in_any_order_of_arrival() -> None:
    """
    The order in which facts arrived makes no difference.
    """
    states = [a_state(at(1)), a_state(at(3), RESET, status=Status.UNSHIPPED), a_state(at(4), None), a_state(at(6), RELEASE)]

    timelines = {a_preorder(*order).sightings for order in permutations(states)}

    assert len(timelines) == 1


def test_at_equal_times_the_earlier_ship_by_counts() -> None:
    """
    Two answers of one moment: the worse is believed, and it is no move.
    """
    line = a_preorder(a_state(at(1), RESET), a_state(at(1), RELEASE))

    assert line.ship_by == RESET
    assert line.moves == ()


def test_nothing_that_was_not_said_is_wiped() -> None:
    """
    A notification without dates leaves the dates (S24).
    """
    line = a_preorder(
        a_state(at(1), RESET, payment="CreditCard"), a_state(at(2), None, interface=Interface.ORDER_CHANGE, status=Status.UNSHIPPED)
    )

    assert (line.ship_by, line.known.payment, line.status) == (RESET, "CreditCard", Status.UNSHIPPED)


def test_a_stale_cache_is_dropped() -> None:
    """
    A lower update time than an earlier answer of the same interface.
    """
    line = a_preorder(a_state(at(1), RESET, updated_at=at(1)), a_state(at(2), RELEASE, updated_at=at(1, 0)))

    assert line.ship_by == RESET


def test_update_times_of_two_interfaces_are_not_compared() -> None:
    """
    Each interface has its own clock.
    """
    line = a_preorder(a_state(at(1), RELEASE, updated_at=at(1)), a_state(at(2), RESET, updated_at=at(1, 0), interface=Interface.ORDERS_V0))

    assert line.ship_by == RESET


def test_a_new_orders_report_never_reopens_an_order() -> None:
    """
    It lists orders as they came in; what became of them it does not know.
    """
    shipped = a_state(at(1), status=Status.SHIPPED, interface=Interface.ALL_ORDERS_REPORT)
    listed = a_state(at(2), RESET, status=Status.UNSHIPPED, interface=Interface.NEW_ORDERS_REPORT)
    unshipped = a_state(at(2), RESET, status=Status.UNSHIPPED, interface=Interface.UNSHIPPED_REPORT)

    assert (a_preorder(shipped, listed).status, a_preorder(shipped, listed).ship_by) == (Status.SHIPPED, RESET)
    assert a_preorder(shipped, unshipped).status is Status.UNSHIPPED


def test_a_line_not_listed_any_more_keeps_what_was_known() -> None:
    """
    Absence is evidence, never news.
    """
    line = a_preorder(a_state(at(1), RESET), a_state(at(2), listed=False))

    assert (line.ship_by, line.is_open) == (RESET, True)


def test_a_move_names_when_the_old_date_was_last_seen_and_the_new_one_first() -> None:
    """
    Later looks that showed it unchanged count, looks without a date do not.
    """
    line = a_preorder(a_state(at(1), seen_until=at(3)), a_state(at(4), None), a_state(at(6), RESET))

    (move,) = line.moves

    assert (move.old, move.new, move.before_at, move.seen_at, move.days_earlier) == (RELEASE, RESET, at(3), at(6), 6)


def test_a_completely_shipped_line_is_closed_though_its_order_is_open() -> None:
    """
    Partially shipped orders are judged by what is left.
    """
    line = a_preorder(a_state(at(1), date(2026, 9, 8), status=Status.PARTIALLY_SHIPPED, line_shipped=True))

    assert not line.is_open


def test_of_two_answers_of_one_moment_neither_is_stale() -> None:
    """
    A stale answer is one that came later: at equal times the earlier ship-by counts, whatever the update times say.
    """
    line = a_preorder(a_state(at(1), RELEASE, updated_at=at(1)), a_state(at(1), RESET, updated_at=at(1, 0)))

    assert line.ship_by == RESET


def test_a_fact_is_compared_with_who_said_it_last() -> None:
    """
    A notification that says nothing of the payment stands between two sweeps that do.
    """
    line = a_preorder(
        a_state(at(1), payment="CreditCard", seen_until=at(2)),
        a_state(at(3), RESET, interface=Interface.ORDER_CHANGE),
        a_state(at(4), RESET, payment="ConvenienceStore"),
    )

    (change,) = (each for each in line.changes if each.fact == "payment")

    assert (change.before_at, change.seen_at) == (at(2), at(4))
    assert (change.old_interface, change.interface) == (Interface.ORDERS_2026, Interface.ORDERS_2026)


def test_a_vague_pending_takes_nothing_back() -> None:
    """
    The all-orders report has one word for two states; an order known to wait for its payment stays so.
    """
    paying = a_state(at(1), status=Status.PENDING)
    vague = a_state(at(2), None, status=Status.PENDING_AVAILABILITY, interface=Interface.ALL_ORDERS_REPORT)

    assert a_preorder(paying, vague).status is Status.PENDING
    assert a_preorder(vague).status is Status.PENDING_AVAILABILITY


def test_each_request_to_cancel_that_came_after_a_withdrawal_is_a_new_one() -> None:
    """
    Asked, asked still, withdrawn, asked again.
    """
    line = a_preorder(*(a_state(at(day), RESET, cancel_requested=asks) for day, asks in enumerate((True, True, False, True), start=1)))

    assert [each.as_of for each in line.cancel_requests] == [at(1), at(4)]
