"""
What time has brought about becomes part of the turn: a case that nothing else moves rings by itself, any other tells it along.

A machine that slept, or a program that was stopped, loses none of it: what is late is told at the next turn, once, in its order.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from watchdog.cases import rings
from watchdog.cases.deadlines import late_steps
from watchdog.cases.lifecycle import MOVES, apply
from watchdog.terms.case import CaseEvent, Due, Intent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from watchdog.terms.calendar import Calendar
    from watchdog.terms.case import Case, CaseState, CaseStep
    from watchdog.terms.identity import CaseNo, MarketplaceId
    from watchdog.terms.policy import Policy

#: Due because of a ship-by: pointless where the same turn shows another one.
_OF_SHIP_BY = frozenset({CaseEvent.DEADLINE_NEAR, CaseEvent.BUYER_CONTACT_DUE})


def with_what_is_late(
    intents: Sequence[Intent],
    cases: Sequence[Case],
    steps: Mapping[CaseNo, Sequence[CaseStep]],
    *,
    now: datetime,
    calendars: Mapping[MarketplaceId, Calendar],
    policy: Policy,
    reported: Mapping[MarketplaceId, datetime] | None = None,
) -> tuple[Intent, ...]:
    """
    Return the turn's intents with everything that is late; a case still gets at most one intent, and rings at most once.
    """
    decided = {intent.case.no: intent for intent in intents if intent.case is not None}
    late: dict[CaseNo, tuple[Due, ...]] = {}
    for case in cases:
        place = case.subject.marketplace_id
        known = (reported or {}).get(place)
        late[case.no] = late_steps(case, steps.get(case.no, ()), now=now, calendar=calendars[place], policy=policy, reported=known)
    merged = [_along(intent, late.get(intent.case.no, ()) if intent.case else ()) for intent in intents]
    alone = (_alone(case, late[case.no]) for case in cases if case.no not in decided and late[case.no])
    return (*merged, *(intent for intent in alone if intent is not None))


def _alone(case: Case, late: Sequence[Due]) -> Intent | None:
    """
    Return the ring of a case that nothing else moves in this turn: named by what came last, telling all of it.
    """
    heard = _heard(late, case.state)
    if not heard:
        return None
    state = apply(case, heard[-1].event).state
    also = ",".join(due.event for due in heard[:-1])
    return Intent(
        event=heard[-1].event,
        state=state,
        finding=case.finding,
        case=case,
        rings=True,
        ring_key=_joined(heard),
        detail={"also": also} if also else {},
        severity=case.severity,
    )


def _along(intent: Intent, late: Sequence[Due]) -> Intent:
    """
    Return the intent with what is late told along; where it does not ring itself, what came last names the ring.
    """
    if intent.case is None or not intent.state.is_open:
        return intent
    same = intent.finding.ship_by == intent.case.finding.ship_by
    heard = _heard([due for due in late if same or due.event not in _OF_SHIP_BY], intent.state)
    if not heard:
        return intent
    if intent.rings:
        return replace(intent, ring_key=_joined(heard, first=intent.ring_key), detail=_with_also(intent.detail, heard))
    detail = _with_also(intent.detail, heard[:-1])
    return replace(intent, event=heard[-1].event, rings=True, ring_key=_joined(heard), detail=detail)


def _heard(late: Iterable[Due], state: CaseState) -> tuple[Due, ...]:
    return tuple(due for due in late if (move := MOVES[state, due.event]) is not None and move.rings)


def _joined(heard: Sequence[Due], *, first: str = "") -> str:
    facts = [rings.Fact(due.event, due.key) for due in heard]
    return rings.join(([rings.Fact(heard[0].event, first)] if first else []) + facts)


def _with_also(detail: Mapping[str, str], heard: Iterable[Due]) -> dict[str, str]:
    also = ",".join(filter(None, (detail.get("also"), *(due.event for due in heard))))
    return {**detail, "also": also} if also else dict(detail)
