"""
Synthetic answers of Orders API v2026-01-01 in every shape a seller may save them in.
"""

from __future__ import annotations

from typing import Any

from tests.sources.makers_sources import an_item, an_order, as_json


def _fulfillment(status: str, latest: str | None, **more: str) -> dict[str, Any]:
    window = {} if latest is None else {"shipByWindow": {"latestDateTime": latest}}
    return {"fulfillmentStatus": status, "fulfilledBy": "MERCHANT", **window, **more}


_PAID = {"paymentExecutions": [{"paymentMethod": "CreditCard", "paymentAmount": {"amount": "1980", "currencyCode": "JPY"}}]}
_LIVES = {"deliveryAddress": {"name": "架空 太郎", "addressLine1": "存在しない町0番地0-0", "city": "架空市", "postalCode": "000-0000"}}
_CANCELLED = {
    "cancellationRequest": {"requester": "BUYER", "cancelReason": "架空の理由"},
    "cancellationExecution": {"cancelledBy": "MERCHANT", "cancelReason": "架空の理由"},
}
_SENT = [{"createdTime": "2026-09-14T02:00:00.123Z", "shipTime": "2026-09-14T05:00:00Z", "packageItems": [{"orderItemId": "11"}]}]

PAGE = [
    an_order("250-0000001-0000001"),
    an_order(
        "250-0000002-0000001", fulfillment=_fulfillment("UNSHIPPED", "2026-09-08T14:59:59Z"), payment=_PAID, recipient=_LIVES, programs=[]
    ),
    an_order(
        "250-0000003-0000001",
        fulfillment=_fulfillment("CANCELLED", "1970-01-01T00:00:00Z"),
        orderItems=[an_item(cancellation=_CANCELLED, fulfillment={"quantityFulfilled": 0, "quantityUnfulfilled": 0})],
    ),
    an_order(
        "250-0000004-0000001",
        fulfillment=_fulfillment("SHIPPED", "2026-09-14T14:59:59Z"),
        orderItems=[an_item("11", fulfillment={"quantityFulfilled": 1, "quantityUnfulfilled": 0})],
        packages=_SENT,
    ),
    an_order("250-0000005-0000001", fulfillment=_fulfillment("UNSHIPPED", None, fulfilledBy="AMAZON")),
    an_order("250-0000006-0000001", associatedOrders=[{"orderId": "250-0000001-0000001", "associationType": "REPLACEMENT_ORIGINAL_ID"}]),
    an_order("250-0000007-0000001", fulfillment=_fulfillment("UNSHIPPED", "20178-02-20T19:49:35Z")),
    an_order("250-0000008-0000001", fulfillment=_fulfillment("SOMETHING_NEW", "2026-09-14T14:59:59Z")),
    an_order("250-0000009-0000001", orderItems=[an_item("1"), an_item("2")], salesChannel={"marketplaceId": "A1F83G8C2ARO7P"}),
    {"hello": "world"},
]

ORDERS: dict[str, bytes] = {
    "orders_2026_page.json": as_json({"orders": PAGE}),
    "orders_2026_page_bom_more.json": b"\xef\xbb\xbf" + as_json({"orders": PAGE[:1], "pagination": {"nextToken": "more"}}),
    "orders_2026_single.json": as_json({"order": PAGE[0]}),
    "orders_2026_bare.json": as_json(PAGE[1]),
    "orders_2026_array.txt": as_json(PAGE[:2]),
    "orders_2026_lines.jsonl": b"\n".join([as_json(PAGE[0]), b'{"orderId": "250-', as_json({"order": PAGE[1]}), b""]),
    "orders_2026_cut.json": as_json({"orders": PAGE})[:-200],
}
