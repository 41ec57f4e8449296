"""
Release dates that change more than once, or before the order was first seen: who is left behind, and what only follows (DOMAIN §4, §5).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.makers import CALENDARS, POLICY, RELEASE, RESET, a_bench, a_context, a_preorder, a_release, a_state, at, copies, days
from watchdog.detect import judge, suspicion
from watchdog.terms.finding import Cause, EvidenceKind, Rule
from watchdog.terms.look import ReleaseSource

if TYPE_CHECKING:
    from datetime import datetime

    from watchdog.terms.preorder import Preorder
    from watchdog.terms.product import ReleaseDate
    from watchdog.terms.verdict import Context, Verdict

LATER = date(2026, 9, 30)
TYPO = date(2026, 9, 4)
BOUGHT = at(20, month=7)


def judged(context: Context, *lines: Preorder, now: datetime | None = None) -> Verdict:
    """
    Return the whole verdict.
    """
    return judge(a_bench(context, *lines), policy=POLICY, calendars=CALENDARS, now=now or at(6))


@pytest.mark.parametrize(
    "releases",
    [
        pytest.param(
            [a_release(), a_release(TYPO, learned=at(1, month=8)), a_release(learned=at(2, month=8))], id="a typing error taken back"
        ),
        pytest.param([a_release(), a_release(LATER, learned=at(1, month=8))], id="moved weeks ago"),
    ],
)
def test_an_order_first_seen_after_the_change_and_wrong_before_it_keeps_its_own_case(releases: list[ReleaseDate]) -> None:
    """
    The incident's order never fitted the date it was bought under, so no change of the release date explains it.
    """
    line = a_preorder(a_state(at(3), RESET), purchased_at=BOUGHT)

    verdict = judged(a_context(*releases, siblings={RESET: 1}), line)

    assert verdict.products[0].finding is None
    assert verdict.orders[0].finding is not None
    assert Rule.SHIP_BY_BEFORE_RELEASE in verdict.orders[0].finding.rules


def test_an_order_first_seen_after_the_change_with_the_date_it_was_bought_under_was_left_behind() -> None:
    """
    Shipping reports list it only now; its ship-by is still the old release date.
    """
    line = a_preorder(a_state(at(3), RELEASE), purchased_at=BOUGHT)
    context = a_context(a_release(), a_release(LATER, learned=at(1, month=8)), siblings={RELEASE: 1}, sees_pending=False)

    assert judged(context, line).products[0].explains == {line.order.order_id}


def test_an_order_bought_after_the_change_was_not_left_behind() -> None:
    """
    Its ship-by never belonged to the old date.
    """
    line = a_preorder(a_state(at(3), RELEASE), purchased_at=at(2, month=8))
    context = a_context(a_release(), a_release(LATER, learned=at(1, month=8)), siblings={RELEASE: 1})

    assert judged(context, line).products[0].finding is None


def test_a_release_put_off_and_then_put_off_by_less_is_still_a_moved_release() -> None:
    """
    14 → 30 → 20 September: the orders of the 14th wait for the change from the 14th to the 20th.
    """
    again = date(2026, 9, 20)
    context = a_context(a_release(), a_release(LATER, learned=at(2)), a_release(again, learned=at(4)), siblings={RELEASE: 2})

    found = judged(context, *copies(2)).products[0].finding

    assert found is not None
    assert (found.cause, found.release_date, found.seen_at) == (Cause.RELEASE_MOVED, again, at(2))
    assert next(each.old for each in found.evidence if each.kind is EvidenceKind.RELEASE_CHANGE) == str(RELEASE)


def test_a_lower_source_that_went_up_and_partly_back_still_makes_its_orders_suspect() -> None:
    """
    The catalogue's 14 → 30 → 20 against the seller's 14: lines before the 18th are looked at.
    """
    days_said = ((RELEASE, at(1, month=7)), (LATER, at(2)), (date(2026, 9, 20), at(4)))
    said = [a_release(day, source=ReleaseSource.CATALOG, learned=learned) for day, learned in days_said]

    bound = suspicion(a_context(a_release(), *said, siblings={RELEASE: 2}), policy=POLICY, calendar=next(iter(CALENDARS.values())))

    assert bound.ship_by_before == date(2026, 9, 18)


@pytest.mark.parametrize(
    ("old", "new", "follows"),
    [
        pytest.param(19, 13, True, id="by as many days"),
        pytest.param(20, 12, True, id="by more, yet it fits the new date"),
        pytest.param(20, 11, False, id="beyond the new date's tolerance"),
    ],
)
def test_a_ship_by_may_follow_an_earlier_release_some_sweeps_later(old: int, new: int, follows: bool) -> None:
    """
    The list went from the 20th to the 14th, the sweep after it still showed the old ship-by, the next one the new.
    """
    before, after = date(2026, 9, old), date(2026, 9, new)
    line = a_preorder(a_state(at(1), before, seen_until=at(3)), a_state(at(4), after))
    context = a_context(a_release(date(2026, 9, 20)), a_release(learned=at(2)), siblings={after: 1})

    assert (judged(context, line).orders[0].finding is None) is follows


def test_a_ship_by_that_moves_again_after_it_has_followed_is_seen() -> None:
    """
    The release date's change is used up: two days before release, a warning.
    """
    line = a_preorder(a_state(at(1), date(2026, 9, 20)), a_state(at(3), RELEASE), a_state(at(4), RELEASE - days(2)))
    context = a_context(a_release(date(2026, 9, 20)), a_release(learned=at(2)), siblings={RELEASE - days(2): 1})

    found = judged(context, line).orders[0].finding

    assert found is not None
    assert found.rules == (Rule.SHIP_BY_MOVED_EARLIER,)


def test_the_release_date_is_unchanged_since_its_newest_source_was_learned() -> None:
    """
    Of the time before nothing is known of what the catalogue said.
    """
    said = a_release(), a_release(source=ReleaseSource.CATALOG, learned=at(3))
    found = judged(a_context(*said, siblings={RESET: 1}), a_preorder(a_state(at(4), RESET))).orders[0].finding

    assert found is not None
    assert [each.before_at for each in found.evidence if each.kind is EvidenceKind.RELEASE_STEADY] == [at(3)]
