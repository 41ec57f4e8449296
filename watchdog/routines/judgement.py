"""
The judging transaction: gather what is new or due, let ``detect`` judge and ``cases`` reconcile, write it, move ``judged_upto``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from watchdog.cases.overdue import with_what_is_late
from watchdog.cases.reconcile import reconcile
from watchdog.detect import judge
from watchdog.routines.conditions import Conditions
from watchdog.routines.digest import Digests
from watchdog.routines.enact import Enact, Enacted
from watchdog.routines.gathering import Gathered, Gathering
from watchdog.routines.promises import Promises
from watchdog.store import Transaction, casebook, history, journal, listings, steps
from watchdog.terms.account import Account
from watchdog.terms.calendar import Calendar
from watchdog.terms.finding import Severity
from watchdog.terms.identity import CaseNo, MarketplaceId, ProductId
from watchdog.terms.moments import local_date

if TYPE_CHECKING:
    from datetime import datetime

    from watchdog.terms.case import Case, CaseStep, Intent
    from watchdog.terms.verdict import Verdict


#: Under this name the journal keeps the last ship-by day whose digest lines are written.
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
    promises: Promises = field(init=False)
    conditions: Conditions | None = None  #: what is said of the account itself; None where nothing but orders is judged
    digests: Digests | None = None  #: None: no daily digest
    asks: frozenset[MarketplaceId] = frozenset()  #: where an API can be asked for single orders: what it has not confirmed resolves nothing

    def __post_init__(self) -> None:
        """
        Watch what Amazon promises this account.
        """
        self.promises = Promises(self.account)

    def pass_on(self, tx: Transaction, now: datetime) -> Enacted:
        """
        Judge everything beyond ``judged_upto`` and all that is due; afterwards the number has moved and every message lies in the outbox.
        """
        since, newest = history.judged(tx), history.newest(tx)
        touched = set(history.touched(tx, since))
        products = touched | set(casebook.due(tx, now)) | set(self._near(tx, now))
        enacted = Enacted()
        if products:
            for gathered in Gathering(tx, self.account, self.calendars, since, asks=self.asks).benches(products, touched):
                enacted += self._judge(tx, gathered, now)
        promised = self.promises.broken_or_kept(tx, now)
        known = {intent.case.no: promise for intent, promise in promised if intent.case is not None}
        enacted += self.enact.apply(tx, [intent for intent, _promise in promised], now=now, promises=known)
        if self.conditions is not None:
            enacted += Enacted(messages=self.conditions.take_stock(tx, now))
        if self.digests is not None:
            enacted += Enacted(messages=self.digests.write(tx, now))
        history.save_judged(tx, newest)
        return enacted

    def foreseen(self, tx: Transaction, now: datetime) -> tuple[Intent, ...]:
        """
        Return what would be decided of all that is new or due if nothing of it were in doubt; nothing is written.
        """
        since = history.judged(tx)
        touched = set(history.touched(tx, since))
        products = touched | set(casebook.due(tx, now))
        benches = Gathering(tx, self.account, self.calendars, since).benches(products, touched) if products else ()
        return tuple(intent for gathered in benches for intent in self._decided(gathered, now)[1])

    def _decided(self, gathered: Gathered, now: datetime) -> tuple[Verdict, tuple[Intent, ...]]:
        verdict = judge(gathered.bench, policy=self.account.policy, calendars=self.calendars, now=now)
        return verdict, reconcile(verdict, gathered.cases, policy=self.account.policy, now=now)

    def _judge(self, tx: Transaction, gathered: Gathered, now: datetime) -> Enacted:
        verdict, intents = self._decided(gathered, now)
        still = [case for case in gathered.cases if case.state.is_open]
        taken = steps.of_cases(tx, [case.no for case in still])
        reported = self.promises.reported(tx)
        intents = with_what_is_late(intents, still, taken, now=now, calendars=self.calendars, policy=self.account.policy, reported=reported)
        enacted = self.enact.apply(tx, intents, now=now)
        self._look_later(tx, [case for case in still if case.no not in enacted.moved], taken, reported, now=now)
        noticed = self._note(tx, verdict, now)
        listings.save_coverage(tx, verdict.coverage)
        return replace(enacted, noticed=noticed)

    def _look_later(
        self,
        tx: Transaction,
        cases: Iterable[Case],
        taken: Mapping[CaseNo, Sequence[CaseStep]],
        reported: Mapping[MarketplaceId, datetime],
        *,
        now: datetime,
    ) -> None:
        """
        Note when the cases whose time had come, and which nothing has moved all the same, are looked at again.
        """
        for case in cases:
            if case.due_at is not None and case.due_at <= now:
                known = reported.get(case.subject.marketplace_id)
                later = self.enact.clerk.due_at(case, now=now, steps=taken.get(case.no, ()), reported=known)
                casebook.set_due(tx, case.no, later)

    def _near(self, tx: Transaction, now: datetime) -> Iterator[ProductId]:
        """
        Yield the products with pre-orders to be shipped within a day; each ship-by day's once, for their digest line.
        """
        for store in self.account.marketplaces:
            name = f"{_NEAR_MARK}:{store.id}"
            told = (journal.mark(tx, name) or {}).get("day", "")
            over_by_then = local_date(now + self.account.policy.ship_by_near, store.zone) - timedelta(days=1)
            if told >= str(over_by_then):
                continue
            journal.save_mark(tx, name, {"day": str(over_by_then)})
            begin = max(local_date(now, store.zone), date.fromisoformat(told) + timedelta(days=1) if told else date.min)
            yield from (product_id for product_id, _day, _orders in history.near(tx, begin, over_by_then, store.id))

    def _note(self, tx: Transaction, verdict: Verdict, now: datetime) -> int:
        """
        Write the findings that are no case: notices; those that no longer stand are dropped.
        """
        examined = [each.order for each in verdict.orders]
        with_case = {case.subject.order for case in casebook.cases_of(tx, (), examined) if case.state.is_open}
        absorbed = {order_id for each in verdict.products for order_id in each.explains}
        standing = [*verdict.notices]
        for each in verdict.orders:
            loose = each.order not in with_case and each.order.order_id not in absorbed
            if each.finding is not None and each.finding.severity is Severity.NOTICE and loose:
                standing.append(each.finding)
        products = [each.subject.product_id for each in verdict.products]
        casebook.drop_notices(tx, products, examined, keep={finding.subject for finding in standing})
        casebook.record_notices(tx, standing, now=now)
        return len(standing)
