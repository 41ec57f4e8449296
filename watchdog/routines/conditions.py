"""
What is true of the account is said when it begins, when it gets worse, again and again while it is urgent, and once when it ends.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from watchdog.store import Transaction, conditions, outbox
from watchdog.terms.condition import Condition, ConditionEvent, ConditionKind, StandingCondition
from watchdog.terms.finding import Severity
from watchdog.terms.repeats import Repeats

if TYPE_CHECKING:
    from watchdog.terms.message import Notice


#: A warning of the account is said once, an urgent one until it ends.
_REPEATS = Repeats(warning=())


class ConditionScribe(Protocol):
    """
    The room ``compose`` as this routine needs it.
    """

    def condition_notice(
        self, standing: StandingCondition, event: ConditionEvent, *, language: str, zone: ZoneInfo, now: datetime
    ) -> Notice:
        """
        Return the message that says it.
        """


class Watcher(Protocol):
    """
    Something that knows at every turn which conditions of its kinds stand; what it no longer observes has ended.
    """

    @property
    def kinds(self) -> Collection[ConditionKind]:
        """
        The kinds it speaks of.
        """

    def observe(self, tx: Transaction, now: datetime) -> Iterable[Condition]:
        """
        Yield what stands now, read inside the judging transaction.
        """


@dataclass(frozen=True)
class Conditions:
    """
    Reconciles what is observed with what stands on record, inside the caller's writing transaction.
    """

    scribe: ConditionScribe
    channels: tuple[str, ...]
    language: str
    zone: ZoneInfo
    leaves_at: Callable[[Severity, datetime], datetime]  #: from when a message of that severity may leave (quiet hours)
    watchers: Sequence[Watcher] = ()  #: asked at every turn of the patrol
    repeats: Repeats = _REPEATS  #: how long after an alert it is said again

    def take_stock(self, tx: Transaction, now: datetime) -> int:
        """
        Ask every watcher and reconcile; return how many messages lie in the outbox for it.
        """
        return sum(self.reconcile(tx, watcher.kinds, watcher.observe(tx, now), now=now) for watcher in self.watchers)

    def reconcile(self, tx: Transaction, kinds: Collection[ConditionKind], observed: Iterable[Condition], *, now: datetime) -> int:
        """
        Write what is new, worse, still urgent or over, each with its message, and return how many messages are new.

        Only conditions of the given kinds may end; the same condition is never said twice for the same reason, also after a crash.
        """
        found = _worst_of_each(observed)
        on_record = {_name(stands.condition): stands for stands in conditions.standing(tx) if stands.condition.kind in kinds}
        written = 0
        for name, condition in found.items():
            written += self._renew(tx, condition, on_record.get(name), now)
        for name, stands in on_record.items():
            if name not in found:
                written += self._end(tx, stands, now)
        return written

    def _renew(self, tx: Transaction, condition: Condition, before: StandingCondition | None, now: datetime) -> int:
        if before is None:
            return self._say(tx, StandingCondition(condition, now, 1, now), ConditionEvent.BEGAN, now)
        event = self._why_again(condition, before, now)
        if event is None:
            if condition != before.condition:
                conditions.save(tx, replace(before, condition=condition))
            return 0
        return self._say(tx, StandingCondition(condition, before.since, before.rung + 1, now), event, now)

    def _why_again(self, condition: Condition, before: StandingCondition, now: datetime) -> ConditionEvent | None:
        """
        Say why a condition on record is said again in this turn, None where it is not.
        """
        if condition.severity.rank > before.condition.severity.rank:
            return ConditionEvent.WORSENED
        distance = self.repeats.after(condition.severity, before.rung)
        return ConditionEvent.STANDS if distance is not None and before.rang_at + distance <= now else None

    def _end(self, tx: Transaction, stood: StandingCondition, now: datetime) -> int:
        conditions.end(tx, stood, now=now)
        return self._send(tx, replace(stood, ended_at=now), ConditionEvent.ENDED, now)

    def _say(self, tx: Transaction, stands: StandingCondition, event: ConditionEvent, now: datetime) -> int:
        conditions.save(tx, stands)
        return self._send(tx, stands, event, now)

    def _send(self, tx: Transaction, stands: StandingCondition, event: ConditionEvent, now: datetime) -> int:
        conditions.withdraw(tx, stands, now=now)
        notice = self.scribe.condition_notice(stands, event, language=self.language, zone=self.zone, now=now)
        channels = _able_channels(self.channels, stands, event)
        return outbox.enqueue(tx, notice, channels, now=now, not_before=self.leaves_at(notice.severity, now))


def _name(condition: Condition) -> tuple[ConditionKind, str]:
    return condition.kind, condition.subject


def _worst_of_each(observed: Iterable[Condition]) -> dict[tuple[ConditionKind, str], Condition]:
    found: dict[tuple[ConditionKind, str], Condition] = {}
    for condition in observed:
        other = found.get(_name(condition))
        if other is None or condition.severity.rank > other.severity.rank:
            found[_name(condition)] = condition
    return found


def _able_channels(channels: tuple[str, ...], stands: StandingCondition, event: ConditionEvent) -> tuple[str, ...]:
    """
    Return the channels that can carry it: that a channel is dead is said over the others, if there are any.
    """
    if stands.condition.kind is not ConditionKind.CHANNEL_DEAD or event is ConditionEvent.ENDED:
        return channels
    return tuple(name for name in channels if name != stands.condition.subject) or channels
