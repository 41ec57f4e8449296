"""
Each rule about one order, at its thresholds (DOMAIN §5).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.makers import CALENDARS, POLICY, RELEASE, RESET, a_bench, a_context, a_preorder, a_release, a_state, at, days
from watchdog.detect import judge
from watchdog.terms.finding import Finding, Rule, Severity
from watchdog.terms.observation import Interface, Status

if TYPE_CHECKING:
    from datetime import date, datetime

    from watchdog.terms.preorder import Preorder
    from watchdog.terms.verdict import Context, Examined


def examined(context: Context, *lines: Preorder, now: datetime | None = None, flagged: bool = False) -> Examined:
    """
    Return what the judge says of the first order.
    """
    since = {lines[0].order: at(2)} if flagged else {}
    verdict = judge(a_bench(context, *lines, flagged_since=since), policy=POLICY, calendars=CALENDARS, now=now or at(6))
    return verdict.orders[0]


def finding(context: Context, *lines: Preorder, now: datetime | None = None, flagged: bool = False) -> Finding:
    """
    Return the first order's finding, which must exist.
    """
    found = examined(context, *lines, now=now, flagged=flagged).finding
    assert found is not None
    return found


@pytest.mark.parametrize(("gap", "fires"), [(0, False), (1, False), (2, False), (3, True), (6, True)])
def test_a_ship_by_before_release_fires_beyond_the_tolerance(gap: int, fires: bool) -> None:
    """
    A lead of one or two days is normal (前日お急ぎ便); more is not.
    """
    line = a_preorder(a_state(at(1), RELEASE - days(gap)))

    found = examined(a_context(a_release(), siblings={RELEASE - days(gap): 1}), line).finding

    assert (found is not None and Rule.SHIP_BY_BEFORE_RELEASE in found.rules) is fires


@pytest.mark.parametrize("later", [1, 2, 5])
def test_a_ship_by_after_release_is_normal(later: int) -> None:
    """
    Weekends and holidays move the ship-by later than the release date.
    """
    line = a_preorder(a_state(at(1), RELEASE + days(later)))

    assert examined(a_context(a_release(), siblings={RELEASE + days(later): 1}), line).finding is None


@pytest.mark.parametrize(
    ("old", "new", "releases", "siblings", "severity"),
    [
        pytest.param(RELEASE, RESET, [a_release()], {}, Severity.URGENT, id="beyond the tolerance"),
        pytest.param(RELEASE, RELEASE - days(1), [a_release()], {}, Severity.WARNING, id="within the tolerance, no norm"),
        pytest.param(RELEASE, RELEASE - days(1), [a_release()], {RELEASE: 5}, Severity.WARNING, id="within the tolerance, below the norm"),
        pytest.param(
            RELEASE, RELEASE - days(1), [a_release()], {RELEASE - days(1): 5}, Severity.NOTICE, id="within the tolerance, at the norm"
        ),
        pytest.param(RELEASE + days(6), RELEASE, [a_release()], {}, Severity.NOTICE, id="later than release still"),
        pytest.param(RELEASE, RELEASE - days(3), [], {}, Severity.URGENT, id="release unknown, far"),
        pytest.param(RELEASE, RELEASE - days(2), [], {}, Severity.NOTICE, id="release unknown, near"),
    ],
)
def test_a_move_is_as_severe_as_where_it_went(old: date, new: date, releases: list, siblings: dict, severity: Severity) -> None:  # type: ignore[type-arg]
    """
    The severity of a move follows the table of DOMAIN §5.
    """
    line = a_preorder(a_state(at(1), old), a_state(at(5), new))

    found = finding(a_context(*releases, siblings={**siblings, new: siblings.get(new, 0) + 1}), line)

    assert Rule.SHIP_BY_MOVED_EARLIER in found.rules
    assert found.severity is severity


def test_a_move_that_follows_the_release_date_is_no_reset() -> None:
    """
    Where the release date moved earlier by as much, the ship-by followed it.
    """
    context = a_context(a_release(RELEASE), a_release(RESET, learned=at(4)), siblings={RESET: 1})
    line = a_preorder(a_state(at(1), RELEASE), a_state(at(5), RESET))

    assert examined(context, line).finding is None


def test_one_day_between_two_interfaces_is_no_move() -> None:
    """
    Two interfaces may read one deadline a day apart.
    """
    line = a_preorder(
        a_state(at(1), RELEASE),
        a_state(at(5), RELEASE - days(1), interface=Interface.UNSHIPPED_REPORT, status=None),
    )

    assert examined(a_context(a_release(), siblings={RELEASE - days(1): 1}), line).finding is None


def test_one_day_within_one_interface_is_a_move() -> None:
    """
    The same interface that says another day has moved it.
    """
    line = a_preorder(a_state(at(1), RELEASE), a_state(at(5), RELEASE - days(1)))

    assert finding(a_context(a_release(), siblings={RELEASE - days(1): 1}), line).previous_ship_by == RELEASE


@pytest.mark.parametrize("empty", [None])
def test_an_absent_ship_by_in_between_is_skipped(empty: None) -> None:
    """
    A missing window is no news: the move is measured from the last known ship-by.
    """
    line = a_preorder(a_state(at(1), RELEASE), a_state(at(3), empty), a_state(at(5), RESET))

    found = finding(a_context(a_release(), siblings={RESET: 1}), line)

    assert (found.previous_ship_by, found.ship_by) == (RELEASE, RESET)


@pytest.mark.parametrize(
    ("others", "early", "releases", "severity"),
    [
        pytest.param(13, 6, [a_release()], Severity.URGENT, id="far from a norm of thirteen"),
        pytest.param(3, 1, [a_release()], Severity.WARNING, id="one day before a norm of three"),
        pytest.param(3, 3, [], Severity.URGENT, id="release unknown, three days"),
        pytest.param(3, 2, [], Severity.WARNING, id="release unknown, two days"),
    ],
)
def test_the_odd_one_out_is_seen_without_history(others: int, early: int, releases: list, severity: Severity) -> None:  # type: ignore[type-arg]
    """
    At first sight an order may already carry the wrong date; its siblings show it.
    """
    line = a_preorder(a_state(at(1), RELEASE - days(early)))

    found = finding(a_context(*releases, siblings={RELEASE: others, RELEASE - days(early): 1}), line)

    assert Rule.ODD_ONE_OUT in found.rules
    assert found.severity is severity
    assert (found.siblings.count, found.siblings.ship_by) == (others, RELEASE)


@pytest.mark.parametrize("siblings", [{RELEASE: 2}, {RELEASE: 3, RELEASE + days(5): 2}], ids=["two siblings", "no two thirds"])
def test_without_a_norm_nobody_is_odd(siblings: dict[date, int]) -> None:
    """
    A norm needs three siblings and two thirds of them.
    """
    line = a_preorder(a_state(at(1), RELEASE - days(1)))

    found = examined(a_context(a_release(), siblings={**siblings, RELEASE - days(1): 1}), line).finding

    assert found is None


@pytest.mark.parametrize(("day", "early"), [(10, True), (11, False)])
def test_leaving_pending_is_early_more_than_three_days_before_release(day: int, early: bool) -> None:
    """
    On its own it is a notice, which sends no message.
    """
    line = a_preorder(a_state(at(1)), a_state(at(day), status=Status.PENDING))

    found = examined(a_context(a_release(), siblings={RELEASE: 1}), line, now=at(day, 2)).finding

    assert (found is not None) is early
    if found is not None:
        assert found.severity is Severity.NOTICE


def test_leaving_pending_early_raises_a_warning_to_urgent() -> None:
    """
    A one-day move is a warning; together with an early exit it is urgent.
    """
    line = a_preorder(a_state(at(1)), a_state(at(5), RELEASE - days(1), status=Status.UNSHIPPED))

    assert finding(a_context(a_release(), siblings={RELEASE - days(1): 1}), line).severity is Severity.URGENT


def test_the_reporting_date_says_when_an_order_left_pending() -> None:
    """
    A report seen late still shows that the order became ready long before release.
    """
    line = a_preorder(a_state(at(13), status=Status.UNSHIPPED, fulfillable_at=at(4), interface=Interface.UNSHIPPED_REPORT))

    assert finding(a_context(a_release(), siblings={RELEASE: 1}), line, now=at(13)).rules == (Rule.LEFT_PENDING_EARLY,)


@pytest.mark.parametrize(("hour", "passed"), [(14, False), (15, True)])
def test_a_ship_by_has_passed_when_its_local_day_is_over(hour: int, passed: bool) -> None:
    """
    8 September ends at 15:00 UTC in Japan.
    """
    line = a_preorder(a_state(at(1), RESET))

    found = finding(a_context(a_release(), siblings={RESET: 1}), line, now=at(8, hour))

    assert (Rule.PAST_SHIP_BY in found.rules) is passed


@pytest.mark.parametrize(("day", "near"), [(14, False), (15, True), (17, True)])
def test_auto_cancel_is_near_two_business_days_before_the_seventh(day: int, near: bool) -> None:
    """
    Seven business days after Tuesday 8 September is Thursday the 17th; two business days before is the 15th.
    """
    line = a_preorder(a_state(at(1), RESET))

    found = finding(a_context(a_release(), siblings={RESET: 1}), line, now=at(day))

    assert (Rule.AUTO_CANCEL_NEAR in found.rules) is near


def test_a_buyers_request_on_a_flagged_order_is_urgent() -> None:
    """
    Approving it at once is the way out.
    """
    line = a_preorder(a_state(at(1), RELEASE - days(1), cancel_requested=True))

    found = finding(a_context(a_release(), siblings={RELEASE - days(1): 1}), line, flagged=True)

    assert (found.rules, found.severity) == ((Rule.BUYER_ASKED_CANCEL,), Severity.URGENT)


def test_a_buyers_request_on_a_healthy_order_is_the_sellers_daily_business() -> None:
    """
    No case, no alarm.
    """
    line = a_preorder(a_state(at(1), cancel_requested=True))

    assert examined(a_context(a_release(), siblings={RELEASE: 1}), line).finding is None


def test_an_order_with_nothing_to_compare_is_named_unwatched() -> None:
    """
    No believed release date and no norm: a notice, not silence (S25).
    """
    line = a_preorder(a_state(at(1)))

    found = finding(a_context(siblings={RELEASE: 1}), line)

    assert (found.rules, found.severity) == ((Rule.RELEASE_UNKNOWN,), Severity.NOTICE)


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.SHIPPED, Status.UNFULFILLABLE])
def test_closed_orders_are_not_judged(status: Status) -> None:
    """
    A cancelled order that keeps its date is nobody's deadline (S10).
    """
    line = a_preorder(a_state(at(1), RESET, status=status))

    assert examined(a_context(a_release()), line).finding is None


def test_each_line_is_judged_by_itself_and_the_worst_speaks_for_the_order() -> None:
    """
    Two lines of one order: the finding is the wrong one's and names only it.
    """
    wrong = a_preorder(a_state(at(1), RESET), order_id="250-1111111-1111111", line="wrong")
    right = a_preorder(a_state(at(1), RELEASE), order_id="250-1111111-1111111", line="right")

    found = finding(a_context(a_release(), siblings={RELEASE: 1, RESET: 1}), right, wrong)

    assert (found.ship_by, found.order_item_ids) == (RESET, ("wrong",))
