"""
Many pre-orders of one product moved earlier together: the listing's date was cleared, by a tool or by Amazon's catalogue.

It takes many moves within a day to begin; from then on, until the last of these orders is right again, every such move belongs to it.
"""

from __future__ import annotations

from bisect import bisect_right
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
    together = moved if stage.stands(Rule.LISTING_RESET) else _of_one_day(moved, stage)
    if not together:
        return None
    return Explained(
        Rule.LISTING_RESET,
        Severity.URGENT,
        together,
        orders_of(together),
        previous=max(_move(scene).old for scene in together),
        since=min(_seen_at(scene) for scene in together),
    )


def _is_reset(scene: Scene) -> bool:
    return scene.reset is not None and (scene.is_gap_wide or scene.is_moved_far)


def _of_one_day(moved: tuple[Scene, ...], stage: Stage) -> tuple[Scene, ...]:
    """
    Return the moves of every window of a day that holds enough of them.
    """
    ordered = sorted(moved, key=_seen_at)
    moments = [_seen_at(scene) for scene in ordered]
    found: list[Scene] = []
    taken = looked_at = 0
    for first, moment in enumerate(moments):
        end = bisect_right(moments, moment + stage.policy.reset_window)
        if end > looked_at and stage.suffices(ordered[first:end], least=stage.policy.reset_least, share=(1, 2)):
            found += ordered[max(first, taken) : end]
            taken = end
        looked_at = end
    return tuple(found)


def _seen_at(scene: Scene) -> datetime:
    return _move(scene).seen_at


def _move(scene: Scene) -> Move:
    if scene.reset is None:
        raise ValueError("only lines that moved are compared")
    return scene.reset
