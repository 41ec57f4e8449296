"""
The buyer of a flagged order has asked to cancel through Amazon's button: approving at once ends the matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.terms.finding import Severity

if TYPE_CHECKING:
    from watchdog.detect.scene import Scene


def examine(scene: Scene) -> Severity | None:
    """
    Return urgent where a buyer's request stands (DOMAIN §5); asked of flagged orders only.
    """
    return Severity.URGENT if scene.line.known.cancel_requested else None
