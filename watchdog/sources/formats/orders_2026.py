"""
Orders API v2026-01-01: pages, single orders, arrays and JSON lines of them, as answered by Amazon or saved to a file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from watchdog.sources.formats.json_parts import Parts, begins_json, fields_of, parts_of
from watchdog.sources.formats.order_2026 import Order2026, item_rows
from watchdog.sources.formats.reading import Blocks, Document, Reader, batches
from watchdog.terms.look import Batch, Kind, Reason, Row
from watchdog.terms.observation import Interface

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from watchdog.sources.formats.head import Head

SOURCE = "inbox:orders_2026"
#: Keys only this API uses at the top or in an order; v0 writes ``Orders`` and ``AmazonOrderId``.
_KEY = re.compile(rb'"(?:orders|order|orderId)"\s*:')


class OrderEntry(NamedTuple):
    """
    One order of the document, or what stands in its place.
    """

    place: int
    order: Any


class Content(NamedTuple):
    """
    All entries of a document, and whether it shows everything that was asked for.
    """

    entries: tuple[OrderEntry, ...]
    complete: bool


def opened(head: Head) -> Reader | None:
    """
    Return how to read the document if it begins like an answer of this API, else None.
    """
    return _read if begins_json(head.text) and _KEY.search(head.text) else None


def _read(document: Document, blocks: Blocks) -> Iterator[Batch]:
    content = parse(b"".join(blocks))
    if isinstance(content, Reason):
        yield document.refused(SOURCE, Kind.ORDERS, content)
        return
    look = document.look(SOURCE, Kind.ORDERS, interface=Interface.ORDERS_2026, complete=content.complete)
    yield from batches(look, rows(content, document), Order2026(document.reading).read)


def rows(content: Content, document: Document) -> Iterator[list[Row]]:
    """
    Yield one Row per order item, an order at a time; what is no order, or has no items, is one Row that reads as a Defect.
    """
    for entry in content.entries:
        yield item_rows(entry.place, entry.order, document.reading.digest)


def parse(text: bytes) -> Content | Reason:
    """
    Return the document's orders, or why it is none.
    """
    parts = parts_of(text, _is_ours)
    return parts if isinstance(parts, Reason) else _content(parts)


def _is_ours(part: Mapping[str, Any]) -> bool:
    return isinstance(part.get("orders"), list) or isinstance(part.get("order"), dict) or "orderId" in part


def _content(parts: Parts) -> Content:
    entries: list[OrderEntry] = []
    for line, part in parts.values:
        entries += [OrderEntry(line if parts.by_line else place, order) for place, order in enumerate(_orders_in(part), 1)]
    last = parts.values[-1][1]
    single = isinstance(last, dict) and not isinstance(last.get("orders"), list)
    whole = all(part is not None for _, part in parts.values)
    more = fields_of(fields_of(last).get("pagination")).get("nextToken")
    return Content(tuple(entries), complete=whole and not more and not (single and len(entries) == 1))


def _orders_in(part: Any) -> list[Any]:
    if isinstance(part, list):
        return part
    page = fields_of(part)
    if isinstance(page.get("orders"), list):
        return list(page["orders"])
    return [page["order"] if isinstance(page.get("order"), dict) else part]
