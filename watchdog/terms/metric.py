"""
What Amazon measures a seller by, over which windows, and which of it is a rate.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watchdog.terms.policy import Policy


class Metric(StrEnum):
    """
    What Amazon measures a seller by, in our spelling; the report's own keys live in ``sources/formats``.
    """

    LATE_SHIPMENT = "late_shipment_rate"
    CANCELLATION = "prefulfilment_cancel_rate"
    ORDER_DEFECT = "order_defect_rate"
    ORDER_DEFECT_AFN = "order_defect_rate_afn"
    ON_TIME_DELIVERY = "on_time_delivery_rate"
    UNIT_ON_TIME_DELIVERY = "unit_on_time_delivery_rate"
    VALID_TRACKING = "valid_tracking_rate"
    INVOICE_DEFECT = "invoice_defect_rate"
    LISTING_POLICY = "listing_policy_violations"
    AUTHENTICITY = "product_authenticity_complaints"
    CONDITION = "product_condition_complaints"
    SAFETY = "product_safety_complaints"
    PROPERTY_RECEIVED = "received_property_complaints"
    PROPERTY_SUSPECTED = "suspected_property_violations"
    RESTRICTED = "restricted_product_violations"
    FOOD_SAFETY = "food_safety_issues"
    OTHER_POLICY = "other_policy_violations"
    DOCUMENTS = "document_requests"
    WARNINGS = "warnings"
    RATING = "account_health_rating"
    ACCOUNT = "account_status"

    @property
    def is_rate(self) -> bool:
        """
        Say whether it is a share of orders held against a target.
        """
        return self in _RATES

    @property
    def windows(self) -> tuple[int, ...]:
        """
        The windows Amazon names for it, in days (reference ``spapi.md`` §6); empty where it has none.
        """
        return _WINDOWS.get(self, () if self in {Metric.ACCOUNT, Metric.WARNINGS} else (180,))

    def target(self, policy: Policy) -> float | None:
        """
        Return the policy's own number, for figures whose source names no target.
        """
        own = {
            Metric.LATE_SHIPMENT: policy.late_shipment_target,
            Metric.CANCELLATION: policy.cancellation_target,
            Metric.ORDER_DEFECT: policy.order_defect_target,
        }
        return own.get(self)


_WINDOWS = {
    Metric.LATE_SHIPMENT: (10, 30),
    Metric.CANCELLATION: (7,),
    Metric.ORDER_DEFECT: (60,),
    Metric.ORDER_DEFECT_AFN: (60,),
    Metric.ON_TIME_DELIVERY: (30,),
    Metric.UNIT_ON_TIME_DELIVERY: (30,),
    Metric.VALID_TRACKING: (30,),
    Metric.INVOICE_DEFECT: (7,),
}
_RATES = frozenset(_WINDOWS)
