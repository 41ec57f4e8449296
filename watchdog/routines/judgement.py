"""
The judging transaction: gather what is new or due, let ``detect`` judge and ``cases`` reconcile, write it, move ``judged_upto``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from watchdog.cases.deadlines import with_late_replies
from watchdog.cases.reconcile import reconcile
from watchdog.detect import judge
from watchdog.routines.enact import Enact, Enacted
from watchdog.routines.gathering import Gathered, Gathering
from watchdog.store import Transaction, casebook, history, journal, listings, steps
from watchdog.terms.account import Account
from watchdog.terms.calendar import Calendar
from watchdog.terms.finding import Severity
from watchdog.terms.identity import MarketplaceId, ProductId
from watchdog.terms.moments import local_date

if TYPE_CHECKING:
    from datetime import datetime

    from watchdog.terms.verdict import Verdict


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
        touched = set(history.touched(tx, since))
        products = touched | set(casebook.due(tx, now)) | set(self._near(tx, now))
        if not products:
            history.save_judged(tx, newest)
            return Enacted()
        enacted = Enacted()
        for gathered in Gathering(tx, self.account, self.calendars, since).benches(products, touched):
            enacted += self._judge(tx, gathered, now)
        history.save_judged(tx, newest)
        return enacted

    def _judge(self, tx: Transaction, gathered: Gathered, now: datetime) -> Enacted:
        verdict = judge(gathered.bench, policy=self.account.policy, calendars=self.calendars, now=now)
        intents = reconcile(verdict, gathered.cases, policy=self.account.policy, now=now)
        awaiting = [case for case in gathered.cases if case.state.awaits_amazon]
        intents = with_late_replies(intents, awaiting, steps.of_cases(tx, [case.no for case in awaiting]), now=now)
        enacted = self.enact.apply(tx, intents, now=now)
        noticed = self._note(tx, verdict, now)
        listings.save_coverage(tx, verdict.coverage)
        return replace(enacted, noticed=noticed)

    def _near(self, tx: Transaction, now: datetime) -> Iterator[ProductId]:
        """
        Yield the products with pre-orders to be shipped within a day; each day's once, for their digest line.
        """
        for store in self.account.marketplaces:
            today = local_date(now, store.zone)
            name = f"{_NEAR_MARK}:{store.id}"
            if (journal.mark(tx, name) or {}).get("day") == str(today):
                continue
            journal.save_mark(tx, name, {"day": str(today)})
            until = local_date(now + self.account.policy.ship_by_near, store.zone)
            yield from (product_id for product_id, _day, _orders in history.near(tx, today, until, store.id))

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
