"""
What the seller decides: his moves, Amazon's answers as he enters them, and what can be taken back.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from watchdog.cases.lifecycle import DECISIONS, MOVES, START, apply, refusal
from watchdog.terms.case import CaseEvent, CaseState, Intent, said_at
from watchdog.terms.errors import UsageError
from watchdog.terms.finding import Cause, Confidence
from watchdog.terms.typed import half_width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from watchdog.terms.case import Case, CaseStep
    from watchdog.terms.finding import Finding

#: What a decision makes no sense without; the keys of its detail.
NEEDS: Mapping[CaseEvent, str] = {
    CaseEvent.SNOOZE: "until",
    CaseEvent.DISMISS: "reason",
    CaseEvent.NOTE: "text",
    CaseEvent.AMAZON_ANSWERED: "text",
}
#: What may have been typed in full width.
_NUMBERS = frozenset({"ticket_no", "reference"})
#: Amazon's answers, the only thing that makes a cause certain (DOMAIN §5).
_ANSWERS = {CaseEvent.AMAZON_EXCLUDED, CaseEvent.AMAZON_CORRECTED, CaseEvent.AMAZON_REFUSED, CaseEvent.AMAZON_ASKS}
#: After these the seller waits for Amazon, so a reply is due.
AWAITED_AFTER = frozenset(
    {CaseEvent.SEND_TICKET, CaseEvent.AMAZON_EXCLUDED, CaseEvent.AMAZON_CORRECTED, CaseEvent.AMAZON_ASKS, CaseEvent.AMAZON_ANSWERED}
)
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
            ``cause`` where Amazon's answer names it, ``reply_by`` (an instant) where an answer is awaited, ``at`` (an instant)
            where it took place before now.
        steps: the case's timeline; needed by ``UNDO`` alone.

    Raises:
        IllegalMove: not possible now; it names what is.
        UsageError: the decision lacks what it needs, the reminder lies in the past, or what is noted lies ahead.
    """
    detail = {key: half_width(value) if key in _NUMBERS else value for key, value in (detail or {}).items()}
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
    if (at := said_at(detail)) is not None and at > now:
        raise UsageError("happened_ahead")
    if "@" in detail.get("reference", "") + detail.get("ticket_no", ""):
        raise UsageError("reference_private")


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
