"""
The table of moves: complete, honest about what it refuses, and drawn as it is.
"""

from __future__ import annotations

import re
from itertools import product

import pytest

from tests.cases.makers_cases import a_case, a_finding, a_product_finding
from tests.cases.write_lifecycle import PAGE
from watchdog.cases.drawing import drawn
from watchdog.cases.lifecycle import DECISIONS, FACTS, MOVES, TIMES, apply, move_for, possible
from watchdog.terms.case import CaseEvent, CaseState, Outcome
from watchdog.terms.errors import IllegalMove
from watchdog.terms.identity import CaseNo
from watchdog.terms.sentences import say

EVERY = list(product(CaseState, CaseEvent))
OPEN = [state for state in CaseState if state.is_open]
REARMED = [CaseState.ACKNOWLEDGED, CaseState.SNOOZED]
NO = CaseNo(42)
#: What Amazon says when the matter is over is on record all the same.
LATE_ANSWERS = "amazon_excluded, amazon_corrected, amazon_refused, amazon_asks, amazon_answered, "


@pytest.mark.parametrize(("state", "event"), EVERY)
def test_every_event_is_decided_in_every_state(state: CaseState, event: CaseEvent) -> None:
    """
    No pair is left to chance.
    """
    assert (state, event) in MOVES


def test_the_table_knows_no_state_or_event_beyond_the_vocabulary() -> None:
    """
    As many moves as pairs, and every event is exactly one of fact, decision, time.
    """
    assert len(MOVES) == len(EVERY)
    assert sorted((*FACTS, *DECISIONS, *TIMES)) == sorted(CaseEvent)


@pytest.mark.parametrize(("state", "event"), list(product(CaseState, (*FACTS, *TIMES))))
def test_facts_and_time_are_never_refused(state: CaseState, event: CaseEvent) -> None:
    """
    They happen, whatever the case makes of them.
    """
    assert move_for(state, event, case_no=NO) is not None


@pytest.mark.parametrize(("state", "event"), list(product(CaseState, DECISIONS)))
def test_a_decision_never_rings(state: CaseState, event: CaseEvent) -> None:
    """
    Who decides need not be told.
    """
    move = MOVES[state, event]

    assert move is None or not move.rings


@pytest.mark.parametrize(("state", "event"), EVERY)
def test_a_case_ends_with_an_outcome_and_only_then(state: CaseState, event: CaseEvent) -> None:
    """
    Whatever moves to resolved or dismissed says how it ended; whatever stays open says nothing.
    """
    move = MOVES[state, event]
    if move is None or move.to is None:
        return

    assert bool(move.outcomes) is (not move.to.is_open)


def test_every_outcome_can_be_reached() -> None:
    """
    No outcome is only a word.
    """
    reached = {outcome for move in MOVES.values() if move for outcome in move.outcomes}

    assert reached == set(Outcome)


def test_every_state_can_be_reached() -> None:
    """
    From an open case, by moves of the table.
    """
    seen, ahead = {CaseState.OPEN}, [CaseState.OPEN]
    while ahead:
        state = ahead.pop()
        new = {move.to for event in CaseEvent if (move := MOVES[state, event]) and move.to} - seen
        seen |= new
        ahead += new

    assert seen == set(CaseState)


def test_closed_cases_open_again_by_these_moves_only() -> None:
    """
    A resolved case by a new reset or by being counted late, a dismissed one when its ship-by moves still earlier (DOMAIN §7).
    """
    again = {(state, event) for (state, event), move in MOVES.items() if move and move.to and move.to.is_open and not state.is_open}

    assert again == {
        (CaseState.RESOLVED, CaseEvent.RESET_AGAIN),
        (CaseState.RESOLVED, CaseEvent.COUNTED_LATE),
        (CaseState.DISMISSED, CaseEvent.MOVED_EARLIER),
    }


@pytest.mark.parametrize("state", REARMED)
@pytest.mark.parametrize(
    "event", [CaseEvent.MOVED_EARLIER, CaseEvent.SEVERITY_RAISED, CaseEvent.SHIP_BY_PASSED, CaseEvent.CANCEL_REQUESTED]
)
def test_acknowledged_and_snoozed_cases_ring_again(state: CaseState, event: CaseEvent) -> None:
    """
    Each of the four reasons of DOMAIN §7 re-arms them.
    """
    standing = apply(a_case(state), event)

    assert standing.rings
    assert standing.state in {CaseState.OPEN, CaseState.BUYER_ASKED}


@pytest.mark.parametrize("event", [event for event in (*FACTS, *TIMES) if event is not CaseEvent.MOVED_EARLIER])
def test_a_dismissed_case_is_silent_about_all_but_a_still_earlier_date(event: CaseEvent) -> None:
    """
    Dismissed: only the first of the four reasons (DOMAIN §7).
    """
    move = move_for(CaseState.DISMISSED, event, case_no=NO)

    assert not move.rings


