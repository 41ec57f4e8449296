"""
``health_near_limit`` at its thresholds: over 75 % of a target, one more defect, missed; old figures ring nobody.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from watchdog.compose.conditions import spoken
from watchdog.detect.near_limit import FRESH, near_limit
from watchdog.terms.condition import Condition, ConditionKind
from watchdog.terms.finding import Severity
from watchdog.terms.health import Aim, HealthFigure, Metric
from watchdog.terms.marketplace import BY_ID, JAPAN
from watchdog.terms.policy import Policy

NOW = datetime(2026, 9, 6, 3, tzinfo=UTC)
LATE = HealthFigure(JAPAN, Metric.LATE_SHIPMENT, 30, NOW, "inbox:health_report", 100, 0, target=0.04)


def conditions(*figures: HealthFigure, now: datetime = NOW) -> list[Condition]:
    """
    Return what stands.
    """
    return list(near_limit(figures, policy=Policy(), now=now))


@pytest.mark.parametrize(
    ("defects", "orders", "severity"),
    [
        (0, 100, None),
        (2, 100, None),
        (30, 1000, None),
        (31, 1000, Severity.WARNING),
        (3, 100, Severity.WARNING),
        (0, 20, Severity.WARNING),
        (4, 100, Severity.URGENT),
        (0, 0, None),
    ],
)
def test_a_figure_rings_from_its_thresholds_on(defects: int, orders: int, severity: Severity | None) -> None:
    """
    As DOMAIN §5 has it.
    """
    assert [found.severity for found in conditions(replace(LATE, defects=defects, orders=orders))] == ([severity] if severity else [])


def test_both_windows_stand_for_themselves() -> None:
    """
    12 % in ten days and 3.5 % in thirty (S20): one is missed, the other is near.
    """
    short = replace(LATE, window_days=10, defects=6, orders=50)
    found = conditions(short, replace(LATE, defects=6, orders=171))

    assert [(each.kind, each.subject, each.severity) for each in found] == [
        (ConditionKind.HEALTH_NEAR_LIMIT, f"{JAPAN}:late_shipment_rate:10", Severity.URGENT),
        (ConditionKind.HEALTH_NEAR_LIMIT, f"{JAPAN}:late_shipment_rate:30", Severity.WARNING),
    ]


def test_a_missed_target_of_long_ago_stands_but_wakes_nobody() -> None:
    """
    It may be otherwise by now; that nobody has looked is no recovery either.
    """
    missed = replace(LATE, defects=5)

    assert [each.severity for each in conditions(missed, now=NOW + FRESH)] == [Severity.URGENT]
    assert [each.severity for each in conditions(missed, now=NOW + FRESH + timedelta(seconds=1))] == [Severity.WARNING]
    assert [each.severity for each in conditions(missed, now=NOW + timedelta(days=400))] == [Severity.WARNING]


def test_a_missed_target_leads_to_the_plan() -> None:
    """
    Only then, and to that of its kind.
    """
    [missed, near] = conditions(replace(LATE, defects=5), replace(LATE, window_days=10, defects=3))

    assert missed.step is not None and near.step is None
    assert "plan --kind late" in spoken(missed.step, "ja", zone=BY_ID[JAPAN].zone, now=NOW)


@pytest.mark.parametrize(
    ("figure", "severity"),
    [
        (HealthFigure(JAPAN, Metric.LISTING_POLICY, 180, NOW, "typed", defects=2, status="BAD", aim=Aim.EXACTLY), Severity.WARNING),
        (HealthFigure(JAPAN, Metric.ACCOUNT, 0, NOW, "typed", status="AT_RISK", aim=Aim.EXACTLY), Severity.WARNING),
        (HealthFigure(JAPAN, Metric.ACCOUNT, 0, NOW, "typed", status="DEACTIVATED", aim=Aim.EXACTLY), Severity.URGENT),
        (HealthFigure(JAPAN, Metric.ACCOUNT, 0, NOW, "typed", status="NORMAL", aim=Aim.EXACTLY), None),
        (HealthFigure(JAPAN, Metric.RATING, 180, NOW, "typed", status="WARNED", aim=Aim.EXACTLY), Severity.WARNING),
    ],
)
def test_what_has_no_rate_warns_and_a_stopped_account_is_urgent(figure: HealthFigure, severity: Severity | None) -> None:
    """
    A violation of last month calls nobody at night.
    """
    assert [found.severity for found in conditions(figure)] == ([severity] if severity else [])


_TOLD = [
    (
        replace(LATE, defects=3),
        (
            "Amazon.co.jp：30日間の出荷遅延率は 3% です（100 件中 3 件、目標 4%未満、2026年9月6日(日) 時点）。"
            "出荷遅延があと 1 件発生すると、目標を満たせなくなります。"
        ),
        (
            "Amazon.co.jp: the late shipment rate over 30 days is 3% (3 of 100, target < 4%), as of Sunday 6 September 2026. "
            "With 1 more late shipment it misses the target."
        ),
    ),
    (
        replace(LATE, defects=6),
        "Amazon.co.jp：30日間の出荷遅延率は 6% で、目標（4%未満）を満たしていません（100 件中 6 件、2026年9月6日(日) 時点）。",
        ("Amazon.co.jp: the late shipment rate over 30 days is 6% and misses its target (< 4%): 6 of 100, as of Sunday 6 September 2026."),
    ),
    (
        HealthFigure(JAPAN, Metric.VALID_TRACKING, 30, NOW, "typed", rate=0.9529, target=0.95, aim=Aim.ABOVE),
        "Amazon.co.jp：30日間の追跡可能率は 95.29% で、目標（95%超）に近づいています（2026年9月6日(日) 時点）。",
        "Amazon.co.jp: the valid tracking rate over 30 days is 95.29%, close to its target (> 95%), as of Sunday 6 September 2026.",
    ),
    (
        HealthFigure(JAPAN, Metric.ACCOUNT, 0, NOW, "typed", status="AT_RISK", aim=Aim.EXACTLY),
        "Amazon.co.jp：アカウントの状態は「リスクあり」と表示されています（2026年9月6日(日) 時点）。",
        "Amazon.co.jp: Amazon says of the account status: at risk (Sunday 6 September 2026).",
    ),
]


@pytest.mark.parametrize(("figure", "ja", "en"), _TOLD, ids=["near", "missed", "rate alone", "word"])
def test_what_is_so_is_said_in_whole_orders(figure: HealthFigure, ja: str, en: str) -> None:
    """
    With window, rate, target, counts and date; never what Amazon will do.
    """
    [found] = conditions(figure)
    zone = BY_ID[JAPAN].zone

    assert spoken(found.reason, "ja", zone=zone, now=NOW) == ja
    assert spoken(found.reason, "en", zone=zone, now=NOW) == en
