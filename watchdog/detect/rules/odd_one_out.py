"""
The product's other pre-orders share a later ship-by: only this one is early.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.terms.finding import Severity

if TYPE_CHECKING:
    from watchdog.detect.scene import Scene


def examine(scene: Scene) -> Severity | None:
    """
    Return urgent or warning where a norm exists and the ship-by lies before it and before release (DOMAIN §5).
    """
    ship_by, norm, release = scene.ship_by, scene.norm, scene.release
    if ship_by is None or norm is None or ship_by >= norm or (release is not None and ship_by >= release):
        return None
    far_below = release is None and (norm - ship_by).days > scene.policy.tolerance_days
    return Severity.URGENT if scene.is_gap_wide or far_below else Severity.WARNING
