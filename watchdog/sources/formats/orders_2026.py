"""
Orders API v2026-01-01: pages, single orders, arrays and JSON lines of them, as answered by Amazon or saved to a file.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from watchdog.sources.formats.order_2026 import Order2026, fields_of, item_rows
from watchdog.sources.formats.reading import Blocks, Document, Reader, batches
from watchdog.terms.look import Batch, Kind, Reason, Row
from watchdog.terms.observation import Interface

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchdog.sources.formats.head import Head

SOURCE = "inbox:orders_2026"
#: Keys only this API uses at the top or in an order; v0 writes ``Orders`` and ``AmazonOrderId``.
_KEY = re.compile(rb'"(?:orders|order|orderId)"\s*:')


class Entry(NamedTuple):
    """
    One order of the document, or what stands in its place.
    """

    place: int
    order: Any


class Content(NamedTuple):
    """
    All entries of a document, and whether it shows everything that was asked for.
    """

    entries: tuple[Entry, ...]
    complete: bool


def opened(head: Head) -> Reader | None:
    """
    Return how to read the document if it begins like an answer of this API, else None.
    """
    return _read if head.text.lstrip()[:1] in {b"{", b"["} and _KEY.search(head.text) else None


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
    Return the document's orders, or why it is none: JSON lines where each line stands for itself, else one document.
    """
    listed = [(place, line) for place, line in enumerate(text.split(b"\n"), 1) if line.strip()]
    if len(listed) > 1 and (content := _json_lines(listed)):
        return content
    try:
        return _content([(1, json.loads(text))])
    except (ValueError, RecursionError) as error:
        return Reason("file_broken_json", {"line": _line_of(error, text)})


def _json_lines(listed: list[tuple[int, bytes]]) -> Content | None:
    """
    Return the orders of JSON lines, or None where most lines do not stand for themselves.
    """
    if not listed[0][1].lstrip().startswith(b"{") or (_loaded(listed[0][1]) is None and _loaded(listed[1][1]) is None):
        return None
    parts = [(place, _loaded(line)) for place, line in listed]
    whole = sum(isinstance(part, dict) and _is_ours(part) for _, part in parts)
    return _content(parts, by_line=True) if 2 * whole >= len(parts) else None


def _loaded(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _is_ours(part: dict[str, Any]) -> bool:
    return isinstance(part.get("orders"), list) or isinstance(part.get("order"), dict) or "orderId" in part


def _content(parts: list[tuple[int, Any]], *, by_line: bool = False) -> Content:
    entries: list[Entry] = []
    for line, part in parts:
        orders = _orders_in(part)
        entries += [Entry(line if by_line else place, order) for place, order in enumerate(orders, 1)]
    last = parts[-1][1]
    single = isinstance(last, dict) and not isinstance(last.get("orders"), list)
    whole = all(part is not None for _, part in parts)
    more = fields_of(fields_of(last).get("pagination")).get("nextToken")
    return Content(tuple(entries), complete=whole and not more and not (single and len(entries) == 1))


def _orders_in(part: Any) -> list[Any]:
    if isinstance(part, list):
        return part
    page = fields_of(part)
    if isinstance(page.get("orders"), list):
        return list(page["orders"])
    return [page["order"] if isinstance(page.get("order"), dict) else part]


def _line_of(error: BaseException, text: bytes) -> int:
    if isinstance(error, json.JSONDecodeError):
        return error.lineno
    return text.count(b"\n", 0, error.start) + 1 if isinstance(error, UnicodeDecodeError) else 1
