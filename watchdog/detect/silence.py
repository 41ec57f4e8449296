"""
How each source is doing: silence must not look like peace (DOMAIN §10).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.terms.look import SourceState
from watchdog.terms.moments import local_date, show_instant

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from watchdog.terms.calendar import Calendar

#: The rhythm in which a seller is expected to drop files, and how many of them may pass without one (DOMAIN §10).
_RHYTHM_DAYS = 2
_RHYTHMS = 2


def source_states(
    seen: Iterable[tuple[str, datetime]], *, open_orders: int, now: datetime, calendar: Calendar, zone: ZoneInfo
) -> tuple[SourceState, ...]:
    """
    Return the state of every source that has ever shown ship dates; none of them is silent while nothing is open.
    """
    states = tuple(_state(name, at, now=now, calendar=calendar, zone=zone, watched=open_orders > 0) for name, at in seen)
    return states or (SourceState("inbox", "ok", None, "no file with ship dates was read yet"),)


def _state(name: str, at: datetime, *, now: datetime, calendar: Calendar, zone: ZoneInfo, watched: bool) -> SourceState:
    waited = calendar.between(local_date(at, zone), local_date(now, zone))
    if watched and waited > _RHYTHM_DAYS * _RHYTHMS:
        return SourceState(name, "silent", at, f"last saw ship dates {waited} business days ago; drop a new file")
    return SourceState(name, "ok", at, f"saw ship dates at {show_instant(at)}")
