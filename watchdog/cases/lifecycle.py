"""
Everything about a case's states and moves stands in this file, in one table; whatever it does not allow does not happen.

Facts and time happen in any state and are never refused; the seller's decisions may be, and then the error says what is possible instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from watchdog.terms.case import CaseEvent, CaseState, Outcome
from watchdog.terms.errors import IllegalMove
from watchdog.terms.finding import Scope
from watchdog.terms.identity import show_case_no

if TYPE_CHECKING:
    from collections.abc import Mapping

    from watchdog.terms.case import Case
    from watchdog.terms.identity import CaseNo


@dataclass(frozen=True, slots=True)
class CaseMove:
    """
    What one event does to a case in one state.
    """

    to: CaseState | None = None  #: None: it stays where it is
    outcomes: tuple[Outcome, ...] = ()  #: how it ends; one is implied, of several the fact names one
    rings: bool = False  #: the seller is told
    back: bool = False  #: returns to the state before the last decision, which only the case's steps know
    of_order: bool = False  #: a product case stays: one buyer's wish is no state of forty orders


@dataclass(frozen=True, slots=True)
class StandingAfter:
    """
    Where a case stands after an event.
    """

    state: CaseState
    outcome: Outcome | None
    rings: bool


#: What the seller says; every other event is a fact or time.
DECISIONS: tuple[CaseEvent, ...] = (
    CaseEvent.ACKNOWLEDGE,
    CaseEvent.SNOOZE,
    CaseEvent.SEND_TICKET,
    CaseEvent.AMAZON_EXCLUDED,
    CaseEvent.AMAZON_CORRECTED,
    CaseEvent.AMAZON_REFUSED,
    CaseEvent.AMAZON_ASKS,
    CaseEvent.AMAZON_ANSWERED,
    CaseEvent.CONTACT_BUYER,
    CaseEvent.BUYER_ASKED,
    CaseEvent.DISMISS,
    CaseEvent.NOTE,
    CaseEvent.UNDO,
)
TIMES: tuple[CaseEvent, ...] = (
    CaseEvent.DEADLINE_NEAR,
    CaseEvent.BUYER_CONTACT_DUE,
    CaseEvent.AUTO_CANCEL_NEAR,
    CaseEvent.REPLY_OVERDUE,
    CaseEvent.FOLLOW_UP_DUE,
    CaseEvent.VERIFICATION_DUE,
    CaseEvent.WINDOWS_LEFT,
    CaseEvent.SNOOZE_ENDED,
)
FACTS: tuple[CaseEvent, ...] = tuple(event for event in CaseEvent if event not in DECISIONS and event not in TIMES)

#: A new case starts here, by ``FOUND``.
START = CaseState.OPEN

_STATES = tuple(CaseState)
_CANCELLED = (Outcome.CANCELLED_BY_BUYER, Outcome.CANCELLED_BY_SELLER, Outcome.CANCELLED_BY_AMAZON, Outcome.CANCELLED)
_SHIPPED = (Outcome.SHIPPED_IN_TIME, Outcome.SHIPPED_LATE)

_no = None  # refused
_stay = CaseMove()
_ring = CaseMove(rings=True)
_open = CaseMove(CaseState.OPEN, rings=True)  # re-arms or reopens
_ack = CaseMove(CaseState.ACKNOWLEDGED)
_snooze = CaseMove(CaseState.SNOOZED)
_ticket = CaseMove(CaseState.TICKET_SENT)
_broken = CaseMove(CaseState.TICKET_SENT, rings=True)  # Amazon's word was not kept: the ticket is reopened
_verify = CaseMove(CaseState.VERIFYING)
_refuse = CaseMove(CaseState.REFUSED)
_wishes = CaseMove(CaseState.BUYER_ASKED, of_order=True)
_asks = CaseMove(CaseState.BUYER_ASKED, rings=True, of_order=True)
_dismiss = CaseMove(CaseState.DISMISSED, (Outcome.DISMISSED,))
_back = CaseMove(back=True)


def _over(*outcomes: Outcome, rings: bool = True) -> CaseMove:
    return CaseMove(CaseState.RESOLVED, outcomes, rings=rings)


def _ends(*outcomes: Outcome) -> tuple[CaseMove, ...]:
    """
    Return the row of a fact that ends any case: a resolved one stays, a dismissed one is closed without a word.
    """
    loud = _over(*outcomes)
    return (loud, loud, loud, loud, loud, loud, loud, _stay, _over(*outcomes, rings=False))


_counted = _over(Outcome.COUNTED_LATE)
_merge = _over(Outcome.MERGED, rings=False)
_left = _over(Outcome.CORRECTED, Outcome.COUNTED_LATE)
#: A matter that is over is told all the same that its mark has gone: that is what the seller has waited for.
_gone = (*_ends(Outcome.CORRECTED)[:7], _ring, _over(Outcome.CORRECTED, rings=False))

# fmt: off
_TABLE: Mapping[CaseEvent, tuple[CaseMove | None, ...]] = {
    #                            open      acknowl.  snoozed   ticket    verifying refused   b. asked  resolved  dismissed
    CaseEvent.FOUND:            (_stay,    _stay,    _stay,    _stay,    _stay,    _stay,    _stay,    _stay,    _stay),
    CaseEvent.EVIDENCE_ADDED:   (_stay,    _stay,    _stay,    _stay,    _stay,    _stay,    _stay,    _stay,    _stay),
    CaseEvent.MOVED_EARLIER:    (_ring,    _open,    _open,    _ring,    _ring,    _ring,    _ring,    _stay,    _open),
    CaseEvent.SEVERITY_RAISED:  (_ring,    _open,    _open,    _ring,    _ring,    _ring,    _ring,    _stay,    _stay),
    CaseEvent.SHIP_BY_PASSED:   (_ring,    _open,    _open,    _ring,    _ring,    _ring,    _ring,    _stay,    _stay),
    CaseEvent.CANCEL_REQUESTED: (_asks,    _asks,    _asks,    _asks,    _asks,    _asks,    _ring,    _stay,    _stay),
    CaseEvent.SHIP_BY_RESTORED:  _ends(Outcome.RESTORED),
    CaseEvent.RELEASE_CORRECTED: _ends(Outcome.RELEASE_CORRECTED),
    CaseEvent.SHIPPED:           _ends(*_SHIPPED),
    CaseEvent.CANCELLED:         _ends(*_CANCELLED),
    CaseEvent.MARK_REMOVED:      _gone,
    CaseEvent.TAKEN_OVER:       (_merge,   _merge,   _merge,   _merge,   _merge,   _merge,   _merge,   _stay,    _stay),
    CaseEvent.RESET_AGAIN:      (_stay,    _stay,    _stay,    _stay,    _stay,    _stay,    _stay,    _open,    _stay),
    CaseEvent.COUNTED_LATE:     (_ring,    _open,    _open,    _ring,    _broken,  _counted, _ring,    _open,    _stay),
    # decisions
    CaseEvent.ACKNOWLEDGE:      (_ack,     _stay,    _ack,     _stay,    _stay,    _stay,    _stay,    _no,      _no),
    CaseEvent.SNOOZE:           (_snooze,  _snooze,  _snooze,  _no,      _no,      _no,      _no,      _no,      _no),
    CaseEvent.SEND_TICKET:      (_ticket,  _ticket,  _ticket,  _ticket,  _stay,    _no,      _stay,    _no,      _no),
    CaseEvent.AMAZON_EXCLUDED:  (_no,      _no,      _no,      _verify,  _verify,  _verify,  _stay,    _stay,    _no),
    CaseEvent.AMAZON_CORRECTED: (_no,      _no,      _no,      _verify,  _verify,  _verify,  _stay,    _stay,    _no),
    CaseEvent.AMAZON_REFUSED:   (_no,      _no,      _no,      _refuse,  _refuse,  _stay,    _stay,    _stay,    _no),
    CaseEvent.AMAZON_ASKS:      (_no,      _no,      _no,      _stay,    _ticket,  _ticket,  _stay,    _stay,    _no),
    CaseEvent.AMAZON_ANSWERED:  (_no,      _no,      _no,      _stay,    _stay,    _stay,    _stay,    _stay,    _no),
    CaseEvent.CONTACT_BUYER:    (_stay,    _stay,    _stay,    _stay,    _stay,    _stay,    _stay,    _no,      _no),
    CaseEvent.BUYER_ASKED:      (_wishes,  _wishes,  _wishes,  _wishes,  _wishes,  _wishes,  _stay,    _no,      _no),
    CaseEvent.DISMISS:          (_dismiss, _dismiss, _dismiss, _dismiss, _dismiss, _dismiss, _dismiss, _no,      _no),
    CaseEvent.NOTE:             (_stay,    _stay,    _stay,    _stay,    _stay,    _stay,    _stay,    _stay,    _stay),
    CaseEvent.UNDO:             (_back,    _back,    _back,    _back,    _back,    _back,    _back,    _no,      _back),
    # time
    CaseEvent.DEADLINE_NEAR:    (_ring,    _ring,    _stay,    _ring,    _ring,    _ring,    _ring,    _stay,    _stay),
    CaseEvent.BUYER_CONTACT_DUE: (_ring,   _ring,    _stay,    _ring,    _ring,    _ring,    _stay,    _stay,    _stay),
    CaseEvent.AUTO_CANCEL_NEAR: (_ring,    _open,    _open,    _ring,    _ring,    _ring,    _ring,    _stay,    _stay),
    CaseEvent.REPLY_OVERDUE:    (_stay,    _stay,    _stay,    _ring,    _ring,    _stay,    _stay,    _stay,    _stay),
    CaseEvent.FOLLOW_UP_DUE:    (_stay,    _stay,    _stay,    _ring,    _ring,    _stay,    _stay,    _stay,    _stay),
    CaseEvent.VERIFICATION_DUE: (_stay,    _stay,    _stay,    _ring,    _ring,    _stay,    _stay,    _stay,    _stay),
    CaseEvent.WINDOWS_LEFT:     (_left,    _left,    _left,    _left,    _left,    _left,    _left,    _stay,    _stay),
    CaseEvent.SNOOZE_ENDED:     (_stay,    _stay,    _open,    _stay,    _stay,    _stay,    _stay,    _stay,    _stay),
}
# fmt: on

#: Every state and event; None refuses a decision.
MOVES: Mapping[tuple[CaseState, CaseEvent], CaseMove | None] = {
    (state, event): move for event, row in _TABLE.items() for state, move in zip(_STATES, row, strict=True)
}


def possible(state: CaseState) -> tuple[CaseEvent, ...]:
    """
    Return the decisions open to the seller in this state.
    """
    return tuple(event for event in DECISIONS if MOVES[state, event] is not None)


def refusal(case_no: CaseNo, state: CaseState, event: CaseEvent, *, unless: frozenset[CaseEvent] = frozenset()) -> IllegalMove:
    """
    Return the error that says what is possible instead (without ``unless``).
    """
    instead = [choice for choice in possible(state) if choice not in unless]
    return IllegalMove(case_no=show_case_no(case_no), state=state.value, event=event.value, possible=", ".join(instead))


def move_for(state: CaseState, event: CaseEvent, *, case_no: CaseNo) -> CaseMove:
    """
    Return what the event does in this state.

    Raises:
        IllegalMove: the seller can't decide that now; it names what is possible. Facts and time are never refused.
    """
    move = MOVES[state, event]
    if move is None:
        raise refusal(case_no, state, event)
    return move


def apply(case: Case, event: CaseEvent, *, outcome: Outcome | None = None) -> StandingAfter:
    """
    Return where the case stands after the event; ``outcome`` is needed where the fact could end it in several ways.

    Raises:
        IllegalMove: the decision is not possible now.
        ValueError: the outcome is missing or is none of this event's, or the event is ``UNDO`` (see ``decisions.decide``).
    """
    move = move_for(case.state, event, case_no=case.no)
    if move.back:
        raise ValueError("only the case's steps know what an undo returns to")
    state = target(case.state, event, case.subject.scope)
    stays = state is case.state and not move.outcomes
    return StandingAfter(state, case.outcome if stays else _outcome(move, outcome), move.rings)


def target(state: CaseState, event: CaseEvent, scope: Scope) -> CaseState:
    """
    Return the state after a fact, or the same where the event does not move it.
    """
    move = MOVES[state, event]
    if move is None or move.to is None or (move.of_order and scope is Scope.PRODUCT):
        return state
    return move.to


def _outcome(move: CaseMove, given: Outcome | None) -> Outcome | None:
    if not move.outcomes:
        return None
    if given is None and len(move.outcomes) == 1:
        return move.outcomes[0]
    if given not in move.outcomes:
        raise ValueError(f"{given} is none of {', '.join(move.outcomes)}")
    return given
