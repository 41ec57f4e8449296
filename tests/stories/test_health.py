"""
Account health as a seller meets it: reports dropped day by day, figures typed from Seller Central, alerts, the chart.
"""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len

from tests.golden.health import late, rate, report, violations
from tests.sources.makers_sources import as_json
from tests.stories.seller import Seller, noon

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    The state folder of a seller whose log holds nothing yet.
    """
    with pytest.MonkeyPatch.context() as patch:
        seller = Seller(tmp_path_factory.mktemp("empty"), patch)
        seller.checks("2026-09-01 12:00")
    return seller.state


@pytest.fixture
def logged(seller: Seller, empty: Path) -> Seller:
    """
    That seller, with a log of his own.
    """
    shutil.copytree(empty, seller.state, dirs_exist_ok=True)
    return seller


def drops(seller: Seller, day: int, *metrics: dict[str, Any], status: str = "NORMAL") -> None:
    """
    Drop the report of that day of September.
    """
    seller.drops(f"health-{day:02}.json", as_json(report(*metrics, status=status)), seen=f"2026-09-{day:02}")


def figures(seller: Seller) -> Mapping[tuple[str, int | None], dict[str, Any]]:
    """
    Return what ``health --json`` tells, by metric and window.
    """
    document = json.loads(seller.runs("health", "--json"))
    return {(each["metric"], each["window_days"]): each for each in document["figures"]}


def of_thirty(count: int, orders: int = 100) -> dict[str, Any]:
    """
    Return the late shipment rate over thirty days.
    """
    return {"lateShipmentRate": late(count, orders)}


def test_reports_of_several_days_make_a_history_with_a_trend(seller: Seller) -> None:
    """
    The newest counts, those before it are the course.
    """
    for day, count in ((1, 1), (2, 1), (3, 2), (4, 3)):
        drops(seller, day, of_thirty(count))
    seller.checks("2026-09-04 13:00")

    told = figures(seller)["late_shipment_rate", 30]
    assert (told["defects"], told["level"], told["headroom"], told["trend"]) == (3, "near", 1, "rising")
    assert [each["defects"] for each in told["history"]] == [1, 1, 2, 3]
    assert told["target_source"] == "source"


def test_the_screen_counts_in_whole_orders_and_draws_a_chart(seller: Seller) -> None:
    """
    At 80 columns; nothing is said of what Amazon will do.
    """
    for day, count in ((1, 1), (2, 2), (3, 2)):
        drops(seller, day, of_thirty(count), {"listingPolicyViolations": violations(0)})
    seller.checks("2026-09-03 13:00")
    screen = seller.runs("health")

    assert "出荷遅延があと 2 件発生すると、30日間の出荷遅延率が目標（4%未満）を満たせなくなります。" in screen
    assert "2/100" in screen and "\x1b" not in screen
    assert [line for line in screen.partition("\n\n")[0].splitlines() if cell_len(line) > 80] == []
    assert "30日間の出荷遅延率の推移" in screen and "┼" in screen
    assert "10日間の出荷遅延率はまだ分かりません" in screen
    assert "停止" not in screen


def test_the_screen_in_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The issue's own sentence: so many more late shipments.
    """
    seller = Seller(tmp_path / "english", monkeypatch, language="en")
    drops(seller, 3, of_thirty(2))
    seller.checks("2026-09-03 13:00")

    screen = seller.runs("health")
    told = " ".join(screen.split())
    assert max(len(line) for line in screen.splitlines() if "`" not in line) <= 80
    assert "2 more late shipments would miss the target (< 4%) of the late shipment rate over 30 days." in told


def test_a_figure_near_its_limit_is_said_once_and_its_end_once(seller: Seller) -> None:
    """
    One warning, silence while it stands, one all-clear.
    """
    drops(seller, 1, of_thirty(3))
    seller.checks("2026-09-01 13:00")
    assert "あと 1 件" in seller.errors
    drops(seller, 2, of_thirty(3))
    seller.checks("2026-09-02 13:00")
    assert seller.errors.strip() == ""
    drops(seller, 3, of_thirty(0))
    seller.checks("2026-09-03 13:00")

    assert "余裕が戻りました" in seller.errors
    assert "preorder-watchdog health" in seller.errors


