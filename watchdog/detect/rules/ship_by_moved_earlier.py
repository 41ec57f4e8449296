"""
The ship-by was seen to move earlier, and the release date did not move with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.terms.finding import Severity

if TYPE_CHECKING:
    from watchdog.detect.scene import Scene


def examine(scene: Scene) -> Severity | None:
    """
    Return the severity by where the ship-by has gone (DOMAIN §5): before release, near it, or harmlessly later.
    """
    if scene.reset is None:
        return None
    if scene.is_gap_wide or scene.is_moved_far:
        return Severity.URGENT
    near = scene.gap is not None and scene.gap > 0
    below_norm = scene.norm is None or (scene.ship_by is not None and scene.ship_by < scene.norm)
    return Severity.WARNING if near and below_norm else Severity.NOTICE
