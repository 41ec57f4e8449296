"""
What the seller decides and what is due by when: his moves, Amazon's reply, the reminder, the automatic cancellation.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from watchdog.cases.lifecycle import DECISIONS, MOVES, START, apply, refusal
from watchdog.terms.case import CaseEvent, CaseState, Intent
from watchdog.terms.errors import UsageError
from watchdog.terms.finding import Cause, Confidence
from watchdog.terms.moments import local_date, show_instant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from watchdog.terms.calendar import Calendar
    from watchdog.terms.case import Case, CaseStep
    from watchdog.terms.finding import Finding
    from watchdog.terms.policy import Policy

#: What a decision makes no sense without; the keys of its detail.
NEEDS: Mapping[CaseEvent, str] = {CaseEvent.SNOOZE: "until", CaseEvent.DISMISS: "reason", CaseEvent.NOTE: "text"}
#: Amazon's answers, the only thing that makes a cause certain (DOMAIN §5).
_ANSWERS = {CaseEvent.AMAZON_EXCLUDED, CaseEvent.AMAZON_CORRECTED, CaseEvent.AMAZON_REFUSED, CaseEvent.AMAZON_ASKS}
_AWAITING = {CaseState.TICKET_SENT, CaseState.VERIFYING}
#: Decisions that change nothing which could be taken back.
_KEPT = {CaseEvent.NOTE, CaseEvent.UNDO}


def decide(
    case: Case,
    event: CaseEvent,
    *,
    now: datetime,
    detail: Mapping[str, str] | None = None,
    steps: Sequence[CaseStep] = (),
) -> Intent:
    """
    Return what becomes of the case by a decision of the seller; it never rings.

    Args:
        case: as it was shown to who decides; a newer version refuses the intent when it is written.
        event: one of ``DECISIONS``.
        now: of the decision.
        detail: ``until`` (an instant) of a snooze, ``reason`` of a dismissal, ``text`` of a note, ``ticket_no`` of a ticket,
            ``cause`` where Amazon's answer names it, ``reply_by`` (an instant) where an answer is awaited.
        steps: the case's timeline; needed by ``UNDO`` alone.

    Raises:
        IllegalMove: not possible now; it names what is.
        UsageError: the decision lacks what it needs, or the reminder lies in the past.
    """
    detail = dict(detail or {})
    _check(event, detail, now)
    if event is CaseEvent.UNDO:
        return _undone(case, steps, detail)
    standing = apply(case, event)
    return Intent(
        event, standing.state, _answered(case.finding, event, detail), case, standing.outcome, detail=detail, severity=case.severity
    )


def _check(event: CaseEvent, detail: Mapping[str, str], now: datetime) -> None:
    if event not in DECISIONS:
        raise ValueError(f"{event} is no decision")
    need = NEEDS.get(event)
    if need is not None and not detail.get(need, "").strip():
        raise UsageError("decision_incomplete", event=event.value, needs=need)
    if event is CaseEvent.SNOOZE and datetime.fromisoformat(detail["until"]) <= now:
        raise UsageError("snooze_past", until=detail["until"])


def _answered(finding: Finding, event: CaseEvent, detail: Mapping[str, str]) -> Finding:
    """
    Return the finding with the cause that Amazon's own answer names, if it does.
    """
    if event not in _ANSWERS or "cause" not in detail:
        return finding
    return replace(finding, cause=Cause(detail["cause"]), confidence=Confidence.CERTAIN)


def _undone(case: Case, steps: Sequence[CaseStep], detail: dict[str, str]) -> Intent:
    """
    Return to the state before the last decision; what facts have changed since is never taken back.
    """
    before = _taken_back(steps)
    if MOVES[case.state, CaseEvent.UNDO] is None or before is None:
        raise refusal(case.no, case.state, CaseEvent.UNDO, unless=frozenset({CaseEvent.UNDO}))
    state, undone = before
    return Intent(CaseEvent.UNDO, state, case.finding, case, detail=detail | {"undone": undone.value}, severity=case.severity)


def _taken_back(steps: Sequence[CaseStep]) -> tuple[CaseState, CaseEvent] | None:
    """
    Return the state before the last decision that still stands, and that decision; None where there is none.
    """
    standing: list[tuple[CaseState, CaseEvent]] = []
    state = START
    for step in steps:
        if step.event is CaseEvent.UNDO:
            standing = standing[:-1]
        elif step.event in DECISIONS and step.event not in _KEPT:
            standing.append((state, step.event))
        elif step.state is not state:
            standing = []
        state = step.state
    return standing[-1] if standing else None


def overdue(case: Case, steps: Sequence[CaseStep], *, now: datetime) -> Intent | None:
    """
    Return the ring of an answer or confirmation that has not come in time, once for each deadline; None while there is time.
    """
    due = awaited_by(case, steps)
    key = f"{CaseEvent.REPLY_OVERDUE}:{show_instant(due)}" if due else ""
    if due is None or due > now or key in case.rung:
        return None
    standing = apply(case, CaseEvent.REPLY_OVERDUE)
    return Intent(CaseEvent.REPLY_OVERDUE, standing.state, case.finding, case, rings=standing.rings, ring_key=key, severity=case.severity)


def awaited_by(case: Case, steps: Sequence[CaseStep]) -> datetime | None:
    """
    Return by when Amazon's answer is awaited: the last deadline a decision has set, while the case waits for one.
    """
    if case.state not in _AWAITING:
        return None
    said = [step.detail["reply_by"] for step in steps if "reply_by" in step.detail]
    return datetime.fromisoformat(said[-1]) if said else None


def due_at(finding: Finding, case: Case | None, *, now: datetime, steps: Sequence[CaseStep] = ()) -> datetime | None:
    """
    Return the next instant at which time alone can change something, or None; a closed case waits for nothing.
    """
    if case is not None and not case.state.is_open:
        return None
    return min((moment for moment in _moments(finding, case, steps) if moment is not None and moment > now), default=None)


def _moments(finding: Finding, case: Case | None, steps: Sequence[CaseStep]) -> Iterator[datetime | None]:
    yield finding.reconsider_at
    if case is not None:
        yield case.snoozed_until if case.state is CaseState.SNOOZED else None
        yield awaited_by(case, steps)


def reply_by(finding: Finding, *, calendar: Calendar, zone: ZoneInfo, policy: Policy, now: datetime) -> datetime:
    """
    Return by when Amazon is asked to answer (DOMAIN §7), as an instant in UTC.

    The earlier of 24 h from now and 10:00 local on the last business day before ship-by; where that is past or less than 4 h away,
    the next 10:00 of a business day that leaves these 4 h.
    """
    wanted = now + policy.reply_within
    if finding.ship_by is not None:
        wanted = min(wanted, _at_hour(calendar.last_before(finding.ship_by), zone, policy))
    soonest = now + policy.reply_least
    return wanted if wanted >= soonest else _next_morning(soonest, calendar, zone, policy)


def _next_morning(soonest: datetime, calendar: Calendar, zone: ZoneInfo, policy: Policy) -> datetime:
    day = local_date(soonest, zone)
    while not calendar.is_open(day) or _at_hour(day, zone, policy) < soonest:
        day += timedelta(days=1)
    return _at_hour(day, zone, policy)


def _at_hour(day: date, zone: ZoneInfo, policy: Policy) -> datetime:
    return datetime.combine(day, policy.reply_by, tzinfo=zone).astimezone(UTC)


def auto_cancel_on(ship_by: date, *, calendar: Calendar, policy: Policy) -> date:
    """
    Return the marketplace date on which Amazon cancels an order that was not confirmed (reference ``spapi.md`` §6.2).
    """
    return calendar.shifted(ship_by, policy.auto_cancel_business_days)
