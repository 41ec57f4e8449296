"""
Synthetic JSON and XML of the interfaces that are no tables and not Orders API v2026-01-01; shapes as Amazon's models show them.
"""

from __future__ import annotations

import json
from typing import Any

from tests.sources.makers_sources import MAIL, NAME, STREET, as_json
from watchdog.terms.marketplace import JAPAN

TITLE = "架空のアルバム〜第1集〜【初回限定盤】"


def order_v0(number: int, **changes: Any) -> dict[str, Any]:
    """
    Return an order of Orders API v0 with one item in it: a healthy pre-order.
    """
    return {
        "AmazonOrderId": f"250-{number:07d}-0000001",
        "PurchaseDate": "2026-07-01T03:00:00Z",
        "LastUpdateDate": "2026-07-01T03:05:00Z",
        "OrderStatus": "PendingAvailability",
        "OrderType": "Preorder",
        "FulfillmentChannel": "MFN",
        "SalesChannel": "Amazon.co.jp",
        "MarketplaceId": JAPAN,
        "IsReplacementOrder": "false",
        "EarliestShipDate": "2026-09-13T15:00:00Z",
        "LatestShipDate": "2026-09-14T14:59:59Z",
        "PaymentMethod": "Other",
        "OrderItems": [item_v0(number)],
        **changes,
    }


def item_v0(number: int, **changes: Any) -> dict[str, Any]:
    """
    Return one item as getOrderItems shows it.
    """
    item = {"ASIN": "B0EXAMPLE1", "SellerSKU": f"CD-{number:04d}", "OrderItemId": f"{10_000_000_000_000 + number}", "Title": TITLE}
    return {**item, "QuantityOrdered": 1, "QuantityShipped": 0, **changes}


def without_items(order: dict[str, Any]) -> dict[str, Any]:
    """
    Return the order as getOrders shows it.
    """
    return {key: value for key, value in order.items() if key != "OrderItems"}


_LIVES = {"Name": NAME, "AddressLine1": STREET, "City": "架空市", "PostalCode": "000-0000", "CountryCode": "JP"}
_UNUSUAL = [
    order_v0(1),
    order_v0(2, OrderStatus="Unshipped", OrderType="StandardOrder", LatestShipDate="2026-09-08T14:59:59Z", ShippingAddress=_LIVES),
    order_v0(3, OrderStatus="Canceled", LatestShipDate="1970-01-01T00:00:00Z"),
    order_v0(4, OrderItems=[item_v0(4, BuyerRequestedCancel={"IsBuyerRequestedCancel": "true", "BuyerCancelReason": "架空の理由"})]),
    order_v0(5, OrderStatus="Shipped", OrderItems=[item_v0(5, QuantityShipped=1)]),
    order_v0(6, FulfillmentChannel="AFN"),
    order_v0(7, IsReplacementOrder=True),
    order_v0(8, OrderType="SourcingOnDemandOrder"),
    order_v0(9, LatestShipDate="20178-02-20T19:49:35Z"),
    order_v0(10, SalesChannel="Amazon.co.uk", MarketplaceId="A1F83G8C2ARO7P", LatestShipDate="2026-09-14T22:59:59Z"),
    without_items(order_v0(11)),
    order_v0(12, AmazonOrderId="5.80293E+13"),
    {"hello": "world"},
]


def change(number: int, **summary: Any) -> dict[str, Any]:
    """
    Return a notification about one order; what is None is left out.
    """
    said = {
        "MarketplaceId": JAPAN,
        "OrderStatus": "Pending",
        "PurchaseDate": "2026-07-01T03:00:00.694Z",
        "DestinationPostalCode": "000-0000",
        "FulfillmentType": "MFN",
        "OrderType": "Preorder",
        "LatestShipDate": "2026-09-14T14:59:59.000Z",
        "OrderItems": [{"OrderItemId": f"{number}", "SellerSKU": f"CD-{number:04d}", "Quantity": 1, "QuantityShipped": 0}],
        **summary,
    }
    body = {
        "NotificationLevel": "OrderLevel",
        "AmazonOrderId": f"250-{number:07d}-0000001",
        "OrderChangeType": "OrderStatusChange",
        "Summary": {key: value for key, value in said.items() if value is not None},
    }
    envelope = {"NotificationType": "ORDER_CHANGE", "EventTime": f"2026-09-0{number}T00:09:53.109Z"}
    return {**envelope, "Payload": {"OrderChangeNotification": body}}


