"""
Which order rows are pre-orders to watch (DOMAIN §3); everything else of a seller's reports is passed by.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from watchdog.terms.look import Keeping
from watchdog.terms.marketplace import BY_ID
from watchdog.terms.moments import local_date
from watchdog.terms.policy import Policy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from watchdog.terms.look import WatchList
    from watchdog.terms.observation import Observation


@dataclass(frozen=True, slots=True)
class Watching:
    """
    The test every new order row is put to. Once watched, always watched: rows of known lines are not asked.
    """

    policy: Policy

    def __call__(self, said: Observation, watch: WatchList) -> Keeping:
        """
        Return WATCH for a pre-order, NAME for a row whose product may be one that is not listed, else PASS.
        """
        if said.marked:
            return Keeping.WATCH
        release = _release(said, watch)
        if release is not None:
            return Keeping.WATCH if self._bought_before(said, release) else self._by_siblings(said, watch, release)
        if any(key in watch.marked for key in _keys(said)):
            return Keeping.WATCH
        return Keeping.NAME if self._promised_late(said) else Keeping.PASS

    def _bought_before(self, said: Observation, release: date) -> bool:
        bought = _bought(said)
        day = bought if bought is not None else said.facts.ship_by
        return day is not None and (release - day).days >= self.policy.preorder_lead_days

    def _by_siblings(self, said: Observation, watch: WatchList, release: date) -> Keeping:
        """
        Count it among marked siblings only while no release date lies on or before the purchase.
        """
        bought = _bought(said)
        marked = any(key in watch.marked for key in _keys(said))
        return Keeping.WATCH if marked and (bought is None or release > bought) else Keeping.PASS

    def _promised_late(self, said: Observation) -> bool:
        bought, ship_by = _bought(said), said.facts.ship_by
        return bought is not None and ship_by is not None and (ship_by - bought).days >= self.policy.unlisted_promise_days


def _bought(said: Observation) -> date | None:
    if said.purchased_at is None:
        return None
    return local_date(said.purchased_at, BY_ID[said.marketplace_id].zone)


def _names(said: Observation) -> Iterator[str]:
    if said.asin:
        yield f"asin:{said.asin}"
    if said.sku:
        yield f"sku:{said.sku}"


def _keys(said: Observation) -> Iterator[tuple[str, str]]:
    return ((said.marketplace_id, name) for name in _names(said))


def _release(said: Observation, watch: WatchList) -> date | None:
    found = (watch.releases.get((place, name)) for name in _names(said) for place in (said.marketplace_id, "*"))
    return max((day for day in found if day is not None), default=None)
