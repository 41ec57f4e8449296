"""
An improvement plan (改善計画) under Amazon's headings: what the log knows, what only the seller knows, what was handed in before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from watchdog.terms.health import HealthFigure, Metric
from watchdog.terms.identity import MarketplaceId


class PlanKind(StrEnum):
    """
    Which target was missed.
    """

    LATE = "late"
    CANCEL = "cancel"
    DEFECT = "defect"

    @property
    def metric(self) -> Metric:
        """
        The metric the plan is about.
        """
        return _METRICS[self]

    @property
    def checks(self) -> tuple[PlanCheck, ...]:
        """
        What must have been looked at before a plan of this kind is worth handing in.
        """
        return _CHECKS[self]


class PlanCheck(StrEnum):
    """
    A part of the work to be looked at; the plan says what was found or changed.
    """

    HANDLING_TIME = "handling_time"
    SHIPPING_WORK = "shipping_work"
    PREORDER_DATES = "preorder_dates"
    STOCK_FLOW = "stock_flow"
    STOCK_SYNC = "stock_sync"
    STOCK_REFILL = "stock_refill"
    DEFECT_SOURCE = "defect_source"
    REPLY_TIMES = "reply_times"
    LISTING_CONDITION = "listing_condition"


_METRICS = {PlanKind.LATE: Metric.LATE_SHIPMENT, PlanKind.CANCEL: Metric.CANCELLATION, PlanKind.DEFECT: Metric.ORDER_DEFECT}
_CHECKS = {
    PlanKind.LATE: (PlanCheck.HANDLING_TIME, PlanCheck.SHIPPING_WORK, PlanCheck.PREORDER_DATES),
    PlanKind.CANCEL: (PlanCheck.STOCK_FLOW, PlanCheck.STOCK_SYNC, PlanCheck.STOCK_REFILL),
    PlanKind.DEFECT: (PlanCheck.DEFECT_SOURCE, PlanCheck.REPLY_TIMES, PlanCheck.LISTING_CONDITION),
}


class PlanField(StrEnum):
    """
    What the seller fills in; all of it is needed, the violation only where the log knows none.
    """

    VIOLATION = "violation"
    CAUSE = "cause"
    PREVENTION = "prevention"
    EFFECT = "effect"
    DONE_BY = "done_by"
    EFFECTIVE = "effective"
    PERSON = "person"
    READ_RULES = "read_rules"
    IS_TRUE = "is_true"


@dataclass(frozen=True, slots=True)
class PlanOrder:
    """
    One order of the violation, as the log has it.
    """

    order_id: str
    title: str | None
    ship_by: date | None
    previous_ship_by: date | None
    release_date: date | None
    was: str | None = None  #: how it ended, an ``Outcome``
    ended_on: date | None = None  #: marketplace date
    ticket_on: date | None = None  #: when the seller asked Amazon for a correction


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """
    What the log knows; nothing else is stated as a fact.
    """

    kind: PlanKind
    marketplace_id: MarketplaceId
    figures: tuple[HealthFigure, ...] = ()  #: of the plan's metric, the shorter window first
    targets: tuple[str, ...] = ()  #: of the same figures, as people write them
    orders: tuple[PlanOrder, ...] = ()
    watched_since: date | None = None  #: since when the ship-by dates are on record
    unnamed: int = 0  #: further such orders of the same products, counted and not listed: of each ``Policy.examples`` are


@dataclass(frozen=True, slots=True)
class PlanAnswers:
    """
    What only the seller knows, in his own words.
    """

    violation: str = ""
    cause: str = ""
    prevention: str = ""
    effect: str = ""
    done_by: date | None = None
    effective: str = ""  #: ``2026-10``
    person: str = ""
    checks: Mapping[PlanCheck, str] = field(default_factory=dict)
    read_rules: bool = False
    is_true: bool = False


@dataclass(frozen=True, slots=True)
class Submission:
    """
    A plan the seller has handed in, as it was.
    """

    no: int
    kind: PlanKind
    marketplace_id: MarketplaceId
    language: str
    submitted_at: datetime
    by: str
    facts: PlanFacts
    answers: PlanAnswers
    text: str
    sha256: str


def missing_in(facts: PlanFacts, answers: PlanAnswers) -> tuple[PlanField | PlanCheck, ...]:
    """
    Return what is not filled in yet, in the order of the form.
    """
    known = {
        PlanField.VIOLATION: answers.violation or facts.figures or facts.orders,
        PlanField.CAUSE: answers.cause,
        PlanField.PREVENTION: answers.prevention,
        PlanField.EFFECT: answers.effect,
        PlanField.DONE_BY: answers.done_by,
        PlanField.EFFECTIVE: answers.effective,
        PlanField.PERSON: answers.person,
        PlanField.READ_RULES: answers.read_rules,
        PlanField.IS_TRUE: answers.is_true,
    }
    fields: list[PlanField | PlanCheck] = [name for name, value in known.items() if not value]
    checks: list[PlanField | PlanCheck] = [check for check in facts.kind.checks if not answers.checks.get(check)]
    place = next((n for n, name in enumerate(fields) if name not in {PlanField.VIOLATION, PlanField.CAUSE}), len(fields))
    return (*fields[:place], *checks, *fields[place:])
