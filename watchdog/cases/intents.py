"""
What one turn makes of one case: opened, reopened, changed, told, over. Each function returns the intent and applies nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from watchdog.cases import rings
from watchdog.cases.lifecycle import START, apply, target
from watchdog.terms.case import CaseEvent, Intent, Outcome
from watchdog.terms.finding import Confidence, EvidenceKind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from watchdog.terms.case import Case, CaseState
    from watchdog.terms.finding import Finding

#: How a matter ended, as the event that ends it.
_ENDS = {
    Outcome.RESTORED: CaseEvent.SHIP_BY_RESTORED,
    Outcome.RELEASE_CORRECTED: CaseEvent.RELEASE_CORRECTED,
    Outcome.CORRECTED: CaseEvent.MARK_REMOVED,
    Outcome.SHIPPED_IN_TIME: CaseEvent.SHIPPED,
    Outcome.SHIPPED_LATE: CaseEvent.SHIPPED,
    Outcome.CANCELLED_BY_BUYER: CaseEvent.CANCELLED,
    Outcome.CANCELLED_BY_SELLER: CaseEvent.CANCELLED,
    Outcome.CANCELLED_BY_AMAZON: CaseEvent.CANCELLED,
    Outcome.CANCELLED: CaseEvent.CANCELLED,
}
#: Facts that every look confirms anew: their time alone is no news.
_CONFIRMED = {EvidenceKind.SIBLINGS, EvidenceKind.RELEASE_STEADY, EvidenceKind.CONFIRMED}


def found(finding: Finding) -> Intent:
    """
    Return the opening of a new case, which rings.
    """
    facts = rings.opening(finding)
    return Intent(
        event=CaseEvent.FOUND,
        state=_state_after(START, facts, finding),
        finding=finding,
        rings=True,
        ring_key=rings.join(facts),
        detail=_also(facts[2:]),
        severity=finding.severity,
    )


def reset_again(case: Case, finding: Finding) -> Intent:
    """
    Return the reopening of a resolved case, which rings; ``was`` tells how it had ended.
    """
    facts = rings.reopening(case, finding)
    reopened = apply(case, CaseEvent.RESET_AGAIN)
    return Intent(
        event=CaseEvent.RESET_AGAIN,
        state=_state_after(reopened.state, facts, finding),
        finding=finding,
        case=case,
        rings=reopened.rings,
        ring_key=rings.join(facts),
        detail=_also(facts[2:]) | ({"was": case.outcome.value} if case.outcome else {}),
        severity=_highest(case, finding),
    )


def closed(case: Case, outcome: Outcome, *, detail: Mapping[str, str] | None = None) -> Intent:
    """
    Return the end of a case: told once, and not at all of a dismissed one.
    """
    event = _ENDS[outcome]
    end = apply(case, event, outcome=outcome)
    key = rings.closing(case, event).key if end.rings else ""
    return replace(
        silent(case, case.finding), event=event, state=end.state, outcome=end.outcome, rings=end.rings, ring_key=key, detail=detail or {}
    )


def is_told(case: Case, outcome: Outcome) -> bool:
    """
    Say whether this round has already told that the matter ended so.
    """
    return rings.closing(case, _ENDS[outcome]).key in rings.told(case)


def taken_over(case: Case) -> Intent:
    """
    Return the silent end of an order case that a product case absorbs; who writes it adds that case's number.
    """
    end = apply(case, CaseEvent.TAKEN_OVER)
    return replace(silent(case, case.finding), event=CaseEvent.TAKEN_OVER, state=end.state, outcome=end.outcome)


def updated(case: Case, finding: Finding, *, live: bool, explained: bool = False, now: datetime) -> Intent | None:
    """
    Return one intent for all that is new: the strongest event that rings, else the new evidence, else nothing.

    Where only late arrivals touched the order (not ``live``), nothing rings but what time has brought about; where a product's case
    explains it (``explained``), nothing that this one tells of all its orders.
    """
    finding = _with_amazons_word(case.finding, finding)
    facts = rings.news(case, finding, now=now)
    facts = rings.besides_the_product(facts) if explained else facts
    told = _rung(case, finding, facts if live else rings.by_time(facts, case, finding))
    if told is not None:
        return told
    if _without_times(case.finding) == _without_times(finding):
        return rested(case, finding.reconsider_at, now=now)
    return replace(silent(case, finding), severity=_highest(case, finding) if live else case.severity)


def woken(case: Case, *, now: datetime) -> Intent | None:
    """
    Return the reminder of a case whose snooze has ended though nothing else is known of it in this turn, else None.
    """
    facts = rings.by_time(rings.news(case, case.finding, now=now), case, case.finding)
    return _rung(case, case.finding, facts)


def rested(case: Case, reconsider_at: datetime | None, *, now: datetime) -> Intent | None:
    """
    Return the same standing with its next due time where the last one has passed and nothing came of it, else None.
    """
    due = case.finding.reconsider_at
    if not case.state.is_open or due is None or due > now:
        return None
    return silent(case, replace(case.finding, reconsider_at=reconsider_at))


def silent(case: Case, finding: Finding) -> Intent:
    """
    Return the same standing with the newer finding.
    """
    return Intent(CaseEvent.EVIDENCE_ADDED, case.state, finding, case, case.outcome, severity=case.severity)


def _rung(case: Case, finding: Finding, facts: Sequence[rings.Fact]) -> Intent | None:
    """
    Apply the facts one after the other; the last that rings names the intent, and all of them count as told.
    """
    after, rang = case, []
    for fact in facts:
        standing = apply(after, fact.event)
        after = replace(after, state=standing.state, outcome=standing.outcome)
        rang += [fact] if standing.rings else []
    if not rang:
        return None
    return Intent(
        event=rang[-1].event,
        state=after.state,
        finding=finding,
        case=case,
        outcome=after.outcome,
        rings=True,
        ring_key=rings.join(facts),
        detail=_also(fact for fact in facts if fact is not rang[-1]) | _moved(case.finding, finding),
        severity=_highest(case, finding),
    )


def _state_after(state: CaseState, facts: Iterable[rings.Fact], finding: Finding) -> CaseState:
    """
    Return the state in which a case begins when all this is already so: a buyer's standing request shows at once.
    """
    for fact in facts:
        state = target(state, fact.event, finding.subject.scope)
    return state


def _also(facts: Iterable[rings.Fact]) -> dict[str, str]:
    names = ",".join(fact.event for fact in facts)
    return {"also": names} if names else {}


def _moved(old: Finding, new: Finding) -> dict[str, str]:
    return {"ship_by_before": str(old.ship_by), "ship_by": str(new.ship_by)} if old.ship_by != new.ship_by else {}


def _with_amazons_word(known: Finding, finding: Finding) -> Finding:
    """
    Keep a cause that Amazon itself has told: nothing observed is surer (DOMAIN §5).
    """
    if known.confidence is not Confidence.CERTAIN:
        return finding
    return replace(finding, cause=known.cause, confidence=known.confidence)


def _without_times(finding: Finding) -> Finding:
    evidence = tuple(replace(item, seen_at=None) if item.kind in _CONFIRMED else item for item in finding.evidence)
    return replace(finding, evidence=evidence, reconsider_at=None)


def _highest(case: Case, finding: Finding) -> Severity:
    return max(case.severity, finding.severity, key=lambda severity: severity.rank)
