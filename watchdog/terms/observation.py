"""
What a source said about one order line at one moment; the smallest fact of the house.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from watchdog.terms.identity import Asin, LineKey, MarketplaceId, OrderId, OrderKey, Sku


class Status(StrEnum):
    """
    Where an order stands, in the spelling of Orders API v2026-01-01 (``fulfillmentStatus``).
    """

    PENDING_AVAILABILITY = "PENDING_AVAILABILITY"
    PENDING = "PENDING"
    UNSHIPPED = "UNSHIPPED"
    PARTIALLY_SHIPPED = "PARTIALLY_SHIPPED"
    SHIPPED = "SHIPPED"
    CANCELLED = "CANCELLED"
    UNFULFILLABLE = "UNFULFILLABLE"

    @property
    def is_open(self) -> bool:
        """
        Say whether rules judge orders in this state (DOMAIN §3).
        """
        return self in _OPEN

    @property
    def has_left_pending_availability(self) -> bool:
        """
        Say whether payment authorisation of a pre-order has begun or is over.
        """
        return self in {Status.PENDING, Status.UNSHIPPED, Status.PARTIALLY_SHIPPED}


_OPEN = {Status.PENDING_AVAILABILITY, Status.PENDING, Status.UNSHIPPED, Status.PARTIALLY_SHIPPED}


class Interface(StrEnum):
    """
    Through which of Amazon's interfaces a fact came; two of them may name a deadline one day apart without any move.
    """

    ORDERS_2026 = "orders_2026"
    ORDERS_V0 = "orders_v0"
    UNSHIPPED_REPORT = "unshipped_report"
    NEW_ORDERS_REPORT = "new_orders_report"
    ALL_ORDERS_REPORT = "all_orders_report"
    PENDING_REPORT = "pending_report"
    ORDER_CHANGE = "order_change"

    @property
    def sees_pending(self) -> bool:
        """
        Say whether it shows orders that are still pending, so that a healthy pre-order's presence can be expected (DOMAIN §10).
        """
        return self in {Interface.ORDERS_2026, Interface.ORDERS_V0}

    @property
    def tells_pending(self) -> bool:
        """
        Say whether its "Pending" is never a pre-order that waits for its release; other reports call both so.
        """
        return self not in {Interface.NEW_ORDERS_REPORT, Interface.ALL_ORDERS_REPORT, Interface.PENDING_REPORT}


class Canceller(StrEnum):
    """
    Who executed a cancellation, as Amazon says it; whether a buyer had asked for it is another fact.
    """

    BUYER = "BUYER"
    MERCHANT = "MERCHANT"
    AMAZON = "AMAZON"


@dataclass(frozen=True, slots=True)
class Facts:
    """
    The watched cells of one order line; None always means "this source said nothing of it", never "it is gone".
    """

    status: Status | None = None
    ship_by: date | None = None  #: marketplace date of the ship window's end
    fulfillable_at: datetime | None = None  #: when it became ready to ship (``reporting-date``)
    updated_at: datetime | None = None  #: Amazon's own update time; compared within one interface only
    payment: str | None = None  #: payment methods and amounts as shown, e.g. ``CreditCard 1980 JPY``
    address: str | None = None  #: keyed fingerprint ``keyid:kind:digest`` of the delivery address, see same_address
    cancel_requested: bool | None = None  #: a buyer's request to cancel stands
    cancelled_by: Canceller | None = None
    line_shipped: bool | None = None  #: this line is completely shipped
    shipped_at: datetime | None = None  #: when the shipment was confirmed, where a source says so


@dataclass(frozen=True, slots=True)
class Observation:
    """
    One order line as one look showed it; order-level facts are repeated on each of its lines.
    """

    marketplace_id: MarketplaceId
    order_id: OrderId
    line: LineKey
    sku: Sku | None
    asin: Asin | None
    title: str | None
    purchased_at: datetime | None
    marked: bool  #: Amazon itself marks it as a pre-order here (DOMAIN §3)
    facts: Facts

    @property
    def order(self) -> OrderKey:
        """
        The order this line belongs to.
        """
        return OrderKey(self.marketplace_id, self.order_id)


def address_changed(old: str | None, new: str | None) -> bool:
    """
    Say whether two address fingerprints prove a change; another key or kind means unknown, never changed (DESIGN §7).
    """
    if old is None or new is None or old == new:
        return False
    return old.rsplit(":", 1)[0] == new.rsplit(":", 1)[0]


def payment_changed(old: str | None, new: str | None) -> bool:
    """
    Say whether the payment was changed; absent to present is ordinary authorisation and no trace (DOMAIN §5).
    """
    return bool(old) and bool(new) and old != new
