"""
When a message may leave: at once, after the quiet hours, or some time after a failed attempt; pure, although its room is not.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from watchdog.terms.finding import Severity

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

SHORTEST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
#: A server may ask for longer; beyond this it would be silence, not patience.
LONGEST_ASKED = timedelta(hours=24)
GIVE_UP_AFTER = timedelta(hours=72)
#: A machine that slept through the three days has not tried yet.
LEAST_ATTEMPTS = 24
#: Where nobody says how old the message is: so many waits of half an hour on average are four days.
MOST_ATTEMPTS = 200

_QUIET = re.compile(r"(\d{1,2}):(\d{2})\s*[-–—~〜ー]\s*(\d{1,2}):(\d{2})")


@dataclass(frozen=True, slots=True)
class QuietHours:
    """
    The hours of the day, in the seller's zone, in which only urgent messages leave; may span midnight.
    """

    start: time
    end: time

    @classmethod
    def parse(cls, text: str) -> QuietHours:
        """
        Return the hours of ``22:00-07:00`` (also as a Japanese keyboard types it: ``２２：００〜７：００``).

        Raises:
            ValueError: the text is no such span, or begins and ends at the same time.
        """
        match = _QUIET.fullmatch(unicodedata.normalize("NFKC", text).strip())
        if match is None:
            raise ValueError("quiet hours are written as 22:00-07:00")
        hours = cls(time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4])))
        if hours.start == hours.end:
            raise ValueError("quiet hours begin and end at different times")
        return hours

    def cover(self, moment: time) -> bool:
        """
        Say whether the local time is quiet; the end itself no longer is.
        """
        if self.start < self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end


def may_leave_at(severity: Severity, *, now: datetime, zone: ZoneInfo, quiet: QuietHours | None) -> datetime:
    """
    Return the instant from which the message may leave: now if it is urgent or nothing is quiet, else the end of the quiet hours.
    """
    local = now.astimezone(zone)
    if severity is Severity.URGENT or quiet is None or not quiet.cover(local.time()):
        return now
    day = local.date() + timedelta(days=local.time() >= quiet.end)
    # an hour that occurs twice ends the quiet at its second occurrence when the first is over
    ends = (datetime.combine(day, quiet.end, tzinfo=zone).replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    return next((end for end in ends if end > now), now)


def retry_at(attempts: int, *, now: datetime, asked: float | None, draw: float, since: datetime | None = None) -> datetime | None:
    """
    Return when to try again after the ``attempts``-th failure, or None where it is time to give up.

    The wait is drawn evenly between 30 s and a bound that doubles from one minute to an hour (full jitter: many messages that failed
    together do not come back together), and is at least what the other side ``asked`` for. Given up is a message that is 72 hours
    old and was tried 24 times.

    Args:
        attempts: failures so far, this one included.
        now: when the attempt failed.
        asked: seconds, from Retry-After.
        draw: a random number in [0, 1).
        since: when the message was made; without it only the attempts count.
    """
    if _is_over(attempts, now=now, since=since):
        return None
    doublings = min(max(attempts, 1), 16)
    bound = min(SHORTEST_WAIT * (1 << doublings), LONGEST_WAIT)
    drawn = SHORTEST_WAIT + (bound - SHORTEST_WAIT) * draw
    wanted = timedelta(seconds=min(asked or 0.0, LONGEST_ASKED.total_seconds()))
    return (now + max(drawn, wanted) + timedelta(microseconds=999_999)).replace(microsecond=0)


def _is_over(attempts: int, *, now: datetime, since: datetime | None) -> bool:
    if since is None:
        return attempts >= MOST_ATTEMPTS
    return now - since >= GIVE_UP_AFTER and attempts >= LEAST_ATTEMPTS
