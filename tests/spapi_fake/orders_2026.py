"""
Orders API v2026-01-01: searchOrders with its filters, its watermark and its pages, and getOrder.
"""

from __future__ import annotations

import base64
import binascii
import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.spapi_fake.asked import Answer, Asked, Refusal, invalid
from tests.spapi_fake.windows import day_window, instant
from watchdog.terms.marketplace import BY_ID

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.spapi_fake.world import Line, Order, World

#: A Before closer to the present is refused (I:docs#326).
_LAG = timedelta(minutes=2)
_TOKEN_LIVES = timedelta(hours=24)
#: What may differ between the pages of one question.
_FREE = {"maxResultsPerPage", "includedData", "paginationToken"}
_LARGEST = 100


def search_orders(world: World, asked: Asked) -> Answer:
    """
    Answer one page of the orders in question, oldest first.
    """
    field, after, before = _span(asked)
    token = _read_token(asked)
    if token is not None:
        before = datetime.fromisoformat(token["before"])
    found = sorted((_when(order, field), order.order_id) for order in world.orders.values() if _is_wanted(order, asked))
    begin = (datetime.fromisoformat(token["at"]), token["id"]) if token else None
    listed = [key for key in found if after <= key[0] <= before and (begin is None or key > begin)]
    size = _page_size(asked)
    page = [world.orders[order_id] for _, order_id in listed[:size]]
    body: dict[str, Any] = {"orders": [shown(order, asked.list("includedData"), world=world) for order in page]}
    if len(listed) > size:
        body["pagination"] = {"nextToken": _write_token(asked, before, listed[size - 1])}
    body["createdBefore" if field == "created" else "lastUpdatedBefore"] = instant(before)
    return Answer(200, body)


def get_order(world: World, asked: Asked) -> Answer:
    """
    Answer one order.
    """
    order = world.orders.get(asked.values["orderId"])
    if order is None:
        raise Refusal(404, "NotFound", "The requested order was not found.")
    return Answer(200, {"order": shown(order, asked.list("includedData"), world=world)})


def _span(asked: Asked) -> tuple[str, datetime, datetime]:
    created, updated = asked.instant("createdAfter"), asked.instant("lastUpdatedAfter")
    if (created is None) == (updated is None):
        raise invalid("Exactly one of createdAfter and lastUpdatedAfter is required.")
    wrong = "lastUpdatedBefore" if created else "createdBefore"
    if wrong in asked.query:
        raise invalid(f"{wrong} does not go with this request.")
    after = created or updated
    before = asked.instant("createdBefore") or asked.instant("lastUpdatedBefore")
    latest = asked.at - _LAG
    if after is None or (before is not None and (before < after or before > latest)) or after > latest:
        raise invalid("The time span is not allowed.")
    return ("created" if created else "updated"), after, before or latest


def _when(order: Order, field: str) -> datetime:
    moment: datetime = getattr(order, field)
    return moment.replace(microsecond=0)


def _page_size(asked: Asked) -> int:
    size = int(asked.query.get("maxResultsPerPage", _LARGEST))
    if not 1 <= size <= _LARGEST:
        raise invalid("maxResultsPerPage must be between 1 and 100.")
    return size


def _is_wanted(order: Order, asked: Asked) -> bool:
    filters = (("fulfillmentStatuses", order.status), ("marketplaceIds", order.marketplace_id), ("fulfilledBy", order.fulfilled_by))
    return all(name not in asked.query or value in asked.list(name) for name, value in filters)


def _question(asked: Asked) -> Mapping[str, str]:
    return {name: value for name, value in sorted(asked.query.items()) if name not in _FREE}


def _write_token(asked: Asked, before: datetime, last: tuple[datetime, str]) -> str:
    token = {
        "question": _question(asked),
        "before": before.isoformat(),
        "at": last[0].isoformat(),
        "id": last[1],
        "issued": asked.at.isoformat(),
    }
    return base64.urlsafe_b64encode(json.dumps(token).encode()).decode().rstrip("=")


def _read_token(asked: Asked) -> dict[str, Any] | None:
    written = asked.query.get("paginationToken")
    if written is None:
        return None
    try:
        token: dict[str, Any] = json.loads(base64.urlsafe_b64decode(written + "=" * (-len(written) % 4)))
        issued = datetime.fromisoformat(token["issued"])
    except (ValueError, KeyError, binascii.Error):
        raise invalid("The pagination token is invalid.") from None
    if asked.at - issued > _TOKEN_LIVES:
        raise invalid("The pagination token has expired.")
    if token["question"] != _question(asked):
        raise invalid("Parameters must not change between pages.")
    return token


def shown(order: Order, included: list[str], *, world: World) -> dict[str, Any]:
    """
    Return the order as this API shows it, with the blocks that were asked for.
    """
    store = BY_ID[order.marketplace_id]
    body: dict[str, Any] = {
        "orderId": order.order_id,
        "createdTime": instant(order.created),
        "lastUpdatedTime": instant(order.updated),
        "programs": order.programs,
        "salesChannel": {"channelName": "AMAZON", "marketplaceId": store.id, "marketplaceName": store.name},
        "orderItems": [_item(line, included, closed=not order.is_open) for line in order.lines],
    }
    if order.replaces:
        body["associatedOrders"] = [{"orderId": order.replaces, "associationType": "REPLACEMENT_ORIGINAL_ID"}]
    if "FULFILLMENT" in included:
        body["fulfillment"] = _fulfillment(order, world)
    if "PAYMENT" in included and order.status != "PENDING_AVAILABILITY":
        amount = {"amount": str(sum(line.price * line.quantity for line in order.lines)), "currencyCode": store.currency}
        body["payment"] = {"paymentExecutions": [{"paymentMethod": order.payment, "paymentAmount": amount}]}
    return body


def _fulfillment(order: Order, world: World) -> dict[str, Any]:
    said: dict[str, Any] = {
        "fulfillmentStatus": order.status,
        "fulfilledBy": order.fulfilled_by,
        "fulfillmentServiceLevel": "STANDARD",
    }
    if order.ship_by is not None and (world.window_while_pending or order.status != "PENDING_AVAILABILITY"):
        earliest, latest = day_window(order.ship_by, order.marketplace_id)
        said["shipByWindow"] = {"earliestDateTime": earliest, "latestDateTime": latest}
    return said


def _item(line: Line, included: list[str], *, closed: bool) -> dict[str, Any]:
    body: dict[str, Any] = {
        "orderItemId": line.item_id,
        "quantityOrdered": line.quantity,
        "product": {"asin": line.asin, "title": line.title, "sellerSku": line.sku, "condition": {"conditionType": "NEW"}},
    }
    if "FULFILLMENT" in included:
        left = 0 if closed else line.quantity - line.shipped
        body["fulfillment"] = {"quantityFulfilled": line.shipped, "quantityUnfulfilled": left}
    if "CANCELLATION" in included and (line.cancel_requested or line.cancelled_by):
        body["cancellation"] = {}
        if line.cancel_requested:
            body["cancellation"]["cancellationRequest"] = {"requester": "BUYER", "cancelReason": "CHANGED_MIND"}
        if line.cancelled_by:
            body["cancellation"]["cancellationExecution"] = {"cancelledBy": line.cancelled_by, "cancelReason": "OTHER"}
    return body
