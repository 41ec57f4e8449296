"""
Orders of documents that are no tables, laid out as the rows of a report, so that one reader reads them all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.sources.formats.cells import clean
from watchdog.sources.formats.columns import COLUMNS, WATCHED
from watchdog.sources.formats.report_row import ReportRow, picker
from watchdog.sources.formats.tabular import Header
from watchdog.terms.look import Reason, Row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from watchdog.sources.formats.reading import Reading
    from watchdog.sources.formats.standing import OrderStanding

#: The last of a column's names is how documents spell it that are no tables.
_HEADER = Header(0, b"", b"\t", quoted=False, names=tuple(names[-1] for names in COLUMNS.values()))
_WATCHED = picker(_HEADER, WATCHED)


class RowMaker:
    """
    Makes and reads the rows of one document.
    """

    def __init__(self, reading: Reading, standing: OrderStanding, *, address: str) -> None:
        """
        Take how rows are read here, what it says of an order that this document shows it, and the kind of its addresses.
        """
        self._digest = reading.digest
        self.read = ReportRow(_HEADER, reading=reading, encoding="utf-8", standing=standing, address=address).read

    def row(self, place: int, said: Mapping[str, str]) -> Row:
        """
        Return the row of one order line; what is said is named as in ``COLUMNS``.
        """
        if not said.get("order_id", "").strip():
            return self.unusable(place, Reason("row_not_an_order"))
        if said.get("item_id") and not (said.get("sku") or said.get("asin")):
            return self.unusable(place, Reason("row_product_missing"))
        cells = [clean(said.get(name, "")).encode("utf-8", "replace") for name in COLUMNS]
        return Row(self._digest(b"\x1f".join(_WATCHED([*cells, b""]))), place, b"\t".join(cells))

    def unusable(self, place: int, reason: Reason) -> Row:
        """
        Return the row of what can't be used; its digest is its place, so that two of them are never the same row.
        """
        return Row(self._digest(b"%d\x1e%s" % (place, reason.code.encode())), place, reason)
