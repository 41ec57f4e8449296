"""
The order became ready to ship long before release: how a reset often shows first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.terms.finding import Severity

if TYPE_CHECKING:
    from watchdog.detect.scene import Scene


def examine(scene: Scene) -> Severity | None:
    """
    Return a notice where it left pending more than 3 days before release (DOMAIN §5); it raises another rule's warning.
    """
    moment, status = scene.left_pending_at, scene.line.status
    if moment is None or status is None or not status.has_left_pending_availability or scene.release is None:
        return None
    return Severity.NOTICE if scene.is_early(moment) else None
