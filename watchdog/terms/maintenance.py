"""
Windows in which nobody wants to be told anything: once (``2026-12-30 18:00/2027-01-03 09:00``) or every week (``Sun 02:00-04:00``); pure.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_DAYS = {name: number for names in ("mon tue wed thu fri sat sun", "月 火 水 木 金 土 日") for number, name in enumerate(names.split())}
_TO = r"\s*[/\-–—~〜ー]\s*"
_ONCE = re.compile(rf"(\d{{4}}-\d{{2}}-\d{{2}}[ T]\d{{1,2}}:\d{{2}}){_TO}(\d{{4}}-\d{{2}}-\d{{2}}[ T]\d{{1,2}}:\d{{2}})")
_WEEKLY = re.compile(rf"(\w+)\s+(\d{{1,2}}):(\d{{2}}){_TO}(\d{{1,2}}):(\d{{2}})")


@dataclass(frozen=True, slots=True)
class Maintenance:
    """
    One window, in the seller's own time: from ``start`` to ``end``, or on a day of each week (0 is Monday) for ``lasts``.
    """

    start: datetime | time
    end: datetime | None = None
    weekday: int = 0
    lasts: timedelta = timedelta()

    def ends_at(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """
        Return when the window that covers ``now`` ends; None where none does.
        """
        begin, end = self._around(now, zone)
        return end if begin <= now < end else None

    def _around(self, now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
        if isinstance(self.start, datetime) and self.end is not None:
            return _instant(self.start, zone), _instant(self.end, zone)
        local = now.astimezone(zone)
        begin_time = self.start if isinstance(self.start, time) else self.start.time()
        day = local.date() - timedelta(days=(local.weekday() - self.weekday) % 7)
        if day == local.date() and local.time() < begin_time:
            day -= timedelta(days=7)
        begin = datetime.combine(day, begin_time)
        return _instant(begin, zone), _instant(begin + self.lasts, zone)


def parse_maintenance(text: str) -> tuple[Maintenance, ...]:
    """
    Return the windows named, separated by commas.

    Raises:
        ValueError: a part is no window, or ends before it begins.
    """
    plain = unicodedata.normalize("NFKC", text)
    return tuple(_window(part.strip()) for part in re.split(r"[,、;]", plain) if part.strip())


def _window(text: str) -> Maintenance:
    once, weekly = _ONCE.fullmatch(text), _WEEKLY.fullmatch(text)
    if once is not None:
        start, end = (datetime.strptime(part.replace("T", " "), "%Y-%m-%d %H:%M") for part in once.groups())  # noqa: DTZ007 - the seller's own time
        if start < end:
            return Maintenance(start, end)
    elif weekly is not None and weekly[1].lower()[:3] in _DAYS:
        start_time, end_time = time(int(weekly[2]), int(weekly[3])), time(int(weekly[4]), int(weekly[5]))
        lasts = timedelta(hours=end_time.hour - start_time.hour, minutes=end_time.minute - start_time.minute)
        return Maintenance(start_time, None, _DAYS[weekly[1].lower()[:3]], lasts if lasts > timedelta() else lasts + timedelta(days=1))
    raise ValueError("a maintenance window is written as 2026-12-30 18:00/2027-01-03 09:00 or as Sun 02:00-04:00")


def _instant(local: datetime, zone: ZoneInfo) -> datetime:
    return local.replace(tzinfo=zone).astimezone(UTC)
