"""
Ids as their own types, made only by the parse functions here, so that no id is mistaken for text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NewType

from watchdog.terms.typed import typed_name

OrderId = NewType("OrderId", str)
#: The key of a line inside its order: the order item id, or ``sku:…`` where a report has none.
LineKey = NewType("LineKey", str)
Asin = NewType("Asin", str)
Sku = NewType("Sku", str)
MarketplaceId = NewType("MarketplaceId", str)
AccountId = NewType("AccountId", int)
ProductId = NewType("ProductId", int)
CaseNo = NewType("CaseNo", int)
LookNo = NewType("LookNo", int)

#: Names no line: what is said with it is true of each line of the order.
WHOLE_ORDER = LineKey("sku:")

#: Fixtures and old systems hold other shapes (columns.md, point 16): accepted, but never a name, a phone number or a postal code,
#: which a shifted row may bring: letters with a digit, or as many digits as no phone number has.
_ANY_ORDER_ID = re.compile(r"(?=[^A-Za-z]*[A-Za-z])(?=\D*\d)[A-Za-z0-9][A-Za-z0-9_-]{0,39}|(?:\d-?){15,25}")
#: Same for order items.
_ANY_ITEM_ID = re.compile(r"(?=\D*\d)[A-Za-z0-9][A-Za-z0-9_-]{0,39}", re.ASCII)
_EXCEL_NUMBER = re.compile(r"\d+(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_ASIN = re.compile(r"[A-Z0-9]{10}")
_CASE_NO = re.compile(r"(?:PW-)?0*([1-9]\d{0,8})", re.IGNORECASE)


class DamagedId(ValueError):
    """
    The id was turned into a rounded number by a spreadsheet (``5.80293E+13``) and cannot be recovered.
    """


@dataclass(frozen=True, slots=True)
class OrderKey:
    """
    One order, everywhere the same: an order id belongs to exactly one marketplace.
    """

    marketplace_id: MarketplaceId
    order_id: OrderId


def parse_order_id(text: str) -> OrderId:
    """
    Return the trimmed order id.

    Raises:
        DamagedId: a spreadsheet has rounded it.
        ValueError: it is empty or holds characters no order id has.
    """
    text = text.strip()
    if _EXCEL_NUMBER.fullmatch(text):
        raise DamagedId(text)
    if not _ANY_ORDER_ID.fullmatch(text):
        raise ValueError("order id")
    return OrderId(text)


def parse_line_key(item_id: str, sku: str) -> LineKey:
    """
    Return the order item id, or else the SKU marked as such (DESIGN §4: a line is keyed by item id, else by SKU); WHOLE_ORDER for neither.

    Raises:
        DamagedId: a spreadsheet has rounded the item id.
        ValueError: the item id holds what none has; a shifted row may bring a name.
    """
    item_id = item_id.strip()
    if _EXCEL_NUMBER.fullmatch(item_id):
        raise DamagedId(item_id)
    if item_id and not _ANY_ITEM_ID.fullmatch(item_id):
        raise ValueError("item id")
    return LineKey(item_id or f"sku:{sku.strip()}")


def parse_asin(text: str) -> Asin | None:
    """
    Return the ASIN in capitals, or None where the text is not one.
    """
    text = text.strip().upper()
    return Asin(text) if _ASIN.fullmatch(text) else None


def parse_sku(text: str) -> Sku | None:
    """
    Return the trimmed SKU, or None where there is none.
    """
    text = text.strip()
    return Sku(text) if text else None


def parse_case_no(text: str) -> CaseNo | None:
    """
    Return the case number of ``PW-0042``, ``pw-42``, ``42`` or ``ＰＷ－００４２``, else None.
    """
    match = _CASE_NO.fullmatch(typed_name(text))
    return CaseNo(int(match[1])) if match else None


def show_case_no(case_no: CaseNo) -> str:
    """
    Return the case number as people write it: ``PW-0042``.
    """
    return f"PW-{case_no:04d}"
