"""
Many pre-orders of one product moved earlier together: the listing's date was cleared, by a tool or by Amazon's catalogue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.detect.stage import Explained, orders_of
from watchdog.terms.finding import Rule, Severity

if TYPE_CHECKING:
    from datetime import datetime

    from watchdog.detect.scene import Scene
    from watchdog.detect.stage import Stage
    from watchdog.terms.preorder import Move


def examine(stage: Stage) -> Explained | None:
    """
    Return the rule where at least 3 and half of the open pre-orders moved earlier within 24 h (DOMAIN §5).
    """
    if not stage.comparable:
        return None
    moved = tuple(scene for scene in stage.scenes if _is_reset(scene))
    together = _within_a_day(moved, stage)
    orders = orders_of(together)
    if not stage.suffices(Rule.LISTING_RESET, len(orders), least=stage.policy.reset_least, share=(1, 2)):
        return None
    return Explained(
        Rule.LISTING_RESET,
        Severity.URGENT,
        together,
        orders,
        previous=max(_move(scene).old for scene in together),
        since=min(_seen_at(scene) for scene in together),
    )


def _is_reset(scene: Scene) -> bool:
    unknown = scene.release is None and scene.moved_days > scene.policy.tolerance_days
    return scene.reset is not None and (scene.is_gap_wide or unknown)


def _within_a_day(moved: tuple[Scene, ...], stage: Stage) -> tuple[Scene, ...]:
    """
    Return the largest group of moves seen within the window.
    """
    ordered = sorted(moved, key=_seen_at)
    best: list[Scene] = []
    start = 0
    for end, scene in enumerate(ordered):
        while _seen_at(scene) - _seen_at(ordered[start]) > stage.policy.reset_window:
            start += 1
        if end + 1 - start > len(best):
            best = ordered[start : end + 1]
    return tuple(best)


def _seen_at(scene: Scene) -> datetime:
    return _move(scene).seen_at


def _move(scene: Scene) -> Move:
    if scene.reset is None:
        raise ValueError("only lines that moved are compared")
    return scene.reset
