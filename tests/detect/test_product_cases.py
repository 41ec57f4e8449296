"""
A product's case from one turn to the next: what it goes on explaining, and how it ends (DOMAIN §7).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.detect.makers_detect import judged, product
from tests.makers import CALENDARS, CD, POLICY, RELEASE, RESET, a_bench, a_context, a_preorder, a_release, a_state, at, copies
from watchdog.detect import judge
from watchdog.terms.case import Outcome
from watchdog.terms.finding import Cause
from watchdog.terms.identity import ProductId
from watchdog.terms.look import ReleaseSource
from watchdog.terms.observation import Canceller, Status
from watchdog.terms.verdict import StandingCase

if TYPE_CHECKING:
    from watchdog.terms.verdict import ExaminedProduct

LATER = date(2026, 9, 28)


def a_standing_case(found: ExaminedProduct) -> StandingCase:
    """
    Return the case that was opened by this.
    """
    assert found.finding is not None
    return StandingCase(found.finding, found.explains)


def test_a_corrected_release_date_ends_a_product_case() -> None:
    """
    The seller's list was wrong; with the right date no rule fires.
    """
    lines = copies(4)
    before = a_standing_case(product(a_context(a_release(LATER), siblings={RELEASE: 4}), lines))
    context = a_context(a_release(LATER), a_release(RELEASE, learned=at(5)), siblings={RELEASE: 4})

    assert judged(a_bench(context, *lines, product_cases={CD: before})).ended is Outcome.RELEASE_CORRECTED


def test_a_release_date_that_is_not_believed_ends_no_product_case() -> None:
    """
    The seller typed a date before the purchases: the ship-bys are as wrong as they were, and one is not restored by that.
    """
    wrong = copies(4, a_state(at(1), RESET))
    before = a_standing_case(product(a_context(a_release(), siblings={RESET: 4}), wrong, now=at(2)))
    typed = a_release(date(2026, 7, 1), learned=at(2))
    context = a_context(a_release(), typed, siblings={RESET: 4}, last_marked_purchase=date(2026, 7, 20))

    seen = judged(a_bench(context, *wrong, product_cases={CD: before}), now=at(2))

    assert (seen.finding and seen.finding.release_date, seen.explains, seen.ended) == (RELEASE, before.orders, None)


def test_a_product_case_that_the_orders_followed_ends_as_restored() -> None:
    """
    The catalogue moved its date, the seller's list did not: the ship-bys came along, so nothing was corrected in the list.
    """
    moved = [a_release(source=ReleaseSource.CATALOG), a_release(date(2026, 9, 17), source=ReleaseSource.CATALOG, learned=at(2))]
    context = a_context(a_release(), *moved, siblings={RELEASE: 3})
    before = a_standing_case(product(context, copies(3), now=at(3)))
    followed = [a_preorder(a_state(at(1)), a_state(at(4), date(2026, 9, 17)), order_id=order) for order in before.orders]

    assert judged(a_bench(context, *followed, product_cases={CD: before}), now=at(4)).ended is Outcome.RESTORED


def test_orders_that_followed_half_the_way_stay_with_the_moved_release() -> None:
    """
    Release moved from the 14th to the 30th, ship-by only to the 22nd: that settles nothing, and is no new matter either.
    """
    context = a_context(a_release(), a_release(date(2026, 9, 30), learned=at(2)), siblings={RELEASE: 2})
    before = a_standing_case(product(context, copies(2), now=at(3)))
    halfway = [a_preorder(a_state(at(1)), a_state(at(4), date(2026, 9, 22)), order_id=order) for order in before.orders]

    seen = judged(a_bench(context, *halfway, product_cases={CD: before}), now=at(5))

    assert (seen.ended, seen.explains) == (None, before.orders)
    assert seen.finding is not None
    assert (seen.finding.cause, seen.finding.ship_by, seen.finding.release_date) == (
        Cause.RELEASE_MOVED,
        date(2026, 9, 22),
        date(2026, 9, 30),
    )


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        ({"status": Status.SHIPPED, "shipped_at": at(7)}, Outcome.SHIPPED_IN_TIME),
        ({"status": Status.SHIPPED, "shipped_at": at(10)}, Outcome.SHIPPED_LATE),
        ({"status": Status.CANCELLED, "cancelled_by": Canceller.MERCHANT}, Outcome.CANCELLED_BY_SELLER),
        ({"status": Status.CANCELLED, "cancel_requested": True}, Outcome.CANCELLED_BY_BUYER),
    ],
)
def test_a_product_case_ends_as_its_worst_order(facts: dict[str, Any], outcome: Outcome) -> None:
    """
    Two were restored; how the third ended is what the seller must know of.
    """
    wrong = copies(3, a_state(at(1), RESET))
    before = a_standing_case(product(a_context(a_release(), siblings={RESET: 3}), wrong, now=at(2)))
    ended, *back = before.orders
    lines = [a_preorder(a_state(at(1), RESET), a_state(at(3)), order_id=order) for order in back]
    gone = a_preorder(a_state(at(1), RESET), a_state(at(11), RESET, **facts), order_id=ended)

    bench = a_bench(a_context(a_release(), siblings={RELEASE: 2}), *lines, gone, product_cases={CD: before})

    assert judged(bench, now=at(11)).ended is outcome


def test_later_moves_join_the_reset_that_stands() -> None:
    """
    Three, then single ones on other days: while the listing reset lasts, such a move is the listing's, not a buyer's.
    """
    first = copies(3, a_state(at(1)), a_state(at(2), RESET))
    before = a_standing_case(product(a_context(a_release(), siblings={RELEASE: 3, RESET: 3}), first, now=at(2)))
    later = [a_preorder(a_state(at(1)), a_state(at(4 + n), RESET)) for n in range(2)]
    context = a_context(a_release(), siblings={RELEASE: 10, RESET: 5})

    seen = judged(a_bench(context, *first, *later, product_cases={CD: before}), now=at(6))

    assert (len(seen.explains), seen.joining) == (5, frozenset(line.order.order_id for line in later))


def test_an_order_is_absorbed_though_only_its_other_product_was_touched() -> None:
    """
    Its first line is misdated with its product; learning the date of the second product's release opens no case for it.
    """
    wrong = copies(3, a_state(at(1), RESET))
    before = a_standing_case(product(a_context(a_release(), siblings={RESET: 3}), wrong, now=at(2)))
    other = a_preorder(a_state(at(1), RESET), order_id=wrong[0].order.order_id, line="item-2", product=ProductId(2))
    contexts = {
        CD: a_context(a_release(), siblings={RESET: 3}),
        ProductId(2): a_context(a_release(), siblings={RESET: 1}, product=ProductId(2)),
    }
    bench = a_bench(contexts[CD], wrong[0], other, products=contexts, live_products=frozenset({ProductId(2)}), product_cases={CD: before})

    (order,) = judge(bench, policy=POLICY, calendars=CALENDARS, now=at(2)).orders

    assert order.absorbed


def test_a_product_case_stands_until_its_last_order_is_right() -> None:
    """
    Four were misdated, three are corrected: the one left is still the product's.
    """
    wrong = copies(4, a_state(at(1), RESET))
    before = a_standing_case(product(a_context(a_release(), siblings={RESET: 4}), wrong, now=at(2)))
    bench = a_bench(a_context(a_release(), siblings={RESET: 1, RELEASE: 3}), wrong[0], product_cases={CD: before})

    assert judged(bench, now=at(2)).explains == {wrong[0].order.order_id}


def test_a_reset_stands_though_the_source_that_showed_pending_orders_is_gone() -> None:
    """
    With shipping reports alone no product rule fires; the three, seen to move in one night, are still as early as they were.
    """
    wrong = [a_preorder(a_state(at(1)), a_state(at(2, hour), RESET)) for hour in (1, 2, 3)]
    before = a_standing_case(product(a_context(a_release(), siblings={RESET: 3}), wrong, now=at(2, 4)))
    context = a_context(a_release(), siblings={RESET: 3}, sees_pending=False)

    seen = judged(a_bench(context, *wrong, product_cases={CD: before}), now=at(3))

    assert (seen.ended, seen.explains) == (None, before.orders)
