"""
The arithmetic of account health: exact shares, targets from the report itself, headroom in whole orders, windows by marketplace date.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchdog.terms.health import Aim, HealthFigure, Level, Metric, holds, leaves_on, rate_with, standing
from watchdog.terms.marketplace import JAPAN
from watchdog.terms.policy import Policy

POLICY = Policy()
LATE = HealthFigure(JAPAN, Metric.LATE_SHIPMENT, 30, datetime(2026, 9, 6, tzinfo=UTC), "typed", target=0.04)


def late(defects: int, orders: int, **changes: object) -> HealthFigure:
    """
    Return the late shipment rate of so many orders.
    """
    return replace(LATE, orders=orders, defects=defects, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("defects", "orders", "headroom", "level"),
    [
        (0, 25, 1, Level.NEAR),  # one late order in 25 is 4 %, on the target: missed
        (0, 26, 2, Level.GOOD),  # one in 26 is 3.8 %
        (0, 100, 4, Level.GOOD),
        (2, 100, 2, Level.GOOD),  # 2 more late shipments break 4 %
        (3, 100, 1, Level.NEAR),
        (3, 101, 2, Level.GOOD),  # 4 in 101 is 3.96 %; 2.97 % is not over 75 % of the target
        (4, 101, 1, Level.NEAR),
        (4, 100, 0, Level.MISSED),
        (6, 171, 1, Level.NEAR),  # 3.5 % (S20)
        (6, 50, 0, Level.MISSED),  # 12 % (S20)
        (0, 1, 1, Level.NEAR),
        (0, 0, 1, Level.GOOD),  # nothing was shipped: no rate to be near to
        (31, 1000, 9, Level.NEAR),  # 3.1 % is over 75 % of 4 %
        (30, 1000, 10, Level.GOOD),  # and 3.0 % is just 75 %
    ],
)
def test_headroom_is_counted_in_whole_orders(defects: int, orders: int, headroom: int, level: Level) -> None:
    """
    Computed by hand: the smallest number of further late orders among as many orders that is not below 4 %.
    """
    found = standing(late(defects, orders), POLICY)

    assert (found.headroom, found.level) == (headroom, level)


@given(orders=st.integers(1, 5_000), defects=st.integers(0, 5_000), target=st.integers(1, 999))
def test_the_headroom_is_the_first_defect_that_misses_the_target(orders: int, defects: int, target: int) -> None:
    """
    With one fewer it is still held.
    """
    figure = late(min(defects, orders), orders, target=target / 1000)
    found = standing(figure, POLICY)

    assert found.headroom is not None and found.limit == Fraction(target, 1000)
    after = rate_with(figure, found.headroom)
    before = rate_with(figure, found.headroom - 1)
    assert after is not None and after >= found.limit
    assert found.headroom == 0 or (before is not None and before < found.limit)


@given(good=st.integers(0, 500), bad=st.integers(0, 500), target=st.integers(50, 99))
def test_a_target_to_stay_above_is_the_same_from_the_other_side(good: int, bad: int, target: int) -> None:
    """
    95 % of shipments in time is 5 % too late.
    """
    above = HealthFigure(JAPAN, Metric.ON_TIME_DELIVERY, 30, LATE.as_of, "typed", good + bad, bad, None, target / 100, aim=Aim.ABOVE)
    below = replace(above, target=round(1 - target / 100, 2), aim=Aim.BELOW)

    assert standing(above, POLICY).headroom == standing(below, POLICY).headroom
    assert standing(above, POLICY).level is standing(below, POLICY).level


def test_the_target_is_the_reports_own_and_the_policys_only_where_it_has_none() -> None:
    """
    Another policy changes nothing for a figure that names its target.
    """
    strict = replace(POLICY, late_shipment_target=0.02)

    assert standing(late(3, 100), strict).target == 0.04
    unsaid = standing(late(3, 100, target=None), strict)
    assert (unsaid.target, unsaid.target_is_policy, unsaid.level) == (0.02, True, Level.MISSED)


def test_without_any_target_nothing_is_judged() -> None:
    """
    There is no policy number for deliveries; Amazon's own word is all there is.
    """
    figure = HealthFigure(JAPAN, Metric.ON_TIME_DELIVERY, 30, LATE.as_of, "typed", 100, 10, aim=Aim.ABOVE)

    assert standing(figure, POLICY).level is Level.UNKNOWN
    assert standing(replace(figure, status="BAD"), POLICY).level is Level.MISSED


def test_counts_that_contradict_the_rate_are_not_counted_with() -> None:
    """
    In Amazon's own example 551 of 17,197 stand beside 0.5 %: the rate is Amazon's word, headroom can't be told.
    """
    figure = late(551, 17_197, rate=0.005, target=0.01, metric=Metric.CANCELLATION)
    found = standing(figure, POLICY)

    assert figure.contradicts_itself
    assert (figure.share, found.headroom, found.level) == (Fraction(5, 1000), None, Level.GOOD)


def test_a_rounded_rate_is_no_contradiction() -> None:
    """
    3.2 % as people read it, 27,896 of 870,669 as it is.
    """
    figure = late(27_896, 870_669, rate=0.032)

    assert not figure.contradicts_itself
    assert standing(figure, POLICY).headroom == 34_827 - 27_896


@pytest.mark.parametrize(
    ("status", "share", "level"),
    [("BAD", 1, Level.MISSED), ("GOOD", 4, Level.NEAR), ("GOOD", 1, Level.GOOD), (None, 4, Level.MISSED), ("NONE", 4, Level.MISSED)],
)
def test_amazons_own_word_weighs(status: str | None, share: int, level: Level) -> None:
    """
    BAD is missed; GOOD on the line is a rounded rate, so near.
    """
    assert standing(late(share, 100, status=status), POLICY).level is level


@pytest.mark.parametrize(
    ("metric", "status", "defects", "level"),
    [
        (Metric.ACCOUNT, "NORMAL", None, Level.GOOD),
        (Metric.ACCOUNT, "AT_RISK", None, Level.NEAR),
        (Metric.ACCOUNT, "DEACTIVATED", None, Level.MISSED),
        (Metric.ACCOUNT, "SUSPENDED", None, Level.MISSED),
        (Metric.ACCOUNT, "SOMETHING_NEW", None, Level.UNKNOWN),
        (Metric.RATING, "WARNED", None, Level.NEAR),
        (Metric.LISTING_POLICY, None, 2, Level.MISSED),
        (Metric.LISTING_POLICY, None, 0, Level.GOOD),
        (Metric.LISTING_POLICY, "NONE", None, Level.UNKNOWN),
    ],
)
def test_what_has_no_rate_is_judged_by_its_word_or_count(metric: Metric, status: str | None, defects: int | None, level: Level) -> None:
    """
    Words the program does not know are not guessed.
    """
    figure = HealthFigure(JAPAN, metric, 0, LATE.as_of, "typed", defects=defects, status=status, aim=Aim.EXACTLY)

    assert standing(figure, POLICY).level is level


def test_an_order_leaves_a_window_by_marketplace_dates() -> None:
    """
    Confirmed on 8 September, it is in the windows that end on 17 September and gone from those of the 18th (10 days) and 8 October (30).
    """
    confirmed = date(2026, 9, 8)

    assert leaves_on(confirmed, 10) == date(2026, 9, 18)
    assert leaves_on(confirmed, 30) == date(2026, 10, 8)


@given(offset=st.integers(-50, 50), window=st.sampled_from([7, 10, 30, 60]))
def test_a_window_holds_a_day_until_it_leaves(offset: int, window: int) -> None:
    """
    ``holds`` and ``leaves_on`` say the same.
    """
    end = date(2026, 9, 30)
    day = end + timedelta(days=offset)
    figure = replace(LATE, window_days=window, window_to=end)

    assert holds(figure, day) is (day <= end < leaves_on(day, window))
    assert holds(replace(figure, window_to=None), day) is None
