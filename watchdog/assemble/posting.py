"""
The post lane of one house: the timetable the seller has set, who carries, who reminds, and the heartbeat out.
"""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from watchdog.assemble.channels import routes_of
from watchdog.deliver import timetable
from watchdog.deliver.heartbeat import Beat, Heartbeat
from watchdog.deliver.timetable import QuietHours, Timetable
from watchdog.routines.chores import Pen, Reminders, Rescue, Storms
from watchdog.routines.postman import Channel, Postman
from watchdog.terms.errors import SourceUnavailable
from watchdog.terms.maintenance import parse_maintenance
from watchdog.terms.repeats import Repeats

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from watchdog.compose import Composer
    from watchdog.routines.patrol import Turn
    from watchdog.routines.points import Reached
    from watchdog.settings import Settings
    from watchdog.store import Store
    from watchdog.terms.account import Account


#: Takes an event's name and its fields into the log.
Told = Callable[[str, Mapping[str, object]], None]


def timetable_of(settings: Settings, zone: ZoneInfo) -> Timetable:
    """
    Return the timetable of these settings.
    """
    urgent, warning = (
        tuple(timedelta(hours=hours) for hours in said) for said in (settings.repeat_urgent_hours, settings.repeat_warning_hours)
    )
    return Timetable(
        zone=zone,
        quiet=QuietHours.parse(settings.quiet_hours) if settings.quiet_hours else None,
        maintenance=parse_maintenance(settings.maintenance or ""),
        routes=routes_of(settings),
        repeats=Repeats(urgent, warning),
        escalate_after=timedelta(minutes=settings.escalate_after_minutes),
        storm_cap=settings.storm_cap,
    )


def postman_of(
    book: Store,
    channels: Sequence[Channel],
    *,
    account: Account,
    composer: Composer,
    hours: Timetable,
    second: tuple[str, ...],
    reached: Reached,
    told: Told,
) -> Postman:
    """
    Return who carries the messages, with the chores done before each walk.
    """
    pen = Pen(composer, account.language, account.home.zone, hours.channels)
    return Postman(
        book,
        channels,
        _retry_at,
        owner=f"{socket.gethostname()}:{os.getpid()}",
        reached=reached,
        told=told,
        ask=lambda pending, now: hours.ruling(pending, now=now),
        chores=(
            Reminders(
                pen,
                lambda each, now: hours.is_said_again(each, now=now),
                lambda each, now: hours.escalates(each, now=now),
                second,
            ),
            Rescue(pen),
            Storms(
                pen,
                lambda pending, now: hours.ruling(pending, now=now),
                lambda sent, due: hours.alone(sent=sent, due=due),
                timetable.STORM_HOUR,
                timetable.SUMMARY_EVERY,
            ),
        ),
    )


def _retry_at(attempts: int, now: datetime, asked: float | None, since: datetime) -> datetime | None:
    return timetable.retry_at(attempts, now=now, asked=asked, draw=secrets.randbelow(10**6) / 10**6, since=since)


@dataclass
class Pulse:
    """
    Tells the dead-man's switch of each turn that saw something: it began, it went well, it failed.

    A turn that saw nothing is not told, nor is one whose source could only not be reached: the switch's own patience covers these.
    """

    heartbeat: Heartbeat
    told: Told
    began: bool = False

    def saw(self) -> None:
        """
        Say that a turn is under way, once.
        """
        if not self.began:
            self.began = True
            self._ping(Beat.START)

    def ended(self, turn: Turn | None) -> None:
        """
        Say how the turn ended, where there is something to say.
        """
        began, self.began = self.began, False
        refused = turn is None or any(not isinstance(trouble, SourceUnavailable) for trouble in turn.troubles)
        saw = turn is not None and turn.looks > len(turn.refused)
        if refused or (began and not saw):
            self._ping(Beat.FAIL)
        elif saw:
            self._ping(Beat.OK)

    def _ping(self, beat: Beat) -> None:
        receipt = self.heartbeat.ping(beat)
        self.told("heartbeat.sent", {"beat": beat.name.lower(), "answer": receipt.answer})
