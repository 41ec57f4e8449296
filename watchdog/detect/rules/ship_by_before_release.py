"""
The ship-by lies before the release date by more than the tolerance: the product can't be there in time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.terms.finding import Severity

if TYPE_CHECKING:
    from watchdog.detect.scene import Scene


def examine(scene: Scene) -> Severity | None:
    """
    Return urgent where the gap is wider than the tolerance (DOMAIN §5).
    """
    return Severity.URGENT if scene.is_gap_wide else None
