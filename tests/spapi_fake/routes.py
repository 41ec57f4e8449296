"""
The table of operations: where each is reached, how often it may be called, in which model it is described, who answers it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tests.spapi_fake import catalog, notifications, orders_2026, orders_v0, pricing
from tests.spapi_fake.asked import Answer, Asked
from tests.spapi_fake.models import Contract, contracts
from tests.spapi_fake.world import World

if TYPE_CHECKING:
    from tests.spapi_fake.lwa import Lwa
    from tests.spapi_fake.reports import Desk


@dataclass(frozen=True)
class Route:
    """
    One operation.
    """

    operation: str
    method: str
    template: str
    rate: float  #: requests per second, documented
    burst: int
    model: str
    answer: Callable[[World, Asked], Answer]
    grantless: bool = False

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(self.template)))

    def values(self, method: str, path: str) -> Mapping[str, str] | None:
        """
        Return the path's values if the request is this operation's, else None.
        """
        match = self._pattern.fullmatch(path) if method == self.method else None
        return match.groupdict() if match else None

    @property
    def contract(self) -> Contract | None:
        """
        How the model describes it; None where the models are absent.
        """
        return contracts(self.model).get((self.method, self.template))


def routes(lwa: Lwa, desk: Desk) -> tuple[Route, ...]:
    """
    Return every operation the fake answers.
    """
    o26, v0, items = "orders_2026-01-01.json", "ordersV0.json", "catalogItems_2022-04-01.json"
    summary = "/batches/products/pricing/2022-05-01/items/competitiveSummary"
    to, of, notices = "/notifications/v1/destinations", "/notifications/v1/subscriptions", "notifications.json"
    at, reports = "/reports/2021-06-30", "reports_2021-06-30.json"
    sellers, tokens = "sellers.json", "tokens_2021-03-01.json"
    return (
        Route("searchOrders", "GET", "/orders/2026-01-01/orders", 0.0056, 20, o26, orders_2026.search_orders),
        Route("getOrder", "GET", "/orders/2026-01-01/orders/{orderId}", 0.5, 30, o26, orders_2026.get_order),
        Route("v0.getOrders", "GET", "/orders/v0/orders", 0.0167, 20, v0, orders_v0.get_orders),
        Route("v0.getOrder", "GET", "/orders/v0/orders/{orderId}", 0.5, 30, v0, orders_v0.get_order),
        Route("v0.getOrderItems", "GET", "/orders/v0/orders/{orderId}/orderItems", 0.5, 30, v0, orders_v0.get_order_items),
        Route("searchCatalogItems", "GET", "/catalog/2022-04-01/items", 2, 2, items, catalog.search_items),
        Route("getCatalogItem", "GET", "/catalog/2022-04-01/items/{asin}", 2, 2, items, catalog.get_item),
        Route("getMarketplaceParticipations", "GET", "/sellers/v1/marketplaceParticipations", 0.016, 15, sellers, catalog.participations),
        Route("getCompetitiveSummary", "POST", summary, 0.033, 1, "productPricing_2022-05-01.json", pricing.summaries),
        Route("getDestinations", "GET", to, 1, 5, notices, notifications.destinations, grantless=True),
        Route("createDestination", "POST", to, 1, 5, notices, notifications.create_destination, grantless=True),
        Route("getSubscription", "GET", f"{of}/{{notificationType}}", 1, 5, notices, notifications.subscription),
        Route("createSubscription", "POST", f"{of}/{{notificationType}}", 1, 5, notices, notifications.subscribe),
        Route("createReport", "POST", f"{at}/reports", 0.0167, 15, reports, desk.create),
        Route("getReport", "GET", f"{at}/reports/{{reportId}}", 2, 15, reports, desk.look),
        Route("getReportDocument", "GET", f"{at}/documents/{{reportDocumentId}}", 0.0167, 15, reports, desk.document(lwa.is_restricted)),
        Route("createRestrictedDataToken", "POST", "/tokens/2021-03-01/restrictedDataToken", 1, 10, tokens, lwa.restrict),
    )  # fmt: skip
