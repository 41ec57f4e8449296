"""
Makers of cases, findings and verdicts, and a casebook in memory that writes intents as the store does.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from tests.makers import CD, POLICY, RELEASE, RESET, at
from watchdog.cases.reconcile import reconcile
from watchdog.terms.case import Case, CaseEvent, CaseState, CaseStep, Intent
from watchdog.terms.finding import Cause, Confidence, Finding, Rule, Severity, Siblings, Subject
from watchdog.terms.identity import CaseNo, OrderId, OrderKey
from watchdog.terms.marketplace import JAPAN
from watchdog.terms.verdict import Examined, ExaminedProduct, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

ORDER = OrderId("503-1234567-0000001")
OTHER = OrderId("503-1234567-0000002")
THIRD = OrderId("503-1234567-0000003")


def a_subject(order_id: OrderId | None = ORDER) -> Subject:
    """
    Return an order of the CD, or (None) the CD itself.
    """
    return Subject(JAPAN, CD, order_id)


def a_finding(order_id: OrderId | None = ORDER, *, ship_by: date | None = RESET, **fields: Any) -> Finding:
    """
    Return the incident's finding: one order due on 8 September, released on the 14th.
    """
    told: dict[str, Any] = {
        "rules": (Rule.SHIP_BY_BEFORE_RELEASE,),
        "severity": Severity.URGENT,
        "cause": Cause.RESET_UNEXPLAINED,
        "confidence": Confidence.POSSIBLE,
        "asin": None,
        "sku": None,
        "title": "CD",
        "previous_ship_by": None,
        "release_date": RELEASE,
        "release_source": "releases.csv",
        "siblings": Siblings(39, RELEASE),
        "source": "inbox:unshipped_report",
        "seen_at": at(1),
    }
    return Finding(subject=a_subject(order_id), ship_by=ship_by, **(told | fields))


def a_product_finding(*orders: OrderId, ship_by: date | None = RESET, **fields: Any) -> Finding:
    """
    Return a listing reset of the CD with these orders.
    """
    told: dict[str, Any] = {"rules": (Rule.LISTING_RESET,), "cause": Cause.LISTING_RESET, "orders": orders, "order_count": len(orders)}
    return a_finding(None, ship_by=ship_by, **(told | fields))


def examined(finding: Finding | None, order_id: OrderId = ORDER, **fields: Any) -> Examined:
    """
    Return the order with this finding; wrong and touched by a new sight unless said otherwise.
    """
    return Examined(OrderKey(JAPAN, order_id), CD, finding, **({"live": True, "healthy": False} | fields))


def healthy(order_id: OrderId = ORDER, *, ship_by: date | None = RELEASE, release_date: date | None = RELEASE, **fields: Any) -> Examined:
    """
    Return the order with its ship-by where it belongs.
    """
    return examined(None, order_id, healthy=True, ship_by=ship_by, release_date=release_date, **fields)


def the_product(finding: Finding | None, *orders: OrderId, **fields: Any) -> ExaminedProduct:
    """
    Return the CD with this finding, which explains these orders.
    """
    return ExaminedProduct(a_subject(None), finding, frozenset(orders), **fields)


@dataclass
class Book:
    """
    The cases of a story; each turn is reconciled and written, as the judging transaction does it.
    """

    cases: dict[CaseNo, Case] = field(default_factory=dict)
    steps: dict[CaseNo, list[CaseStep]] = field(default_factory=dict)

    def turn(self, *orders: Examined, products: Iterable[ExaminedProduct] = (), now: datetime) -> tuple[Intent, ...]:
        """
        Judge once, write what was decided, and return it.
        """
        decided = reconcile(Verdict(orders, tuple(products)), tuple(self.cases.values()), policy=POLICY, now=now)
        for intent in decided:
            self.write(intent, now=now)
        return decided

    def write(self, intent: Intent, *, now: datetime, by: str = "watchdog") -> Case:
        """
        Store the intent as the case's newest step.
        """
        case = self._opened(intent, now) if intent.case is None else self._moved(self.cases[intent.case.no], intent, now)
        self.cases[case.no] = case
        step = CaseStep(case.no, now, intent.event, intent.state, by, intent.outcome, intent.detail, intent.rings)
        self.steps.setdefault(case.no, []).append(step)
        return case

    @property
    def only(self) -> Case:
        """
        The story's one case.
        """
        (case,) = self.cases.values()
        return case

    @property
    def rung(self) -> list[CaseEvent]:
        """
        Every event that has rung, in order.
        """
        return [step.event for steps in self.steps.values() for step in steps if step.rings]

    def _opened(self, intent: Intent, now: datetime) -> Case:
        return Case(
            no=CaseNo(len(self.cases) + 1),
            subject=intent.finding.subject,
            state=intent.state,
            severity=intent.severity,
            opened_at=now,
            finding=intent.finding,
            outcome=intent.outcome,
            lowest_ship_by=intent.finding.ship_by,
            rung=frozenset({intent.ring_key}),
        )

    def _moved(self, case: Case, intent: Intent, now: datetime) -> Case:
        closed = not intent.state.is_open
        until = intent.detail.get("until") if intent.event is CaseEvent.SNOOZE else None
        dates = [day for day in (case.lowest_ship_by, intent.finding.ship_by) if day is not None]
        return replace(
            case,
            version=case.version + 1,
            state=intent.state,
            severity=intent.severity,
            finding=intent.finding,
            outcome=intent.outcome,
            closed_at=(case.closed_at or now) if closed else None,
            rung=case.rung | {intent.ring_key} if intent.rings else case.rung,
            lowest_ship_by=min(dates, default=None),
            snoozed_until=datetime.fromisoformat(until) if until else case.snoozed_until,
            ticket_no=intent.detail.get("ticket_no", case.ticket_no),
        )


def a_case(state: CaseState = CaseState.OPEN, finding: Finding | None = None, **fields: Any) -> Case:
    """
    Return a case of the incident that has rung when it opened.
    """
    finding = finding or a_finding()
    told: dict[str, Any] = {"no": CaseNo(1), "severity": finding.severity, "opened_at": at(1), "lowest_ship_by": finding.ship_by}
    told["rung"] = frozenset({f"found:{finding.ship_by}+severity_raised:{finding.severity}"})
    told |= {"subject": finding.subject, "state": state, "finding": finding}
    return Case(**(told | fields))


def a_book(case: Case) -> Book:
    """
    Return a casebook that holds this case.
    """
    return Book({case.no: case})
