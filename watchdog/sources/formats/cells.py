"""
What a single cell says, whatever format it stands in: clean text, one spelling of an address, what may be quoted of it.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from typing import TYPE_CHECKING

from watchdog.terms.identity import LineKey, OrderId, parse_line_key, parse_order_id
from watchdog.terms.look import Reason
from watchdog.terms.moments import parse_instant

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
#: Dashes and wave dashes that CP932 and UTF-8 files spell differently for the same address.
_USUAL_INSTANT = re.compile(rb"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|\+00:00)").fullmatch
_USUAL_ORDER_ID = re.compile(rb"\d{3}-\d{7}-\d{7}").fullmatch
_DASHES = re.compile("[\u2010-\u2015\u2212\u301c]")
_WAVE_DASH = "\u301c".encode()
#: First UTF-8 bytes of dashes and of letters with two cases; kana and kanji begin otherwise, and addresses are what costs.
_MAY_BE_SPELT_OTHERWISE = re.compile(rb"[\xc2-\xd4\xe1\xe2\xea\xf0]").search


def clean(text: str) -> str:
    """
    Return the text trimmed, with control characters and broken halves of characters replaced by a blank.
    """
    return (_UNPRINTABLE.sub(" ", text) if _UNPRINTABLE.search(text) else text).strip()


def normal_address(text: str) -> bytes:
    """
    Return an address in one spelling: width, case, blanks and dashes make no difference, nor does the file's encoding.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    plain = text.encode("utf-8", "replace")
    if _MAY_BE_SPELT_OTHERWISE(plain) or _WAVE_DASH in plain:
        plain = _DASHES.sub("-", text).casefold().encode("utf-8", "replace")
    return plain.lower().translate(None, b" \t\r\n\v\f")


def no_date(column: str, text: str) -> Reason:
    """
    Return what is said of a report's cell that is no date.
    """
    shown = _shown_date(text)
    return Reason("row_date_unreadable", {"column": column, "shown": shown}) if shown else Reason("row_no_date", {"column": column})


def no_release_date(column: str, text: str) -> Reason:
    """
    Return what is said of a cell of the seller's own list that is no date: he can mend it.
    """
    shown = _shown_date(text)
    if shown:
        return Reason("row_release_date_unreadable", {"column": column, "shown": shown})
    return Reason("row_no_release_date", {"column": column})


def _shown_date(text: str) -> str:
    """
    Return what may be quoted of a cell that is no date: its beginning where it looks like one, else nothing.

    A shifted row may hold a name or a phone number here (DOMAIN §9).
    """
    head = text.strip()[:2]
    if head not in {"19", "20"} or text.strip()[4:5] not in {"-", "/", ".", "年"}:
        return ""
    run = _leading(text.strip(), "0123456789-/.:+TZ年月日 ")
    return run if run == text.strip() else f"{run.rstrip()}…"


def _leading(text: str, allowed: str, longest: int = 25) -> str:
    length = next((n for n, char in enumerate(text) if char not in allowed), len(text))
    return text[: min(length, longest)]


def instant_in(cell: bytes, zone: ZoneInfo, *, encoding: str) -> datetime | None:
    """
    Return what ``parse_instant`` says of the cell; Amazon's usual form takes a fifth of the time.

    Raises:
        UnreadableDate: it is no instant.
    """
    if _USUAL_INSTANT(cell):
        try:
            return datetime.fromisoformat(str(cell, "ascii"))
        except ValueError:
            pass
    return parse_instant(str(cell, encoding, "replace"), zone)


def order_id_in(cell: bytes, encoding: str) -> OrderId:
    """
    Return the order id of the cell.

    Raises:
        DamagedId: a spreadsheet has rounded it.
        ValueError: it is none.
    """
    return OrderId(str(cell, "ascii")) if _USUAL_ORDER_ID(cell) else parse_order_id(str(cell, encoding, "replace"))


def item_id_in(cell: bytes, encoding: str) -> LineKey | None:
    """
    Return the order item id of the cell, or None where it is empty.

    Raises:
        DamagedId: a spreadsheet has rounded it.
    """
    if cell.isdigit():
        return LineKey(str(cell, "ascii"))
    return parse_line_key(str(cell, encoding, "replace"), "") if cell.strip() else None


def place_names(names: Sequence[str]) -> dict[str, int]:
    """
    Return where each column stands; of a doubled column the first counts (columns.md, point 1).
    """
    return {name: index for index, name in reversed(list(enumerate(names))) if name}
