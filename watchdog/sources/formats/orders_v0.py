"""
Orders API v0 as saved to a file: orders with their items in them or beside them, wrapped, bare, in an array or as JSON lines.

``getOrders`` shows no items, ``getOrderItems`` no order: a document that holds both answers is put together here. An order without
items still says where it stands and by when it ships, of whichever lines of it are known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from watchdog.sources.formats.json_parts import begins_json, fields_of, objects_of, parts_of, text_of, word_of
from watchdog.sources.formats.reading import Blocks, Document, Read, Reader, Reading, batches
from watchdog.sources.formats.sheet import RowMaker
from watchdog.sources.formats.standing import EXACT, count_in
from watchdog.terms.look import Batch, Kind, Reason, Row
from watchdog.terms.observation import Interface

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchdog.sources.formats.head import Head

SOURCE = "inbox:orders_v0"
_KEY = re.compile(rb'"AmazonOrderId"\s*:')
#: Of an order: our name -> its key. How it was paid is left out: other interfaces spell it otherwise.
_ORDER = {
    "order_id": "AmazonOrderId",
    "purchased": "PurchaseDate",
    "updated": "LastUpdateDate",
    "status": "OrderStatus",
    "order_type": "OrderType",
    "ship_by": "LatestShipDate",
    "channel": "SalesChannel",
    "marketplace": "MarketplaceId",
    "fulfilled_by": "FulfillmentChannel",
    "replacement": "IsReplacementOrder",
}
_ADDRESS = {
    "name": "Name",
    "street_1": "AddressLine1",
    "street_2": "AddressLine2",
    "street_3": "AddressLine3",
    "city": "City",
    "state": "StateOrRegion",
    "postal_code": "PostalCode",
    "country": "CountryCode",
}
_ITEM = {"item_id": "OrderItemId", "sku": "SellerSKU", "asin": "ASIN", "title": "Title", "shipped": "QuantityShipped"}


class _Entry(NamedTuple):
    place: int
    order: Mapping[str, Any]


def opened(head: Head) -> Reader | None:
    """
    Return how to read the document if it begins like an answer of this API, else None.
    """
    return _read if begins_json(head.text) and _KEY.search(head.text) else None


def _read(document: Document, blocks: Blocks) -> Iterator[Batch]:
    parts = parts_of(b"".join(blocks), _is_ours)
    if isinstance(parts, Reason):
        yield document.refused(SOURCE, Kind.ORDERS, parts)
        return
    entries = [
        _Entry(line if parts.by_line else place, order) for line, value in parts.values for place, order in enumerate(_orders_in(value), 1)
    ]
    items = {text_of(entry.order.get("AmazonOrderId")): _items_of(entry.order) for entry in entries if _items_of(entry.order)}
    sheet = RowMaker(document.reading, EXACT, address="v0")
    look = document.look(SOURCE, Kind.ORDERS, interface=Interface.ORDERS_V0)
    yield from batches(look, _rows(entries, items, sheet), sheet.read)


def answered(orders: Sequence[Any], items: Mapping[str, list[Mapping[str, Any]]], reading: Reading) -> tuple[list[Row], Read]:
    """
    Return the rows of orders as the API answered them, with those items that were asked for too, and how they are read.
    """
    sheet = RowMaker(reading, EXACT, address="v0")
    entries = [_Entry(place, fields_of(order)) for place, order in enumerate(orders, 1)]
    return [row for rows in _rows(entries, items, sheet) for row in rows], sheet.read


def _rows(entries: list[_Entry], items: Mapping[str, list[Mapping[str, Any]]], sheet: RowMaker) -> Iterator[list[Row]]:
    """
    Yield the rows of each order; an answer that shows only items is part of the order it belongs to, where that is here.
    """
    whole = {text_of(entry.order.get("AmazonOrderId")) for entry in entries if "OrderStatus" in entry.order}
    for place, order in entries:
        order_id = text_of(order.get("AmazonOrderId"))
        if "OrderStatus" not in order and order_id in whole:
            continue
        of_order = {name: word_of(order.get(key)) for name, key in _ORDER.items()}
        address = fields_of(order.get("ShippingAddress"))
        of_order |= {name: text_of(address.get(key)) for name, key in _ADDRESS.items()}
        yield [sheet.row(place, {**of_order, **_said_of(item)}) for item in items.get(order_id, [{}])]


def _said_of(item: Mapping[str, Any]) -> dict[str, str]:
    said = {name: text_of(item.get(key)) for name, key in _ITEM.items()}
    ordered, shipped = count_in(text_of(item.get("QuantityOrdered"))), count_in(said["shipped"])
    if ordered is not None and shipped is not None:
        said["to_ship"] = str(max(ordered - shipped, 0))
    asked = fields_of(item.get("BuyerRequestedCancel"))
    return {**said, "cancel": word_of(asked.get("IsBuyerRequestedCancel"))}


def _is_ours(value: Mapping[str, Any]) -> bool:
    return any(text_of(order.get("AmazonOrderId")) for order in _orders_in(value)[:1])


def _orders_in(value: Any) -> list[Mapping[str, Any]]:
    """
    Return the orders (or answers with items of one order) of a page, whatever it is wrapped in.
    """
    if isinstance(value, list):
        return [order for part in value for order in _orders_in(part)] or [{}]
    page = fields_of(value)
    page = fields_of(page.get("payload")) or page
    return [fields_of(order) for order in page["Orders"]] if isinstance(page.get("Orders"), list) else [page]


def _items_of(order: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return objects_of(order.get("OrderItems")) or objects_of(fields_of(order.get("OrderItems")).get("OrderItem"))
