"""
An improvement plan is gathered from the log, written, held against the earlier ones, and kept once it is handed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from watchdog.cases.plan_compare import contradictions
from watchdog.store import Store, Transaction, casebook, health, papers, steps
from watchdog.terms.account import Account
from watchdog.terms.case import CaseEvent, Outcome
from watchdog.terms.errors import PlanIncomplete
from watchdog.terms.health import standing
from watchdog.terms.marketplace import BY_ID
from watchdog.terms.moments import local_date
from watchdog.terms.plan import PlanFacts, PlanKind, PlanOrder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from watchdog.terms.case import Case, CaseStep
    from watchdog.terms.identity import MarketplaceId
    from watchdog.terms.look import Reason
    from watchdog.terms.plan import PlanAnswers, Submission

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
        with self.store.reading() as tx:
            figures = tuple(each for each in health.latest(tx) if (each.marketplace_id, each.metric) == (place, kind.metric))
            cases = [case for case in casebook.late_orders(tx, place, since=today - _BACK, until=today) if case.outcome in _PART_OF[kind]]
            orders = _orders(tx, cases)
            since = papers.watched_since(tx)
        targets = tuple(standing(each, self.account.policy).aimed_at for each in figures)
        return PlanFacts(kind, place, figures, targets, orders, None if since is None else local_date(since, zone))

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
    asked_at = next((step.at for step in taken if step.event is CaseEvent.SEND_TICKET), None)
    return PlanOrder(
        order_id=case.subject.order_id or "",
        title=finding.title,
        ship_by=finding.ship_by,
        previous_ship_by=finding.previous_ship_by,
        release_date=finding.release_date,
        was=case.outcome,
        ended_on=local_date(case.closed_at, zone) if case.closed_at is not None else None,
        ticket_on=local_date(asked_at, zone) if asked_at is not None else None,
    )
