"""
What the siblings say: the ship-by most of a product's other open pre-orders share (DOMAIN §5, ``norm``).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from watchdog.terms.policy import Policy
    from watchdog.terms.preorder import Preorder
    from watchdog.terms.product import Census, Tally


@dataclass(frozen=True, slots=True)
class Others:
    """
    The product's other open pre-orders, as counts by ship-by.
    """

    counts: Counter[date]
    total: int

    @classmethod
    def of(cls, line: Preorder, census: Census) -> Others:
        """
        Return everyone of the census but this line's order.
        """
        counts = Counter({tally.ship_by: tally.orders for tally in census.tallies if tally.ship_by is not None})
        total = census.orders
        if line.listed and line.is_open and total:
            total -= 1
            if line.ship_by is not None and counts[line.ship_by]:
                counts[line.ship_by] -= 1
        return cls(+counts, total)

    def norm(self, policy: Policy) -> date | None:
        """
        Return the ship-by shared by at least 3 and two thirds of them, else None.
        """
        return _shared(self.counts, self.total, policy)

    def agreed(self, policy: Policy) -> date | None:
        """
        Return the norm, or the date at least two share against fewer who differ: enough to stand alone against (DOMAIN §5, cause).
        """
        norm = self.norm(policy)
        if norm is not None or not self.counts:
            return norm
        day, orders = _most(self.counts)
        return day if orders >= policy.alone_least and orders > self.total - orders else None


def common_date(tallies: Iterable[Tally], policy: Policy) -> date | None:
    """
    Return the ship-by that at least 3 and two thirds of these orders share, else None.
    """
    counts = Counter({tally.ship_by: tally.orders for tally in tallies})
    total = sum(counts.values())
    counts.pop(None, None)
    return _shared(Counter({day: n for day, n in counts.items() if day is not None}), total, policy)


def possible_norm(census: Census, policy: Policy) -> date | None:
    """
    Return the latest ship-by that can be a norm for any one order of the product: an order's own ship-by does not count for it.
    """
    most, parts = policy.norm_share
    days = [
        tally.ship_by
        for tally in census.tallies
        if tally.ship_by is not None and tally.orders >= policy.norm_least and tally.orders * parts >= (census.orders - 1) * most
    ]
    return max(days, default=None)


def _shared(counts: Counter[date], total: int, policy: Policy) -> date | None:
    if not counts:
        return None
    day, orders = _most(counts)
    share, parts = policy.norm_share
    return day if orders >= policy.norm_least and orders * parts >= total * share else None


def _most(counts: Counter[date]) -> tuple[date, int]:
    return max(counts.items(), key=lambda item: (item[1], item[0]))
