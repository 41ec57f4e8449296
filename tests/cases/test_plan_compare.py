"""
A plan is held against those handed in before: each contradiction once, with the plan it contradicts; agreement is silence.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.compose.makers_plan import BARE, LATE, RESET, answers, facts
from watchdog.cases.plan_compare import contradictions
from watchdog.terms.marketplace import JAPAN
from watchdog.terms.plan import PlanKind, Submission

TODAY = date(2026, 10, 1)
FIRST = Submission(1, PlanKind.LATE, JAPAN, "ja", datetime(2026, 9, 20, 3, tzinfo=UTC), "owner", facts(), answers(), "…", "0" * 64)


def told(changed_facts: dict[str, Any] | None = None, **changed: Any) -> list[str]:
    """
    Return what contradicts the first plan.
    """
    new = facts(**(changed_facts or {}))
    return [reason.code for reason in contradictions(new, answers(**changed), (FIRST,), today=TODAY)]


def test_the_same_plan_again_contradicts_nothing() -> None:
    """
    Also with other blanks in it.
    """
    assert told() == []
    assert told(cause=FIRST.answers.cause + " \n") == []


@pytest.mark.parametrize(
    ("changed_facts", "changed", "code"),
    [
        ({}, {"cause": "人手が足りませんでした。"}, "plan_other_cause"),
        ({}, {"person": "別人 太郎"}, "plan_other_person"),
        ({}, {"done_by": date(2026, 10, 15)}, "plan_later_date"),
        ({"orders": (RESET, replace(BARE, order_id="250-0000009-0000009"))}, {}, "plan_same_prevention"),
        ({"orders": (replace(RESET, ship_by=date(2026, 9, 7)), BARE)}, {}, "plan_other_dates"),
        ({"figures": (replace(LATE, defects=4),)}, {}, "plan_other_figure"),
    ],
    ids=["cause", "person", "later", "same measures", "dates", "figures"],
)
def test_each_contradiction_is_pointed_out(changed_facts: dict[str, Any], changed: dict[str, Any], code: str) -> None:
    """
    That one, and no other.
    """
    assert told(changed_facts, **changed) == [code]


def test_a_newer_figure_and_a_promise_still_running_are_none() -> None:
    """
    Another day's figure may differ; a date not yet past may be moved.
    """
    assert told({"figures": (replace(LATE, defects=4, window_to=date(2026, 9, 30)),)}) == []
    assert contradictions(facts(), answers(done_by=date(2026, 10, 15)), (FIRST,), today=date(2026, 9, 21)) == ()


def test_plans_of_another_kind_are_left_alone() -> None:
    """
    Cancellations have other causes than late shipments.
    """
    assert contradictions(facts(PlanKind.CANCEL), answers(PlanKind.CANCEL, cause="在庫不足"), (FIRST,), today=TODAY) == ()


def test_the_plan_is_named_by_number_and_day() -> None:
    """
    So that the seller finds it.
    """
    [reason] = contradictions(facts(), answers(person="別人 太郎"), (FIRST,), today=TODAY)

    assert reason.values == {"no": 1, "submitted_at": "2026-09-20T03:00:00+00:00", "before": "見本 花子", "now": "別人 太郎"}