@pytest.mark.parametrize("state", OPEN)
@pytest.mark.parametrize(
    ("event", "outcome"),
    [
        (CaseEvent.SHIP_BY_RESTORED, Outcome.RESTORED),
        (CaseEvent.RELEASE_CORRECTED, Outcome.RELEASE_CORRECTED),
        (CaseEvent.SHIPPED, Outcome.SHIPPED_LATE),
        (CaseEvent.CANCELLED, Outcome.CANCELLED_BY_BUYER),
        (CaseEvent.MARK_REMOVED, Outcome.CORRECTED),
    ],
)
def test_facts_end_every_open_case_and_say_so(state: CaseState, event: CaseEvent, outcome: Outcome) -> None:
    """
    Whatever the seller and Amazon are doing, a fact that ends the matter ends the case.
    """
    standing = apply(a_case(state), event, outcome=outcome)

    assert (standing.state, standing.outcome, standing.rings) == (CaseState.RESOLVED, outcome, True)


@pytest.mark.parametrize("state", OPEN)
def test_a_product_case_takes_an_open_order_case_over_without_a_word(state: CaseState) -> None:
    """
    The product's own message tells of it.
    """
    standing = apply(a_case(state), CaseEvent.TAKEN_OVER)

    assert (standing.state, standing.outcome, standing.rings) == (CaseState.RESOLVED, Outcome.MERGED, False)


def test_a_refused_decision_names_what_is_possible_instead() -> None:
    """
    The error fills its sentence in both languages and lists the decisions of that state.
    """
    with pytest.raises(IllegalMove) as refused:
        move_for(CaseState.RESOLVED, CaseEvent.SEND_TICKET, case_no=NO)

    assert refused.value.values == {"case_no": "PW-0042", "state": "resolved", "event": "send_ticket", "possible": LATE_ANSWERS + "note"}
    assert all("PW-0042" in say(refused.value.code, language, refused.value.values) for language in ("en", "ja"))


@pytest.mark.parametrize("state", CaseState)
def test_a_note_is_always_possible(state: CaseState) -> None:
    """
    So no refusal is ever without an alternative.
    """
    assert CaseEvent.NOTE in possible(state)


def test_after_amazons_final_no_no_letter_to_support_is_left_but_the_buyer_is() -> None:
    """
    DOMAIN §7: the other ways only (phone and Account Health may still bring an answer, or the buyer).
    """
    left = possible(CaseState.REFUSED)

    assert CaseEvent.SEND_TICKET not in left
    assert {CaseEvent.CONTACT_BUYER, CaseEvent.BUYER_ASKED, CaseEvent.AMAZON_CORRECTED} <= set(left)


def test_amazon_can_answer_only_what_was_asked() -> None:
    """
    Without a ticket there is no reply to enter; sending it comes first.
    """
    with pytest.raises(IllegalMove) as refused:
        apply(a_case(CaseState.ACKNOWLEDGED), CaseEvent.AMAZON_EXCLUDED)

    assert "send_ticket" in str(refused.value.values["possible"])


def test_what_waits_for_someone_is_not_snoozed() -> None:
    """
    A sent ticket and a buyer's wish ring by themselves when they are due.
    """
    waiting = (CaseState.TICKET_SENT, CaseState.VERIFYING, CaseState.REFUSED, CaseState.BUYER_ASKED)

    assert not [state for state in waiting if CaseEvent.SNOOZE in possible(state)]


def test_a_broken_promise_of_exclusion_goes_back_to_the_ticket_and_rings() -> None:
    """
    Still counted although excluded → a follow-up with the figures (DOMAIN §7).
    """
    standing = apply(a_case(CaseState.VERIFYING), CaseEvent.COUNTED_LATE)

    assert (standing.state, standing.rings) == (CaseState.TICKET_SENT, True)


def test_one_buyers_wish_is_no_state_of_a_product_case() -> None:
    """
    It rings, but the product's case stays where it is.
    """
    case = a_case(CaseState.TICKET_SENT, a_product_finding())

    assert apply(case, CaseEvent.CANCEL_REQUESTED).state is CaseState.TICKET_SENT
    assert apply(a_case(CaseState.TICKET_SENT, a_finding()), CaseEvent.CANCEL_REQUESTED).state is CaseState.BUYER_ASKED


@pytest.mark.parametrize("outcome", [None, Outcome.RESTORED])
def test_a_fact_with_several_endings_must_name_one_of_them(outcome: Outcome | None) -> None:
    """
    A shipment was in time or late; nothing else is accepted.
    """
    with pytest.raises(ValueError, match="shipped_in_time, shipped_late"):
        apply(a_case(), CaseEvent.SHIPPED, outcome=outcome)


def test_an_undo_is_not_answered_by_the_table_alone() -> None:
    """
    Only the case's steps know where it leads.
    """
    with pytest.raises(ValueError, match="steps"):
        apply(a_case(CaseState.ACKNOWLEDGED), CaseEvent.UNDO)


def test_the_page_is_drawn_from_the_table() -> None:
    """
    ``python -m tests.cases.write_lifecycle`` rewrites it.
    """
    assert PAGE.read_text(encoding="utf-8") == drawn()


def test_the_page_shows_every_state_and_every_event() -> None:
    """
    A row for each event, with a cell for each state.
    """
    rows = re.findall(r"^\| `(\w+)` \|(.*)\|$", drawn(), re.MULTILINE)

    assert sorted(event for event, _cells in rows) == sorted(CaseEvent)
    assert {len(cells.split("|")) for _event, cells in rows} == {len(CaseState)}
