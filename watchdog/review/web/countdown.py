"""
How much time is left until a ship-by has passed, in the seller's words.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from watchdog.terms.marketplace import BY_ID
from watchdog.terms.moments import end_of

if TYPE_CHECKING:
    from watchdog.review.web.visit import Visit
    from watchdog.terms.finding import Finding

_HOURS_SHOWN = 48
_SOON = 3


class Left(NamedTuple):
    """
    The time left: how urgent it looks, and how it is told.
    """

    look: str  #: over, soon, calm or none
    told: str


def left(visit: Visit, finding: Finding) -> Left:
    """
    Return the time left until the end of the ship-by's day in the marketplace.
    """
    if finding.ship_by is None:
        return Left("none", visit.t("left_unknown"))
    remaining = end_of(finding.ship_by, BY_ID[finding.subject.marketplace_id].zone) - visit.now
    if remaining <= timedelta():
        return Left("over", visit.t("left_over", days=max(1, -(remaining // timedelta(days=1)))))
    hours = int(remaining / timedelta(hours=1))
    if hours < _HOURS_SHOWN:
        return Left("soon", visit.t("left_hours", hours=hours))
    days = hours // 24
    return Left("soon" if days <= _SOON else "calm", visit.t("left_days", days=days))
