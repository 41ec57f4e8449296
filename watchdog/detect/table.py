"""
The table of rules: which there are, when each is asked. Adding a rule = a file in ``rules/`` and a row here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from watchdog.detect.rules import (
    auto_cancel_near,
    buyer_asked_cancel,
    left_pending_early,
    listing_misdated,
    listing_reset,
    odd_one_out,
    past_ship_by,
    release_moved,
    release_unknown,
    ship_by_before_release,
    ship_by_moved_earlier,
)
from watchdog.detect.scene import Scene
from watchdog.detect.stage import Explained, Stage
from watchdog.terms.finding import Rule, Severity


class AskedWhen(StrEnum):
    """
    Which lines a rule is asked about.
    """

    ALWAYS = "always"
    IF_FLAGGED = "if_flagged"  #: only orders with a case, or with a warning of another rule


@dataclass(frozen=True, slots=True)
class OrderRule:
    """
    One row: a rule about one order line.
    """

    rule: Rule
    examine: Callable[[Scene], Severity | None]
    asked: AskedWhen = AskedWhen.ALWAYS


@dataclass(frozen=True, slots=True)
class ProductRule:
    """
    One row: a rule about a product, in the order of precedence.
    """

    rule: Rule
    examine: Callable[[Stage], Explained | None]


#: The order is the one in which findings list them.
ORDER_RULES: tuple[OrderRule, ...] = (
    OrderRule(Rule.SHIP_BY_BEFORE_RELEASE, ship_by_before_release.examine),
    OrderRule(Rule.SHIP_BY_MOVED_EARLIER, ship_by_moved_earlier.examine),
    OrderRule(Rule.ODD_ONE_OUT, odd_one_out.examine),
    OrderRule(Rule.LEFT_PENDING_EARLY, left_pending_early.examine),
    OrderRule(Rule.PAST_SHIP_BY, past_ship_by.examine, AskedWhen.IF_FLAGGED),
    OrderRule(Rule.AUTO_CANCEL_NEAR, auto_cancel_near.examine, AskedWhen.IF_FLAGGED),
    OrderRule(Rule.BUYER_ASKED_CANCEL, buyer_asked_cancel.examine, AskedWhen.IF_FLAGGED),
    OrderRule(Rule.RELEASE_UNKNOWN, release_unknown.examine),
)

#: The first that fires speaks for the product (DOMAIN §5: precedence in this order).
PRODUCT_RULES: tuple[ProductRule, ...] = (
    ProductRule(Rule.RELEASE_MOVED, release_moved.examine),
    ProductRule(Rule.LISTING_RESET, listing_reset.examine),
    ProductRule(Rule.LISTING_MISDATED, listing_misdated.examine),
)
