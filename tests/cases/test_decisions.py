"""
What the seller decides, and takes back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cases.makers_cases import Book, a_case, a_finding, examined, healthy
from tests.makers import at
from watchdog.cases.deadlines import awaited_by
from watchdog.cases.decisions import NEEDS, decide
from watchdog.cases.lifecycle import DECISIONS, FACTS, possible
from watchdog.terms.case import CaseEvent, CaseState, Outcome
from watchdog.terms.errors import IllegalMove, UsageError
from watchdog.terms.finding import Cause, Confidence
from watchdog.terms.sentences import say

if TYPE_CHECKING:
    from watchdog.terms.case import Case

LATER = "2026-09-05T01:00:00Z"
DETAILS = {"until": LATER, "reason": "shipped by hand", "text": "called", "ticket_no": "12345678901", "reply_by": LATER}


def open_case() -> Book:
    """
    Return a casebook with the incident, found on 1 September.
    """
    book = Book()
    book.turn(examined(a_finding()), now=at(1))
    return book


def decided(book: Book, event: CaseEvent, **detail: str) -> Case:
    """
    Decide, write, and return the case as it stands then.
    """
    case = book.only
    intent = decide(case, event, now=at(2), detail=detail, steps=book.steps[case.no])
    return book.write(intent, now=at(2), by="Sato")


@pytest.mark.parametrize("state", CaseState)
@pytest.mark.parametrize("event", [event for event in DECISIONS if event is not CaseEvent.UNDO])
def test_a_decision_is_made_where_it_is_possible_and_refused_elsewhere(state: CaseState, event: CaseEvent) -> None:
    """
    It never rings, and it keeps the finding and the severity.
    """
    case = a_case(state)
    if event not in possible(state):
        with pytest.raises(IllegalMove):
            decide(case, event, now=at(2), detail=DETAILS)
        return

    intent = decide(case, event, now=at(2), detail=DETAILS)

    assert (intent.event, intent.case, intent.rings, intent.finding) == (event, case, False, case.finding)


@pytest.mark.parametrize(
    ("event", "state"),
    [
        (CaseEvent.ACKNOWLEDGE, CaseState.ACKNOWLEDGED),
        (CaseEvent.SNOOZE, CaseState.SNOOZED),
        (CaseEvent.SEND_TICKET, CaseState.TICKET_SENT),
        (CaseEvent.BUYER_ASKED, CaseState.BUYER_ASKED),
        (CaseEvent.CONTACT_BUYER, CaseState.OPEN),
        (CaseEvent.DISMISS, CaseState.DISMISSED),
        (CaseEvent.NOTE, CaseState.OPEN),
    ],
)
def test_decisions_move_an_open_case(event: CaseEvent, state: CaseState) -> None:
    """
    As the table says.
    """
    assert decided(open_case(), event, **DETAILS).state is state


def test_the_story_of_a_ticket() -> None:
    """
    Sent with its number, answered, believed only when it is seen.
    """
    book = open_case()
    decided(book, CaseEvent.SEND_TICKET, ticket_no="12345678901")
    decided(book, CaseEvent.AMAZON_EXCLUDED)

    assert (book.only.state, book.only.ticket_no) == (CaseState.VERIFYING, "12345678901")


def test_amazons_refusal_is_final() -> None:
    """
    No ticket after it; the refusal of a second one names what is left.
    """
    book = open_case()
    decided(book, CaseEvent.SEND_TICKET)
    decided(book, CaseEvent.AMAZON_REFUSED)

    with pytest.raises(IllegalMove) as refused:
        decided(book, CaseEvent.SEND_TICKET)

    assert "contact_buyer" in str(refused.value.values["possible"])


def test_dismissing_ends_with_the_reason_on_record() -> None:
    """
    The outcome is ``dismissed``.
    """
    book = open_case()
    case = decided(book, CaseEvent.DISMISS, reason="shipped by hand")

    assert (case.outcome, book.steps[case.no][-1].detail) == (Outcome.DISMISSED, {"reason": "shipped by hand"})


@pytest.mark.parametrize(("event", "need"), NEEDS.items())
@pytest.mark.parametrize("said", [{}, {"until": " ", "reason": " ", "text": " "}])
def test_a_decision_without_what_it_needs_is_refused_in_a_sentence(event: CaseEvent, need: str, said: dict[str, str]) -> None:
    """
    A snooze needs its end, a dismissal its reason, a note its text.
    """
    with pytest.raises(UsageError) as refused:
        decide(a_case(), event, now=at(2), detail=said)

    assert need in say(refused.value.code, "en", refused.value.values)


def test_a_reminder_in_the_past_is_refused() -> None:
    """
    It could never come.
    """
    with pytest.raises(UsageError) as refused:
        decide(a_case(), CaseEvent.SNOOZE, now=at(6), detail={"until": LATER})

    assert LATER in say(refused.value.code, "ja", refused.value.values)


@pytest.mark.parametrize("event", FACTS)
def test_a_fact_is_no_decision(event: CaseEvent) -> None:
    """
    Nobody decides that an order was shipped.
    """
    with pytest.raises(ValueError, match="no decision"):
        decide(a_case(), event, now=at(2))


def test_only_amazons_own_answer_makes_a_cause_certain() -> None:
    """
    What the seller says elsewhere does not (DOMAIN §5).
    """
    sent = a_case(CaseState.TICKET_SENT)
    answer = decide(sent, CaseEvent.AMAZON_EXCLUDED, now=at(2), detail={"cause": "buyer_change"})
    note = decide(sent, CaseEvent.NOTE, now=at(2), detail={"text": "buyer", "cause": "buyer_change"})

    assert (answer.finding.cause, answer.finding.confidence) == (Cause.BUYER_CHANGE, Confidence.CERTAIN)
    assert note.finding == sent.finding


# undo


@pytest.mark.parametrize(
    "events",
    [
        (CaseEvent.ACKNOWLEDGE,),
        (CaseEvent.SNOOZE,),
        (CaseEvent.ACKNOWLEDGE, CaseEvent.DISMISS),
        (CaseEvent.SEND_TICKET, CaseEvent.AMAZON_REFUSED),
        (CaseEvent.SEND_TICKET, CaseEvent.CONTACT_BUYER),
    ],
    ids="-".join,
)
def test_undo_returns_to_the_state_before_the_last_decision(events: tuple[CaseEvent, ...]) -> None:
    """
    Whatever it was; the step names what was taken back.
    """
    book = open_case()
    for event in events[:-1]:
        decided(book, event, **DETAILS)
    before = book.only
    decided(book, events[-1], **DETAILS)

    after = decided(book, CaseEvent.UNDO)

    assert (after.state, after.outcome) == (before.state, before.outcome)
    assert book.steps[after.no][-1].detail == {"undone": events[-1].value}


def test_each_undo_takes_one_decision_back() -> None:
    """
    Until none is left; then it is refused and says what is possible.
    """
    book = open_case()
    for event in (CaseEvent.ACKNOWLEDGE, CaseEvent.SEND_TICKET):
        decided(book, event)

    assert [decided(book, CaseEvent.UNDO).state for _ in range(2)] == [CaseState.ACKNOWLEDGED, CaseState.OPEN]
    with pytest.raises(IllegalMove) as refused:
        decided(book, CaseEvent.UNDO)
    assert "undo" not in str(refused.value.values["possible"])


def test_a_note_is_not_what_undo_takes_back() -> None:
    """
    It stays in the timeline; the decision before it is taken back.
    """
    book = open_case()
    decided(book, CaseEvent.ACKNOWLEDGE)
    decided(book, CaseEvent.NOTE, text="called")

    assert decided(book, CaseEvent.UNDO).state is CaseState.OPEN


def test_what_facts_have_changed_since_is_never_taken_back() -> None:
    """
    Acknowledged, then rung again: there is nothing to undo.
    """
    book = open_case()
    decided(book, CaseEvent.ACKNOWLEDGE)
    book.turn(examined(a_finding(ship_by=at(7).date())), now=at(3))

    with pytest.raises(IllegalMove):
        decided(book, CaseEvent.UNDO)


def test_silent_evidence_does_not_stand_in_the_way_of_an_undo() -> None:
    """
    It moved nothing.
    """
    book = open_case()
    decided(book, CaseEvent.ACKNOWLEDGE)
    book.turn(examined(a_finding(cause=Cause.BUYER_CHANGE)), now=at(3))

    assert decided(book, CaseEvent.UNDO).state is CaseState.OPEN


def test_a_resolved_case_is_not_undone() -> None:
    """
    Facts have ended it.
    """
    book = open_case()
    decided(book, CaseEvent.ACKNOWLEDGE)
    book.turn(healthy(), now=at(3))

    with pytest.raises(IllegalMove):
        decided(book, CaseEvent.UNDO)


# what is awaited


def test_a_verification_has_its_own_deadline() -> None:
    """
    The last one that a decision has set.
    """
    book = open_case()
    decided(book, CaseEvent.SEND_TICKET, reply_by=LATER)
    case = decided(book, CaseEvent.AMAZON_EXCLUDED, reply_by="2026-09-08T01:00:00Z")

    assert awaited_by(case, book.steps[case.no]) == at(8)


def test_an_answer_taken_back_leaves_the_tickets_own_deadline() -> None:
    """
    Excluded by mistake: Amazon's answer to the ticket is awaited as before.
    """
    book = open_case()
    decided(book, CaseEvent.SEND_TICKET, reply_by=LATER)
    decided(book, CaseEvent.AMAZON_EXCLUDED, reply_by="2026-09-08T01:00:00Z")
    case = decided(book, CaseEvent.UNDO)

    assert (case.state, awaited_by(case, book.steps[case.no])) == (CaseState.TICKET_SENT, at(5))


@pytest.mark.parametrize("state", [CaseState.OPEN, CaseState.REFUSED, CaseState.RESOLVED])
def test_elsewhere_nothing_is_awaited(state: CaseState) -> None:
    """
    Though a deadline was set once.
    """
    book = open_case()
    case = decided(book, CaseEvent.SEND_TICKET, reply_by=LATER)

    assert awaited_by(a_case(state), book.steps[case.no]) is None


def test_a_ticket_without_deadline_is_never_overdue() -> None:
    """
    Deadlines are data, never constants.
    """
    book = open_case()
    case = decided(book, CaseEvent.SEND_TICKET)

    assert awaited_by(case, book.steps[case.no]) is None


def test_a_follow_up_is_the_same_ticket_and_leaves_amazons_word_under_watch() -> None:
    """
    The letter that asks to prove the exclusion does not take the exclusion back.
    """
    book = open_case()
    decided(book, CaseEvent.SEND_TICKET, ticket_no="12345678901")
    decided(book, CaseEvent.AMAZON_EXCLUDED)
    case = decided(book, CaseEvent.SEND_TICKET)

    assert (case.state, case.ticket_no) == (CaseState.VERIFYING, "12345678901")


@pytest.mark.parametrize("name", ["reference", "ticket_no"])
def test_a_reference_is_no_mail_address(name: str) -> None:
    """
    Nobody's address is kept.
    """
    with pytest.raises(UsageError) as refused:
        decide(a_case(CaseState.TICKET_SENT), CaseEvent.SEND_TICKET, now=at(2), detail={name: "kakuu@example.com"})

    assert refused.value.code == "reference_private"
