"""
What is late is told with whatever else the turn has to say of the case: once, in its order, and none of it is lost.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.cases.makers_cases import Book, a_case, a_finding, examined
from tests.makers import CALENDARS, POLICY, at
from watchdog.cases.decisions import decide
from watchdog.cases.intents import closed, silent
from watchdog.cases.overdue import with_what_is_late
from watchdog.cases.reconcile import reconcile
from watchdog.terms.case import Case, CaseEvent, CaseState, CaseStep, Intent, Outcome
from watchdog.terms.finding import Rule
from watchdog.terms.moments import show_instant
from watchdog.terms.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from watchdog.terms.identity import CaseNo

DUE = at(6, 4)
LATE = at(6, 5)


def sent() -> Case:
    """
    Return a case whose ticket was sent; the buyer knows already.
    """
    return a_case(CaseState.TICKET_SENT)


def steps(case: Case) -> Mapping[CaseNo, Sequence[CaseStep]]:
    """
    Return its timeline: the buyer was written to, the answer was due at four.
    """
    detail = {"reply_by": show_instant(DUE)}
    buyer = CaseStep(case.no, at(5, 3), CaseEvent.CONTACT_BUYER, CaseState.OPEN, "花子")
    return {case.no: (buyer, CaseStep(case.no, at(5, 4), CaseEvent.SEND_TICKET, CaseState.TICKET_SENT, "花子", detail=detail))}


def told(case: Case) -> Case:
    """
    Return the case with the first reminder of its ship-by told.
    """
    return replace(case, rung=case.rung | {"deadline_near:2026-09-08:72"})


def late(intents: Sequence[Intent], case: Case, *, now: datetime = LATE) -> tuple[Intent, ...]:
    """
    Return the turn's intents with what is late.
    """
    return with_what_is_late(intents, [case], steps(case), now=now, calendars=CALENDARS, policy=POLICY)


def test_a_case_that_nothing_else_moves_rings_by_itself() -> None:
    """
    One intent, one ring.
    """
    (intent,) = late((), told(sent()))

    assert (intent.event, intent.rings, intent.state) == (CaseEvent.REPLY_OVERDUE, True, CaseState.TICKET_SENT)


def test_there_is_time_until_the_hour_itself() -> None:
    """
    Nothing rings before.
    """
    assert late((), told(sent()), now=at(6, 3)) == ()


def test_new_evidence_of_the_same_turn_goes_with_the_ring() -> None:
    """
    The case gets one intent with the newer finding.
    """
    case = told(sent())
    newer = a_finding(title="CD 初回")
    (intent,) = late((silent(case, newer),), case)

    assert (intent.event, intent.rings, intent.finding) == (CaseEvent.REPLY_OVERDUE, True, newer)


def test_a_ring_of_the_same_turn_tells_what_is_late_along_and_it_never_rings_again() -> None:
    """
    The ship date passed: that goes first, and the silence of Amazon does not ring a second time later.
    """
    case = told(sent())
    passed = replace(silent(case, a_finding()), event=CaseEvent.SHIP_BY_PASSED, rings=True, ring_key="ship_by_passed:2026-09-08")
    (intent,) = late((passed,), case)
    after = replace(case, rung=case.rung | {intent.ring_key})

    assert (intent.event, intent.detail["also"]) == (CaseEvent.SHIP_BY_PASSED, "reply_overdue")
    assert late((), after) == ()


def test_reminders_of_a_ship_by_that_moved_in_this_turn_are_not_told() -> None:
    """
    They belong to a date that is gone; the answer is late all the same.
    """
    case = sent()
    moved = replace(
        silent(case, a_finding(ship_by=date(2026, 9, 7))), event=CaseEvent.MOVED_EARLIER, rings=True, ring_key="moved_earlier:2026-09-07"
    )
    (intent,) = late((moved,), case)

    assert intent.detail["also"] == "reply_overdue"


def test_a_case_that_ends_in_this_turn_is_waited_for_no_more() -> None:
    """
    The good news stands alone.
    """
    case = sent()
    (intent,) = late((closed(case, Outcome.RESTORED),), case)

    assert (intent.event, "also" in intent.detail) == (CaseEvent.SHIP_BY_RESTORED, False)


@pytest.mark.parametrize("state", [CaseState.RESOLVED, CaseState.DISMISSED])
def test_what_is_over_is_never_late(state: CaseState) -> None:
    """
    Time moves closed cases no more.
    """
    assert late((), a_case(state), now=at(20)) == ()


def _a_story() -> Book:
    """
    Return the incident with its ticket sent on the 2nd, to be answered by the 5th, 10:00.
    """
    book = Book()
    book.turn(examined(a_finding()), now=at(1))
    case = book.only
    intent = decide(case, CaseEvent.SEND_TICKET, now=at(2), detail={"reply_by": "2026-09-05T01:00:00Z"})
    book.write(intent, now=at(2), by="花子")
    return book


def _turn(book: Book, now: datetime) -> tuple[Intent, ...]:
    """
    Let one turn pass in which the order is as it was, but for the date that may have passed.
    """
    passed = now >= at(8, 15)
    finding = a_finding(rules=(Rule.SHIP_BY_BEFORE_RELEASE, Rule.PAST_SHIP_BY) if passed else (Rule.SHIP_BY_BEFORE_RELEASE,))
    cases = tuple(book.cases.values())
    intents = reconcile(Verdict((examined(finding),)), cases, policy=POLICY, now=now)
    intents = with_what_is_late(intents, cases, book.steps, now=now, calendars=CALENDARS, policy=POLICY)
    for intent in intents:
        book.write(intent, now=now)
    return intents


def _all_told(book: Book) -> list[str]:
    keys = [key for ring in book.only.rung for key in ring.split("+")]
    return sorted(keys)


EVERYTHING = [
    "buyer_contact_due:2026-09-08",
    "deadline_near:2026-09-08:24",
    "deadline_near:2026-09-08:4",
    "deadline_near:2026-09-08:72",
    "follow_up_due:2026-09-05T01:00:00Z",
    "found:2026-09-08",
    "reply_overdue:2026-09-05T01:00:00Z",
    "severity_raised:urgent",
    "ship_by_passed:2026-09-08",
]


def test_turn_by_turn_each_step_rings_by_itself_at_its_time() -> None:
    """
    A machine that never sleeps: T-72 h, the missing answer, the next business morning, the buyer, T-24, T-4, the date itself.
    """
    book = _a_story()
    rang = []
    now = at(2)
    while now < at(9, 2):
        now += timedelta(minutes=15)
        rang += [(intent.event.value, show_instant(now)) for intent in _turn(book, now) if intent.rings]

    assert rang == [
        ("reply_overdue", "2026-09-05T01:00:00Z"),
        ("deadline_near", "2026-09-05T15:00:00Z"),
        ("follow_up_due", "2026-09-07T01:00:00Z"),
        ("deadline_near", "2026-09-07T15:00:00Z"),
        ("deadline_near", "2026-09-08T11:00:00Z"),
        ("ship_by_passed", "2026-09-08T15:00:00Z"),
    ], "the follow-up and the buyer are both due at ten on Monday: one ring"
    assert _all_told(book) == EVERYTHING


def test_a_machine_that_slept_two_days_tells_all_of_it_once_in_order() -> None:
    """
    Asleep from Friday evening to Sunday evening: the answer and the first reminder are told then, and nothing is told twice.
    """
    book = _a_story()
    _turn(book, at(4, 9))
    (intent,) = _turn(book, at(6, 9))
    again = _turn(book, at(6, 9) + timedelta(minutes=15))

    assert (intent.event, intent.detail["also"]) == (CaseEvent.DEADLINE_NEAR, "reply_overdue")
    assert intent.ring_key == "reply_overdue:2026-09-05T01:00:00Z+deadline_near:2026-09-08:72"
    assert again == ()


def test_after_a_week_asleep_nothing_is_lost_and_the_date_goes_first() -> None:
    """
    All late steps are told in one ring, in the order in which they fell due.
    """
    book = _a_story()
    (intent,) = _turn(book, at(9, 2))

    assert intent.event is CaseEvent.SHIP_BY_PASSED
    assert intent.detail["also"].split(",") == [
        "reply_overdue",
        "deadline_near",
        "buyer_contact_due",
        "follow_up_due",
        "deadline_near",
        "deadline_near",
    ]
    assert _all_told(book) == EVERYTHING
    assert _turn(book, at(9, 3)) == ()


def test_what_fell_due_in_a_snooze_is_told_when_it_ends() -> None:
    """
    Reminded on Monday morning, as the seller wished, and told of everything since.
    """
    book = Book()
    book.turn(examined(a_finding()), now=at(1))
    until = show_instant(at(7, 0))
    book.write(decide(book.only, CaseEvent.SNOOZE, now=at(2), detail={"until": until}), now=at(2), by="花子")

    quiet = _turn(book, at(6, 9))
    (intent,) = _turn(book, at(7, 0))

    assert quiet == ()
    assert (intent.event, intent.detail["also"], intent.state) == (CaseEvent.SNOOZE_ENDED, "deadline_near", CaseState.OPEN)
