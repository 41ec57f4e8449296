"""
Orders API v0, as long as it lives: getOrders, getOrder, getOrderItems.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.spapi_fake.asked import Answer, Asked, Refusal, invalid
from tests.spapi_fake.windows import day_window, instant
from watchdog.terms.marketplace import BY_ID

if TYPE_CHECKING:
    from tests.spapi_fake.world import Line, Order, World

_LAG = timedelta(minutes=2)
_LARGEST = 100
_STATUSES = {
    "PENDING_AVAILABILITY": "PendingAvailability",
    "PENDING": "Pending",
    "UNSHIPPED": "Unshipped",
    "PARTIALLY_SHIPPED": "PartiallyShipped",
    "SHIPPED": "Shipped",
    "CANCELLED": "Canceled",
    "UNFULFILLABLE": "Unfulfillable",
}
_CHANNELS = {"MERCHANT": "MFN", "AMAZON": "AFN"}


def get_orders(world: World, asked: Asked) -> Answer:
    """
    Answer one page of the orders in question.
    """
    field, after, before = _span(asked)
    start = 0
    if token := asked.query.get("NextToken"):
        held = json.loads(bytes.fromhex(token))
        start, before = held["start"], datetime.fromisoformat(held["before"])
    found = sorted((getattr(order, field), order.order_id) for order in world.orders.values() if _is_wanted(order, asked))
    listed = [key for key in found if after <= key[0] <= before]
    size = int(asked.query.get("MaxResultsPerPage", _LARGEST))
    payload: dict[str, Any] = {"Orders": [shown(world.orders[order_id]) for _, order_id in listed[start : start + size]]}
    if start + size < len(listed):
        payload["NextToken"] = json.dumps({"start": start + size, "before": before.isoformat()}).encode().hex()
    payload["CreatedBefore" if field == "created" else "LastUpdatedBefore"] = instant(before)
    return Answer(200, {"payload": payload})


def get_order(world: World, asked: Asked) -> Answer:
    """
    Answer one order without its items.
    """
    return Answer(200, {"payload": shown(_known(world, asked))})


def get_order_items(world: World, asked: Asked) -> Answer:
    """
    Answer the items of one order.
    """
    order = _known(world, asked)
    items = [_item(line, order) for line in order.lines]
    return Answer(200, {"payload": {"AmazonOrderId": order.order_id, "OrderItems": items}})


def _known(world: World, asked: Asked) -> Order:
    order = world.orders.get(asked.values["orderId"])
    if order is None:
        raise Refusal(404, "ResourceNotFound", "The requested order was not found.")
    return order


def _span(asked: Asked) -> tuple[str, datetime, datetime]:
    created, updated = asked.instant("CreatedAfter"), asked.instant("LastUpdatedAfter")
    if (created is None) == (updated is None):
        raise invalid("Exactly one of CreatedAfter and LastUpdatedAfter is required.")
    latest = asked.at - _LAG
    before = asked.instant("CreatedBefore") or asked.instant("LastUpdatedBefore")
    after = created or updated
    if after is None or (before is not None and not after <= before <= latest):
        raise invalid("The time span is not allowed.")
    return ("created" if created else "status_updated"), after, before or latest


def _is_wanted(order: Order, asked: Asked) -> bool:
    filters = (
        ("OrderStatuses", _STATUSES[order.status]),
        ("MarketplaceIds", order.marketplace_id),
        ("FulfillmentChannels", _CHANNELS[order.fulfilled_by]),
    )
    named = not asked.list("AmazonOrderIds") or order.order_id in asked.list("AmazonOrderIds")
    return named and all(name not in asked.query or value in asked.list(name) for name, value in filters)


def shown(order: Order) -> dict[str, Any]:
    """
    Return the order as this API shows it: no items, no buyer.
    """
    store = BY_ID[order.marketplace_id]
    left = sum(line.quantity - line.shipped for line in order.lines) if order.is_open else 0
    body: dict[str, Any] = {
        "AmazonOrderId": order.order_id,
        "PurchaseDate": instant(order.created),
        "LastUpdateDate": instant(order.status_updated),
        "OrderStatus": _STATUSES[order.status],
        "FulfillmentChannel": _CHANNELS[order.fulfilled_by],
        "SalesChannel": store.name,
        "MarketplaceId": store.id,
        "OrderType": "Preorder" if order.preorder else "StandardOrder",
        "NumberOfItemsShipped": sum(line.shipped for line in order.lines),
        "NumberOfItemsUnshipped": left,
        "IsReplacementOrder": bool(order.replaces),
        "IsPrime": False,
    }
    if order.ship_by is not None:
        body["EarliestShipDate"], body["LatestShipDate"] = day_window(order.ship_by, order.marketplace_id)
    return body


def _item(line: Line, order: Order) -> dict[str, Any]:
    body: dict[str, Any] = {
        "OrderItemId": line.item_id,
        "ASIN": line.asin,
        "SellerSKU": line.sku,
        "Title": line.title,
        "QuantityOrdered": 0 if line.cancelled_by else line.quantity,
        "QuantityShipped": line.shipped,
        "IsGift": "false",
    }
    if line.cancel_requested:
        body["BuyerRequestedCancel"] = {"IsBuyerRequestedCancel": "true", "BuyerCancelReason": "CHANGED_MIND"}
    if order.status != "PENDING_AVAILABILITY":
        body["ItemPrice"] = {"CurrencyCode": BY_ID[order.marketplace_id].currency, "Amount": str(line.price)}
    return body
