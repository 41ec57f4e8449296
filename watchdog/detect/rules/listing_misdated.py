"""
Most pre-orders of a product are due before release and none was seen to move: the listing has a wrong date.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from watchdog.detect.stage import Explained, orders_of
from watchdog.terms.finding import Rule

if TYPE_CHECKING:
    from watchdog.detect.scene import Scene
    from watchdog.detect.stage import Stage


def examine(stage: Stage) -> Explained | None:
    """
    Return the rule where at least 3 and two thirds of the open pre-orders have a wide gap, none seen to move (DOMAIN §5).
    """
    if not stage.comparable:
        return None
    steady = tuple(scene for scene in stage.wide if scene.reset is None)
    policy = stage.policy
    goes_on = stage.stands(Rule.LISTING_MISDATED) and bool(steady)
    if not goes_on and not stage.suffices(steady, least=policy.norm_least, share=policy.norm_share):
        return None
    common = stage.common(steady)
    explained = tuple(scene for scene in stage.wide if _is_near(scene, common, stage))
    return Explained(Rule.LISTING_MISDATED, stage.urgent_when_near(steady), steady, orders_of(explained))


def _is_near(scene: Scene, common: object, stage: Stage) -> bool:
    """
    Say whether the line is not more than the tolerance earlier than the others' common date.
    """
    tolerance = timedelta(days=stage.policy.tolerance_days)
    return common is None or scene.ship_by >= common - tolerance  # type: ignore[operator]
