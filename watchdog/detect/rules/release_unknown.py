"""
Nothing to compare with: no believed release date and no norm, so the order is unwatched for that rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.terms.finding import Severity

if TYPE_CHECKING:
    from watchdog.detect.scene import Scene


def examine(scene: Scene) -> Severity | None:
    """
    Return a notice for an open pre-order without believed release date and without norm (DOMAIN §5).
    """
    return Severity.NOTICE if scene.release is None and scene.norm is None else None
