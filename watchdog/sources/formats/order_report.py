"""
Order reports as Amazon's text: the unshipped-orders report in all its column sets, and others that carry a ship date.

Columns are found by name, never by position; a row is read only where its digest is new (columns.md; machine.md §2a).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from watchdog.sources.formats import tabular
from watchdog.sources.formats.reading import Blocks, Document, Reader, batches, refuse
from watchdog.sources.formats.report_row import WATCHED, ReportRow, picker
from watchdog.terms.look import Batch, Kind, Reason
from watchdog.terms.observation import Interface

if TYPE_CHECKING:
    from watchdog.sources.formats.head import Head

_DEADLINES = WATCHED["ship_by"]
#: Any of these makes an order report one of unshipped orders, whatever its deadline column is called.
_UNSHIPPED_ONLY = frozenset({"promise-date", "quantity-to-ship", "days-past-promise", "verge-of-lateshipment"})


@dataclass(frozen=True, slots=True)
class Layout:
    """
    One of Amazon's order reports, as far as rows of different reports must not be compared with each other.
    """

    source: str
    interface: Interface
    complete: bool  #: lists every order that is in its state: what it omits is absent
    is_it: Callable[[frozenset[str]], bool]


LAYOUTS = (
    Layout("inbox:easy_ship_report", Interface.UNSHIPPED_REPORT, complete=True, is_it=lambda names: "expected-ship-date" in names),
    Layout("inbox:unshipped_report", Interface.UNSHIPPED_REPORT, complete=True, is_it=lambda names: bool(_UNSHIPPED_ONLY & names)),
    Layout("inbox:flattened_orders", Interface.ORDERS_V0, complete=False, is_it=lambda names: "amazonorderid" in names),
    Layout("inbox:pending_orders", Interface.PENDING_REPORT, complete=False, is_it=lambda names: "order-status" in names),
    Layout("inbox:new_orders_report", Interface.NEW_ORDERS_REPORT, complete=False, is_it=lambda _names: True),
)


def opened(head: Head) -> Reader | None:
    """
    Return how to read the document if its header is an order report's, else None; a report without ship dates is refused.
    """
    header = next((header for header in head.headers if _is_order_report(header)), None)
    if header is None:
        return None
    names = frozenset(header.names)
    layout = next(layout for layout in LAYOUTS if layout.is_it(names))
    if missing := _missing(names):
        return refuse("inbox:order_report", Kind.ORDERS, missing)
    return partial(_read, header, layout)


def _is_order_report(header: tabular.Header) -> bool:
    names = set(header.names)
    ordered = any(name in names for name in WATCHED["order_id"]) or "promise-date" in names
    return ordered and len(names & _ORDER_COLUMNS) > 1


_ORDER_COLUMNS = frozenset({"order-item-id", "purchase-date", "purchasedate", "sku", *WATCHED["order_id"], *_DEADLINES})


def _missing(names: frozenset[str]) -> Reason | None:
    if not names.intersection(_DEADLINES):
        unshipped = names & _UNSHIPPED_ONLY
        return Reason("file_column_missing", {"column": "promise-date"}) if unshipped else Reason("file_no_ship_date")
    if not names.intersection(WATCHED["order_id"]):
        return Reason("file_column_missing", {"column": "order-id"})
    if not names & {"sku", "seller-sku", "asin"}:
        return Reason("file_column_missing", {"column": "sku"})
    return None


def _read(header: tabular.Header, layout: Layout, document: Document, blocks: Blocks) -> Iterator[Batch]:
    look = document.look(layout.source, Kind.ORDERS, interface=layout.interface, complete=layout.complete)
    reader = ReportRow(header, reading=document.reading, encoding=document.encoding)
    rows = tabular.rows(header, blocks, watched=picker(header, WATCHED), digest=document.reading.digest)
    return batches(look, rows, reader.read)
