"""
Rules about a whole product, their precedence, and which orders they explain (DOMAIN §5).
"""

from __future__ import annotations

from datetime import date

import pytest

from tests.detect.makers_detect import judged, product
from tests.makers import CALENDARS, POLICY, RELEASE, RESET, a_bench, a_context, a_preorder, a_release, a_state, at, copies, days
from watchdog.detect import judge, suspicion
from watchdog.terms.finding import Cause, Rule, Severity
from watchdog.terms.look import ReleaseSource

LATER = date(2026, 9, 28)


def test_a_release_that_moved_later_explains_all_orders_left_behind() -> None:
    """
    The maker moves the release by two weeks: one grouped case (S16).
    """
    lines = copies(5)
    context = a_context(a_release(), a_release(LATER, learned=at(4)), siblings={RELEASE: 5})

    seen = product(context, lines)

    assert seen.finding is not None
    assert (seen.finding.cause, seen.finding.severity) == (Cause.RELEASE_MOVED, Severity.WARNING)
    assert (seen.finding.release_date, seen.finding.ship_by, seen.finding.order_count) == (LATER, RELEASE, 5)
    assert seen.explains == {line.order.order_id for line in lines}


def test_a_moved_release_becomes_urgent_three_business_days_before_the_first_ship_by() -> None:
    """
    Wednesday 9 September is three business days before Monday the 14th.
    """
    context = a_context(a_release(), a_release(LATER, learned=at(4)), siblings={RELEASE: 5})
    found = [product(context, copies(5), now=at(day)).finding for day in (8, 9)]

    assert [each.severity for each in found if each] == [Severity.WARNING, Severity.URGENT]


def test_a_lower_source_that_moved_asks_the_seller_to_confirm() -> None:
    """
    The seller's list is believed, yet the catalogue's change is shown.
    """
    catalogue = [a_release(RELEASE, source=ReleaseSource.CATALOG), a_release(LATER, source=ReleaseSource.CATALOG, learned=at(4))]

    seen = product(a_context(a_release(), *catalogue, siblings={RELEASE: 2}), copies(2))

    assert seen.finding is not None
    assert (seen.finding.release_source, seen.finding.release_date) == (ReleaseSource.CATALOG, LATER)


def test_learning_a_release_date_for_the_first_time_is_no_change() -> None:
    """
    Only a value that replaces another of the same source is a move.
    """
    context = a_context(a_release(), a_release(LATER, source=ReleaseSource.CATALOG, learned=at(4)), siblings={RELEASE: 5})

    assert product(context, copies(5)).finding is None


def test_an_order_reset_after_the_release_moved_keeps_its_own_case() -> None:
    """
    Its ship-by is not unchanged since.
    """
    lines = (*copies(4), reset := a_preorder(a_state(at(1)), a_state(at(5), RESET)))
    context = a_context(a_release(), a_release(LATER, learned=at(4)), siblings={RELEASE: 4, RESET: 1})

    assert reset.order.order_id not in product(context, lines).explains


def test_an_order_with_an_older_case_of_its_own_is_not_taken_over() -> None:
    """
    A product case takes over only what opened in its interval.
    """
    lines = (*copies(4), reset := a_preorder(a_state(at(1)), a_state(at(2), RESET)))
    context = a_context(a_release(), a_release(LATER, learned=at(4)), siblings={RELEASE: 4, RESET: 1})

    assert reset.order.order_id not in judged(a_bench(context, *lines, flagged_since={reset.order: at(3)})).explains


def test_many_moves_within_a_day_are_one_listing_reset() -> None:
    """
    Forty orders that lost their date together point at the listing, not at forty buyers.
    """
    moved = copies(40, a_state(at(1)), a_state(at(5), RESET))
    seen = product(a_context(a_release(), siblings={RELEASE: 20, RESET: 40}), moved)

    assert seen.finding is not None
    assert (seen.finding.rules, seen.finding.severity) == ((Rule.LISTING_RESET,), Severity.URGENT)
    assert (seen.finding.order_count, len(seen.finding.orders), len(seen.explains)) == (40, 40, 40)
    assert (seen.finding.previous_ship_by, seen.finding.ship_by) == (RELEASE, RESET)


@pytest.mark.parametrize(
    ("moved", "still"), [pytest.param(2, 0, id="two are too few"), pytest.param(3, 4, id="three of seven are less than half")]
)
def test_few_moves_stay_orders_of_their_own(moved: int, still: int) -> None:
    """
    At least three, and at least half of the product's open pre-orders.
    """
    lines = copies(moved, a_state(at(1)), a_state(at(5), RESET))

    assert product(a_context(a_release(), siblings={RELEASE: still, RESET: moved}), lines).finding is None


