"""
What people type: an instant in the marketplace's own time, on the command line as on the page.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from watchdog.terms.errors import UsageError

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


def typed_instant(text: str, zone: ZoneInfo) -> datetime:
    """
    Return a typed instant in UTC, in whole seconds; without an offset it is the zone's own time, a bare date its morning at nine.

    Raises:
        UsageError: it is no date.
    """
    typed = text.strip()
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError as error:
        raise UsageError("instant_unreadable", text=text) from error
    if len(typed) <= len("2026-09-08"):
        moment = datetime.combine(moment.date(), time(9))
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    try:
        return moment.astimezone(UTC).replace(microsecond=0)
    except OverflowError as error:
        raise UsageError("instant_unreadable", text=text) from error
