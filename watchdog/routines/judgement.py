"""
The judging transaction: gather what is new or due, let ``detect`` judge and ``cases`` reconcile, write it, move ``judged_upto``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from watchdog.cases.reconcile import reconcile
from watchdog.detect import judge, suspicion
from watchdog.routines.enact import Enact, Enacted
from watchdog.store import Transaction, casebook, history, journal, listings
from watchdog.terms.account import Account
from watchdog.terms.calendar import Calendar
from watchdog.terms.finding import Scope, Severity, Subject
from watchdog.terms.identity import MarketplaceId, OrderKey, ProductId
from watchdog.terms.moments import local_date
from watchdog.terms.verdict import Bench, Context, Verdict

if TYPE_CHECKING:
    from datetime import date, datetime

    from watchdog.terms.case import Case

#: Under this name the journal keeps the day whose digest lines are written.
_NEAR_MARK = "ship_by_near"


@dataclass
class Judgement:
    """
    Gather → decide → apply; the verdict is ``detect``'s, the moves are ``cases``'.
    """

    account: Account
    calendars: Mapping[MarketplaceId, Calendar]
    enact: Enact
    told: Callable[[str, Mapping[str, object]], None] = lambda _event, _fields: None

    def pass_on(self, tx: Transaction, now: datetime) -> Enacted:
        """
        Judge everything beyond ``judged_upto`` and all that is due; afterwards the number has moved and every message lies in the outbox.
        """
        since, newest = history.judged(tx), history.newest(tx)
        near = tuple(self._near(tx, now))
        touched = set(history.touched(tx, since))
        products = touched | set(casebook.due(tx, now)) | {product_id for product_id, _day, _orders in near}
        if not products:
            history.save_judged(tx, newest)
            return Enacted()
        gathering = _Gathering(self, tx, now, since)
        bench = replace(gathering.bench(products, touched), near=near)
        verdict = judge(bench, policy=self.account.policy, calendars=self.calendars, now=now)
        intents = reconcile(verdict, gathering.cases, policy=self.account.policy, now=now)
        enacted = self.enact.apply(tx, intents, now=now)
        noticed = self._note(tx, verdict, gathering, now)
        listings.save_coverage(tx, verdict.coverage)
        history.save_judged(tx, newest)
        return replace(enacted, noticed=noticed)

    def _near(self, tx: Transaction, now: datetime) -> Iterator[tuple[ProductId, date, int]]:
        """
        Yield the products with pre-orders to be shipped within a day; each day's once, for their digest line.
        """
        for store in self.account.marketplaces:
            today = local_date(now, store.zone)
            name = f"{_NEAR_MARK}:{store.id}"
            if (journal.mark(tx, name) or {}).get("day") == str(today):
                continue
            journal.save_mark(tx, name, {"day": str(today)})
            yield from history.near(tx, today, local_date(now + self.account.policy.ship_by_near, store.zone), store.id)

    def _note(self, tx: Transaction, verdict: Verdict, gathering: _Gathering, now: datetime) -> int:
        """
        Write the findings that are no case: notices; those that no longer stand are dropped.
        """
        with_case = {
            case.subject.order for case in casebook.cases_of(tx, (), [each.order for each in verdict.orders]) if case.state.is_open
        }
        absorbed = {order_id for each in verdict.products for order_id in each.explains}
        standing = [*verdict.notices]
        for each in verdict.orders:
            loose = each.order not in with_case and each.order.order_id not in absorbed
            if each.finding is not None and each.finding.severity is Severity.NOTICE and loose:
                standing.append(each.finding)
        gathering.drop_notices(keep={finding.subject for finding in standing})
        for finding in standing:
            casebook.record_notice(tx, finding, now=now)
        return len(standing)


class _Gathering:
    """
    Reads what one judging needs: products in figures, suspect orders in full, their cases.
    """

    def __init__(self, judgement: Judgement, tx: Transaction, now: datetime, since: history.Judged) -> None:
        self.judgement = judgement
        self.tx = tx
        self.now = now
        self.since = since
        self.contexts: dict[ProductId, Context] = {}
        self.orders: Collection[OrderKey] = ()
        self.cases: tuple[Case, ...] = ()

    def bench(self, products: Collection[ProductId], touched: Collection[ProductId]) -> Bench:
        """
        Return everything the judge needs for these products.
        """
        suspects = {key for product_id in sorted(products) for key in self._suspects(product_id)}
        open_cases = casebook.cases_of(self.tx, products, ())
        suspects |= {case.subject.order for case in open_cases if case.subject.order is not None and case.state.is_open}
        orders = history.orders(self.tx, suspects)
        for line in (line for lines in orders.values() for line in lines):
            self._context(line.product_id)
        self.orders = orders.keys()
        self.cases = casebook.cases_of(self.tx, products, orders.keys())
        still = [case for case in self.cases if case.state.is_open]
        late = history.only_late(self.tx, orders.keys(), self.since)
        return Bench(
            products=self.contexts,
            orders=orders,
            live=frozenset(orders.keys() - late),
            flagged_since={case.subject.order: case.opened_at for case in still if case.subject.order is not None},
            product_findings={case.subject.product_id: case.finding for case in still if case.subject.scope is Scope.PRODUCT},
            live_products=frozenset(self._live_products(products, touched, late)),
        )

    def _live_products(
        self, products: Collection[ProductId], touched: Collection[ProductId], late: Collection[OrderKey]
    ) -> Iterator[ProductId]:
        """
        Yield the products that more than late arrivals have touched.
        """
        stale = history.touched_only_late(self.tx, self.since) if late else frozenset()
        yield from (product_id for product_id in products if product_id not in stale or product_id not in touched)

    def _suspects(self, product_id: ProductId) -> tuple[OrderKey, ...]:
        context = self._context(product_id)
        calendar = self.judgement.calendars[context.product.marketplace_id]
        bound = suspicion(context, policy=self.judgement.account.policy, calendar=calendar)
        return history.suspects(self.tx, product_id, bound, self.since)

    def _context(self, product_id: ProductId) -> Context:
        if product_id not in self.contexts:
            self.contexts[product_id] = Context(
                listings.product(self.tx, product_id), listings.releases(self.tx, product_id), history.census(self.tx, product_id)
            )
        return self.contexts[product_id]

    def drop_notices(self, *, keep: Collection[Subject]) -> None:
        """
        Drop the notices of the examined orders that no longer stand.
        """
        casebook.drop_notices(self.tx, self.contexts.keys(), self.orders, keep=keep)