def test_moves_more_than_a_day_apart_are_not_one_reset() -> None:
    """
    Each day's moves are counted by themselves.
    """
    lines = [a_preorder(a_state(at(1)), a_state(at(2 + 2 * n), RESET)) for n in range(3)]

    assert product(a_context(a_release(), siblings={RESET: 3}), lines, now=at(8)).finding is None


def test_a_listing_reset_with_unknown_release_needs_moves_beyond_the_tolerance() -> None:
    """
    Release unknown: moved by more than two days.
    """
    far = copies(3, a_state(at(1)), a_state(at(5), RESET))
    near = copies(3, a_state(at(1)), a_state(at(5), RELEASE - days(2)))

    assert product(a_context(siblings={RESET: 3}), far).finding is not None
    assert product(a_context(siblings={RELEASE - days(2): 3}), near).finding is None


def test_most_orders_before_release_without_a_move_are_a_misdated_listing() -> None:
    """
    A listing without release date promises every order in two days (S18).
    """
    lines = [a_preorder(a_state(at(1), date(2026, 9, 3 + n))) for n in range(4)]
    seen = product(a_context(a_release(), siblings={date(2026, 9, 3 + n): 1 for n in range(4)} | {RELEASE: 2}), lines, now=at(1))

    assert seen.finding is not None
    assert (seen.finding.rules[0], seen.finding.ship_by) == (Rule.LISTING_MISDATED, date(2026, 9, 3))
    assert (seen.finding.siblings.count, seen.finding.siblings.ship_by) == (2, RELEASE)


def test_a_misdated_listing_does_not_explain_an_order_far_before_the_others() -> None:
    """
    The common date is wrong by itself; an order still earlier has a trouble of its own.
    """
    common = date(2026, 9, 10)
    lines = (*copies(6, a_state(at(1), common)), alone := a_preorder(a_state(at(1), common - days(3))))

    seen = product(a_context(a_release(), siblings={common: 6, common - days(3): 1}), lines, now=at(1))

    assert alone.order.order_id not in seen.explains
    assert len(seen.explains) == 6


def test_shipping_reports_never_make_a_product_case_of_dates() -> None:
    """
    They list only orders that left pending, so nothing can be said of the product as a whole.
    """
    moved = copies(5, a_state(at(1)), a_state(at(5), RESET))

    assert product(a_context(a_release(), siblings={RESET: 5}, sees_pending=False), moved).finding is None


def test_a_passed_ship_by_escalates_the_product_case() -> None:
    """
    What becomes due on absorbed orders is the product case's.
    """
    lines = copies(4, a_state(at(1), date(2026, 9, 4)))

    seen = product(a_context(a_release(), siblings={date(2026, 9, 4): 4}), lines, now=at(6))

    assert seen.finding is not None
    assert Rule.PAST_SHIP_BY in seen.finding.rules
    assert seen.finding.severity is Severity.URGENT


def test_two_large_waves_are_one_reset_at_first_sight() -> None:
    """
    Four of eight on one day and four on another: each is enough by itself, so neither is left out.
    """
    lines = [*copies(4, a_state(at(1)), a_state(at(2), RESET)), *copies(4, a_state(at(1)), a_state(at(5), RESET))]

    assert len(product(a_context(a_release(), siblings={RESET: 8}), lines).explains) == 8


def test_orders_that_vanished_make_no_product_rule_fire() -> None:
    """
    Three early orders are listed no more, three healthy ones are: that is not half of the six.
    """
    gone = copies(3, a_state(at(1), RESET), a_state(at(3), listed=False), listed=False)

    assert product(a_context(a_release(), siblings={RELEASE: 3}), gone).finding is None


def test_a_healthy_product_is_not_suspect_line_by_line() -> None:
    """
    Ten thousand orders at the norm need no look of their own (DESIGN law 4).
    """
    bound = suspicion(a_context(a_release(), siblings={RELEASE: 10_000}), policy=POLICY, calendar=CALENDARS[next(iter(CALENDARS))])

    assert bound.ship_by_before == RELEASE
    assert not bound.every_new_line


def test_healthy_orders_that_must_leave_today_are_one_notice() -> None:
    """
    One digest line per product, however many orders.
    """
    context = a_context(a_release(), siblings={RELEASE: 10_000})

    verdict = judge(a_bench(context), policy=POLICY, calendars=CALENDARS, now=at(14))

    assert [(each.rules, each.order_count, each.subject.order_id) for each in verdict.notices] == [((Rule.SHIP_BY_NEAR,), 10_000, None)]
