"""
What a document is, decided by its content, never by its name: one table, first match wins.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from watchdog.sources.formats import catalog, health_report, order_change, order_report, order_xml, orders_2026, orders_v0, release_list
from watchdog.sources.formats.head import Head
from watchdog.sources.formats.reading import Reader
from watchdog.terms.look import Reason

_BINARY = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff")


@dataclass(frozen=True, slots=True)
class Format:
    """
    One kind of document: what people call it, and how it is opened.
    """

    called: str
    opened: Callable[[Head], Reader | None]


FORMATS = (
    Format("Orders API v2026-01-01 JSON", orders_2026.opened),
    Format("ORDER_CHANGE JSON", order_change.opened),
    Format("Orders API v0 JSON", orders_v0.opened),
    Format("Catalog Items JSON", catalog.opened),
    Format("account health JSON", health_report.opened),
    Format("order report XML", order_xml.opened),
    Format("unshipped and other order reports", order_report.opened),
    Format("releases.csv", release_list.opened),
)


def recognise(head: Head) -> Reader | Reason:
    """
    Return how to read the document, or why it can't be read at all.
    """
    if not head.text:
        return Reason("file_empty")
    if head.text.startswith(_BINARY) or b"\0" in head.text:
        return Reason("file_binary")
    for candidate in FORMATS:
        reader = candidate.opened(head)
        if reader is not None:
            return reader
    return _unknown(head)


def _unknown(head: Head) -> Reason:
    if head.whole and head.text.lstrip()[:1] in {b"{", b"["}:
        try:
            json.loads(head.text)
        except (ValueError, RecursionError) as error:
            return Reason("file_broken_json", {"line": getattr(error, "lineno", 1)})
    return Reason("file_unknown", {"known": ", ".join(known.called for known in FORMATS)})