def asking(number: int) -> dict[str, Any]:
    """
    Return the notification that a buyer asks to cancel; no item says so itself.
    """
    said = change(number)
    said["Payload"]["OrderChangeNotification"] |= {
        "OrderChangeType": "BuyerRequestedChange",
        "OrderChangeTrigger": {"TimeOfOrderChange": "2026-09-04T00:09:53.109Z", "ChangeReason": "Buyer Requested Cancel"},
    }
    return said


_CHANGES = [
    change(1),
    change(2, LatestShipDate=None, DestinationPostalCode=None, PurchaseDate=None, OrderType=None, OrderStatus="Shipped"),
    change(3, FulfillmentType="AFN"),
    asking(4),
    change(5, OrderItems=[]),
]
_QUEUE = {"Messages": [{"MessageId": "1", "Body": json.dumps(change(1))}]}

_ITEM = {
    "asin": "B0EXAMPLE1",
    "attributes": {
        "street_date": [{"value": "2026-09-13T15:00:00Z", "marketplace_id": JAPAN}],
        "product_site_launch_date": [{"value": "2026-09-01T08:00:01.000Z", "marketplace_id": JAPAN}],
    },
    "summaries": [
        {"marketplaceId": JAPAN, "itemName": TITLE, "releaseDate": "2026-09-14"},
        {"marketplaceId": "ATVPDKIKX0DER", "itemName": "Imaginary Album"},
        {"marketplaceId": "NOWHERE", "releaseDate": "2026-09-14"},
    ],
}
_CATALOG = {"numberOfResults": 3, "items": [_ITEM, {"asin": "nonsense", "summaries": []}, {**_ITEM, "summaries": [], "attributes": {}}]}
_SOON = {"asin": "B0EXAMPLE2", "summaries": [{"marketplaceId": JAPAN, "releaseDate": "soon"}]}


def _address(country: str = "JP") -> str:
    street = f"<Name>{NAME}</Name><AddressFieldOne>{STREET}</AddressFieldOne>"
    return f"<Address>{street}<City>架空市</City><PostalCode>000-0000</PostalCode><CountryCode>{country}</CountryCode></Address>"


def _envelope(kind: str, messages: list[str], encoding: str) -> bytes:
    body = "".join(f"<Message><MessageID>{n}</MessageID>{text}</Message>\n" for n, text in enumerate(messages, 1))
    header = f"<Header><DocumentVersion>1.00</DocumentVersion></Header><MessageType>{kind}</MessageType>"
    text = f'<?xml version="1.0" encoding="{encoding}"?>\n<AmazonEnvelope>{header}\n{body}</AmazonEnvelope>\n'
    return text.encode("cp932" if encoding == "Shift_JIS" else encoding)


def _all_orders(number: int, status: str, item_status: str = "", channel: str = "Merchant") -> str:
    item = f"<OrderItem><AmazonOrderItemCode>{number}</AmazonOrderItemCode><ASIN>B0EXAMPLE1</ASIN><SKU>CD-{number:04d}</SKU>"
    item += f"<ItemStatus>{item_status}</ItemStatus><ProductName>{TITLE} &amp; &#x3c;</ProductName><Quantity>1</Quantity></OrderItem>"
    return (
        f"<Order><AmazonOrderID>250-{number:07d}-0000001</AmazonOrderID><PurchaseDate>2026-07-01T03:00:00+00:00</PurchaseDate>"
        f"<LastUpdatedDate>2026-09-05T03:00:00+00:00</LastUpdatedDate><OrderStatus>{status}</OrderStatus>"
        f"<SalesChannel>Amazon.co.jp</SalesChannel><FulfillmentData><FulfillmentChannel>{channel}</FulfillmentChannel>"
        f"<Address><City>架空市</City><PostalCode>000-0000</PostalCode><Country>JP</Country></Address></FulfillmentData>{item}</Order>"
    )


def _new_order(number: int, items: int = 1) -> str:
    listed = "".join(
        f"<Item><AmazonOrderItemCode>{number}{n}</AmazonOrderItemCode><SKU>CD-{n:04d}</SKU><Title>{TITLE}</Title></Item>"
        for n in range(items)
    )
    billing = f"<BillingData><BuyerEmailAddress>{MAIL}</BuyerEmailAddress><BuyerName>{NAME}</BuyerName></BillingData>"
    return (
        f"<OrderReport><AmazonOrderID>250-{number:07d}-0000001</AmazonOrderID><OrderDate>2026-07-01</OrderDate>{billing}"
        f"<FulfillmentData><FulfillmentMethod>Ship</FulfillmentMethod>{_address()}</FulfillmentData>{listed}</OrderReport>"
    )


