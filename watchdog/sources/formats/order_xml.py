"""
Order reports as XML (all orders, new orders, Japan's pending orders; none carries a ship date), and MWS answers, which do.

MWS (``ListOrders``, ``GetOrder`` of 2013-09-01) is retired; old archives hold its answers. The document is read as
it streams in; a document type declaration is refused, because entities could be defined in one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from xml.parsers import expat

from watchdog.sources.formats.encoding import as_utf8
from watchdog.sources.formats.reading import Blocks, Document, Reader, batches, refuse
from watchdog.sources.formats.sheet import RowMaker
from watchdog.sources.formats.standing import ALL_ORDERS, EXACT, NEW_ORDERS, PENDING, OrderStanding
from watchdog.terms.look import Batch, Kind, Reason, Row
from watchdog.terms.observation import Interface

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchdog.sources.formats.head import Head

_ORDER_ID = re.compile(rb"<(?:\w+:)?AmazonOrderI[Dd]\b")
_ITEMS = frozenset({"OrderItem", "Item"})
#: Element -> our name; elements of billing data and prices are not looked at.
_ELEMENTS = {
    "AmazonOrderID": "order_id", "AmazonOrderId": "order_id", "PurchaseDate": "purchased", "OrderDate": "purchased",
    "LastUpdatedDate": "updated", "OrderStatus": "status", "SalesChannel": "channel", "FulfillmentChannel": "fulfilled_by",
    "IsReplacementOrder": "replacement", "AmazonOrderItemCode": "item_id", "SKU": "sku", "ASIN": "asin", "ItemStatus": "item_status",
    "LatestShipDate": "ship_by", "MarketplaceId": "marketplace", "OrderType": "order_type", "OrderItemId": "item_id", "SellerSKU": "sku",
    "NumberOfItemsShipped": "shipped", "NumberOfItemsUnshipped": "to_ship", "LastUpdateDate": "updated",
    "Title": "title", "ProductName": "title", "BuyerEmailAddress": "email", "IsBuyerRequestedCancellation": "cancel",
    "Name": "name", "AddressFieldOne": "street_1", "AddressFieldTwo": "street_2", "AddressFieldThree": "street_3", "City": "city",
    "State": "state", "StateOrRegion": "state", "PostalCode": "postal_code", "Country": "country", "CountryCode": "country",
}  # fmt: skip
_OF_ADDRESS = frozenset({"name", "street_1", "street_2", "street_3", "city", "state", "postal_code", "country"})
#: No cell is longer; a longer text is cut.
_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class _Kind:
    source: str
    interface: Interface
    standing: OrderStanding
    dated: bool = False  #: it carries ship dates


class _Doctype(ValueError):
    """
    The document defines its own grammar, which no report does.
    """


def opened(head: Head) -> Reader | None:
    """
    Return how to read the document if it begins like one of these reports, else None.
    """
    text = head.text.lstrip()
    if not text.startswith(b"<") or not _ORDER_ID.search(text):
        return None
    if b"<!DOCTYPE" in text:
        return refuse("inbox:order_xml", Kind.ORDERS, Reason("file_doctype"))
    return partial(_read, _kind_of(text))


def _kind_of(text: bytes) -> _Kind:
    if re.search(rb"<(?:\w+:)?(?:ListOrders|GetOrder)\w*Res", text):
        return _Kind("inbox:orders_mws", Interface.ORDERS_V0, EXACT, dated=True)
    if re.search(rb"<\w*PendingOrder|PendingOrders?Report", text) or (b"<PaymentType" in text and b"<FulfillmentData" not in text):
        return _Kind("inbox:pending_orders_xml", Interface.PENDING_REPORT, PENDING)
    if b"<OrderStatus" in text or b"AllOrdersReport" in text:
        return _Kind("inbox:all_orders_xml", Interface.ALL_ORDERS_REPORT, ALL_ORDERS)
    return _Kind("inbox:new_orders_xml", Interface.NEW_ORDERS_REPORT, NEW_ORDERS)


def _read(kind: _Kind, document: Document, blocks: Blocks) -> Iterator[Batch]:
    sheet = RowMaker(document.reading, kind.standing, address="xml")
    look = document.look(kind.source, Kind.ORDERS, interface=kind.interface)
    remark = None if kind.dated else Reason("file_without_ship_date", {"name": document.name})
    yield from batches(look, _rows(sheet, document, blocks), sheet.read, remark=remark)


def _rows(sheet: RowMaker, document: Document, blocks: Blocks) -> Iterator[list[Row]]:
    """
    Yield the rows of each block; where the XML breaks off, the rest is one row that can't be used.
    """
    orders = _Orders(sheet)
    try:
        for block in as_utf8(blocks, document.encoding):
            orders.parser.Parse(block, False)  # noqa: FBT003 - expat takes it by place only
            yield orders.taken()
        orders.parser.Parse(b"", True)  # noqa: FBT003 - same
    except (expat.ExpatError, _Doctype) as error:
        line = orders.parser.CurrentLineNumber
        code = "row_doctype" if isinstance(error, _Doctype) else "row_xml_broken"
        yield [*orders.taken(), sheet.unusable(line, Reason(code))]


class _Orders:
    """
    Collects the rows of the orders whose end was met.
    """

    def __init__(self, sheet: RowMaker) -> None:
        """
        Begin before the first element.
        """
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype
        self._sheet = sheet
        self._path: list[str] = []
        self._written: list[str] = []
        self._order: dict[str, str] = {}
        self._item: dict[str, str] | None = None
        self._items: list[tuple[int, dict[str, str]]] = []
        self._begins = 0
        self._rows: list[Row] = []

    def taken(self) -> list[Row]:
        """
        Return the rows found since this was asked last.
        """
        rows, self._rows = self._rows, []
        return rows

    def _start(self, name: str, _attributes: object) -> None:
        name = name.rpartition(":")[2]
        self._path.append(name)
        self._written = []
        if name in _ITEMS:
            self._item, self._begins = {}, self.parser.CurrentLineNumber

    def _text(self, text: str) -> None:
        if sum(map(len, self._written)) < _LONGEST:
            self._written.append(text)

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        ours = _ELEMENTS.get(name)
        if ours == "order_id" and "order_id" in self._order:
            self._finish()
        if ours and (ours not in _OF_ADDRESS or "FulfillmentData" in self._path):
            said = self._order if self._item is None else self._item
            said.setdefault(ours, "".join(self._written)[:_LONGEST].strip())
            self._begins = self._begins or self.parser.CurrentLineNumber
        if name in _ITEMS and self._item is not None:
            self._items.append((self._begins, self._item))
            self._item = None
        self._written = []
        self._path.pop()
        if name in {"Message", "Order", "OrderReport"} or not self._path:
            self._finish()

    def _finish(self) -> None:
        """
        Make the rows of the order that ends here.
        """
        for place, item in self._items or ([(self._begins, {})] if self._order.get("order_id") else []):
            self._rows.append(self._sheet.row(place, {**self._order, **item}))
        self._order, self._items, self._item, self._begins = {}, [], None, 0

    def _doctype(self, *_declared: object) -> None:
        raise _Doctype
