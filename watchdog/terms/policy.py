"""
Every threshold of the judgement: one setting each, with its reason and DOMAIN's default.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Policy:
    """
    The numbers DOMAIN names; an account may have its own.
    """

    tolerance_days: int = 2  #: sellers may ship a day or two early so that it arrives on the day (DOMAIN §5)
    preorder_lead_days: int = 3  #: bought at least this long before release counts as a pre-order (DOMAIN §3)
    left_pending_days: int = 3  #: leaving pending more than this before release is early (DOMAIN §5)
    norm_least: int = 3  #: so many siblings must share a ship-by to make a norm (DOMAIN §5)
    norm_share: tuple[int, int] = (2, 3)  #: and at least this share of the siblings
    alone_least: int = 2  #: so many siblings that agree make the odd one stand alone (DOMAIN §5, cause)
    doubt_business_days: int = 3  #: a norm later than this after the release date makes the date unbelievable (DOMAIN §4)
    urgent_business_days: int = 3  #: product cases become urgent this close to the first ship-by (DOMAIN §5)
    reset_window: timedelta = timedelta(hours=24)  #: moves this close together are one listing reset (DOMAIN §5)
    reset_least: int = 3  #: and at least so many, and half of the product's open pre-orders
    auto_cancel_business_days: int = 7  #: Amazon cancels unconfirmed orders this long after ship-by (spapi.md §6.2)
    auto_cancel_warning_days: int = 2  #: business days of warning before that
    ship_by_near: timedelta = timedelta(hours=24)  #: healthy pre-orders that must leave this soon are named in the digest
    unlisted_promise_days: int = 14  #: unlisted SKUs promised this long after purchase may be pre-orders (DOMAIN §3)
    reply_within: timedelta = timedelta(hours=24)  #: Amazon's reply to the ticket is due (DOMAIN §7)
    reply_by: time = time(10)  #: local hour on the last business day before ship-by
    reply_least: timedelta = timedelta(hours=4)  #: a deadline closer than this is moved to the next morning
    reminders: tuple[int, ...] = (72, 24, 4)  #: so many hours before a flagged ship-by has passed the seller is reminded
    verify_every_days: int = 5  #: no performance report for so long while Amazon's word is to be checked: the seller is asked for one
    examples: int = 50  #: orders named in a product case; the rest is counted
    defects_kept: int = 200  #: rejected rows named per file; the rest is counted
    late_shipment_target: float = 0.04  #: late shipment rate to stay below, 10 and 30 days (DOMAIN §1); only where a report names no target
    cancellation_target: float = 0.025  #: pre-fulfilment cancellation rate, 7 days; same
    order_defect_target: float = 0.01  #: order defect rate, 60 days; same
    near_limit_share: float = 0.75  #: over this share of a target the seller is warned (DOMAIN §5)
    blind_rhythms: int = 2  #: so many rhythms without a complete answer and a source is silent (DOMAIN §10)
    blind_least: int = 3  #: so many orders must lose their ship-by, or vanish
    blind_share: tuple[int, int] = (1, 2)  #: and at least this share of those that had one
    inbox_rhythm_days: int = 2  #: business days in which a file is expected while a pre-order is open or a release lies ahead

    def fits(self, ship_by: date, release: date) -> bool:
        """
        Say whether the ship-by lies before the release date by no more than the tolerance; one after it always fits (DOMAIN §5).
        """
        return (release - ship_by).days <= self.tolerance_days
