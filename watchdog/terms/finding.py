"""
What the rules concluded of one order or one product, with reason and evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from watchdog.terms.identity import Asin, LineKey, MarketplaceId, OrderId, OrderKey, ProductId, Sku


class Rule(StrEnum):
    """
    The rules of DOMAIN §5, each with one file in ``detect/rules``.
    """

    SHIP_BY_BEFORE_RELEASE = "ship_by_before_release"
    SHIP_BY_MOVED_EARLIER = "ship_by_moved_earlier"
    ODD_ONE_OUT = "odd_one_out"
    LEFT_PENDING_EARLY = "left_pending_early"
    PAST_SHIP_BY = "past_ship_by"
    AUTO_CANCEL_NEAR = "auto_cancel_near"
    BUYER_ASKED_CANCEL = "buyer_asked_cancel"
    SHIP_BY_NEAR = "ship_by_near"
    RELEASE_UNKNOWN = "release_unknown"
    RELEASE_MOVED = "release_moved"
    LISTING_RESET = "listing_reset"
    LISTING_MISDATED = "listing_misdated"


class Severity(StrEnum):
    """
    How loud: a notice sends no message, a warning does, an urgent one ignores quiet hours.
    """

    NOTICE = "notice"
    WARNING = "warning"
    URGENT = "urgent"

    @property
    def rank(self) -> int:
        """
        0 for a notice, 2 for urgent.
        """
        return list(Severity).index(self)


class Scope(StrEnum):
    """
    What a finding is about.
    """

    ORDER = "order"
    PRODUCT = "product"


class Cause(StrEnum):
    """
    Why it happened, as far as it was observed (DOMAIN §5).
    """

    BUYER_CHANGE = "buyer_change"
    RESET_UNEXPLAINED = "reset_unexplained"
    RELEASE_MOVED = "release_moved"
    LISTING_RESET = "listing_reset"
    LISTING_MISDATED = "listing_misdated"
    UNDETERMINED = "undetermined"

    @property
    def has_grade(self) -> bool:
        """
        Say whether how sure it is means anything: what is unknown, or was itself observed, has no grade of sureness.
        """
        return self not in {Cause.UNDETERMINED, Cause.RELEASE_MOVED}


class Confidence(StrEnum):
    """
    How sure of the cause: certain only by Amazon's own reply (DOMAIN §5).
    """

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


class EvidenceKind(StrEnum):
    """
    What was observed, each a logged fact a letter may state.
    """

    SHIP_BY = "ship_by"  #: the ship-by changed; old and new are dates
    FIRST_SHIP_BY = "first_ship_by"  #: the ship-by at first sight
    STATUS = "status"  #: the order's status changed
    PAYMENT = "payment"  #: payment methods or executions changed
    ADDRESS = "address"  #: the delivery address' fingerprint changed; the values are never kept
    LEFT_PENDING = "left_pending"  #: became ready to ship long before release; new = marketplace date
    SIBLINGS = "siblings"  #: new = their ship-by, count in ``note``
    RELEASE = "release"  #: the release date judged by; source in ``source``
    RELEASE_CHANGE = "release_change"  #: the release date changed, old → new
    RELEASE_STEADY = "release_steady"  #: every source kept its release date since ``before_at``
    CANCEL_REQUEST = "cancel_request"  #: the buyer's request to cancel stands; ``note``: which one, after earlier ones were withdrawn
    NOT_LISTED = "not_listed"  #: the source's newest complete look no longer lists the order
    CONFIRMED = "confirmed"  #: Amazon, asked for this one order, said the same at ``seen_at``
    UNCONFIRMED = "unconfirmed"  #: Amazon could not be asked for this one order, or not since it changed
    SHIPPING_REPORT_ONLY = "shipping_report_only"  #: no source shows pending siblings: the product can't be compared


@dataclass(frozen=True, slots=True)
class Evidence:
    """
    One observed fact: old → new, last seen with the old value, first seen with the new one, and who said it.
    """

    kind: EvidenceKind
    old: str | None = None
    new: str | None = None
    before_at: datetime | None = None
    seen_at: datetime | None = None
    source: str = ""
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Siblings:
    """
    The product's other open pre-orders: those that share the norm with their date, or all of them without one.
    """

    count: int = 0
    ship_by: date | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """
    What a finding is about: an order, or (order id None) a product. One subject has one finding and at most one open case.
    """

    marketplace_id: MarketplaceId
    product_id: ProductId
    order_id: OrderId | None = None
    topic: str = ""  #: tells apart notices of one product, e.g. ``ship_by_near:2026-09-14``; empty for cases

    @property
    def scope(self) -> Scope:
        """
        Order or product.
        """
        return Scope.PRODUCT if self.order_id is None else Scope.ORDER

    @property
    def order(self) -> OrderKey | None:
        """
        The order, where it is about one.
        """
        return None if self.order_id is None else OrderKey(self.marketplace_id, self.order_id)


@dataclass(frozen=True, slots=True)
class Finding:
    """
    One conclusion: the worst line of an order, or a product as a whole.
    """

    subject: Subject
    rules: tuple[Rule, ...]  #: all that fired, the table's order
    severity: Severity
    cause: Cause
    confidence: Confidence
    asin: Asin | None
    sku: Sku | None
    title: str | None
    ship_by: date | None  #: of the worst line; for products the earliest affected
    previous_ship_by: date | None  #: the ship-by before its last move, None where no move was seen
    release_date: date | None  #: the believed one
    release_source: str | None
    siblings: Siblings
    source: str  #: whose observation shows it
    seen_at: datetime  #: as_of of the observation that first showed it
    evidence: tuple[Evidence, ...] = ()
    order_item_ids: tuple[LineKey, ...] = ()  #: the lines it is about
    orders: tuple[OrderId, ...] = ()  #: affected orders of a product finding, at most Policy.examples
    order_count: int = 1  #: how many orders are affected in all
    move_seen: bool = False  #: the move itself was observed, a fact of its own
    bought_at: datetime | None = None
    reconsider_at: datetime | None = None  #: the next instant at which time alone can change this finding

    def __post_init__(self) -> None:
        """
        Refuse a finding without a rule.
        """
        if not self.rules:
            raise ValueError("a finding needs a rule")
