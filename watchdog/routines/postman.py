"""
What lies in the outbox is handed over: claim, send, settle, channel by channel; a dead one never stops another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from watchdog.routines.points import Point, Reached, pass_by
from watchdog.store import Store, outbox
from watchdog.terms.message import Fate, Message, Receipt


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


@dataclass(frozen=True, slots=True)
class Delivery:
    """
    What one walk delivered.
    """

    sent: int = 0
    postponed: int = 0
    refused: int = 0


@dataclass
class Postman:
    """
    Delivers at least once: settled only after the other side has answered, so a crash in between may double one message, never lose it.
    """

    store: Store
    channels: Sequence[Channel]
    #: attempts so far, now, seconds the other side asked for, when the message was written → when again, or None to give up
    retry_at: Callable[[int, datetime, float | None, datetime], datetime | None]
    owner: str
    lease: timedelta = timedelta(minutes=5)
    reached: Reached = pass_by
    told: Callable[[str, Mapping[str, object]], None] = field(default=lambda _event, _fields: None)

    def deliver(self, now: Callable[[], datetime]) -> Delivery:
        """
        Send everything that is due over every channel.
        """
        fates = [fate for channel in self.channels for fate in self._walk(channel, now)]
        return Delivery(*(fates.count(fate) for fate in (Fate.SENT, Fate.POSTPONED, Fate.REFUSED)))

    def _walk(self, channel: Channel, now: Callable[[], datetime]) -> list[Fate]:
        fates = []
        while (message := self._claim(channel, now())) is not None:
            self.reached(Point.MESSAGE_CLAIMED)
            receipt = channel.send(message)
            self.reached(Point.MESSAGE_SENT)
            fates.append(self._settle(message, receipt, now()))
            self.reached(Point.MESSAGE_SETTLED)
            if receipt.fate is Fate.POSTPONED:
                break  # the channel is down or asks for time: its other messages would only meet the same answer
        return fates

    def _claim(self, channel: Channel, now: datetime) -> Message | None:
        with self.store.writing() as tx:
            return outbox.claim(tx, channel.name, now=now, owner=self.owner, lease=self.lease)

    def _settle(self, message: Message, receipt: Receipt, now: datetime) -> Fate:
        retry_at = None
        if receipt.fate is Fate.POSTPONED:
            retry_at = self.retry_at(message.attempts + 1, now, receipt.retry_after, message.created_at)
            if retry_at is None:
                receipt = Receipt(Fate.REFUSED, receipt.answer)
        with self.store.writing() as tx:
            outbox.settle(tx, message, receipt, now=now, retry_at=retry_at)
        event = {Fate.SENT: "message.sent", Fate.POSTPONED: "message.postponed", Fate.REFUSED: "message.buried"}[receipt.fate]
        self.told(event, {"channel": message.channel, "attempt": message.attempts + 1, "reason": receipt.answer})
        return receipt.fate
