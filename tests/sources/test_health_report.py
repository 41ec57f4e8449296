"""
The account health report: Amazon's published example, number by number, and what is read where it is written otherwise.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.golden.health import late, report
from tests.sources.makers_sources import as_json, batches_of
from watchdog.terms.health import Aim, HealthFigure, Metric
from watchdog.terms.look import Batch, Kind
from watchdog.terms.marketplace import BY_COUNTRY, JAPAN

if TYPE_CHECKING:
    from collections.abc import Mapping

_MODEL = Path(__file__).parents[3] / "shared" / "sp-api-models" / "accountHealthReport-2020-11-18.json"


def read(tmp_path: Path, document: object) -> Batch:
    """
    Return the one batch of the document.
    """
    [batch] = batches_of(tmp_path, as_json(document))
    return batch


def by_metric(batch: Batch) -> Mapping[Metric, HealthFigure]:
    """
    Return the figures of a report about one marketplace.
    """
    return {figure.metric: figure for figure in batch.health if figure.metric is not Metric.ACCOUNT}


@pytest.mark.skipif(not _MODEL.exists(), reason="Amazon's model is not here")
def test_amazons_published_example_is_read_whole(tmp_path: Path) -> None:
    """
    Every metric it holds, with its own target and window; contradictory counts are left for the rate to say.
    """
    example = json.loads(_MODEL.read_text(encoding="utf-8"))["examples"][0]
    batch = read(tmp_path, example)
    found = by_metric(batch)

    assert (batch.look.kind, batch.defects, batch.refused) == (Kind.HEALTH, (), None)
    assert [figure.status for figure in batch.health if figure.metric is Metric.ACCOUNT] == ["AT_RISK", "NORMAL", "SUSPENDED"]
    told = {metric: (each.orders, each.defects, each.rate, each.target, each.aim, each.window_days) for metric, each in found.items()}
    assert told | {Metric.RATING: None} == {
        Metric.LATE_SHIPMENT: (870_669, 27_896, 0.03203973037, 0.04, Aim.BELOW, 30),
        Metric.CANCELLATION: (17_197, 551, 0.005, 0.01, Aim.BELOW, 7),
        Metric.ORDER_DEFECT: (539_000, 1_078, 0.009, 0.01, Aim.BELOW, 60),
        Metric.ORDER_DEFECT_AFN: (539_000, 1_078, 0.009, 0.01, Aim.BELOW, 60),
        Metric.ON_TIME_DELIVERY: (808_046, None, 0.9529, 0.95, Aim.ABOVE, 30),
        Metric.UNIT_ON_TIME_DELIVERY: (165, 19, 0.8848, 0.9, Aim.ABOVE, 30),
        Metric.VALID_TRACKING: (878_443, None, 0.9529, 0.95, Aim.ABOVE, 30),
        Metric.INVOICE_DEFECT: (9_001, 315, 0.03499611, 0.05, Aim.BELOW, 7),
        Metric.LISTING_POLICY: (None, 86, None, 0.0, Aim.EXACTLY, 180),
        Metric.AUTHENTICITY: (None, 212, None, 0.0, Aim.EXACTLY, 180),
        Metric.CONDITION: (None, 337, None, 0.0, Aim.EXACTLY, 180),
        Metric.SAFETY: (None, 165, None, 0.0, Aim.EXACTLY, 180),
        Metric.PROPERTY_RECEIVED: (None, 75, None, 0.0, Aim.EXACTLY, 180),
        Metric.FOOD_SAFETY: (None, 37, None, 0.0, Aim.EXACTLY, 180),
        Metric.OTHER_POLICY: (None, 86, None, 0.0, Aim.EXACTLY, 180),
        Metric.DOCUMENTS: (None, 8, None, 0.0, Aim.EXACTLY, 180),
        Metric.WARNINGS: (None, 1, None, 0.0, Aim.EXACTLY, 0),
        Metric.RATING: None,
    }
    assert (found[Metric.RATING].status, found[Metric.RATING].marketplace_id) == ("WARNED", BY_COUNTRY["US"].id)
    window = found[Metric.LATE_SHIPMENT]
    assert (window.window_from, window.window_to) == (date(2020, 10, 21), date(2020, 11, 19))
    assert found[Metric.DOCUMENTS].window_to is None  # it ends before it begins


@pytest.mark.parametrize("key", ["preFulfillmentCancellationRate", "prefulfillmentCancelRate"])
def test_both_spellings_are_read(tmp_path: Path, key: str) -> None:
    """
    The model's key and that of its own example.
    """
    metric = late(1, 40) | {"cancellationCount": 1}
    found = by_metric(read(tmp_path, report({key: metric})))

    assert (found[Metric.CANCELLATION].orders, found[Metric.CANCELLATION].defects) == (40, 1)


@pytest.mark.parametrize(
    ("begins", "ends", "days"),
    [
        ("2026-08-07T00:00Z", "2026-09-05T23:59Z", 30),
        ("2026-08-07T00:00:00Z", "2026-09-06T00:00:00Z", 30),
        ("2026-08-07T00:00:00Z", "2026-09-05T00:00:00Z", 30),
        ("2026-08-27T00:00Z", "2026-09-05T23:59Z", 10),
        ("2026-08-15T00:00Z", "2026-09-05T23:59Z", 22),
    ],
)
def test_a_window_is_read_as_written(tmp_path: Path, begins: str, ends: str, days: int) -> None:
    """
    With or without seconds, its last day whole or not.
    """
    window = {"reportingDateRange": {"reportingDateFrom": begins, "reportingDateTo": ends}}
    found = by_metric(read(tmp_path, report({"lateShipmentRate": late(3, 100) | window})))[Metric.LATE_SHIPMENT]

    assert (found.window_days, found.window_from, found.window_to) == (days, date.fromisoformat(begins[:10]), date(2026, 9, 5))


@pytest.mark.parametrize("begins", ["2026-09-06T00:00Z", "soon", "", "1970-01-01T00:00Z", "9999-12-31T00:00Z"])
def test_a_window_that_makes_no_sense_is_the_metrics_longest(tmp_path: Path, begins: str) -> None:
    """
    Its days are unknown then.
    """
    window = {"reportingDateRange": {"reportingDateFrom": begins, "reportingDateTo": "2026-09-05T23:59Z"}}
    found = by_metric(read(tmp_path, report({"lateShipmentRate": late(3, 100) | window})))[Metric.LATE_SHIPMENT]

    assert (found.window_days, found.window_from, found.window_to) == (30, None, None)


@pytest.mark.parametrize(
    ("said", "rate", "target"),
    [
        ({"rate": 0.03, "targetValue": 0.04}, 0.03, 0.04),
        ({"rate": 3, "targetValue": 4}, 0.03, 0.04),
        ({"rate": "3%", "targetValue": "4%"}, 0.03, 0.04),
        ({"rate": 3.0, "targetValue": 0.04}, 0.03, 0.04),
        ({"rate": 0.03, "targetValue": 4}, 0.03, 0.04),  # the counts say 3 %, so the rate is a share beside a target in per cent
        ({"rate": 0.5, "targetValue": 1, "lateShipmentCount": 0, "orderCount": 0}, 0.005, 0.01),
        ({"rate": 0.03, "targetValue": None}, 0.03, None),
    ],
)
def test_per_cent_and_shares_are_told_apart(tmp_path: Path, said: dict[str, Any], rate: float, target: float | None) -> None:
    """
    Amazon calls them percentages and writes fractions; either is understood.
    """
    found = by_metric(read(tmp_path, report({"lateShipmentRate": late(3, 100) | said})))[Metric.LATE_SHIPMENT]

    assert (found.rate, found.target) == (rate, target)


@pytest.mark.parametrize(
    "said",
    [
        {"orderCount": "many"},
        {"orderCount": -1},
        {"orderCount": 1.5},
        {"orderCount": 10**12},
        {"orderCount": True},
        {"lateShipmentCount": [3]},
        {"rate": float("nan")},
        {"rate": -0.01},
        {"rate": 2000},
        {"targetValue": float("inf")},
    ],
)
def test_a_figure_that_is_none_is_named_and_the_rest_is_used(tmp_path: Path, said: dict[str, Any]) -> None:
    """
    No number is made up for it.
    """
    batch = read(tmp_path, report({"lateShipmentRate": late(3, 100) | said}, {"invoiceDefectRate": late(1, 100) | {"invoiceDefect": 1}}))

    assert [(defect.reason.code, defect.reason.values) for defect in batch.defects] == [
        ("row_figure_unreadable", {"column": "lateShipmentRate"})
    ]
    assert Metric.INVOICE_DEFECT in by_metric(batch)


def test_several_marketplaces_in_one_report_stay_apart(tmp_path: Path) -> None:
    """
    Each figure belongs to its own; an unknown one is named, none is guessed.
    """
    american = report({"lateShipmentRate": late(1, 200)}, place=BY_COUNTRY["US"].id)
    japanese = report({"lateShipmentRate": late(3, 100)})
    nowhere = report({"lateShipmentRate": late(3, 100)}, place="NOWHERE")
    both = {key: american[key] + japanese[key] + nowhere[key] for key in american}
    batch = read(tmp_path, both)

    assert [(each.marketplace_id, each.defects) for each in batch.health if each.metric is Metric.LATE_SHIPMENT] == [
        (BY_COUNTRY["US"].id, 1),
        (JAPAN, 3),
    ]
    assert [defect.reason.code for defect in batch.defects] == ["row_marketplace_unknown"] * 2


def test_a_report_without_figures_is_refused(tmp_path: Path) -> None:
    """
    It is said, rather than taken as peace.
    """
    batch = read(tmp_path, {"accountStatuses": [], "performanceMetrics": []})

    assert batch.refused is not None and batch.refused.code == "file_health_empty"
