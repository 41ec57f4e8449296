"""
Order reports as Amazon's text: the unshipped-orders report in all its column sets, and the others for what they say.

Columns are found by name, never by position; a row is read only where its digest is new (columns.md; machine.md §2a).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from watchdog.sources.formats import tabular
from watchdog.sources.formats.columns import COLUMNS, WATCHED
from watchdog.sources.formats.reading import Blocks, Document, Reader, batches, refuse
from watchdog.sources.formats.report_row import ReportRow, picker
from watchdog.sources.formats.standing import ALL_ORDERS, EXACT, NEW_ORDERS, PENDING, UNSHIPPED, OrderStanding
from watchdog.terms.look import Batch, Defect, Ignored, Kind, Reason, Row
from watchdog.terms.observation import Interface, Observation

if TYPE_CHECKING:
    from watchdog.sources.formats.head import Head

_DEADLINES = frozenset(COLUMNS["ship_by"])
#: Any of these makes an order report one of unshipped orders, whatever its deadline column is called.
_UNSHIPPED_ONLY = frozenset({"promise-date", "quantity-to-ship", "days-past-promise", "verge-of-lateshipment"})
_ORDER_COLUMNS = frozenset({"order-item-id", "purchase-date", "purchasedate", "sku", *COLUMNS["order_id"], *_DEADLINES})
#: A report that has neither these nor a deadline is about something else: payments, returns, removals.
_BOUGHT = frozenset(COLUMNS["purchased"])


@dataclass(frozen=True, slots=True)
class Layout:
    """
    One of Amazon's order reports, as far as rows of different reports must not be compared with each other.
    """

    source: str
    interface: Interface
    standing: OrderStanding
    is_it: Callable[[frozenset[str]], bool]
    complete: bool = False  #: lists every order that is in its state: what it omits is absent
    ours: bool = True  #: orders the seller ships


def _has(*wanted: str) -> Callable[[frozenset[str]], bool]:
    return frozenset(wanted).issubset


LAYOUTS = (
    Layout("inbox:fba_shipments", Interface.ALL_ORDERS_REPORT, ALL_ORDERS, _has("shipment-item-id"), ours=False),
    Layout("inbox:easy_ship_report", Interface.UNSHIPPED_REPORT, UNSHIPPED, _has("expected-ship-date"), complete=True),
    Layout("inbox:unshipped_report", Interface.UNSHIPPED_REPORT, UNSHIPPED, lambda names: bool(_UNSHIPPED_ONLY & names), complete=True),
    Layout("inbox:flattened_orders", Interface.ORDERS_V0, EXACT, _has("amazonorderid")),
    Layout("inbox:all_orders_report", Interface.ALL_ORDERS_REPORT, ALL_ORDERS, _has("amazon-order-id", "order-status")),
    Layout("inbox:pending_orders", Interface.PENDING_REPORT, EXACT, _has("order-status")),
    Layout("inbox:pending_report", Interface.PENDING_REPORT, PENDING, _has("payment-type")),
    Layout("inbox:new_orders_report", Interface.NEW_ORDERS_REPORT, NEW_ORDERS, lambda _names: True),
)


def opened(head: Head) -> Reader | None:
    """
    Return how to read the document if its header is an order report's, else None; one that can't be used is refused.

    A report without ship dates is used for what else it says: statuses, requests to cancel, which SKU is which ASIN.
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
    ordered = any(name in names for name in COLUMNS["order_id"]) or "promise-date" in names
    return ordered and len(names & _ORDER_COLUMNS) > 1


def _missing(names: frozenset[str]) -> Reason | None:
    if not names & _DEADLINES:
        if names & _UNSHIPPED_ONLY:
            return Reason("file_column_missing", {"column": "promise-date"})
        if not names & _BOUGHT:
            return Reason("file_no_ship_date")
    if not names.intersection(COLUMNS["order_id"]):
        return Reason("file_column_missing", {"column": "order-id"})
    whole_orders = "amazonorderid" in names  # getOrders laid out as a table: no items, but where each order stands
    return None if whole_orders or names & {*COLUMNS["sku"], *COLUMNS["asin"]} else Reason("file_column_missing", {"column": "sku"})


def _read(header: tabular.Header, layout: Layout, document: Document, blocks: Blocks) -> Iterator[Batch]:
    look = document.look(layout.source, Kind.ORDERS, interface=layout.interface, complete=layout.complete)
    reader = ReportRow(header, reading=document.reading, encoding=document.encoding, standing=layout.standing)
    rows = tabular.rows(header, blocks, watched=picker(header, WATCHED), digest=document.reading.digest)
    dated = not _DEADLINES.isdisjoint(header.names)
    remark = None if dated else Reason("file_without_ship_date", {"name": document.name})
    return batches(look, rows, reader.read if layout.ours else partial(_not_ours, reader), remark)


def _not_ours(reader: ReportRow, row: Row) -> Observation | Defect | Ignored:
    """
    Return that Amazon ships the order, which is none of the seller's deadlines; rows that can't be read are named all the same.
    """
    said = reader.read(row)
    return said if isinstance(said, Defect) else Ignored("amazon_fulfilled")
