"""
What was decided is written: case moves, the letters that follow, the outbox; inside the judging transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from watchdog.store import Transaction, casebook, outbox, steps
from watchdog.terms.case import Case, CaseEvent, CaseFile, Intent
from watchdog.terms.finding import Severity
from watchdog.terms.identity import CaseNo, show_case_no
from watchdog.terms.message import MessageKind, Notice, Ring

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from watchdog.terms.case import CaseStep, Due
    from watchdog.terms.promise import Promise


class Scribe(Protocol):
    """
    The room ``compose`` as this routine needs it.
    """

    def notices(self, rings: Sequence[Ring], *, language: str, now: datetime, reply_by: Mapping[CaseNo, datetime]) -> tuple[Notice, ...]:
        """
        Return the messages of this turn, bundled per product and kind.
        """


class Clerk(Protocol):
    """
    What the room ``cases`` knows of time, as this routine needs it.
    """

    def due_at(self, case: Case, *, now: datetime, steps: Sequence[CaseStep], reported: datetime | None = None) -> datetime | None:
        """
        Return when the case must be looked at again though nothing changes; its steps say by when Amazon's answer is awaited.
        """

    def due_steps(self, case: Case, *, now: datetime, steps: Sequence[CaseStep]) -> tuple[Due, ...]:
        """
        Return what time will bring about in the case, the earliest first.
        """

    def reply_by(self, case: Case, *, now: datetime) -> datetime:
        """
        Return by when Amazon is asked to answer.
        """


#: A severity and the channels there are → those it goes to.
Route = Callable[[Severity, tuple[str, ...]], tuple[str, ...]]


def everywhere(_severity: Severity, channels: tuple[str, ...]) -> tuple[str, ...]:
    """
    Send everything over every channel.
    """
    return channels


@dataclass(frozen=True, slots=True)
class Enacted:
    """
    What a turn has written.
    """

    opened: tuple[CaseNo, ...] = ()
    moved: tuple[CaseNo, ...] = ()
    messages: int = 0
    noticed: int = 0  #: findings that are no case

    def __add__(self, other: Enacted) -> Enacted:
        """
        Return what both turns have written.
        """
        return Enacted(self.opened + other.opened, self.moved + other.moved, self.messages + other.messages, self.noticed + other.noticed)


@dataclass(frozen=True)
class Enact:
    """
    Applies intents; decides nothing.
    """

    scribe: Scribe
    clerk: Clerk
    channels: tuple[str, ...]
    language: str
    leaves_at: Callable[[Severity, datetime], datetime]  #: from when a message of that severity may leave (quiet hours)
    route: Route = everywhere
    second: tuple[str, ...] = ()  #: the second list: an all-clear follows there too, nothing else is written for it here

    def apply(
        self,
        tx: Transaction,
        intents: Sequence[Intent],
        *,
        now: datetime,
        by: str = "watchdog",
        promises: Mapping[CaseNo, Promise] | None = None,
    ) -> Enacted:
        """
        Write every intent with its step, then one message per product and kind for those that ring.

        ``promises`` are what performance reports say of the cases, for messages that tell of it.
        """
        opened: list[CaseNo] = []
        moved: list[CaseNo] = []
        rings: list[Ring] = []
        into: dict[CaseNo, CaseNo] = {}
        for intent in intents:
            case = self._write(tx, intent, into, now=now, by=by)
            (moved if intent.case else opened).append(case.no)
            into |= dict.fromkeys(intent.takes_over, case.no)
            if intent.rings:
                also = tuple(CaseEvent(name) for name in intent.detail.get("also", "").split(",") if name)
                rings.append(Ring(case, intent.event, intent.finding, intent.ring_key, _file(tx, case, intent, promises or {}), also))
        outbox.withdraw(tx, tuple(into))
        return Enacted(tuple(opened), tuple(moved), self._send(tx, rings, now))

    def _write(self, tx: Transaction, intent: Intent, into: Mapping[CaseNo, CaseNo], *, now: datetime, by: str) -> Case:
        if intent.case is None:
            case = casebook.open_case(tx, intent, now=now, by=by)
        else:
            case = casebook.move(tx, _with_successor(intent, into), now=now, by=by)
        taken = steps.of_cases(tx, (case.no,)).get(case.no, ()) if intent.case is not None else ()
        due_at = self.clerk.due_at(case, now=now, steps=taken)
        if due_at != case.due_at:
            casebook.set_due(tx, case.no, due_at)
        return case

    def _send(self, tx: Transaction, rings: Sequence[Ring], now: datetime) -> int:
        if not rings:
            return 0
        reply_by = {ring.case.no: self.clerk.reply_by(ring.case, now=now) for ring in rings}
        notices = self.scribe.notices(rings, language=self.language, now=now, reply_by=reply_by)
        return sum(
            outbox.enqueue(tx, notice, self._over(tx, notice), now=now, not_before=self.leaves_at(notice.severity, now))
            for notice in notices
        )

    def _over(self, tx: Transaction, notice: Notice) -> tuple[str, ...]:
        """
        Return the channels of the notice: by severity, but an all-clear follows its alarm wherever that went.
        """
        if notice.kind is MessageKind.RESOLVED:
            told = [name for name in outbox.told_over(tx, notice.case_nos) if name in (*self.channels, *self.second)]
            if told:
                return tuple(told)
        return self.route(notice.severity, self.channels)


def _file(tx: Transaction, case: Case, intent: Intent, promises: Mapping[CaseNo, Promise]) -> CaseFile:
    if intent.case is None:
        return CaseFile(case)  # nothing has happened in it yet: of a storm's many new cases none is read again
    return CaseFile(case, steps.of_cases(tx, (case.no,)).get(case.no, ()), promises.get(case.no))


def _with_successor(intent: Intent, into: Mapping[CaseNo, CaseNo]) -> Intent:
    """
    Name the product case in the step of a case it has taken over; its number is known only now.
    """
    if intent.event is not CaseEvent.TAKEN_OVER or intent.case is None or intent.case.no not in into:
        return intent
    return replace(intent, detail={**intent.detail, "into": show_case_no(into[intent.case.no])})
