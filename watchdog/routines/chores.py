"""
What the post lane writes before it walks: reminders and the second list, a storm as one summary, what a dead channel left stranded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from watchdog.store import Transaction, channel_health, lists, outbox, standings
from watchdog.terms.dispatch import Leave, Listing, Pending, Ruling, Unanswered
from watchdog.terms.finding import Severity
from watchdog.terms.message import MessageKind

if TYPE_CHECKING:
    from watchdog.terms.dispatch import Listed
    from watchdog.terms.message import Notice

#: A channel that was out for a shorter time has stranded nothing.
_STRANDS_AFTER = timedelta(hours=1)


class ListScribe(Protocol):
    """
    The room ``compose`` as these chores need it.
    """

    def list_notice(self, listing: Listing, *, language: str, zone: ZoneInfo, now: datetime) -> Notice:
        """
        Return the message that speaks of other messages.
        """


@dataclass(frozen=True)
class Pen:
    """
    What all chores need to write a message.
    """

    scribe: ListScribe
    language: str
    zone: ZoneInfo
    route: Callable[[Severity, tuple[str, ...]], tuple[str, ...]]  #: a severity and the channels there are → those it goes to

    def write(self, tx: Transaction, listing: Listing, channels: Sequence[str], now: datetime) -> int:
        """
        Write the listing for the channels and return how many messages are new.
        """
        notice = self.scribe.list_notice(listing, language=self.language, zone=self.zone, now=now)
        return outbox.enqueue(tx, notice, channels, now=now)


@dataclass(frozen=True)
class Reminders:
    """
    Says again what nobody has answered, with growing distance, and tells the second list after a while.
    """

    pen: Pen
    is_due: Callable[[Unanswered, datetime], bool]
    escalates: Callable[[Unanswered, datetime], bool]
    second: tuple[str, ...] = ()  #: the second list's channels; the first list never writes to them

    def tidy(self, tx: Transaction, channels: tuple[str, ...], now: datetime) -> int:
        """
        Write at most one reminder for each list.
        """
        waiting = standings.unanswered(tx)
        again = [each for each in waiting if self.is_due(each, now)]
        up = [each for each in waiting if self.second and self.escalates(each, now)]
        written = self._remind(tx, again, tuple(name for name in channels if name not in self.second), now)
        for each in again:
            standings.note_said(tx, each, now=now)
        written += self._write(tx, up, tuple(name for name in channels if name in self.second), now, to_second=True)
        for each in up:
            standings.note_escalated(tx, each, now=now)
        return written

    def _remind(self, tx: Transaction, again: Sequence[Unanswered], channels: tuple[str, ...], now: datetime) -> int:
        if not again:
            return 0
        loudest = max((each.severity for each in again), key=lambda severity: severity.rank)
        told_second = {name for each in again if each.escalated_at is not None for name in self.second}
        return self._write(tx, again, (*self.pen.route(loudest, channels), *sorted(told_second)), now)

    def _write(
        self, tx: Transaction, cases: Sequence[Unanswered], channels: Sequence[str], now: datetime, *, to_second: bool = False
    ) -> int:
        if not cases or not channels:
            return 0
        subjects = lists.subjects(tx, [each.case_no for each in cases])
        listed = _once(subjects[each.case_no] for each in sorted(cases, key=_urgency) if each.case_no in subjects)
        if not listed:
            return 0
        key = _key("second" if to_second else "again", (f"{each.case_no}/{each.step_no}/{each.said}" for each in cases))
        said = 1 + max(each.said for each in cases)
        since = min(each.rang_at for each in cases)
        return self.pen.write(tx, Listing(MessageKind.REMINDER, key, listed, to_second=to_second, said=said, since=since), channels, now)


def _urgency(each: Unanswered) -> tuple[int, datetime, int]:
    return -each.severity.rank, each.rang_at, each.case_no


def _once(found: Iterable[Listed]) -> tuple[Listed, ...]:
    """
    Return each message once: one of many cases is one line.
    """
    return tuple({each.no: each for each in found}.values())


@dataclass(frozen=True)
class Storms:
    """
    Sums up what is more than a person can read: the first messages leave one by one, the rest as one.
    """

    pen: Pen
    ask: Callable[[Pending, datetime], Ruling]
    alone: Callable[[int, int], int]  #: sent within the hour, due now → how many leave one by one
    within: timedelta = timedelta(hours=1)
    every: timedelta = timedelta(minutes=10)  #: no more summaries than one in so long; until then the rest waits

    def tidy(self, tx: Transaction, channels: tuple[str, ...], now: datetime) -> int:
        """
        Write a summary for each channel on which a storm blows.
        """
        return sum(self._sum_up(tx, channel, now) for channel in channels)

    def _sum_up(self, tx: Transaction, channel: str, now: datetime) -> int:
        sent, count = lists.sent_since(tx, channel, now - self.within), lists.count_due(tx, channel, now)
        if self.alone(sent, count) >= count:
            return 0
        last = lists.summed_up_at(tx, channel)
        leaving = [each for each in lists.due(tx, channel, now) if each.pending and self.ask(each.pending, now).leave is Leave.NOW]
        leaving.sort(key=lambda each: (-each.severity.rank, each.no))
        rest = leaving[self.alone(sent, len(leaving)) :]
        numbers = [each.no for each in rest]
        if last is not None and now - last < self.every:
            lists.hold(tx, numbers, until=last + self.every)
            return 0
        if not rest:
            return 0
        key = _key("summary", (channel, *map(str, numbers)))
        written = self.pen.write(tx, Listing(MessageKind.SUMMARY, key, tuple(rest)), (channel,), now)
        lists.list_in(tx, numbers, key, now=now)
        return written


@dataclass(frozen=True)
class Rescue:
    """
    Says on another channel what one did not take: a list of what was given up, and the messages no living channel was handed.
    """

    pen: Pen
    told: Callable[[str, dict[str, object]], None] = field(default=lambda _event, _fields: None)

    def tidy(self, tx: Transaction, channels: tuple[str, ...], now: datetime) -> int:
        """
        Write what is to be said over the channels that are well.
        """
        sick = {state.name for state in channel_health.states(tx) if _is_sick(state.refused, state.failing_since, now)}
        able = tuple(name for name in channels if name not in sick)
        if not able:
            return 0
        copies = sum(
            outbox.enqueue(tx, notice, able[:1], now=now) for notice in channel_health.stranded(tx, able=able, before=now - _STRANDS_AFTER)
        )
        return copies + self._list_given_up(tx, able, now)

    def _list_given_up(self, tx: Transaction, able: tuple[str, ...], now: datetime) -> int:
        written = 0
        dead = sorted(lists.given_up(tx), key=lambda each: (each.channel, each.no))
        for channel, group in groupby(dead, key=lambda each: each.channel):
            listed, others = tuple(group), tuple(name for name in able if name != channel)
            if not others:
                continue
            key = _key("undelivered", (str(each.no) for each in listed))
            loudest = max((each.severity for each in listed), key=lambda severity: severity.rank)
            listing = Listing(MessageKind.UNDELIVERED, key, listed)
            written += self.pen.write(tx, listing, self.pen.route(loudest, others), now)
            lists.list_in(tx, [each.no for each in listed], key, now=now)
        return written


def _is_sick(refused: bool, failing_since: datetime | None, now: datetime) -> bool:  # noqa: FBT001 - a channel's state, read beside its name
    return refused or (failing_since is not None and now - failing_since >= _STRANDS_AFTER)


def _key(kind: str, parts: Iterable[str]) -> str:
    """
    Return the natural key: the same cases said as often, the same messages, always have the same one.
    """
    return f"{kind}-{hashlib.sha256('/'.join(sorted(parts)).encode()).hexdigest()[:32]}"
