"""
A flagged order's ship-by has passed: Amazon now counts it as late when it is confirmed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.terms.finding import Severity
from watchdog.terms.moments import end_of

if TYPE_CHECKING:
    from watchdog.detect.scene import Scene


def examine(scene: Scene) -> Severity | None:
    """
    Return urgent once the marketplace's ship-by day is over (DOMAIN §5); asked of flagged orders only.
    """
    passed = scene.ship_by is not None and scene.now >= end_of(scene.ship_by, scene.zone)
    return Severity.URGENT if passed else None
