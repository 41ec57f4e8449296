"""
How an order's matter ended, read from its lines: shipped or cancelled, and whether a ship-by is back where it belongs (DOMAIN §7).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.terms.case import Outcome
from watchdog.terms.moments import end_of, local_date
from watchdog.terms.observation import Canceller, Status

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from watchdog.detect.scene import Scene
    from watchdog.terms.preorder import Preorder

_BY = {
    Canceller.BUYER: Outcome.CANCELLED_BY_BUYER,
    Canceller.MERCHANT: Outcome.CANCELLED_BY_SELLER,
    Canceller.AMAZON: Outcome.CANCELLED_BY_AMAZON,
    None: Outcome.CANCELLED,
}
#: That Amazon calls an order unfulfillable does not say who gave it up.
_NEVER_SHIPPED = {Status.CANCELLED, Status.UNFULFILLABLE}


def ended(lines: Sequence[Preorder], zone: ZoneInfo) -> Outcome | None:
    """
    Return how these lines of an order are over, the worst first; None while one is open or nothing is known of its status.
    """
    if any(line.is_open or line.status is None for line in lines):
        return None
    gone = [line for line in lines if line.status in _NEVER_SHIPPED]
    if any(_was_late(line, zone) for line in lines if line not in gone):
        return Outcome.SHIPPED_LATE
    return _cancelled(gone) if gone else Outcome.SHIPPED_IN_TIME


def _cancelled(lines: Sequence[Preorder]) -> Outcome:
    """
    Say who is behind it: a buyer's request counts whoever executed it (in Amazon's own example the merchant does).
    """
    if any(line.known.cancel_requested for line in lines):
        return Outcome.CANCELLED_BY_BUYER
    return _BY[next((line.known.cancelled_by for line in lines if line.known.cancelled_by), None)]


def _was_late(line: Preorder, zone: ZoneInfo) -> bool:
    """
    Say whether the shipment was confirmed after ship-by: by the time a source gives, else by having been seen open afterwards.
    """
    ship_by, shipped_at = line.ship_by, line.known.shipped_at
    if ship_by is None:
        return False
    if shipped_at is not None:
        return local_date(shipped_at, zone) > ship_by
    seen_open = (s.seen_until for s in line.sightings if s.known.status is not None and s.known.status.is_open and not s.known.line_shipped)
    return max(seen_open, default=line.first_seen_at) >= end_of(ship_by, zone)


def is_healthy(scene: Scene) -> bool:
    """
    Say whether the ship-by is where it belongs: gap within tolerance and not earlier than the norm; release unknown: back at the old date.

    Where neither a release date nor an old date is known, it must have moved to the norm: a norm that came down to it proves nothing.
    """
    ship_by = scene.ship_by
    if ship_by is None or (scene.norm is not None and ship_by < min(scene.norm, scene.release or scene.norm)):
        return False
    if scene.gap is not None:
        return not scene.is_gap_wide
    before = scene.date_before_reset
    return ship_by >= before and not scene.is_moved_far if before is not None else scene.norm is not None and bool(scene.moves)
