"""
A flagged order is about to be cancelled by Amazon for not being confirmed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.terms.finding import Severity

if TYPE_CHECKING:
    from datetime import date

    from watchdog.detect.scene import Scene


def examine(scene: Scene) -> Severity | None:
    """
    Return urgent where the 7th business day after ship-by is within 2 business days (DOMAIN §5); asked of flagged orders only.
    """
    return Severity.URGENT if scene.ship_by is not None and scene.today >= near_from(scene, scene.ship_by) else None


def near_from(scene: Scene, ship_by: date) -> date:
    """
    Return the marketplace date from which the automatic cancellation counts as near.
    """
    cancelled_on = scene.calendar.shifted(ship_by, scene.policy.auto_cancel_business_days)
    return scene.calendar.shifted(cancelled_on, -scene.policy.auto_cancel_warning_days)
