"""
What the seller decides and what is due by when: his moves, Amazon's reply, the reminder, the automatic cancellation.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from watchdog.cases import rings
from watchdog.cases.lifecycle import DECISIONS, MOVES, START, apply, refusal
from watchdog.terms.case import CaseEvent, CaseState, Intent
from watchdog.terms.errors import UsageError
from watchdog.terms.finding import Cause, Confidence
from watchdog.terms.moments import local_date, show_instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from watchdog.terms.calendar import Calendar
    from watchdog.terms.case import Case, CaseStep
    from watchdog.terms.finding import Finding
    from watchdog.terms.identity import CaseNo
    from watchdog.terms.policy import Policy

#: What a decision makes no sense without; the keys of its detail.
NEEDS: Mapping[CaseEvent, str] = {CaseEvent.SNOOZE: "until", CaseEvent.DISMISS: "reason", CaseEvent.NOTE: "text"}
#: Amazon's answers, the only thing that makes a cause certain (DOMAIN §5).
_ANSWERS = {CaseEvent.AMAZON_EXCLUDED, CaseEvent.AMAZON_CORRECTED, CaseEvent.AMAZON_REFUSED, CaseEvent.AMAZON_ASKS}
#: After these the seller waits for Amazon, so a reply is due.
AWAITED_AFTER = frozenset({CaseEvent.SEND_TICKET, CaseEvent.AMAZON_EXCLUDED, CaseEvent.AMAZON_CORRECTED, CaseEvent.AMAZON_ASKS})
#: Keys of a step's detail that remember the cause an answer of Amazon's has replaced.
_WAS = ("was_cause", "was_confidence")
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
    finding = _answered(case.finding, event, detail)
    if finding is not case.finding:
        detail |= dict(zip(_WAS, (case.finding.cause.value, case.finding.confidence.value), strict=True))
    return Intent(event, standing.state, finding, case, standing.outcome, detail=detail, severity=case.severity)


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
    finding = _as_before(case.finding, undone)
    return Intent(CaseEvent.UNDO, state, finding, case, detail=detail | {"undone": undone.event.value}, severity=case.severity)


def _as_before(finding: Finding, undone: CaseStep) -> Finding:
    """
    Return the finding without the cause that the answer of Amazon's named which is taken back.
    """
    if any(name not in undone.detail for name in _WAS):
        return finding
    cause, confidence = (undone.detail[name] for name in _WAS)
    return replace(finding, cause=Cause(cause), confidence=Confidence(confidence))


def _taken_back(steps: Sequence[CaseStep]) -> tuple[CaseState, CaseStep] | None:
    """
    Return the state before the last decision that still stands, and that decision; None where there is none.
    """
    standing: list[tuple[CaseState, CaseStep]] = []
    state = START
    for step in steps:
        if step.event is CaseEvent.UNDO:
            standing = standing[:-1]
        elif step.event in DECISIONS and step.event not in _KEPT:
            standing.append((state, step))
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
    if due is None or due > now or key in rings.told(case):
        return None
    standing = apply(case, CaseEvent.REPLY_OVERDUE)
    return Intent(CaseEvent.REPLY_OVERDUE, standing.state, case.finding, case, rings=standing.rings, ring_key=key, severity=case.severity)


def with_late_replies(
    intents: Sequence[Intent], cases: Iterable[Case], steps: Mapping[CaseNo, Sequence[CaseStep]], *, now: datetime
) -> tuple[Intent, ...]:
    """
    Return the turn's intents and the rings of answers that have not come in time; a case still gets at most one intent.

    Where the turn moves the case anyway, its own ring goes first and the missing answer counts as told with it.
    """
    decided = {intent.case.no: intent for intent in intents if intent.case is not None}
    late = {case.no: ring for case in cases if (ring := overdue(case, steps.get(case.no, ()), now=now)) is not None}
    merged = [_with_late(intent, late.get(intent.case.no) if intent.case else None) for intent in intents]
    return (*merged, *(ring for number, ring in late.items() if number not in decided))


def _with_late(intent: Intent, ring: Intent | None) -> Intent:
    if ring is None or not intent.state.awaits_amazon:
        return intent
    if not intent.rings:
        return replace(ring, finding=intent.finding, detail=intent.detail, takes_over=intent.takes_over, severity=intent.severity)
    also = ",".join(filter(None, (intent.detail.get("also"), CaseEvent.REPLY_OVERDUE)))
    keys = rings.join((rings.Fact(intent.event, intent.ring_key), rings.Fact(ring.event, ring.ring_key)))
    return replace(intent, ring_key=keys, detail={**intent.detail, "also": also})


def awaited_by(case: Case, steps: Sequence[CaseStep]) -> datetime | None:
    """
    Return by when Amazon's answer is awaited: the last deadline a decision has set, while the case waits for one.
    """
    if not case.state.awaits_amazon:
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
