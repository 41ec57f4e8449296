"""
What is sold before its release: a product with its names, its release dates and the tally of its open pre-orders.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from watchdog.terms.identity import Asin, MarketplaceId, ProductId, Sku
from watchdog.terms.look import ReleaseSource


@dataclass(frozen=True, slots=True)
class Product:
    """
    Marketplace + ASIN, or + SKU while no ASIN is known (DOMAIN §3).
    """

    id: ProductId
    marketplace_id: MarketplaceId
    asin: Asin | None
    sku: Sku | None
    title: str | None


@dataclass(frozen=True, slots=True)
class ReleaseDate:
    """
    One value of a product's release date: who said it and since when we know (DOMAIN §4: every value is kept).
    """

    day: date  #: marketplace date
    source: ReleaseSource
    learned_at: datetime


@dataclass(frozen=True, slots=True)
class Tally:
    """
    How many of a product's listed open pre-orders share one ship-by.
    """

    ship_by: date | None
    orders: int


@dataclass(frozen=True, slots=True)
class Census:
    """
    The open pre-orders of one product in figures: one line per ship-by, never one per order (DESIGN law 4).
    """

    tallies: tuple[Tally, ...]
    last_marked_purchase: date | None  #: latest purchase (marketplace date) of an open order that Amazon marks as pre-order
    sees_pending: bool  #: a source that shows pending orders lists this product's orders
    as_of: datetime | None = None  #: time of the newest complete look that showed them

    @property
    def orders(self) -> int:
        """
        How many open pre-orders there are.
        """
        return sum(tally.orders for tally in self.tallies)


@dataclass(frozen=True, slots=True)
class Awaited:
    """
    A product with open pre-orders, as a source is told of it that asks for release dates: by its ASIN, or by its SKU where that is all.
    """

    marketplace_id: MarketplaceId
    asin: Asin | None
    near: date | None  #: its earliest ship-by or its latest known release date, whichever comes first; None: neither is known
    sku: Sku | None = None  #: only where there is no ASIN

    @property
    def name(self) -> str:
        """
        Name it within its marketplace.
        """
        return self.asin or f"sku:{self.sku}"
