"""
A product with its open lines that may be wrong: what a product rule may look at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from watchdog.detect.norm import common_date
from watchdog.detect.scene import Scene
from watchdog.terms.calendar import Calendar
from watchdog.terms.finding import Rule, Severity
from watchdog.terms.identity import OrderId
from watchdog.terms.marketplace import BY_ID
from watchdog.terms.moments import local_date
from watchdog.terms.policy import Policy
from watchdog.terms.product import Tally
from watchdog.terms.verdict import Context, StandingCase

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Stage:
    """
    The product, the scenes of its examined open lines, and since when some of these orders have cases of their own.
    """

    context: Context
    scenes: tuple[Scene, ...]
    flagged_since: Mapping[OrderId, datetime]
    policy: Policy
    calendar: Calendar
    now: datetime
    case: StandingCase | None = None  #: the product's case that is not over

    def stands(self, rule: Rule) -> bool:
        """
        Say whether the product's case stands by this rule: then it goes on while one order is wrong, however few are left.
        """
        return self.case is not None and self.case.finding.rules[0] is rule

    def is_named(self, scene: Scene) -> bool:
        """
        Say whether the product's case has named this order.
        """
        return self.case is not None and scene.line.order.order_id in self.case.orders

    def suffices(self, affected: Sequence[Scene], *, least: int, share: tuple[int, int]) -> bool:
        """
        Say whether so many affected orders make a product's rule fire: a number and a share of its open pre-orders.

        Orders that vanished from their source are not counted, for they are not among the product's open pre-orders either.
        """
        most, parts = share
        orders = len({scene.line.order for scene in affected if scene.line.listed})
        return orders >= least and orders * parts >= self.open_orders * most

    @property
    def zone(self) -> ZoneInfo:
        """
        The marketplace's zone.
        """
        return BY_ID[self.context.product.marketplace_id].zone

    @cached_property
    def wide(self) -> tuple[Scene, ...]:
        """
        The lines with a gap wider than the tolerance.
        """
        return tuple(scene for scene in self.scenes if scene.is_gap_wide)

    @property
    def comparable(self) -> bool:
        """
        Say whether a source shows pending orders too, so that the product can be judged as a whole (DOMAIN §5).
        """
        return self.context.census.sees_pending

    @property
    def open_orders(self) -> int:
        """
        How many open pre-orders the product has.
        """
        return self.context.census.orders

    def common(self, scenes: tuple[Scene, ...]) -> date | None:
        """
        Return the ship-by most of these lines share, if they have one.
        """
        counts: dict[date | None, set[OrderId]] = {}
        for scene in scenes:
            counts.setdefault(scene.ship_by, set()).add(scene.line.order.order_id)
        return common_date((Tally(day, len(orders)) for day, orders in counts.items()), self.policy)

    def urgent_when_near(self, scenes: tuple[Scene, ...]) -> Severity:
        """
        Return urgent within 3 business days of the first affected ship-by, else warning.
        """
        first = min(scene.ship_by for scene in scenes if scene.ship_by is not None)
        today = local_date(self.now, self.zone)
        near = self.calendar.between(today, first) <= self.policy.urgent_business_days
        return Severity.URGENT if near else Severity.WARNING


@dataclass(frozen=True, slots=True)
class Explained:
    """
    A product rule that fired, with the lines whose trouble it explains.
    """

    rule: Rule
    severity: Severity
    affected: tuple[Scene, ...]  #: counted as the product's trouble
    explains: frozenset[OrderId]  #: whose own rules it absorbs
    release: date | None = None  #: the release date it measures against, where it is not the believed one
    release_source: str | None = None
    previous: date | None = None
    since: datetime | None = None  #: begin of the interval in which it happened


def orders_of(scenes: tuple[Scene, ...]) -> frozenset[OrderId]:
    """
    Return the orders of these lines.
    """
    return frozenset(scene.line.order.order_id for scene in scenes)
