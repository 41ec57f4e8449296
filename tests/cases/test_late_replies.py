"""
An answer of Amazon's that does not come is told with whatever else the turn has to say of the case, and only once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.cases.makers_cases import a_case, a_finding
from tests.makers import at
from watchdog.cases.deadlines import overdue, with_late_replies
from watchdog.cases.intents import closed, silent
from watchdog.terms.case import Case, CaseEvent, CaseState, CaseStep, Intent, Outcome
from watchdog.terms.moments import show_instant

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from watchdog.terms.identity import CaseNo

DUE = at(6, 4)
LATE = at(6, 5)


def sent() -> Case:
    """
    Return a case whose ticket was sent.
    """
    return a_case(CaseState.TICKET_SENT)


def steps(case: Case) -> Mapping[CaseNo, Sequence[CaseStep]]:
    """
    Return its timeline: the answer was due at four.
    """
    detail = {"reply_by": show_instant(DUE)}
    return {case.no: (CaseStep(case.no, at(5, 4), CaseEvent.SEND_TICKET, CaseState.TICKET_SENT, "花子", detail=detail),)}


def rung(case: Case, intent: Intent) -> Case:
    """
    Return the case after the intent.
    """
    return replace(case, rung=case.rung | {intent.ring_key}, state=intent.state)


def test_a_case_that_nothing_else_moves_rings_by_itself() -> None:
    """
    One intent, one ring.
    """
    case = sent()
    (intent,) = with_late_replies((), [case], steps(case), now=LATE)

    assert (intent.event, intent.rings, intent.state) == (CaseEvent.REPLY_OVERDUE, True, CaseState.TICKET_SENT)


def test_there_is_time_until_the_hour_itself() -> None:
    """
    Nothing rings before.
    """
    case = sent()

    assert with_late_replies((), [case], steps(case), now=at(6, 3)) == ()


def test_new_evidence_of_the_same_turn_goes_with_the_ring() -> None:
    """
    The case gets one intent with the newer finding.
    """
    case = sent()
    newer = a_finding(title="CD 初回")
    (intent,) = with_late_replies((silent(case, newer),), [case], steps(case), now=LATE)

    assert (intent.event, intent.rings, intent.finding) == (CaseEvent.REPLY_OVERDUE, True, newer)


def test_a_ring_of_the_same_turn_tells_the_missing_answer_with_it() -> None:
    """
    The ship date moved again: that goes first, and the silence does not ring a second time later.
    """
    case = sent()
    moved = replace(silent(case, a_finding()), event=CaseEvent.MOVED_EARLIER, rings=True, ring_key="moved_earlier:2026-09-07")
    (intent,) = with_late_replies((moved,), [case], steps(case), now=LATE)

    assert (intent.event, intent.detail["also"]) == (CaseEvent.MOVED_EARLIER, "reply_overdue")
    assert overdue(rung(case, intent), steps(case)[case.no], now=LATE) is None


def test_a_case_that_ends_in_this_turn_is_waited_for_no_more() -> None:
    """
    The good news stands alone.
    """
    case = sent()
    (intent,) = with_late_replies((closed(case, Outcome.RESTORED),), [case], steps(case), now=LATE)

    assert (intent.event, "also" in intent.detail) == (CaseEvent.SHIP_BY_RESTORED, False)


@pytest.mark.parametrize("state", [CaseState.ACKNOWLEDGED, CaseState.BUYER_ASKED, CaseState.RESOLVED])
def test_where_nothing_is_awaited_nothing_is_late(state: CaseState) -> None:
    """
    Another decision has taken the ticket's place.
    """
    case = a_case(state)

    assert with_late_replies((), [case], steps(case), now=LATE) == ()
