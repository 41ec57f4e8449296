"""
Notifications as Amazon puts them into a queue; each is held against its published schema.
"""

from __future__ import annotations

import json
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Any

from jsonschema import Draft7Validator

from tests.spapi_fake.models import FOLDER
from tests.spapi_fake.windows import day_window, instant

if TYPE_CHECKING:
    from datetime import datetime

    from tests.spapi_fake.world import Order

_NUMBERS = count(1)
#: The one trace of a buyer in a notification.
POSTAL_CODE = "999-8765"
_STATUSES = {
    "PENDING_AVAILABILITY": "PendingAvailability",
    "PENDING": "Pending",
    "UNSHIPPED": "Unshipped",
    "PARTIALLY_SHIPPED": "PartiallyShipped",
    "SHIPPED": "Shipped",
    "CANCELLED": "Canceled",
}


def order_change(order: Order, at: datetime, *, dated: bool = True, change: str = "OrderStatusChange") -> str:
    """
    Return the notification of an order as it stands; without ``dated`` it carries no dates at all.
    """
    summary: dict[str, Any] = {
        "MarketplaceId": order.marketplace_id,
        "OrderStatus": _STATUSES[order.status],
        "PurchaseDate": instant(order.created),
        "DestinationPostalCode": POSTAL_CODE,
        "FulfillmentType": "MFN" if order.fulfilled_by == "MERCHANT" else "AFN",
        "OrderType": "Preorder" if order.preorder else "StandardOrder",
        "OrderItems": [
            {
                "OrderItemId": line.item_id,
                "SellerSKU": line.sku,
                "SupplySourceId": "fake-source",
                "Quantity": line.quantity,
                "QuantityShipped": line.shipped,
                "IsBuyerRequestedCancel": line.cancel_requested,
            }
            for line in order.lines
        ],
    }
    if dated and order.ship_by is not None:
        summary["EarliestShipDate"], summary["LatestShipDate"] = day_window(order.ship_by, order.marketplace_id)
    said = {
        "NotificationLevel": "OrderLevel",
        "SellerId": "A1SELLER0000AA",
        "AmazonOrderId": order.order_id,
        "OrderChangeType": change,
        "OrderChangeTrigger": {"TimeOfOrderChange": instant(at), "ChangeReason": "Other"},
        "Summary": summary,
    }
    envelope = {
        "NotificationVersion": "1.0",
        "NotificationType": "ORDER_CHANGE",
        "PayloadVersion": "1.0",
        "EventTime": instant(at),
        "Payload": {"OrderChangeNotification": said},
        "NotificationMetadata": _metadata(at, "ApplicationId", "SubscriptionId", "PublishTime", "NotificationId"),
    }
    return _held_against("OrderChangeNotification.json", envelope)


def report_finished(report: str, kind: str, at: datetime, status: str = "DONE") -> str:
    """
    Return the notification that Amazon is done with a report.
    """
    said = {"accountId": "amzn1.merchant.o.A1SELLER0000AA", "reportId": report, "reportType": kind, "processingStatus": status}
    envelope = {
        "notificationVersion": "2020-09-04",
        "notificationType": "REPORT_PROCESSING_FINISHED",
        "payloadVersion": "2020-09-04",
        "eventTime": instant(at),
        "payload": {"reportProcessingFinishedNotification": {**said, "reportDocumentId": f"amzn1.spdoc.{report}"}},
        "notificationMetadata": _metadata(at, "applicationId", "subscriptionId", "publishTime", "notificationId"),
    }
    return _held_against("ReportProcessingFinishedNotification.json", envelope)


def account_changed(state: str, at: datetime, marketplace_id: str, before: str = "NORMAL") -> str:
    """
    Return the notification that the account's state changed; Amazon publishes no schema of it.
    """
    said = {"marketplaceId": marketplace_id, "previousAccountStatus": before, "currentAccountStatus": state}
    envelope = {
        "notificationVersion": "1.0",
        "notificationType": "ACCOUNT_STATUS_CHANGED",
        "payloadVersion": "2021-01-01",
        "eventTime": instant(at),
        "payload": {"accountStatusChangeNotification": said},
        "notificationMetadata": _metadata(at, "applicationId", "subscriptionId", "publishTime", "notificationId"),
    }
    return json.dumps(envelope)


def _metadata(at: datetime, *names: str) -> dict[str, str]:
    return dict(zip(names, ("fake-app", "fake-subscription", instant(at), f"fake-{next(_NUMBERS):08d}"), strict=True))


@cache
def _schema(file: str) -> Draft7Validator | None:
    path = FOLDER / file
    return Draft7Validator(json.loads(path.read_text())) if path.exists() else None


def _held_against(file: str, envelope: dict[str, Any]) -> str:
    schema = _schema(file)
    if schema is not None:
        schema.validate(envelope)
    return json.dumps(envelope, ensure_ascii=False)
