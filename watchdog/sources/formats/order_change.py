"""
``ORDER_CHANGE`` notifications as saved to a file: each is a look of its own, at its ``EventTime``; what it does not carry is not said.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING, Any

from watchdog.sources.formats.json_parts import begins_json, fields_of, objects_of, parts_of, text_of, word_of
from watchdog.sources.formats.sheet import RowMaker
from watchdog.sources.formats.standing import EXACT, count_in
from watchdog.terms.look import Batch, Kind, Reason, Row
from watchdog.terms.moments import UnreadableDate, parse_instant
from watchdog.terms.observation import Interface

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from watchdog.sources.formats.head import Head
    from watchdog.sources.formats.reading import Blocks, Document, Reader

SOURCE = "inbox:order_change"
_KEY = b'"OrderChangeNotification"'
_ASKED = "buyer requested cancel"
_SUMMARY = {
    "marketplace": "MarketplaceId",
    "status": "OrderStatus",
    "order_type": "OrderType",
    "purchased": "PurchaseDate",
    "ship_by": "LatestShipDate",
    "postal_code": "DestinationPostalCode",
}
_ITEM = {"item_id": "OrderItemId", "sku": "SellerSKU", "item_status": "OrderItemStatus", "shipped": "QuantityShipped"}
#: An envelope inside a queue's answer is this deep at most.
_DEPTH = 6


def opened(head: Head) -> Reader | None:
    """
    Return how to read the document if it begins like a notification of this type, or a queue's answer around one, else None.
    """
    return _read if begins_json(head.text) and _KEY in head.text.replace(b'\\"', b'"') else None


def _read(document: Document, blocks: Blocks) -> Iterator[Batch]:
    """
    Yield one look for each notification; what is none gives a look with a rejected row, so that the rows add up.
    """
    parts = parts_of(b"".join(blocks), lambda value: bool(_envelopes(value)))
    if isinstance(parts, Reason):
        yield document.refused(SOURCE, Kind.ORDERS, parts)
        return
    sheet = RowMaker(document.reading, EXACT, address="v0")
    place = 0
    for line, value in parts.values:
        for envelope in _envelopes(value) or [{}]:
            place += 1
            yield _batch(document, envelope, sheet, line if parts.by_line else place)


def _batch(document: Document, envelope: Mapping[str, Any], sheet: RowMaker, place: int) -> Batch:
    look = document.look(SOURCE, Kind.ORDERS, interface=Interface.ORDER_CHANGE)
    try:
        look = replace(look, as_of=_event_time(envelope, document) or look.as_of)
    except UnreadableDate:
        return Batch(look, [sheet.unusable(place, Reason("row_no_date", {"column": "EventTime"}))], sheet.read)
    return Batch(look, _rows(fields_of(_payload(envelope).get("OrderChangeNotification")), sheet, place), sheet.read)


def _rows(change: Mapping[str, Any], sheet: RowMaker, place: int) -> list[Row]:
    summary = fields_of(change.get("Summary"))
    said = {name: text_of(summary.get(key)) for name, key in _SUMMARY.items()}
    said |= {"order_id": text_of(change.get("AmazonOrderId")), "fulfilled_by": text_of(summary.get("FulfillmentType"))}
    programs = summary.get("OrderPrograms")
    if isinstance(programs, list) and "Replacement" in programs:
        said["replacement"] = "true"
    items = objects_of(summary.get("OrderItems")) or [{}]
    asked = text_of(fields_of(change.get("OrderChangeTrigger")).get("ChangeReason")).lower() == _ASKED
    for_all = asked and not any(word_of(item.get("IsBuyerRequestedCancel")) == "true" for item in items)
    return [sheet.row(place, {**said, **_said_of(item, for_all=for_all)}) for item in items]


def _said_of(item: Mapping[str, Any], *, for_all: bool) -> dict[str, str]:
    said = {name: text_of(item.get(key)) for name, key in _ITEM.items()}
    ordered, shipped = count_in(text_of(item.get("Quantity"))), count_in(said["shipped"])
    if ordered is not None and shipped is not None:
        said["to_ship"] = str(max(ordered - shipped, 0))
    return {**said, "cancel": "true" if for_all else word_of(item.get("IsBuyerRequestedCancel"))}


def _event_time(envelope: Mapping[str, Any], document: Document) -> datetime | None:
    written = envelope.get("EventTime", envelope.get("eventTime"))
    moment = parse_instant(text_of(written), document.reading.home.zone)
    return moment.astimezone(UTC) if moment else None


def _payload(envelope: Mapping[str, Any]) -> Mapping[str, Any]:
    return fields_of(envelope.get("Payload", envelope.get("payload")))


def _envelopes(value: Any, depth: int = _DEPTH) -> list[Mapping[str, Any]]:
    """
    Return the notifications in a value: itself, or inside the lists, ``Body`` and ``Message`` texts of a queue's answer.
    """
    if not depth:
        return []
    if isinstance(value, list):
        return [found for part in value for found in _envelopes(part, depth - 1)]
    outer = fields_of(value)
    if "OrderChangeNotification" in _payload(outer):
        return [outer]
    inner = [_unpacked(outer[key]) for key in ("Body", "body", "Message", "Messages", "Records") if key in outer]
    return [found for part in inner for found in _envelopes(part, depth - 1)]


def _unpacked(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return None
