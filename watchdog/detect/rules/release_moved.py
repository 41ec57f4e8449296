"""
The release date moved later and the pre-orders kept their old ship-by: all of them are too early now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.detect.belief import rises
from watchdog.detect.stage import Explained, orders_of
from watchdog.terms.finding import Rule
from watchdog.terms.moments import local_date

if TYPE_CHECKING:
    from watchdog.detect.belief import Rise
    from watchdog.detect.scene import Scene
    from watchdog.detect.stage import Stage


def examine(stage: Stage) -> Explained | None:
    """
    Return the rule with the open pre-orders whose ship-by is unchanged since a source moved its date later (DOMAIN §5).
    """
    for rise in rises(stage.context.releases):
        affected = tuple(scene for scene in stage.scenes if _is_left_behind(scene, rise, stage))
        if affected:
            return Explained(
                Rule.RELEASE_MOVED,
                stage.urgent_when_near(affected),
                affected,
                orders_of(affected),
                release=rise.new,
                release_source=rise.source,
                previous=rise.old,
                since=rise.learned_at,
            )
    return None


def _is_left_behind(scene: Scene, rise: Rise, stage: Stage) -> bool:
    if scene.ship_by is None or (rise.new - scene.ship_by).days <= stage.policy.tolerance_days:
        return False
    flagged = stage.flagged_since.get(scene.line.order.order_id)
    if flagged is not None and flagged < rise.learned_at:
        return False
    moved_since = any(move.seen_at > rise.learned_at for move in scene.moves)
    return not moved_since and _existed(scene, rise)


def _existed(scene: Scene, rise: Rise) -> bool:
    """
    Say whether the order is older than the move, even where we saw it only later.
    """
    bought = scene.line.purchased_at
    if scene.line.first_seen_at <= rise.learned_at:
        return True
    return bought is not None and local_date(bought, scene.zone) <= local_date(rise.learned_at, scene.zone)