def test_typed_figures_are_held_against_the_policys_target(logged: Seller) -> None:
    """
    Seller Central shows both windows; what is typed is known at once and judged at the next turn.
    """
    said = logged.runs("health", "enter", "late", "--days", "10", "--orders", "50", "--count", "6", "--as-of", "2026-09-03")

    assert "12%" in said and "目標を満たせなかったとき" not in said.splitlines()[0]
    told = figures(logged)["late_shipment_rate", 10]
    assert (told["rate"], told["source"], told["target"], told["target_source"]) == (0.12, "typed", 0.04, "policy")
    assert logged.runs("health", "enter", "cancel", "--rate", "0.5%", "--target", "2.5%", "--as-of", "2026-09-03T09:00")
    assert figures(logged)["prefulfilment_cancel_rate", 7]["headroom"] is None


_REFUSED = {
    "no window": (("late", "--orders", "50", "--count", "1"), "--days 10"),
    "half a figure": (("late", "--days", "10", "--orders", "50"), "--count"),
    "more than all": (("late", "--days", "10", "--orders", "5", "--count", "6"), "6"),
    "no per cent": (("defect", "--rate", "0.04"), "3.2%"),
    "too much": (("defect", "--rate", "400%"), "3.2%"),
    "no such place": (("late", "--days", "10", "--rate", "4%", "--marketplace", "XX"), "XX"),
    "tomorrow": (("defect", "--rate", "0.5%", "--as-of", "2199-01-01"), "2199-01-01"),
}


def test_what_can_be_no_figure_is_refused_with_what_to_type(logged: Seller, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Exit code 2, nothing is noted, and the screen tells how to get a figure.
    """
    monkeypatch.setenv("PREORDER_ALLOW_FUTURE", "0")
    for arguments, word in _REFUSED.values():
        logged.runs("health", "enter", *arguments, expect=2)
        assert word in logged.errors

    assert "health enter" in logged.runs("health")


def test_several_marketplaces_stand_apart(seller: Seller) -> None:
    """
    Each with its own figures and windows.
    """
    american = report({"lateShipmentRate": late(9, 200)}, place="ATVPDKIKX0DER")
    japanese = report(of_thirty(1))
    both = {key: american[key] + japanese[key] for key in american}
    seller.drops("health.json", as_json(both), seen="2026-09-01")
    seller.checks("2026-09-01 13:00")
    screen = seller.runs("health")

    assert "Amazon.com（" in screen and "Amazon.co.jp（" in screen
    assert screen.index("9/200") != screen.index("1/100")


def test_a_metric_with_impossible_counts_is_judged_by_its_rate(seller: Seller) -> None:
    """
    As in Amazon's own example; it is said, and no room is counted.
    """
    cancelled = rate({}, 0.01, orderCount=17197, cancellationCount=551, rate=0.005)
    drops(seller, 1, {"prefulfillmentCancelRate": cancelled})
    seller.checks("2026-09-01 13:00")

    assert figures(seller)["prefulfilment_cancel_rate", 7]["contradicts_itself"] is True
    assert "件数と率が一致しません" in seller.runs("health")


def test_what_was_entered_lies_in_the_view(logged: Seller) -> None:
    """
    The time it speaks of is the one that was typed.
    """
    logged.runs("health", "enter", "late", "--days", "30", "--orders", "80", "--count", "1", "--as-of", "2026-09-02 18:30")

    told = figures(logged)["late_shipment_rate", 30]
    assert told["as_of"] == noon("2026-09-02 18:30").strftime("%Y-%m-%dT%H:%M:%SZ")
    assert told["window_to"] == "2026-09-02"
