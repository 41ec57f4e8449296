"""
Who is told what, when and how often: asked again each time a message is about to leave; pure, although its room is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from watchdog.terms.dispatch import Leave, Ruling
from watchdog.terms.finding import Severity
from watchdog.terms.maintenance import Maintenance
from watchdog.terms.message import MessageKind
from watchdog.terms.repeats import Repeats

if TYPE_CHECKING:
    from watchdog.terms.dispatch import Pending, Unanswered

SHORTEST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
#: A server may ask for longer; beyond this it would be silence, not patience.
LONGEST_ASKED = timedelta(hours=24)
#: A long weekend and a day: an outage of 72 hours costs nothing.
GIVE_UP_AFTER = timedelta(hours=96)
#: A machine that slept through the four days has not tried yet.
LEAST_ATTEMPTS = 24
#: Where nobody says how old the message is: so many waits of half an hour on average are four days.
MOST_ATTEMPTS = 200
#: More messages than the cap within this time are a storm; it is summed up no more often than that.
STORM_HOUR = timedelta(hours=1)
SUMMARY_EVERY = timedelta(minutes=10)

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
    together do not come back together), and is at least what the other side ``asked`` for. Given up is a message that is 96 hours
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


@dataclass(frozen=True, slots=True)
class Timetable:
    """
    What the seller has set; the defaults tell everything over every channel at once.
    """

    zone: ZoneInfo
    quiet: QuietHours | None = None
    maintenance: tuple[Maintenance, ...] = ()
    routes: Mapping[Severity, tuple[str, ...]] = field(default_factory=dict)  #: channels by severity; all where none are named
    repeats: Repeats = field(default_factory=Repeats)
    escalate_after: timedelta | None = None
    storm_cap: int = 30  #: messages an hour over one channel; the rest is summed up

    def channels(self, severity: Severity, all_channels: tuple[str, ...]) -> tuple[str, ...]:
        """
        Return the channels a message of that severity goes to; all where none of those named is set up.
        """
        named = self.routes.get(severity, ())
        return tuple(name for name in all_channels if name in named) or all_channels

    def ruling(self, pending: Pending, *, now: datetime) -> Ruling:
        """
        Say whether the message leaves now, later or never.

        Never: a reminder of what is answered. Later: in a maintenance window, whatever it is; while all its cases are snoozed; in
        quiet hours, unless it is urgent and said for the first time.
        """
        if pending.kind is MessageKind.REMINDER and pending.standings and all(each.answered for each in pending.standings):
            return Ruling(Leave.NEVER)
        at = max(self._holds(pending, now), default=now)
        return Ruling(Leave.NOW) if at <= now else Ruling(Leave.LATER, at)

    def _holds(self, pending: Pending, now: datetime) -> list[datetime]:
        ends = [end for window in self.maintenance if (end := window.ends_at(now, self.zone)) is not None]
        untils = [each.snoozed_until for each in pending.standings]
        woken = [until for until in untils if until is not None and until > now]
        if untils and len(woken) == len(untils) and pending.kind is not MessageKind.RESOLVED:
            ends.append(min(woken))
        loud = Severity.WARNING if pending.kind is MessageKind.REMINDER else pending.severity
        return [*ends, may_leave_at(loud, now=now, zone=self.zone, quiet=self.quiet)]

    def is_said_again(self, each: Unanswered, *, now: datetime) -> bool:
        """
        Say whether it is time to remind of the case.
        """
        distance = self.repeats.after(each.severity, each.said)
        return distance is not None and (each.said_at or each.rang_at) + distance <= now

    def escalates(self, each: Unanswered, *, now: datetime) -> bool:
        """
        Say whether it is time to tell the second list: urgent, unanswered for too long, and not told yet.
        """
        if self.escalate_after is None or each.escalated_at is not None or each.severity is not Severity.URGENT:
            return False
        return each.rang_at + self.escalate_after <= now

    def alone(self, *, sent: int, due: int) -> int:
        """
        Return how many of the ``due`` messages leave one by one; what is beyond is summed up in one.

        Args:
            sent: messages that left over the channel within the last hour.
            due: messages that want to leave over it now.
        """
        return due if sent + due <= self.storm_cap else max(self.storm_cap - 1 - sent, 0)
