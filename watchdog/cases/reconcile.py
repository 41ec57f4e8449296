"""
What a verdict means for the cases: which open, ring, change silently or are over. Decides; applies nothing and writes nothing.

One order or product gets at most one intent a turn, so it never rings twice in one; what happened besides stands in its detail.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from watchdog.cases import intents, rings
from watchdog.terms.case import Case, CaseState, Intent, Outcome
from watchdog.terms.finding import Finding, Severity
from watchdog.terms.identity import CaseNo, MarketplaceId, OrderKey, ProductId

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from watchdog.terms.finding import Subject
    from watchdog.terms.policy import Policy
    from watchdog.terms.verdict import Examined, ExaminedProduct, Verdict

_ProductKey = tuple[MarketplaceId, ProductId]
#: They end no case whose order a report still counts as late.
_SHIPPED = {Outcome.SHIPPED_IN_TIME, Outcome.SHIPPED_LATE}
#: Endings after which the order may well look as wrong as before: only a newer sight of it reopens the case.
_STILL_WRONG = {Outcome.CORRECTED, Outcome.COUNTED_LATE}


def reconcile(
    verdict: Verdict,
    cases: Sequence[Case],
    *,
    policy: Policy,  # noqa: ARG001 - every judging room is handed it; detect has applied all thresholds that matter here
    now: datetime,
) -> tuple[Intent, ...]:
    """
    Return what should become of the cases: each product with the order cases it takes over, then orders, then ended snoozes.

    Args:
        verdict: what detect found, of orders and of products.
        cases: every open case of the products, and the latest case of each order and product whatever its state.
        policy: the account's thresholds.
        now: the turn's time.
    """
    turn = _Turn.of(cases)
    for product in verdict.products:
        turn.take_product(product, now)
    for order in verdict.orders:
        turn.take(turn.order(order, now))
    for case in (*turn.of_orders.values(), *turn.of_products.values()):
        turn.take(intents.woken(case, now=now))
    return tuple(turn.decided)


@dataclass
class _Turn:
    """
    The cases as they stood before this turn, and what was decided of them in it.
    """

    of_orders: dict[OrderKey, Case]
    of_products: dict[_ProductKey, Case]
    doubles: dict[_ProductKey, tuple[Case, ...]] = field(default_factory=dict)  #: where two products became one: the younger open cases
    decided: list[Intent] = field(default_factory=list)
    done: set[CaseNo] = field(default_factory=set)
    explained: set[OrderKey] = field(default_factory=set)  #: orders for which a product case stands

    @classmethod
    def of(cls, cases: Iterable[Case]) -> _Turn:
        """
        Return the turn with one case for each subject: the open one, else the latest; of a product's open cases the oldest.
        """
        latest_last = sorted(cases, key=lambda case: (case.state.is_open, case.no))
        of_products: dict[_ProductKey, list[Case]] = defaultdict(list)
        for case in latest_last:
            if case.subject.order is None:
                of_products[_product_key(case.subject)].append(case)
        still = {key: [case for case in its if case.state.is_open] for key, its in of_products.items()}
        return cls(
            {case.subject.order: case for case in latest_last if case.subject.order is not None},
            {key: _with_rings(still[key]) if still[key] else its[-1] for key, its in of_products.items()},
            {key: tuple(its[1:]) for key, its in still.items()},
        )

    def take(self, intent: Intent | None) -> None:
        """
        Keep the first intent of each case.
        """
        if intent is None or (intent.case is not None and intent.case.no in self.done):
            return
        self.decided.append(intent)
        if intent.case is not None:
            self.done.add(intent.case.no)

    def take_product(self, examined: ExaminedProduct, now: datetime) -> None:
        """
        Decide a product's case and the order cases it takes over; while it stands, its orders open none of their own.
        """
        key = _product_key(examined.subject)
        case, finding = self.of_products.get(key), examined.finding
        taken = self.doubles.get(key, ())
        if finding is None or finding.severity is Severity.NOTICE:
            intent = _product_over(case, examined, now)
        else:
            self.explained |= {OrderKey(key[0], order_id) for order_id in examined.explains}
            intent = _product_stands(case, finding, now)
            taken += self._absorbed(examined, finding) if _is_open_after(intent, case) else ()
        if (taken or examined.joining) and intent is None and case is not None:
            intent = intents.silent(case, finding or case.finding)
        self.take(replace(intent, takes_over=tuple(each.no for each in taken), joining=examined.joining) if intent else None)
        for each in taken:
            self.take(intents.taken_over(each))

    def _absorbed(self, examined: ExaminedProduct, finding: Finding) -> tuple[Case, ...]:
        """
        Return the open order cases that the product explains and that opened in its interval (DOMAIN §5).
        """
        place = examined.subject.marketplace_id
        named = (self.of_orders.get(OrderKey(place, order_id)) for order_id in sorted(examined.explains))
        return tuple(case for case in named if case is not None and case.state.is_open and case.opened_at >= finding.seen_at)

    def order(self, examined: Examined, now: datetime) -> Intent | None:
        """
        Return what becomes of an order's case, or a new one for an order that is wrong and unexplained.
        """
        case = self.of_orders.get(examined.order)
        if case is None or case.state is CaseState.RESOLVED:
            return self._opened(examined, case)
        if examined.ended is not None and _is_about_the_mark(case, examined.ended):
            return intents.rested(case, None, now=now)
        if examined.live and examined.ended is not None and not examined.held:
            return intents.closed(case, examined.ended)
        if examined.live and examined.healthy and not examined.held:
            return intents.closed(case, _how_healed(case.finding, examined), detail=_right_dates(examined))
        if examined.finding is None:
            return intents.rested(case, None, now=now)
        explained = self._is_explained(examined)
        if case.state is CaseState.DISMISSED and explained:
            return None
        return intents.updated(case, examined.finding, live=examined.live, explained=explained, now=now)

    def _opened(self, examined: Examined, case: Case | None) -> Intent | None:
        finding = examined.finding
        if finding is None or finding.severity is Severity.NOTICE or not examined.live:
            return None
        if examined.healthy or examined.ended is not None or self._is_explained(examined):
            return None
        if case is None:
            return intents.found(finding)
        if case.outcome in _STILL_WRONG and case.closed_at is not None and finding.seen_at <= case.closed_at:
            return None
        return intents.reset_again(case, finding)

    def _is_explained(self, examined: Examined) -> bool:
        """
        Say whether a product case stands for this order: one of this turn, or an older one whose product may not have been touched.
        """
        return examined.order in self.explained or examined.absorbed


def _product_stands(case: Case | None, finding: Finding, now: datetime) -> Intent | None:
    """
    Return a new case where none stands (dismissed by the seller, it stands silently), else what is new of it.
    """
    if case is None or case.state is CaseState.RESOLVED:
        return intents.found(finding)
    return intents.updated(case, finding, live=True, now=now)


def _product_over(case: Case | None, examined: ExaminedProduct, now: datetime) -> Intent | None:
    """
    Return the end of a product's case; a dismissed one is closed without a word, so that new trouble is heard again.
    """
    if case is None or case.state is CaseState.RESOLVED:
        return None
    ended = examined.ended
    if ended is None and case.state is CaseState.DISMISSED:
        ended = Outcome.RESTORED
    several = {outcome.value: str(orders) for outcome, orders in examined.endings.items() if len(examined.endings) > 1}
    return intents.rested(case, None, now=now) if ended is None else intents.closed(case, ended, detail=several)


def _with_rings(still: Sequence[Case]) -> Case:
    """
    Return the oldest of a product's open cases; what the others have told the seller counts as told by it.
    """
    return replace(still[0], rung=frozenset(key for case in still for key in case.rung))


def _is_open_after(intent: Intent | None, case: Case | None) -> bool:
    if intent is not None:
        return intent.state.is_open
    return case is not None and case.state.is_open


def _is_about_the_mark(case: Case, ended: Outcome) -> bool:
    """
    Say whether a report still counts the order as late, which neither its shipment ends nor an end that was told before.
    """
    return rings.is_counted(case) and (ended in _SHIPPED or intents.is_told(case, ended))


def _how_healed(flagged: Finding, examined: Examined) -> Outcome:
    """
    Say which of the two dates made it right: the ship-by came back, or it stayed and our release date was corrected.
    """
    moved_back = examined.ship_by is None or flagged.ship_by is None or examined.ship_by > flagged.ship_by
    corrected = not moved_back and examined.release_date != flagged.release_date
    return Outcome.RELEASE_CORRECTED if corrected else Outcome.RESTORED


def _right_dates(examined: Examined) -> dict[str, str]:
    known = {"ship_by": examined.ship_by, "release_date": examined.release_date}
    return {name: str(day) for name, day in known.items() if day is not None}


def _product_key(subject: Subject) -> _ProductKey:
    return subject.marketplace_id, subject.product_id
