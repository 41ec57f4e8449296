"""
Healthy pre-orders that must leave within a day: one line per product for the digest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.terms.finding import Severity
from watchdog.terms.moments import end_of

if TYPE_CHECKING:
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from watchdog.terms.policy import Policy


def examine(ship_by: date, *, zone: ZoneInfo, policy: Policy, now: datetime) -> Severity | None:
    """
    Return a notice where the ship-by day ends within 24 hours and is not over (DOMAIN §5).
    """
    left = end_of(ship_by, zone) - now
    return Severity.NOTICE if policy.ship_by_near >= left and left.total_seconds() > 0 else None
