"""
The table of operations we call, with the rates Amazon documents; a bucket starts from them and then learns from the answers.
"""

from __future__ import annotations

from dataclasses import dataclass

#: We refill a little slower than Amazon does: for ``searchOrders`` that makes at most 480 calls in any 24 hours
#: (86,400 s at 0.0056 × 0.95, and a burst of 20).
REFILL_SHARE = 0.95


@dataclass(frozen=True, slots=True)
class Operation:
    """
    One operation of Amazon's, by the name of its model (rates and bursts: reference ``spapi.md``).
    """

    name: str  #: ``operationId`` of the model, with the version where a name occurs twice
    method: str
    path: str  #: with ``{placeholders}``
    rate: float  #: documented requests a second
    burst: int  #: documented burst
    role: str  #: Amazon's name of a role that allows it


_ORDERS = "Inventory and Order Tracking"
_SHIPPING = "Direct-to-Consumer Shipping (Restricted)"
_REPORTS = "/reports/2021-06-30"

SEARCH_ORDERS = Operation("searchOrders", "GET", "/orders/2026-01-01/orders", 0.0056, 20, _ORDERS)
GET_ORDER = Operation("getOrder", "GET", "/orders/2026-01-01/orders/{orderId}", 0.5, 30, _ORDERS)
GET_ORDERS_V0 = Operation("v0.getOrders", "GET", "/orders/v0/orders", 0.0167, 20, _ORDERS)
GET_ORDER_V0 = Operation("v0.getOrder", "GET", "/orders/v0/orders/{orderId}", 0.5, 30, _ORDERS)
GET_ORDER_ITEMS_V0 = Operation("v0.getOrderItems", "GET", "/orders/v0/orders/{orderId}/orderItems", 0.5, 30, _ORDERS)
CREATE_RESTRICTED_TOKEN = Operation("createRestrictedDataToken", "POST", "/tokens/2021-03-01/restrictedDataToken", 1, 10, _SHIPPING)
CREATE_REPORT = Operation("createReport", "POST", f"{_REPORTS}/reports", 0.0167, 15, _SHIPPING)
GET_REPORT = Operation("getReport", "GET", f"{_REPORTS}/reports/{{reportId}}", 2, 15, _SHIPPING)
GET_REPORT_DOCUMENT = Operation("getReportDocument", "GET", f"{_REPORTS}/documents/{{reportDocumentId}}", 0.0167, 15, _SHIPPING)
SEARCH_CATALOG = Operation("searchCatalogItems", "GET", "/catalog/2022-04-01/items", 2, 2, "Product Listing")
GET_PARTICIPATIONS = Operation(
    "getMarketplaceParticipations", "GET", "/sellers/v1/marketplaceParticipations", 0.016, 15, "Selling Partner Insights"
)
GET_COMPETITIVE_SUMMARY = Operation(
    "getCompetitiveSummary", "POST", "/batches/products/pricing/2022-05-01/items/competitiveSummary", 0.033, 1, "Pricing"
)
_DESTINATIONS, _SUBSCRIPTIONS = "/notifications/v1/destinations", "/notifications/v1/subscriptions"
GET_DESTINATIONS = Operation("getDestinations", "GET", _DESTINATIONS, 1, 5, _ORDERS)
CREATE_DESTINATION = Operation("createDestination", "POST", _DESTINATIONS, 1, 5, _ORDERS)
GET_SUBSCRIPTION = Operation("getSubscription", "GET", f"{_SUBSCRIPTIONS}/{{notificationType}}", 1, 5, _ORDERS)
CREATE_SUBSCRIPTION = Operation("createSubscription", "POST", f"{_SUBSCRIPTIONS}/{{notificationType}}", 1, 5, _ORDERS)

OPERATIONS = (
    SEARCH_ORDERS,
    GET_ORDER,
    GET_ORDERS_V0,
    GET_ORDER_V0,
    GET_ORDER_ITEMS_V0,
    CREATE_RESTRICTED_TOKEN,
    CREATE_REPORT,
    GET_REPORT,
    GET_REPORT_DOCUMENT,
    SEARCH_CATALOG,
    GET_PARTICIPATIONS,
    GET_COMPETITIVE_SUMMARY,
    GET_DESTINATIONS,
    CREATE_DESTINATION,
    GET_SUBSCRIPTION,
    CREATE_SUBSCRIPTION,
)
