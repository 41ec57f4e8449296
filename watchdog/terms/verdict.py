"""
What one judging hands over: every examined order and product with its finding, or the word that it is healthy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from watchdog.terms.case import Outcome
from watchdog.terms.finding import Finding, Subject
from watchdog.terms.identity import LineKey, MarketplaceId, OrderId, OrderKey, ProductId
from watchdog.terms.preorder import Preorder
from watchdog.terms.product import Census, Product, ReleaseDate


@dataclass(frozen=True, slots=True)
class Context:
    """
    A product as the judge sees it: its release dates and its open pre-orders in figures.
    """

    product: Product
    releases: tuple[ReleaseDate, ...]  #: every value ever said, oldest first
    census: Census


@dataclass(frozen=True, slots=True)
class Suspicion:
    """
    Which of a product's open lines must be looked at one by one; all others are healthy by the census (DESIGN law 4).
    """

    ship_by_before: date | None = None  #: lines with an earlier ship-by, new or old
    wrong_before: date | None = None  #: an open line with an earlier ship-by is wrong for certain: its product's case is not over
    left_pending_before: datetime | None = None  #: new lines that left pending availability before this instant
    every_new_line: bool = False  #: nothing to compare with: each new line is named as unwatched


@dataclass(frozen=True, slots=True)
class StandingCase:
    """
    A product's case that is not over, as the judge sees it: what it says, and every order it has ever named.
    """

    finding: Finding
    orders: frozenset[OrderId]


@dataclass(frozen=True, slots=True)
class Bench:
    """
    Everything gathered for one judging: products, and the orders that may be wrong with all their lines.
    """

    products: Mapping[ProductId, Context]
    orders: Mapping[OrderKey, tuple[Preorder, ...]]
    live: frozenset[OrderKey] = frozenset()  #: may ring or resolve; the others were only touched by late arrivals
    flagged_since: Mapping[OrderKey, datetime] = field(default_factory=dict)  #: orders with an open case of their own, and since when
    flagged_lines: Mapping[OrderKey, frozenset[LineKey]] = field(default_factory=dict)  #: which lines of these orders the case is about
    product_cases: Mapping[ProductId, StandingCase] = field(default_factory=dict)  #: the products' cases that are not over
    live_products: frozenset[ProductId] = frozenset()  #: touched by more than late arrivals
    asks: frozenset[MarketplaceId] = frozenset()  #: where an API can be asked for single orders: what is not confirmed resolves nothing


@dataclass(frozen=True, slots=True)
class Examined:
    """
    One examined order.
    """

    order: OrderKey
    product_id: ProductId  #: of the worst line
    finding: Finding | None  #: None: no rule fires
    live: bool  #: False: only late arrivals touched it, so it neither rings nor resolves
    healthy: bool  #: the ship-by is where it belongs (DOMAIN §7, ``restored``); a notice may stand all the same
    ended: Outcome | None = None  #: shipped or cancelled, how; None while it is open
    ship_by: date | None = None  #: of the worst line now, also where no rule fires: tells a restored date from a corrected release
    release_date: date | None = None  #: the believed one now
    held: bool = False  #: it may be over, but Amazon has not confirmed it: no case is resolved by it
    absorbed: bool = False  #: a case of one of its lines' products stands and explains it


@dataclass(frozen=True, slots=True)
class ExaminedProduct:
    """
    One examined product: its own finding, and the orders whose trouble it explains.
    """

    subject: Subject
    finding: Finding | None
    explains: frozenset[OrderId] = frozenset()
    joining: frozenset[OrderId] = frozenset()  #: of these, those its standing case has not named yet
    ended: Outcome | None = None  #: how the matter is over when there is no finding any more: as its worst order ended
    endings: Mapping[Outcome, int] = field(default_factory=dict)  #: how many of its orders ended in each way


@dataclass(frozen=True, slots=True)
class Coverage:
    """
    What is watched of one product, and what is not, with the reason.
    """

    product: Product
    open_orders: int
    release_date: date | None  #: the believed one
    release_source: str | None
    gap: str | None  #: why a rule can't watch: release_unknown, release_not_believed, no_ship_by, pending_not_visible
    said: tuple[ReleaseDate, ...] = ()  #: what each source says now; more than one date is a disagreement
    without_ship_by: int = 0  #: orders that never had a ship window: "no date yet"


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    The result of one judging.
    """

    orders: tuple[Examined, ...] = ()
    products: tuple[ExaminedProduct, ...] = ()
    notices: tuple[Finding, ...] = ()  #: product-wide notices (digest lines)
    coverage: tuple[Coverage, ...] = ()
