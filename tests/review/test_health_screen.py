"""
The charts of account health, column by column, and when a figure is told to be old.
"""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchdog.compose.wording import words
from watchdog.detect.near_limit import FRESH
from watchdog.review.health import gauges, unsaid
from watchdog.review.health_screen import HealthScreen, bar, course
from watchdog.terms.health import HealthFigure, Metric
from watchdog.terms.marketplace import JAPAN
from watchdog.terms.policy import Policy

NOW = datetime(2026, 9, 6, 3, tzinfo=UTC)
LATE = HealthFigure(JAPAN, Metric.LATE_SHIPMENT, 30, NOW, "typed", 100, 2, target=0.04, window_to=date(2026, 9, 6))


def shown(*figures: HealthFigure, now: datetime = NOW, language: str = "ja") -> str:
    """
    Return the screen of these figures.
    """
    out = io.StringIO()
    HealthScreen(out, words(language), year=2026).health(gauges(figures, {}, Policy()), unsaid(figures), now=now)
    return out.getvalue()


@pytest.mark.parametrize(
    ("used", "drawn"),
    [
        (Fraction(0), "···············┊····│····"),
        (Fraction(1, 2), "██████████·····┊····│····"),
        (Fraction(3, 4), "███████████████┊····│····"),
        (Fraction(1), "████████████████████│····"),
        (Fraction(6, 5), "████████████████████████·"),
        (Fraction(3), "████████████████████████▶"),
    ],
    ids=["nothing", "half", "75 %", "missed", "beyond", "far beyond"],
)
def test_a_bar_reaches_as_far_as_the_limit_is_used_up(used: Fraction, drawn: str) -> None:
    """
    Twenty columns to the limit, lines at 75 % and 100 % where it does not reach.
    """
    assert bar(used) == drawn


@given(used=st.fractions(min_value=0, max_value=1000))
def test_every_bar_is_as_wide_as_the_others(used: Fraction) -> None:
    """
    Whatever is used up.
    """
    assert len(bar(used)) == 25


def test_a_course_has_a_column_a_day_and_a_line_at_the_limit() -> None:
    """
    Nothing, half the limit, the limit, a quarter beyond it.
    """
    days = [replace(LATE, defects=count) for count in (0, 2, 4, 5)]

    assert course(days, Fraction(4, 100), "目標") == [
        "    5% ┤   █",
        "    4% ┼──▆█ 目標",
        " 3.33% ┤  ██",
        "  2.5% ┤ ▃██",
        " 1.66% ┤ ███",
        " 0.83% ┤ ███",
    ]


def test_a_course_of_nothing_is_flat() -> None:
    """
    No division by nothing.
    """
    assert len(course([replace(LATE, orders=0, defects=0)], None, "target")) == 6


def test_an_old_figure_is_told_to_be_old() -> None:
    """
    After three days; what is fresh is not.
    """
    assert "時点の数値です" not in shown(LATE, now=NOW + FRESH)
    assert "※ 30日間の出荷遅延率は 9/6(日) 時点の数値です。" in shown(LATE, now=NOW + FRESH + timedelta(seconds=1))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_missed_target_is_never_a_forecast_and_names_the_plan(language: str) -> None:
    """
    In both languages.
    """
    screen = shown(replace(LATE, defects=70), language=language)

    assert "plan --kind late" in screen
    assert ("分かりません" if language == "ja" else "can't be told") in screen


def test_what_has_no_rate_stands_above_the_table() -> None:
    """
    The account's state always, violations where there are any, the rest in one line.
    """
    account = replace(LATE, metric=Metric.ACCOUNT, window_days=0, status="AT_RISK", orders=None, defects=None, target=None)
    bad = replace(account, metric=Metric.LISTING_POLICY, window_days=180, status="BAD", defects=2)
    fine = replace(account, metric=Metric.DOCUMENTS, window_days=180, status="GOOD", defects=0)
    screen = shown(account, bad, fine, LATE)

    assert (
        screen.index("アカウントの状態：リスクあり")
        < screen.index("出品ポリシー違反：2 件")
        < screen.index("このほか 1 項目")
        < screen.index("2/100")
    )
