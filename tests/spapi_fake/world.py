"""
The seller's world as Amazon keeps it: orders that move, products with release dates; what happens later is written down beforehand.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from tests.spapi_fake.pricing import Offer
from watchdog.terms.identity import MarketplaceId
from watchdog.terms.marketplace import BY_ID, JAPAN

_OPEN = {"PENDING_AVAILABILITY", "PENDING", "UNSHIPPED", "PARTIALLY_SHIPPED"}


@dataclass
class Line:
    """
    One line of an order.
    """

    item_id: str
    asin: str
    sku: str
    title: str
    quantity: int = 1
    shipped: int = 0
    price: int = 3300
    cancel_requested: bool = False
    cancelled_by: str | None = None


@dataclass
class Order:
    """
    One order as it stands now; whatever is changed goes through the World, which moves the update times.
    """

    order_id: str
    created: datetime
    updated: datetime  #: any aspect (v2026)
    status_updated: datetime  #: status only (v0)
    status: str
    ship_by: date | None
    lines: list[Line]
    marketplace_id: MarketplaceId = JAPAN
    programs: list[str] = field(default_factory=lambda: ["PREORDER"])
    fulfilled_by: str = "MERCHANT"
    payment: str = "CreditCard"
    preorder: bool = True  #: v0's order type keeps it
    replaces: str | None = None

    @property
    def is_open(self) -> bool:
        """
        Say whether it can still be shipped.
        """
        return self.status in _OPEN


@dataclass
class Item:
    """
    A product of the catalogue.
    """

    asin: str
    title: str
    release_date: date | None = None
    street_date: str | None = None
    site_launch_date: str | None = None
    marketplace_id: MarketplaceId = JAPAN


@dataclass
class World:
    """
    Everything the account has; ``now`` is handed to whatever changes it.
    """

    marketplaces: tuple[MarketplaceId, ...] = (JAPAN,)
    seller_id: str = "A1SELLER0000AA"
    store_name: str = "ウォッチドッグ書店"
    orders: dict[str, Order] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    offers: dict[str, list[Offer]] = field(default_factory=dict)  #: by ASIN
    destinations: dict[str, str] = field(default_factory=dict)  #: of notifications: id → the queue's ARN
    subscriptions: dict[str, dict[str, Any]] = field(default_factory=dict)  #: by type of notification
    closed_queues: set[str] = field(default_factory=set)  #: ARNs whose policy does not let Amazon in
    updates_move: bool = True  #: a ship date that moves also moves lastUpdatedTime (unconfirmed at Amazon)
    window_while_pending: bool = True  #: shipByWindow is there in PENDING_AVAILABILITY (unconfirmed at Amazon)
    #: Told of each order after it changed, with the moment; notifications hang on it.
    told: list[Callable[[Order, datetime, str], None]] = field(default_factory=list)
    _later: list[tuple[datetime, int, Callable[[datetime], None]]] = field(default_factory=list)
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def product(self, asin: str, title: str, *, release: date | None = None, **more: str | None) -> Item:
        """
        Put a product into the catalogue, or change its release date.
        """
        self.items[asin] = Item(asin, title, release, more.get("street_date"), more.get("site_launch_date"))
        return self.items[asin]

    def order(
        self,
        asin: str,
        *,
        bought: datetime,
        ship_by: date | None,
        sku: str | None = None,
        status: str = "PENDING_AVAILABILITY",
        quantity: int = 1,
        lives: bool = False,
        marketplace_id: MarketplaceId = JAPAN,
    ) -> Order:
        """
        Place an order of one product; one that lives is paid the day before its ship-by and shipped on it.
        """
        number = next(self._numbers)
        title = self.items[asin].title if asin in self.items else asin
        line = Line(f"{number:014d}", asin, sku or f"SKU-{asin}", title, quantity)
        placed = Order(f"250-{number // 10**7:07d}-{number % 10**7:07d}", bought, bought, bought, status, ship_by, [line], marketplace_id)
        self.orders[placed.order_id] = placed
        if lives and ship_by is not None:
            self._plan_life(placed.order_id, ship_by)
        return placed

    def preorders(self, number: int, asin: str, *, ship_by: date, bought: datetime, every: timedelta = timedelta(minutes=7)) -> list[Order]:
        """
        Place so many healthy pre-orders of one product, bought one after the other.
        """
        return [self.order(asin, bought=bought + place * every, ship_by=ship_by) for place in range(number)]

    def later(self, moment: datetime, what: Callable[[datetime], None]) -> None:
        """
        Let something happen then.
        """
        heapq.heappush(self._later, (moment, next(self._numbers), what))

    def come_to(self, now: datetime) -> None:
        """
        Let everything happen that is due by now, each at its own moment.
        """
        while self._later and self._later[0][0] <= now:
            moment, _, what = heapq.heappop(self._later)
            what(moment)

    def reset(self, order_id: str, ship_by: date, now: datetime, *, status: str | None = None, payment: str | None = None) -> None:
        """
        Do to the order what this product was made for: its ship date moves before the release date.
        """
        order = self.orders[order_id]
        order.ship_by, order.payment = ship_by, payment or order.payment
        if status is not None and status != order.status:
            order.programs = [name for name in order.programs if name != "PREORDER"]
            self._set_status(order, status, now)
        elif self.updates_move:
            order.updated = now
        self._tell(order, now, "OrderStatusChange" if status else "")

    def move(self, order_id: str, ship_by: date | None, now: datetime) -> None:
        """
        Move its ship date and nothing else; None takes the window away.
        """
        order = self.orders[order_id]
        order.ship_by = ship_by
        if self.updates_move:
            order.updated = now
        self._tell(order, now, "")

    def become(self, order_id: str, status: str, now: datetime) -> None:
        """
        Move the order to another status: PENDING, UNSHIPPED, SHIPPED.
        """
        order = self.orders[order_id]
        if status == "SHIPPED":
            for line in order.lines:
                line.shipped = line.quantity
        self._set_status(order, status, now)
        self._tell(order, now, "OrderStatusChange")

    def ask_to_cancel(self, order_id: str, now: datetime) -> None:
        """
        Let the buyer ask for a cancellation through Amazon's button.
        """
        order = self.orders[order_id]
        for line in order.lines:
            line.cancel_requested = True
        order.updated = now
        self._tell(order, now, "BuyerRequestedChange")

    def cancel(self, order_id: str, now: datetime, *, by: str = "MERCHANT") -> None:
        """
        Cancel the order: BUYER, MERCHANT or AMAZON.
        """
        order = self.orders[order_id]
        for line in order.lines:
            line.cancelled_by = by
        self._set_status(order, "CANCELLED", now)
        self._tell(order, now, "OrderStatusChange")

    def _set_status(self, order: Order, status: str, now: datetime) -> None:
        order.status, order.updated, order.status_updated = status, now, now

    def _tell(self, order: Order, now: datetime, change: str) -> None:
        for tell in self.told:
            tell(order, now, change)

    def _plan_life(self, order_id: str, ship_by: date) -> None:
        zone = BY_ID[self.orders[order_id].marketplace_id].zone
        begin = datetime.combine(ship_by, time.min, zone).astimezone(UTC)
        steps = ((timedelta(days=-1), "PENDING"), (timedelta(hours=-23), "UNSHIPPED"), (timedelta(hours=10), "SHIPPED"))
        for after, status in steps:
            self.later(begin + after, lambda now, status=status: self._live(order_id, status, now))  # type: ignore[misc]

    def _live(self, order_id: str, status: str, now: datetime) -> None:
        if self.orders[order_id].is_open:
            self.become(order_id, status, now)
