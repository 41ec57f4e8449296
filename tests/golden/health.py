"""
Synthetic account health reports: the spelling of Amazon's model, that of its example, and what goes wrong in either.
"""

from __future__ import annotations

from typing import Any

from tests.sources.makers_sources import as_json
from watchdog.terms.marketplace import JAPAN


def days(begins: str, ends: str) -> dict[str, str]:
    """
    Return a window as Amazon's example writes it: without seconds.
    """
    return {"reportingDateFrom": f"{begins}T00:00Z", "reportingDateTo": f"{ends}T23:59Z"}


def rate(window: dict[str, str], target: float, **said: Any) -> dict[str, Any]:
    """
    Return a metric that must stay below its target.
    """
    return {"reportingDateRange": window, "status": "GOOD", "targetValue": target, "targetCondition": "LESS_THAN", **said}


def violations(count: int) -> dict[str, Any]:
    """
    Return a count that must be zero.
    """
    window = days("2026-03-10", "2026-09-05")
    status = "BAD" if count else "GOOD"
    return {"reportingDateRange": window, "defectsCount": count, "status": status, "targetValue": 0, "targetCondition": "EQUALS"}


def late(count: int, orders: int, *, window: tuple[str, str] = ("2026-08-07", "2026-09-05"), **said: Any) -> dict[str, Any]:
    """
    Return the late shipment rate of a window.
    """
    told = {"orderCount": orders, "lateShipmentCount": count, "rate": count / orders, **said}
    return rate(days(*window), 0.04, **{"status": "BAD" if count * 25 >= orders else "GOOD", **told})


def report(*metrics: dict[str, Any], status: str = "NORMAL", place: str = JAPAN) -> dict[str, Any]:
    """
    Return a report about one marketplace.
    """
    blocks: dict[str, Any] = {"marketplaceId": place}
    for metric in metrics:
        blocks |= metric
    return {"accountStatuses": [{"marketplaceId": place, "status": status}], "performanceMetrics": [blocks]}


def _defects(bad: int) -> dict[str, Any]:
    none = {"count": 0, "status": "NONE"}
    parts = {"orderWithDefects": {"count": bad, "status": "GOOD"}, "claims": none, "chargebacks": none, "negativeFeedback": none}
    return rate(days("2026-06-24", "2026-08-22"), 0.01, orderCount=400, rate=bad / 400, **parts)


_MODEL = report(
    {"lateShipmentRate": late(3, 100)},
    {"preFulfillmentCancellationRate": rate(days("2026-08-30", "2026-09-05"), 0.025, orderCount=40, cancellationCount=1, rate=0.025)},
    {"orderDefectRate": {"mfn": _defects(1), "afn": _defects(0)}},
    {"warningStates": [{"warningType": "spammingSellerMessaging", "status": "BAD"}], "documentRequests": violations(0)},
    {"accountHealthRating": {"accountHealthRatingStatus": "GREAT", "reportingDateRange": days("2026-03-10", "2026-09-05")}},
    {"listingPolicyViolations": violations(2)},
)
_EXAMPLE = report(
    {"lateShipmentRate": late(3, 100), "documentRequest": violations(0) | {"reportingDateRange": days("2026-09-07", "2026-09-05")}},
    {"prefulfillmentCancelRate": rate(days("2026-08-30", "2026-09-05"), 0.01, orderCount=17197, cancellationCount=551, rate=0.005)},
    {"warningState": [], "accountHealthRating": {"ahrStatus": "WARNED", "reportingDateRange": days("2026-03-10", "2026-09-05")}},
    status="SUSPENDED",
)
_PER_CENT = report(
    {"lateShipmentRate": late(3, 100) | {"rate": 3.0, "targetValue": 4}},
    {"preFulfillmentCancellationRate": rate(days("2026-08-30", "2026-09-05"), 2.5, orderCount="200", cancellationCount="1", rate="0.5%")},
)
_WRONG = report(
    {"lateShipmentRate": late(3, 100) | {"orderCount": "many"}},
    {"invoiceDefectRate": "none", "validTrackingRate": {}, "orderDefectRate": {"mfn": None}},
    {
        "onTimeDeliveryRate": rate(
            {}, 0.95, shipmentCountWithValidTracking=90, onTimeDeliveryCount=99, rate=0.96, targetCondition="GREATER_THAN"
        )
    },
)

HEALTH: dict[str, bytes] = {
    "account_health.json": as_json({"accountStatuses": [{"marketplaceId": JAPAN, "status": "NORMAL"}], "performanceMetrics": []}),
    "account_health_model.json": as_json(_MODEL),
    "account_health_example.json": as_json(_EXAMPLE),
    "account_health_per_cent.json": as_json(_PER_CENT),
    "account_health_wrong.json": as_json(_WRONG),
    "account_health_empty.json": as_json({"accountStatuses": [], "performanceMetrics": [{"marketplaceId": "NOWHERE"}]}),
}
