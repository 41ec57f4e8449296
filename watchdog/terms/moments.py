"""
Instants and marketplace dates: the one place where one is turned into the other (DOMAIN §2).

An instant is an aware UTC datetime in whole seconds; a date is a calendar date of the marketplace. The two are never compared.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

#: Dates before this year are placeholders (1970-01-01 on cancelled orders): they mean "no date" (DOMAIN §2).
FIRST_REAL_YEAR = 2000
#: And those after this one are slips of a pen or of a program (9999-12-31): unreadable, never a deadline.
LAST_REAL_YEAR = 2199

_CALENDAR_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SPREADSHEET_INSTANT = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?")


class UnreadableDate(ValueError):
    """
    The text is not empty and is no date or instant this program knows.
    """


@lru_cache(maxsize=4096)
def parse_instant(text: str, zone: ZoneInfo) -> datetime | None:
    """
    Return the instant in UTC, or None for an empty text or a placeholder before the year 2000.

    A text with an offset keeps it; one without (a spreadsheet dropped it) is local time of ``zone``.

    Raises:
        UnreadableDate: neither of these.
    """
    text = text.strip()
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = _spreadsheet_instant(text)
    if moment.year < FIRST_REAL_YEAR:
        return None
    if moment.year > LAST_REAL_YEAR:
        raise UnreadableDate(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    try:
        return moment.astimezone(UTC).replace(microsecond=0)
    except OverflowError as error:
        raise UnreadableDate(text) from error


def _spreadsheet_instant(text: str) -> datetime:
    match = _SPREADSHEET_INSTANT.fullmatch(text)
    if match is None:
        raise UnreadableDate(text)
    try:
        return datetime(*(int(part or 0) for part in match.groups()))  # type: ignore[arg-type]  # noqa: DTZ001 - zone added by the caller
    except ValueError as error:
        raise UnreadableDate(text) from error


@lru_cache(maxsize=4096)
def parse_ship_by(text: str, zone: ZoneInfo) -> date | None:
    """
    Return the ship-by date of a window's end, or None where there is no date (DOMAIN §2).

    ``2016-09-08T14:59:59Z`` is 8 September in Tokyo; an end exactly at local midnight belongs to the day that ended;
    a date without time is taken as written.

    Raises:
        UnreadableDate: the text is not empty and no date.
    """
    stripped = text.strip()
    if len(stripped) <= len("2026年12月31日"):
        try:
            return _real(parse_date(stripped)) if stripped else None
        except UnreadableDate:
            pass
    moment = parse_instant(stripped, zone)
    return None if moment is None else ship_by_of(moment, zone)


def ship_by_of(window_end: datetime, zone: ZoneInfo) -> date:
    """
    Return the marketplace date on which a ship window ends; local midnight belongs to the day that ended.
    """
    local = window_end.astimezone(zone)
    return local.date() - timedelta(days=local.time() == time.min)


def parse_release_date(text: str, zone: ZoneInfo) -> date | None:
    """
    Return the release date, or None where the text is empty or a placeholder.

    An instant at exactly local midnight gives the local date, any other the date as written (DOMAIN §2).

    Raises:
        UnreadableDate: the text is not empty and no date.
    """
    text = text.strip()
    if not text:
        return None
    try:
        return _real(parse_date(text))
    except UnreadableDate:
        pass
    try:
        written = datetime.fromisoformat(text)
    except ValueError:
        written = _spreadsheet_instant(text)
    local = written.astimezone(zone) if written.tzinfo else written
    return _real(local.date() if local.time() == time.min else written.date())


@lru_cache(maxsize=4096)
def parse_date(text: str) -> date:
    """
    Return the calendar date of ``2026-09-14``, ``2026/9/14``, ``2026.9.14``, ``20260914`` or ``2026年9月14日`` (full-width digits too).

    Raises:
        UnreadableDate: anything else, and days that do not exist.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    match = _CALENDAR_DATE.fullmatch(plain) or _COMPACT_DATE.fullmatch(plain)
    if match is None:
        raise UnreadableDate(text)
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError as error:
        raise UnreadableDate(text) from error


def _real(day: date) -> date | None:
    if day.year > LAST_REAL_YEAR:
        raise UnreadableDate(str(day))
    return day if day.year >= FIRST_REAL_YEAR else None


def local_date(moment: datetime, zone: ZoneInfo) -> date:
    """
    Return the marketplace's calendar date at this instant.
    """
    return moment.astimezone(zone).date()


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """
    Return the instant at which the marketplace's day begins.
    """
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """
    Return the instant at which the marketplace's day is over, which is when a ship-by of that day has passed.
    """
    return start_of(day + timedelta(days=1), zone)


def show_instant(moment: datetime) -> str:
    """
    Return the instant as ISO-8601 UTC with a ``Z``: ``2016-09-13T01:00:00Z``.
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
