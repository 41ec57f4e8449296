"""
What one judging needs is read here: products in figures, the orders that may be wrong with all their lines, their cases.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from watchdog.detect import narrowed, suspicion
from watchdog.store import Transaction, casebook, gathering, history, product_cases
from watchdog.terms.case import Case
from watchdog.terms.verdict import Bench, Context, Suspicion

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from watchdog.terms.account import Account
    from watchdog.terms.calendar import Calendar
    from watchdog.terms.identity import MarketplaceId, OrderKey, ProductId

#: Orders that can only be worth a notice are judged in parts, so that memory stays flat however many there are.
_PART = 2_000


@dataclass(frozen=True, slots=True)
class Gathered:
    """
    One bench with the cases of what lies on it.
    """

    bench: Bench
    cases: tuple[Case, ...]


class Gathering:
    """
    Reads for one judging; it decides nothing, detect names what is suspect.
    """

    def __init__(
        self,
        tx: Transaction,
        account: Account,
        calendars: Mapping[MarketplaceId, Calendar],
        since: history.Judged,
        *,
        asks: frozenset[MarketplaceId] = frozenset(),
    ) -> None:
        """
        Keep where to read and from which state on everything is new; ``asks``: where an API can be asked for single orders.
        """
        self._asks = asks
        self._tx = tx
        self._account = account
        self._calendars = calendars
        self._since = since
        self._contexts: dict[ProductId, Context] = {}

    def benches(self, products: Collection[ProductId], touched: Collection[ProductId]) -> Iterator[Gathered]:
        """
        Yield first the products with every order that may be wrong, then, in parts, the new orders that may be worth a notice.
        """
        self._read_contexts(products)
        bounds = self._suspicions(products)
        loud = gathering.suspects(self._tx, {number: _loud(bound) for number, bound in bounds.items()}, self._since)
        cases = casebook.cases_of(self._tx, products, ())
        loud |= {case.subject.order for case in cases if case.subject.order is not None and case.state.is_open}
        loud |= product_cases.to_look_at(self._tx, {number: bound.wrong_before for number, bound in bounds.items()})
        yield self._bench(loud, products, live_products=self._live(products, touched))
        quiet = {number: bound for number, bound in bounds.items() if bound != _loud(bound)}
        soft = gathering.suspects(self._tx, quiet, self._since) | self._noticed(bounds)
        rest = iter(sorted(soft - loud, key=lambda key: key.order_id))
        while part := set(islice(rest, _PART)):
            yield self._bench(part, (), live_products=frozenset())

    def _noticed(self, bounds: Mapping[ProductId, Suspicion]) -> set[OrderKey]:
        """
        Return the orders whose notice may have lost its reason.
        """
        comparable = [number for number, bound in bounds.items() if not bound.every_new_line]
        return gathering.noticed(self._tx, bounds, self._since, comparable=comparable)

    def _read_contexts(self, products: Collection[ProductId]) -> None:
        self._contexts |= gathering.contexts(self._tx, set(products) - self._contexts.keys())

    def _suspicions(self, products: Collection[ProductId]) -> dict[ProductId, Suspicion]:
        bounds = {number: self._suspicion(self._contexts[number]) for number in products}
        early = {number: bound.left_pending_before for number, bound in bounds.items() if bound.left_pending_before is not None}
        new = gathering.with_new_exits(self._tx, early, self._since)
        left = gathering.left_before(self._tx, {number: early[number] for number in new})
        return {number: self._narrowed(number, bound, left.get(number)) for number, bound in bounds.items()}

    def _narrowed(self, number: ProductId, bound: Suspicion, left_early: int | None) -> Suspicion:
        if left_early is None:  # nobody has newly left, so nobody is looked for
            return replace(bound, left_pending_before=None)
        return narrowed(bound, left_early, context=self._contexts[number], policy=self._account.policy)

    def _suspicion(self, context: Context) -> Suspicion:
        return suspicion(context, policy=self._account.policy, calendar=self._calendars[context.product.marketplace_id])

    def _bench(self, keys: set[OrderKey], products: Collection[ProductId], *, live_products: frozenset[ProductId]) -> Gathered:
        orders = history.orders(self._tx, keys)
        mine = {line.product_id for lines in orders.values() for line in lines} | set(products)
        self._read_contexts(mine)
        cases = casebook.cases_of(self._tx, products, orders.keys())
        still = [case for case in cases if case.state.is_open]
        bench = Bench(
            products={number: self._contexts[number] for number in sorted(mine)},
            orders=orders,
            live=frozenset(orders.keys() - history.only_late(self._tx, orders.keys(), self._since)),
            flagged_since={case.subject.order: case.opened_at for case in still if case.subject.order is not None},
            flagged_lines={case.subject.order: frozenset(case.finding.order_item_ids) for case in still if case.subject.order is not None},
            product_cases=product_cases.standing(self._tx, mine),
            live_products=live_products,
            asks=self._asks,
        )
        return Gathered(bench, cases)

    def _live(self, products: Collection[ProductId], touched: Collection[ProductId]) -> frozenset[ProductId]:
        """
        Return the products that more than late arrivals have touched.
        """
        stale = history.touched_only_late(self._tx, self._since)
        return frozenset(number for number in products if number not in stale or number not in touched)


def _loud(bound: Suspicion) -> Suspicion:
    """
    Return the part of a suspicion that can be more than a notice.
    """
    return replace(bound, left_pending_before=None, every_new_line=False)
