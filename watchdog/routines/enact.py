"""
What was decided is written: case moves, the letters that follow, the outbox; inside the judging transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from watchdog.store import Transaction, casebook, outbox, steps
from watchdog.terms.case import Case, CaseEvent, Intent
from watchdog.terms.finding import Severity
from watchdog.terms.identity import CaseNo, show_case_no
from watchdog.terms.message import Notice, Ring

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from watchdog.terms.case import CaseStep


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

    def due_at(self, case: Case, *, now: datetime, steps: Sequence[CaseStep]) -> datetime | None:
        """
        Return when the case must be looked at again though nothing changes; its steps say by when Amazon's answer is awaited.
        """

    def reply_by(self, case: Case, *, now: datetime) -> datetime:
        """
        Return by when Amazon is asked to answer.
        """


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

    def apply(self, tx: Transaction, intents: Sequence[Intent], *, now: datetime, by: str = "watchdog") -> Enacted:
        """
        Write every intent with its step, then one message per product and kind for those that ring.
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
                rings.append(Ring(case, intent.event, intent.finding, intent.ring_key))
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
            outbox.enqueue(tx, notice, self.channels, now=now, not_before=self.leaves_at(notice.severity, now)) for notice in notices
        )


def _with_successor(intent: Intent, into: Mapping[CaseNo, CaseNo]) -> Intent:
    """
    Name the product case in the step of a case it has taken over; its number is known only now.
    """
    if intent.event is not CaseEvent.TAKEN_OVER or intent.case is None or intent.case.no not in into:
        return intent
    return replace(intent, detail={**intent.detail, "into": show_case_no(into[intent.case.no])})
