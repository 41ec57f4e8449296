"""
What lies in the outbox is handed over: claim, send, settle, every channel on a walk of its own; a dead one never stops another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from watchdog.routines.points import Point, Reached, pass_by
from watchdog.store import Store, channel_health, outbox
from watchdog.terms.dispatch import Leave, Pending, Ruling
from watchdog.terms.errors import StoreBusy
from watchdog.terms.message import Blame, Fate, Message, Receipt

if TYPE_CHECKING:
    from watchdog.store import Transaction

#: Longer than any attempt takes; a message whose postman has died is free again afterwards.
_LEASE = timedelta(minutes=5)
#: So often a busy log is asked again; it answers that it is after five seconds.
_PATIENCE = 12
#: While one channel waits for its other side, the others look into the outbox again every so many seconds.
_MEANWHILE = 0.5
_EVENTS = {Fate.SENT: "message.sent", Fate.POSTPONED: "message.postponed", Fate.REFUSED: "message.buried"}


class Channel(Protocol):
    """
    A way to a person. It never raises for what the other side does.
    """

    @property
    def name(self) -> str:
        """
        The name under which the outbox keeps its messages.
        """

    def send(self, message: Message) -> Receipt:
        """
        Hand the message over and return the other side's answer.
        """


class Chore(Protocol):
    """
    Something the post lane writes before it walks: reminders, a storm's summary, what was stranded.
    """

    def tidy(self, tx: Transaction, channels: tuple[str, ...], now: datetime) -> int:
        """
        Do it inside the transaction and return how many messages are new.
        """


@dataclass(frozen=True, slots=True)
class Delivery:
    """
    What one walk delivered.
    """

    sent: int = 0
    postponed: int = 0
    refused: int = 0


def leave_now(_pending: Pending, _now: datetime) -> Ruling:
    """
    Let every message leave.
    """
    return Ruling(Leave.NOW)


@dataclass
class Postman:
    """
    Delivers at least once: settled only after the other side has answered, so a crash in between may double one message, never lose it.
    """

    store: Store
    channels: Sequence[Channel]
    #: attempts so far, now, seconds the other side asked for, when it began → when again, or None to give up
    retry_at: Callable[[int, datetime, float | None, datetime], datetime | None]
    owner: str
    lease: timedelta = _LEASE
    reached: Reached = pass_by
    told: Callable[[str, Mapping[str, object]], None] = field(default=lambda _event, _fields: None)
    ask: Callable[[Pending, datetime], Ruling] = leave_now  #: the timetable, asked when a message is about to leave
    chores: Sequence[Chore] = ()
    _door: Lock = field(default_factory=Lock, repr=False)  #: the log has one writer: walks queue here, where nobody is passed over

    def deliver(self, now: Callable[[], datetime]) -> Delivery:
        """
        Write what is due to be written, then send everything that is due over every channel; channels do not wait for each other.
        """
        self._tidy(now())
        fates = self._walk_all(now)
        if Fate.REFUSED in fates and self._tidy(now()):  # what was given up just now is told at once
            fates += self._walk_all(now)
        return Delivery(*(fates.count(fate) for fate in (Fate.SENT, Fate.POSTPONED, Fate.REFUSED)))

    def _tidy(self, now: datetime) -> int:
        if not self.chores:
            return 0
        names = tuple(channel.name for channel in self.channels)
        with self.store.writing() as tx:
            return sum(chore.tidy(tx, names, now) for chore in self.chores)

    def _walk_all(self, now: Callable[[], datetime]) -> list[Fate]:
        """
        Walk every channel; what is written while one of them hangs leaves over the others all the same.
        """
        if len(self.channels) <= 1:
            return [fate for channel in self.channels for fate in self._walk(channel, now)]
        fates: list[Fate] = []
        with ThreadPoolExecutor(len(self.channels), "channel") as walkers:
            under_way = {walkers.submit(self._walk, channel, now): channel for channel in self.channels}
            while under_way:
                ended = wait(under_way, timeout=_MEANWHILE).done
                fates += [fate for walk in ended for fate in walk.result()]
                idle = [under_way.pop(walk) for walk in ended]
                if under_way:
                    under_way |= {walkers.submit(self._walk, channel, now): channel for channel in idle}
        return fates

    def _walk(self, channel: Channel, now: Callable[[], datetime]) -> list[Fate]:
        fates = []
        while (message := self._claim(channel, now())) is not None:
            self.reached(Point.MESSAGE_CLAIMED)
            receipt = _sent(channel, message)
            self.reached(Point.MESSAGE_SENT)
            fates.append(self._settle(message, receipt, now()))
            self.reached(Point.MESSAGE_SETTLED)
            if receipt.fate is not Fate.SENT and receipt.blame is Blame.CHANNEL:
                break  # its other messages would only meet the same answer
        return fates

    def _claim(self, channel: Channel, now: datetime) -> Message | None:
        with self._door, self.store.writing() as tx:
            rests_until = channel_health.state_of(tx, channel.name).rests_until
            if rests_until is not None and rests_until > now:
                return None
            message = outbox.claim(
                tx, channel.name, now=now, owner=self.owner, lease=self.lease, ask=lambda pending: self.ask(pending, now)
            )
            self.reached(Point.CLAIM_UNCOMMITTED)
            return message

    def _settle(self, message: Message, receipt: Receipt, now: datetime) -> Fate:
        """
        Note the answer; what was sent and can't be noted would be sent again, so a busy log is waited for as long as the lease allows.

        Raises:
            StoreBusy: another program has been writing for a minute.
        """
        for _wait in range(_PATIENCE):
            with suppress(StoreBusy):
                return self._noted(message, receipt, now)
        return self._noted(message, receipt, now)

    def _noted(self, message: Message, receipt: Receipt, now: datetime) -> Fate:
        """
        Note the answer of message and channel.

        A channel that refuses everything (bad login, webhook gone) keeps its messages: somebody may mend it within the days they wait.
        """
        with self._door, self.store.writing() as tx:
            state = channel_health.state_of(tx, message.channel)
            retry_at, rests_until = self._again(message, receipt, state.failures + 1, now)
            fate = receipt.fate if receipt.fate is Fate.SENT else Fate.POSTPONED if retry_at else Fate.REFUSED
            outbox.settle(tx, message, Receipt(fate, receipt.answer, reference=receipt.reference), now=now, retry_at=retry_at)
            if receipt.fate is Fate.SENT or receipt.blame is Blame.CHANNEL:
                channel_health.note(tx, state, receipt, now=now, rests_until=rests_until)
            self.reached(Point.SETTLE_UNCOMMITTED)
        self.told(_EVENTS[fate], {"channel": message.channel, "attempt": message.attempts + 1, "reason": receipt.answer})
        return fate

    def _again(self, message: Message, receipt: Receipt, failures: int, now: datetime) -> tuple[datetime | None, datetime | None]:
        """
        Return when the message is tried again, None for never, and until when its channel rests.

        Many messages share their channel's attempts: each is as old as it is, but was tried as often as the channel.
        """
        if receipt.fate is Fate.SENT or (receipt.fate is Fate.REFUSED and receipt.blame is Blame.MESSAGE):
            return None, None
        tries = message.attempts + 1 if receipt.blame is Blame.MESSAGE else max(message.attempts + 1, failures)
        retry_at = self.retry_at(tries, now, receipt.retry_after, message.created_at)
        if receipt.blame is Blame.MESSAGE:
            return retry_at, None
        rests_until = self.retry_at(failures, now, receipt.retry_after, now)
        return None if retry_at is None else rests_until, rests_until


def _sent(channel: Channel, message: Message) -> Receipt:
    try:
        return channel.send(message)
    except Exception as error:  # noqa: BLE001 - a channel that breaks its word must not stop the others, nor lose the message
        return Receipt(Fate.POSTPONED, f"the channel itself failed ({type(error).__name__})", blame=Blame.MESSAGE)
