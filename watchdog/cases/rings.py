"""
What has rung and what has not: natural keys of the facts a case has told, so that the same fact never rings twice.

One ring may tell several facts; its key joins theirs. Each reopening begins a new round, in which the same date is a new fact.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from watchdog.terms.case import CaseEvent, CaseState
from watchdog.terms.finding import EvidenceKind, Rule, Severity
from watchdog.terms.moments import show_instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from watchdog.terms.case import Case
    from watchdog.terms.finding import Finding

_JOIN, _ROUND = "+", "#"
_REOPENS = (CaseEvent.RESET_AGAIN,)
#: Keys that name a ship-by which the seller has been told of.
_DATED = (CaseEvent.FOUND, CaseEvent.RESET_AGAIN, CaseEvent.MOVED_EARLIER)


class Fact(NamedTuple):
    """
    Something that rings once: the event it is, and its natural key.
    """

    event: CaseEvent
    key: str


def join(facts: Iterable[Fact]) -> str:
    """
    Return the key of one ring that tells all these facts.
    """
    return _JOIN.join(fact.key for fact in facts)


def told(case: Case) -> frozenset[str]:
    """
    Return the keys of all facts the case has ever told.
    """
    return frozenset(key for ring in case.rung for key in ring.split(_JOIN))


def opening(finding: Finding) -> tuple[Fact, ...]:
    """
    Return what the first ring of a new case tells.
    """
    return _begin(CaseEvent.FOUND, finding, 0)


def reopening(case: Case, finding: Finding) -> tuple[Fact, ...]:
    """
    Return what the ring of a case that is reset again tells; a new round, so the same dates count as new.
    """
    return _begin(CaseEvent.RESET_AGAIN, finding, _round(case) + 1)


def of_this_round(case: Case, event: CaseEvent, what: str) -> str:
    """
    Return the natural key of something that may be told once in each round.
    """
    return _key(event, what, _round(case))


def is_counted(case: Case) -> bool:
    """
    Say whether a report was told to count the order as late in this round: then the matter is the mark, which a shipment does not end.
    """
    return any(event == CaseEvent.COUNTED_LATE for event, _what in _this_round(case))


def closing(case: Case, event: CaseEvent) -> Fact:
    """
    Return the fact that ends this round.
    """
    return Fact(event, _key(event, "", _round(case)))


def news(case: Case, finding: Finding, *, now: datetime) -> tuple[Fact, ...]:
    """
    Return what has not rung yet, the strongest last: the order in which the moves apply.
    """
    return tuple(fact for fact in _standing(case, finding, now) if fact.key not in told(case))


def by_time(facts: Iterable[Fact], case: Case, finding: Finding) -> tuple[Fact, ...]:
    """
    Return those that time alone has brought about: they ring even where only a late arrival touched the order.
    """
    same = finding.ship_by == case.finding.ship_by
    return tuple(fact for fact in facts if fact.event is CaseEvent.SNOOZE_ENDED or (same and fact.event in _DUE.values()))


def besides_the_product(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """
    Return those that an order's own case tells although a product's case explains the order: what is asked of the seller for it alone.
    """
    return tuple(fact for fact in facts if fact.event in {CaseEvent.SNOOZE_ENDED, CaseEvent.CANCEL_REQUESTED})


_DUE = {Rule.PAST_SHIP_BY: CaseEvent.SHIP_BY_PASSED, Rule.AUTO_CANCEL_NEAR: CaseEvent.AUTO_CANCEL_NEAR}


def _standing(case: Case, finding: Finding, now: datetime) -> Iterator[Fact]:
    number = _round(case)
    if case.state is CaseState.SNOOZED and case.snoozed_until is not None and case.snoozed_until <= now:
        yield Fact(CaseEvent.SNOOZE_ENDED, _key(CaseEvent.SNOOZE_ENDED, show_instant(case.snoozed_until), number))
    if finding.severity.rank > _loudest(case).rank:
        yield _severity(finding, number)
    yield from _due(finding, number)
    lowest = _lowest(case)
    if finding.ship_by is not None and lowest is not None and finding.ship_by < lowest:
        yield Fact(CaseEvent.MOVED_EARLIER, _key(CaseEvent.MOVED_EARLIER, str(finding.ship_by), number))
    yield from _request(finding, number)


def _begin(event: CaseEvent, finding: Finding, number: int) -> tuple[Fact, ...]:
    first = Fact(event, _key(event, str(finding.ship_by), number))
    return (first, _severity(finding, number), *_due(finding, number), *_request(finding, number))


def _severity(finding: Finding, number: int) -> Fact:
    return Fact(CaseEvent.SEVERITY_RAISED, _key(CaseEvent.SEVERITY_RAISED, finding.severity, number))


def _due(finding: Finding, number: int) -> Iterator[Fact]:
    for rule, event in _DUE.items():
        if rule in finding.rules:
            yield Fact(event, _key(event, str(finding.ship_by), number))


def _request(finding: Finding, number: int) -> Iterator[Fact]:
    """
    Yield the buyer's request; one made after another was withdrawn is a new fact.
    """
    if Rule.BUYER_ASKED_CANCEL in finding.rules:
        again = next((each.note for each in finding.evidence if each.kind is EvidenceKind.CANCEL_REQUEST and each.note), "")
        yield Fact(CaseEvent.CANCEL_REQUESTED, _key(CaseEvent.CANCEL_REQUESTED, again, number))


def _key(event: CaseEvent, what: str, number: int) -> str:
    name = f"{event}:{what}" if what else str(event)
    return f"{name}{_ROUND}{number}" if number else name


def _round(case: Case) -> int:
    return sum(key.startswith(_REOPENS) for key in told(case))


def _this_round(case: Case) -> Iterator[tuple[str, str]]:
    """
    Yield event and subject of each key told in this round.
    """
    number = _round(case)
    for key in told(case):
        name, _, of = key.partition(_ROUND)
        if int(of or 0) == number:
            event, _, what = name.partition(":")
            yield event, what


def _lowest(case: Case) -> date | None:
    """
    Return the earliest ship-by rung for in this round.
    """
    dates = [date.fromisoformat(what) for event, what in _this_round(case) if event in _DATED and what != str(None)]
    return min(dates, default=case.lowest_ship_by)


def _loudest(case: Case) -> Severity:
    rung = [Severity(what) for event, what in _this_round(case) if event == CaseEvent.SEVERITY_RAISED]
    return max(rung, key=lambda severity: severity.rank, default=case.severity)
