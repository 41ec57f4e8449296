"""
The decision in figures: each window before and after, the day it leaves, what a cancellation costs.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases.makers_cases import a_case
from tests.makers import CALENDARS, POLICY
from watchdog.cases.figures import Choices, in_figures
from watchdog.terms.case import Case, CaseEvent, CaseFile, CaseState, CaseStep
from watchdog.terms.health import HealthFigure, Metric
from watchdog.terms.identity import MarketplaceId
from watchdog.terms.letter import Asked
from watchdog.terms.marketplace import JAPAN
from watchdog.terms.money import Money

NOW = datetime(2026, 9, 10, 3, tzinfo=UTC)
THIRTY = HealthFigure(JAPAN, Metric.LATE_SHIPMENT, 30, NOW, "inbox:health_report", 100, 2, target=0.04, window_to=date(2026, 9, 9))
TEN = replace(THIRTY, window_days=10, orders=40, defects=1)
SEVEN = replace(THIRTY, metric=Metric.CANCELLATION, window_days=7, orders=40, defects=0, target=0.025)


def choices(case: Case, *figures: HealthFigure, steps: tuple[CaseStep, ...] = (), **asked: Any) -> Choices:
    """
    Return the choices of a case.
    """
    found = in_figures(CaseFile(case, steps), figures, policy=POLICY, calendar=CALENDARS[JAPAN], now=NOW, **asked)
    assert found is not None
    return found


def test_both_windows_are_told_before_and_after() -> None:
    """
    By hand: 1/40 = 2.5 % becomes 2/40 = 5 % and misses 4 %; 2/100 becomes 3/100, one more is left.
    """
    ten, thirty = choices(a_case(), THIRTY, TEN, SEVEN).late

    assert (ten.figure.window_days, ten.before, ten.after) == (10, Fraction(1, 40), Fraction(2, 40))
    assert (ten.room_before, ten.room_after, ten.misses) == (1, 0, True)
    assert (thirty.before, thirty.after, thirty.room_before, thirty.room_after, thirty.misses) == (
        Fraction(2, 100), Fraction(3, 100), 2, 1, False,
    )  # fmt: skip


def test_what_is_not_confirmed_counts_on_the_release_date_at_the_earliest() -> None:
    """
    It can't be shipped before; from then the windows are counted.
    """
    told = choices(a_case(), THIRTY, TEN)

    assert (told.counts_on, told.is_confirmed) == (date(2026, 9, 14), False)
    assert [each.leaves_on for each in told.late] == [date(2026, 9, 24), date(2026, 10, 14)]
    assert [each.already for each in told.late] == [False, False]


def test_what_may_yet_be_confirmed_today_is_not_counted_yet() -> None:
    """
    After the release the day is today, and today's figure can't hold what did not happen.
    """
    later = datetime(2026, 9, 20, 3, tzinfo=UTC)
    figure = replace(THIRTY, window_to=date(2026, 9, 20))
    told = in_figures(CaseFile(a_case()), [figure], policy=POLICY, calendar=CALENDARS[JAPAN], now=later)

    assert told is not None and told.counts_on == date(2026, 9, 20)
    assert (told.late[0].already, told.late[0].before, told.cancel_is_past) == (False, Fraction(2, 100), True)


def test_a_confirmed_order_counts_on_the_day_of_its_confirmation() -> None:
    """
    By the marketplace's date: half past three in the morning of the 9th in Tokyo is still the 8th in UTC.
    """
    shipped = CaseStep(a_case().no, datetime(2026, 9, 8, 18, 30, tzinfo=UTC), CaseEvent.SHIPPED, CaseState.OPEN, "watchdog")
    told = choices(a_case(), THIRTY, steps=(shipped,))

    [thirty] = told.late
    assert (told.counts_on, told.is_confirmed, told.cancels_on) == (date(2026, 9, 9), True, None)
    assert (thirty.already, thirty.before, thirty.after) == (True, Fraction(1, 100), Fraction(2, 100))


def test_if_nothing_is_done_amazon_cancels_and_the_other_rate_counts_it() -> None:
    """
    Seven business days after 8 September are over on the 18th: from then on (no holiday lies between).
    """
    told = choices(a_case(), THIRTY, SEVEN)

    [seven] = told.cancelled
    assert told.cancels_on == date(2026, 9, 18)
    assert (seven.before, seven.after, seven.misses) == (Fraction(0), Fraction(1, 40), True)


def test_what_no_figure_tells_is_not_made_up() -> None:
    """
    No figures, another marketplace's, rates without counts, an unknown release date.
    """
    bare = choices(a_case())
    other = choices(a_case(), replace(THIRTY, marketplace_id=MarketplaceId("ATVPDKIKX0DER")))
    [rate_alone] = choices(a_case(), replace(THIRTY, orders=None, defects=None, rate=0.02)).late
    case = a_case()
    unknown = choices(replace(case, finding=replace(case.finding, release_date=None)), THIRTY)

    assert (bare.late, bare.cancelled, other.late) == ((), (), ())
    assert (rate_alone.before, rate_alone.after, rate_alone.misses) == (None, None, None)
    assert (unknown.counts_on, unknown.late[0].leaves_on) == (None, None)


@pytest.mark.parametrize(
    ("paid", "now", "saving"),
    [("2200", "1100", Decimal(1100)), ("1100", "1100", None), ("1000", "1100", None), (None, "1100", None)],
)
def test_the_buyers_saving_is_told_where_both_prices_are(paid: str | None, now: str, saving: Decimal | None) -> None:
    """
    And where there is one; the margin is the seller's own word.
    """
    asked = Asked(Money(Decimal(now), "JPY"), NOW, Money(Decimal(paid), "JPY") if paid else None)
    told = choices(a_case(), margin=Money(Decimal(1000), "JPY"), asked=asked)

    assert told.margin == Money(Decimal(1000), "JPY")
    assert told.saving == (Money(saving, "JPY") if saving else None)


def test_prices_of_two_currencies_make_no_saving() -> None:
    """
    They are never subtracted.
    """
    asked = Asked(Money(Decimal(11), "USD"), NOW, Money(Decimal(2200), "JPY"))

    assert choices(a_case(), asked=asked).saving is None


@pytest.mark.parametrize("state", [CaseState.RESOLVED, CaseState.DISMISSED])
def test_a_closed_case_leaves_nothing_to_choose(state: CaseState) -> None:
    """
    None, rather than figures of no use.
    """
    file = CaseFile(replace(a_case(), state=state))

    assert in_figures(file, [THIRTY], policy=POLICY, calendar=CALENDARS[JAPAN], now=NOW) is None


@given(orders=st.integers(1, 2000), late=st.integers(0, 100), more=st.integers(1, 60))
def test_after_is_never_better_than_before(orders: int, late: int, more: int) -> None:
    """
    So many orders more cost so much room, until there is none.
    """
    case = a_case()
    case = replace(case, finding=replace(case.finding, order_count=more))
    [told] = choices(case, replace(THIRTY, orders=orders, defects=min(late, orders))).late

    assert told.before is not None and told.after is not None and told.room_before is not None
    assert told.after > told.before
    assert told.room_after == max(0, told.room_before - more) or told.room_before == 0
