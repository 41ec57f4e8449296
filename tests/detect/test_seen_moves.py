"""
A reset that was seen stays seen, whatever moves come after it, until its date is reached again (DOMAIN §5, §7).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.makers import CALENDARS, POLICY, RELEASE, RESET, a_bench, a_context, a_preorder, a_release, a_state, at, copies
from watchdog.detect import judge
from watchdog.terms.finding import Cause, Rule

if TYPE_CHECKING:
    from watchdog.terms.preorder import Preorder
    from watchdog.terms.verdict import Context, Verdict


def judged(context: Context, *lines: Preorder) -> Verdict:
    """
    Return the whole verdict.
    """
    return judge(a_bench(context, *lines), policy=POLICY, calendars=CALENDARS, now=at(7))


def shown(*ship_bys: int) -> Preorder:
    """
    Return a line with these days of September as its ship-by, seen a day apart.
    """
    return a_preorder(*(a_state(at(1 + day), date(2026, 9, ship_by)) for day, ship_by in enumerate(ship_bys)))


@pytest.mark.parametrize(
    ("ship_bys", "previous"),
    [
        pytest.param((14, 7, 9), 14, id="a part is given back"),
        pytest.param((14, 7, 9, 7), 14, id="and taken again"),
        pytest.param((14, 11, 7), 11, id="two resets, nothing given back"),
        pytest.param((14, 11, 7, 11), 14, id="the second is given back, the first is not"),
    ],
)
def test_a_reset_stays_seen_until_its_date_is_reached_again(ship_bys: tuple[int, ...], previous: int) -> None:
    """
    The case keeps its cause and the date before.
    """
    found = judged(a_context(a_release(), siblings={date(2026, 9, ship_bys[-1]): 1}), shown(*ship_bys)).orders[0].finding

    assert found is not None
    assert (found.cause, found.move_seen, found.previous_ship_by) == (Cause.RESET_UNEXPLAINED, True, date(2026, 9, previous))


def test_a_ship_by_given_back_up_to_the_tolerance_is_restored() -> None:
    """
    14 → 8 → 13 September with nobody to compare with: a day before release is where it belongs.
    """
    (order,) = judged(a_context(a_release(), siblings={date(2026, 9, 13): 1}), shown(14, 8, 13)).orders

    assert (order.finding, order.healthy) == (None, True)


def test_a_listing_reset_given_back_in_part_is_no_misdated_listing() -> None:
    """
    All four were seen to move, 14 → 8 → 9: the listing note still knows the right date.
    """
    lines = copies(4, a_state(at(1)), a_state(at(2), RESET), a_state(at(3), date(2026, 9, 9)))

    found = judged(a_context(a_release(), siblings={date(2026, 9, 9): 4}), *lines).products[0].finding

    assert found is not None
    assert (found.rules, found.previous_ship_by) == ((Rule.LISTING_RESET,), RELEASE)


@pytest.mark.parametrize(
    ("ship_bys", "healthy"),
    [
        pytest.param((30, 28, 8, 28), True, id="back at the date before the reset"),
        pytest.param((30, 28, 8, 27), False, id="a day short of it"),
        pytest.param((30, 20, 8, 20), False, id="an earlier reset still stands"),
        pytest.param((28, 8, 9, 8, 9), False, id="a part, twice"),
    ],
)
def test_without_a_release_date_a_ship_by_is_restored_at_the_date_before_the_reset(ship_bys: tuple[int, ...], healthy: bool) -> None:
    """
    A harmless change long before (all orders went from the 30th to the 28th) does not keep the case open.
    """
    counts = {date(2026, 9, 28): 4}
    counts[date(2026, 9, ship_bys[-1])] = counts.get(date(2026, 9, ship_bys[-1]), 0) + 1

    assert judged(a_context(siblings=counts), shown(*ship_bys)).orders[0].healthy is healthy
