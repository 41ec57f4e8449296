"""
A house whose channels do as the test says, and whose clock the test moves.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.cases.makers_cases import a_finding
from tests.makers import at
from watchdog import assemble
from watchdog.assemble import House
from watchdog.cases.intents import found
from watchdog.deliver.timetable import Timetable
from watchdog.store import open_store, open_temporary, outbox
from watchdog.terms.account import Account
from watchdog.terms.finding import Severity
from watchdog.terms.identity import CaseNo, OrderId
from watchdog.terms.marketplace import MARKETPLACES
from watchdog.terms.message import Fate, Message, MessageKind, Notice, Receipt

if TYPE_CHECKING:
    from pathlib import Path

    from watchdog.store.outbox import Waiting

TOKYO = MARKETPLACES[[store.country for store in MARKETPLACES].index("JP")].zone
#: 5 September, noon in Japan.
NOON = at(5, 3)
OUT = Receipt(Fate.POSTPONED, "nobody listens there")
TAKEN = Receipt(Fate.SENT, "ok")


@dataclass
class Scripted:
    """
    A channel that answers as it is told, the last answer over and over, and keeps what it took.
    """

    name: str
    answers: list[Receipt] = field(default_factory=lambda: [TAKEN])
    asked: list[Message] = field(default_factory=list)
    took: list[Message] = field(default_factory=list)

    def send(self, message: Message) -> Receipt:
        """
        Answer.
        """
        self.asked.append(message)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer.fate is Fate.SENT:
            self.took.append(message)
        return answer

    @property
    def keys(self) -> list[str]:
        """
        What it took, by key.
        """
        return [message.notice.key for message in self.took]


@dataclass
class Post:
    """
    A house, its channels and its clock.
    """

    house: House
    channels: dict[str, Scripted]
    now: datetime = NOON

    def rings(self, *order_numbers: int, **fields: Any) -> None:
        """
        Open a case for each order, with its alert.
        """
        for number in order_numbers:
            finding = a_finding(OrderId(f"503-1234567-{number:07d}"), reconsider_at=at(29), **fields)
            with self.house.store.writing() as tx:
                self.house.desk.enact.apply(tx, [found(finding)], now=self.now)

    def writes(self, *notices: Notice, channels: tuple[str, ...] | None = None) -> None:
        """
        Put notices into the outbox.
        """
        with self.house.store.writing() as tx:
            for notice in notices:
                outbox.enqueue(tx, notice, channels or tuple(self.channels), now=self.now)

    def walks(self, after: timedelta = timedelta()) -> None:
        """
        Deliver once, so much later.
        """
        self.now += after
        self.house.postman.deliver(lambda: self.now)

    def waits(self) -> tuple[Waiting, ...]:
        """
        Return what has not left.
        """
        with self.house.store.reading() as tx:
            return outbox.waiting(tx)


def a_post(
    folder: Path | None,
    *names: str,
    second: tuple[str, ...] = (),
    language: str = "ja",
    **hours: Any,
) -> Post:
    """
    Return a house with scripted channels of these names, in a folder where it is to be found again; ``hours`` are fields of the timetable.
    """
    channels = {name: Scripted(name) for name in (*names, *second)}
    built = assemble.build(
        Account(channels=names, language=language),
        open_temporary() if folder is None else open_store(f"sqlite:///{folder / 'log.db'}", create=True),
        [],
        list(channels.values()),
        outgoing=assemble.Outgoing(hours=Timetable(TOKYO, **hours), second=second),
    )
    return Post(built, channels)


def a_notice(key: str, *cases: int, **fields: Any) -> Notice:
    """
    Return a warning of some cases.
    """
    told: dict[str, Any] = {
        "kind": MessageKind.ALERT,
        "severity": Severity.URGENT,
        "subject": f"【至急】{key}",
        "text": "出荷予定日が早まりました。",
        "html": "",
        "blocks": (),
        "case_nos": tuple(CaseNo(no) for no in cases),
        "product_id": None,
    }
    return Notice(key=key, **(told | fields))
