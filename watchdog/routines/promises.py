"""
What Amazon promised is held against every new performance report: read what was counted, let ``cases`` decide.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from watchdog.cases.promise import Watched, is_under_watch, kept, promise_of, was_missed
from watchdog.store import Transaction, casebook, health, history, journal, steps
from watchdog.terms.account import Account
from watchdog.terms.health import Metric
from watchdog.terms.moments import local_date, show_instant, start_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from watchdog.terms.case import Case, CaseStep, Intent
    from watchdog.terms.health import HealthFigure
    from watchdog.terms.identity import MarketplaceId
    from watchdog.terms.promise import Promise

#: Under this name the journal keeps what was compared last.
_MARK = "promises"
#: A missed ship-by can count for 30 days after the order was shipped or cancelled, which may itself be weeks later.
_LOOK_BACK = timedelta(days=75)
#: Figures older than this are no measure of before.
_BASELINE = timedelta(days=45)


@dataclass(frozen=True)
class Promises:
    """
    Reads for one account which orders are under watch, and what was counted.
    """

    account: Account

    def of(self, tx: Transaction, case: Case, taken: Sequence[CaseStep]) -> Promise | None:
        """
        Return what the reports say of one case; None where there is nothing to watch.
        """
        if case.finding.ship_by is None or not is_under_watch(case, taken):
            return None
        place, ship_by = case.subject.marketplace_id, case.finding.ship_by
        others = casebook.late_orders(tx, place, since=ship_by - _LOOK_BACK, until=ship_by + _LOOK_BACK)
        return promise_of(_watched(case, taken, self._figures(tx, place, ship_by), others))

    def broken_or_kept(self, tx: Transaction, now: datetime) -> tuple[tuple[Intent, Promise], ...]:
        """
        Return what new figures, or a day that has passed, mean for the cases under watch; looks once for each of both.
        """
        seen = self._newest(tx) | {"day": str(local_date(now, self.account.home.zone))}
        if (journal.mark(tx, _MARK) or {}) == seen:
            return ()
        journal.save_mark(tx, _MARK, seen)
        return tuple(told for place in self.account.marketplaces for told in self._of_place(tx, place.id, now))

    def reported(self, tx: Transaction) -> dict[MarketplaceId, datetime]:
        """
        Return when each marketplace's late shipments were reported last.
        """
        latest = [figure for figure in health.latest(tx) if figure.metric is Metric.LATE_SHIPMENT]
        newest: dict[MarketplaceId, datetime] = {}
        for each in latest:
            newest[each.marketplace_id] = max(each.as_of, newest.get(each.marketplace_id, each.as_of))
        return newest

    def _newest(self, tx: Transaction) -> dict[str, str]:
        latest = [figure for figure in health.latest(tx) if figure.metric is Metric.LATE_SHIPMENT]
        return {f"{each.marketplace_id}:{each.window_days}": f"{show_instant(each.as_of)} {each.defects} {each.rate}" for each in latest}

    def _of_place(self, tx: Transaction, place: MarketplaceId, now: datetime) -> Iterator[tuple[Intent, Promise]]:
        zone = next(store.zone for store in self.account.marketplaces if store.id == place)
        since = local_date(now, zone) - _LOOK_BACK
        late = casebook.late_orders(tx, place, since=since, until=local_date(now, zone))
        taken = steps.of_cases(tx, [case.no for case in late])
        by_day: dict[date, tuple[HealthFigure, ...]] = {}
        for case in late:
            ship_by = case.finding.ship_by
            if ship_by is None or not is_under_watch(case, taken.get(case.no, ())):
                continue
            if ship_by not in by_day:
                by_day[ship_by] = self._figures(tx, place, ship_by)
            watched = _watched(case, taken.get(case.no, ()), by_day[ship_by], late)
            promise = promise_of(watched)
            if promise is None or promise.since is None:
                continue
            intent = kept(replace(watched, order_open=_is_open(tx, case)), promise, now=now)
            if intent is not None:
                yield intent, promise

    def _figures(self, tx: Transaction, place: MarketplaceId, ship_by: date) -> tuple[HealthFigure, ...]:
        zone = next((store.zone for store in self.account.marketplaces if store.id == place), self.account.home.zone)
        return health.history(tx, Metric.LATE_SHIPMENT, marketplace_id=place, since=start_of(ship_by - _BASELINE, zone))


def _watched(case: Case, taken: Sequence[CaseStep], figures: Sequence[HealthFigure], others: Sequence[Case]) -> Watched:
    missed = (other.finding.ship_by for other in others if other.subject.order_id != case.subject.order_id and was_missed(other))
    return Watched(case, taken, figures, tuple(day for day in missed if day is not None))


def _is_open(tx: Transaction, case: Case) -> bool:
    order = case.subject.order
    if order is None or not case.state.is_open:
        return False
    return any(line.is_open for lines in history.orders(tx, {order}).values() for line in lines)
