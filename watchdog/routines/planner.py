"""
An improvement plan is gathered from the log, written, held against the earlier ones, and kept once it is handed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

from watchdog.cases.plan_compare import contradictions
from watchdog.detect.ending import ended
from watchdog.store import Store, Transaction, casebook, health, history, papers, steps, testimony
from watchdog.terms.account import Account
from watchdog.terms.case import CaseEvent, Outcome
from watchdog.terms.errors import PlanIncomplete
from watchdog.terms.health import standing
from watchdog.terms.identity import OrderId, OrderKey
from watchdog.terms.marketplace import BY_ID
from watchdog.terms.moments import local_date, start_of
from watchdog.terms.plan import PlanFacts, PlanKind, PlanOrder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from watchdog.terms.case import Case, CaseStep
    from watchdog.terms.identity import MarketplaceId
    from watchdog.terms.look import Reason
    from watchdog.terms.plan import PlanAnswers, Submission
    from watchdog.terms.preorder import Preorder

#: Orders of so many days before stand in a plan: the longest window of the three targets.
_BACK = timedelta(days=60)
#: How an order must have ended to be part of the violation; open ones past their ship-by are late, too.
_PART_OF = {
    PlanKind.LATE: frozenset({None, Outcome.SHIPPED_LATE, Outcome.COUNTED_LATE}),
    PlanKind.CANCEL: frozenset({Outcome.CANCELLED_BY_SELLER, Outcome.CANCELLED_BY_AMAZON}),
    PlanKind.DEFECT: frozenset[Outcome | None](),
}


class WrittenPlan(Protocol):
    """
    A plan as the room ``compose`` writes it.
    """

    @property
    def subject(self) -> str:
        """
        Its first line.
        """

    @property
    def text(self) -> str:
        """
        The plan; empty where something is missing.
        """

    @property
    def missing(self) -> tuple[str, ...]:
        """
        What is missing, in plain words.
        """


class PlanWriter(Protocol):
    """
    The room ``compose`` as this routine needs it.
    """

    def plan(self, facts: PlanFacts, answers: PlanAnswers, *, language: str) -> WrittenPlan:
        """
        Return the plan, or what is missing in it.
        """


@dataclass(frozen=True)
class Planner:
    """
    Answers the seller who must hand in a plan.
    """

    store: Store
    writer: PlanWriter
    account: Account

    def facts(self, kind: PlanKind, place: MarketplaceId, *, now: datetime) -> PlanFacts:
        """
        Return what the log knows of the violation.
        """
        zone = BY_ID[place].zone
        today = local_date(now, zone)
        since = today - _BACK
        with self.store.reading() as tx:
            figures = tuple(each for each in health.latest(tx) if (each.marketplace_id, each.metric) == (place, kind.metric))
            cases = [case for case in casebook.late_orders(tx, place, since=since, until=today) if case.outcome in _PART_OF[kind]]
            orders = _orders(tx, cases)
            whole = casebook.of_products(tx, place, since=start_of(since, zone))
            apart = {order.order_id for order in orders}
            of_products = [tuple(_of_product(tx, case, kind, apart, (since, today))) for case in whole]
            begun = papers.watched_since(tx)
        orders += tuple(order for these in of_products for order in these[: self.account.policy.examples])
        unnamed = sum(len(these[self.account.policy.examples :]) for these in of_products)
        targets = tuple(standing(each, self.account.policy).aimed_at for each in figures)
        return PlanFacts(kind, place, figures, targets, orders, None if begun is None else local_date(begun, zone), unnamed)

    def earlier(self, kind: PlanKind | None = None, place: MarketplaceId | None = None) -> tuple[Submission, ...]:
        """
        Return the plans handed in so far, oldest first.
        """
        with self.store.reading() as tx:
            return papers.submissions(tx, marketplace_id=place, kind=kind)

    def write(self, facts: PlanFacts, answers: PlanAnswers, *, language: str) -> str:
        """
        Return the plan as text.

        Raises:
            PlanIncomplete: something is not filled in; it is named.
        """
        written = self.writer.plan(facts, answers, language=language)
        if written.missing:
            raise PlanIncomplete(missing="\n".join(f"  - {name}" for name in written.missing))
        return f"{written.subject}\n\n{written.text}"

    def against_earlier(self, facts: PlanFacts, answers: PlanAnswers, *, now: datetime) -> tuple[Reason, ...]:
        """
        Return what contradicts a plan handed in before.
        """
        today = local_date(now, BY_ID[facts.marketplace_id].zone)
        return contradictions(facts, answers, self.earlier(facts.kind, facts.marketplace_id), today=today)

    def submit(self, facts: PlanFacts, answers: PlanAnswers, text: str, *, language: str, by: str, now: datetime) -> int:
        """
        Keep the plan as it was handed in; return its number.
        """
        with self.store.writing() as tx:
            return papers.submit(tx, facts, answers, text, language=language, by=by, now=now)


def _orders(tx: Transaction, cases: Sequence[Case]) -> tuple[PlanOrder, ...]:
    taken = steps.of_cases(tx, [case.no for case in cases])
    return tuple(_order(case, taken.get(case.no, ())) for case in cases)


def _order(case: Case, taken: Sequence[CaseStep]) -> PlanOrder:
    zone, finding = BY_ID[case.subject.marketplace_id].zone, case.finding
    return PlanOrder(
        order_id=case.subject.order_id or "",
        title=finding.title,
        ship_by=finding.ship_by,
        previous_ship_by=finding.previous_ship_by,
        release_date=finding.release_date,
        was=case.outcome,
        ended_on=local_date(case.closed_at, zone) if case.closed_at is not None else None,
        ticket_on=_asked_on(taken, zone),
    )


def _asked_on(taken: Sequence[CaseStep], zone: ZoneInfo) -> date | None:
    asked_at = next((step.at for step in taken if step.event is CaseEvent.SEND_TICKET), None)
    return local_date(asked_at, zone) if asked_at is not None else None


def _of_product(tx: Transaction, case: Case, kind: PlanKind, apart: set[str], days: tuple[date, date]) -> Iterator[PlanOrder]:
    """
    Yield the orders a product's case explains that are part of the violation by themselves, each once; those ``apart`` have been told.
    """
    place, zone = case.subject.marketplace_id, BY_ID[case.subject.marketplace_id].zone
    named = [OrderKey(place, OrderId(order_id)) for order_id in testimony.orders_of(tx, case.no) if order_id not in apart]
    asked_on = _asked_on(steps.of_cases(tx, [case.no]).get(case.no, ()), zone)
    for order, lines in sorted(history.orders(tx, named).items(), key=lambda each: each[0].order_id):
        line = min((line for line in lines if line.ship_by is not None), key=_ship_by, default=None)
        was = ended(lines, zone)
        if line is None or was not in _PART_OF[kind] or not days[0] <= _ship_by(line) < days[1]:
            continue
        apart.add(order.order_id)
        yield PlanOrder(
            order_id=order.order_id,
            title=line.title or case.finding.title,
            ship_by=line.ship_by,
            previous_ship_by=line.moves[-1].old if line.moves else None,
            release_date=case.finding.release_date,
            was=was,
            ended_on=_ended_on(line, zone) if was is not None else None,
            ticket_on=asked_on,
        )


def _ship_by(line: Preorder) -> date:
    return line.ship_by or date.max


def _ended_on(line: Preorder, zone: ZoneInfo) -> date:
    """
    Return the day on which the order was first seen as it ended.
    """
    seen = [change.seen_at for change in line.changes if change.fact == "status"]
    return local_date(seen[-1] if seen else line.first_seen_at, zone)
