"""
What people type, on the command line as on the page: an instant in the marketplace's own time, the number of a case or an order.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from watchdog.terms.errors import UsageError
from watchdog.terms.moments import FIRST_REAL_YEAR, LAST_REAL_YEAR, UnreadableDate, parse_date

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

#: What Japanese input methods write for a hyphen between digits.
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—―−ー", "-"))
#: The hour of a bare date: the morning at which somebody is at work.
_MORNING = time(9)
_DAY_AND_TIME = re.compile(r"(\d[^T:]*?)(?:T|\s+)(\d{1,2}:\d{2}.*)")
_EARLY_HOUR = re.compile(r"\d:")


def typed_instant(text: str, zone: ZoneInfo) -> datetime:
    """
    Return a typed instant in UTC, in whole seconds; without an offset it is the zone's own time, a bare date its morning at nine.

    Dashes or slashes, ``T`` or a blank, half or full width: 2026-09-08T10:00:00+09:00, 2026-09-08 10:00, 2026/9/8 9:00, 2026年9月8日.

    Raises:
        UsageError: it is no date.
    """
    plain = typed_name(text)
    try:
        moment = datetime.combine(parse_date(plain), _MORNING)
    except UnreadableDate:
        moment = _with_a_time(plain, text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    try:
        found = moment.astimezone(UTC).replace(microsecond=0)
    except OverflowError as error:
        raise UsageError("instant_unreadable", text=text) from error
    if not FIRST_REAL_YEAR <= found.year <= LAST_REAL_YEAR:
        raise UsageError("instant_unreadable", text=text)
    return found


def half_width(text: str) -> str:
    """
    Return what was typed in half width, without blanks around it: ``１２３`` is a number, too.
    """
    return unicodedata.normalize("NFKC", text).strip()


def typed_name(text: str) -> str:
    """
    Return a case's or an order's number as it was meant: in half width, with hyphens for whatever stands between its digits.
    """
    return half_width(text).translate(_HYPHENS)


def _with_a_time(plain: str, text: str) -> datetime:
    match = _DAY_AND_TIME.fullmatch(plain)
    try:
        return _joined(parse_date(match[1]), match[2]) if match is not None else datetime.fromisoformat(plain)
    except ValueError as error:
        raise UsageError("instant_unreadable", text=text) from error


def _joined(day: date, hour: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(f"0{hour}" if _EARLY_HOUR.match(hour) else hour))