def _pending(number: int) -> str:
    item = f"<Item><AmazonOrderItemCode>{number}</AmazonOrderItemCode><SKU>CD-{number:04d}</SKU><Title>{TITLE}</Title></Item>"
    return (
        f"<PendingOrder><AmazonOrderID>250-{number:07d}-0000001</AmazonOrderID><OrderDate>2026-07-01T12:00:00+09:00</OrderDate>"
        f"<PaymentType>ConvenienceStore</PaymentType>{item}</PendingOrder>"
    )


_ALL = [
    _all_orders(1, "Pending"),
    _all_orders(2, "Shipped", "Shipped"),
    _all_orders(3, "Cancelled"),
    _all_orders(4, "Unshipped", "", "Amazon"),
]
_MWS = (
    '<?xml version="1.0"?>\n<ListOrdersResponse xmlns="mws/2013-09-01"><ListOrdersResult><Orders>'
    "<Order><LatestShipDate>2026-09-14T14:59:59Z</LatestShipDate><OrderType>Preorder</OrderType>"
    "<PurchaseDate>2026-07-01T03:00:00Z</PurchaseDate><AmazonOrderId>250-0000001-0000001</AmazonOrderId>"
    f"<LastUpdateDate>2026-09-05T03:00:00Z</LastUpdateDate><MarketplaceId>{JAPAN}</MarketplaceId><OrderStatus>Pending</OrderStatus>"
    f"<FulfillmentChannel>MFN</FulfillmentChannel><ShippingAddress><Name>{NAME}</Name></ShippingAddress></Order>"
    "<Order><AmazonOrderId>250-0000002-0000001</AmazonOrderId><OrderStatus>Unshipped</OrderStatus>"
    "<LatestShipDate>20178-02-20T19:49:35Z</LatestShipDate></Order>"
    "</Orders></ListOrdersResult></ListOrdersResponse>\n"
).encode()
_DOCTYPE = b'<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY e "x">]>\n<AmazonEnvelope><AmazonOrderID>&e;</AmazonOrderID></AmazonEnvelope>\n'

DOCUMENTS: dict[str, bytes] = {
    "orders_v0_payload.json": as_json({"payload": {"Orders": _UNUSUAL, "CreatedBefore": "1.569521782042E9"}}),
    "orders_v0_lines.jsonl": b"\n".join(as_json(one) for one in (order_v0(1), {"payload": order_v0(2)}, {"Orders": [order_v0(3)]})),
    "orders_v0_items_beside.jsonl": b"\n".join(
        as_json(one)
        for one in (
            {"payload": {"Orders": [without_items(order_v0(1)), without_items(order_v0(2))]}},
            {"payload": {"AmazonOrderId": "250-0000001-0000001", "OrderItems": [item_v0(1), item_v0(7)]}},
            {"payload": {"AmazonOrderId": "250-0000009-0000001", "OrderItems": [item_v0(9)]}},
        )
    ),
    "orders_v0_without_items.json": as_json({"payload": {"Orders": [without_items(order_v0(1))]}}),
    "orders_v0_bom.json": b"\xef\xbb\xbf" + as_json([order_v0(1)]),
    "order_change_one.json": as_json(change(1)),
    "order_change_lines.jsonl": b"\n".join(map(as_json, _CHANGES)) + b"\n",
    "order_change_queue.json": as_json(_QUEUE),
    "catalog_search.json": as_json(_CATALOG),
    "catalog_item.json": as_json(_ITEM),
    "catalog_lines.jsonl": as_json(_ITEM) + b"\n" + as_json(_SOON) + b"\n",
    "all_orders_utf8.xml": _envelope("AllOrdersReport", _ALL, "UTF-8"),
    "all_orders_cp932.xml": _envelope("AllOrdersReport", _ALL, "Shift_JIS"),
    "all_orders_utf16.xml": _envelope("AllOrdersReport", _ALL, "UTF-16"),
    "new_orders.xml": _envelope("OrderReport", [_new_order(1), _new_order(2, items=2)], "UTF-8"),
    "new_orders_cut.xml": _envelope("OrderReport", [_new_order(1), _new_order(2)], "UTF-8")[:-200],
    "pending_orders.xml": _envelope("PendingOrdersReport", [_pending(1), _pending(2)], "UTF-8"),
    "orders_mws.xml": _MWS,
    "doctype.xml": _DOCTYPE,
}
