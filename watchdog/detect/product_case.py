"""
A product's case, from one turn to the next: it goes on while one of its orders is wrong, and ends as its worst order did (DOMAIN §7).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from watchdog.detect.ending import ended, is_healthy
from watchdog.detect.stage import Explained, orders_of
from watchdog.terms.case import Outcome
from watchdog.terms.finding import EvidenceKind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from watchdog.detect.scene import Scene
    from watchdog.detect.stage import Stage
    from watchdog.terms.finding import Finding
    from watchdog.terms.identity import OrderId
    from watchdog.terms.preorder import Preorder

#: As the worst of its orders ended, so does the case: first what may count against the seller.
_WORST_FIRST = (
    Outcome.SHIPPED_LATE,
    Outcome.CANCELLED_BY_SELLER,
    Outcome.CANCELLED,
    Outcome.CANCELLED_BY_AMAZON,
    Outcome.CANCELLED_BY_BUYER,
    Outcome.SHIPPED_IN_TIME,
    Outcome.RELEASE_CORRECTED,
    Outcome.RESTORED,
)


def going_on(stage: Stage, found: Explained | None) -> Explained | None:
    """
    Return the rule that fired with the case's other orders that are still wrong; where none fires any more, the case's own rule for these.

    An order that moved earlier after the case began has a trouble of its own, unless the listing was reset or a rule explains it.
    """
    if stage.case is None:
        return found
    left = tuple(scene for scene in stage.scenes if stage.is_named(scene) and not _is_right(scene, stage.case.finding))
    left = tuple(scene for scene in left if not _has_own_trouble(scene, stage.case.finding))
    if found is not None:
        return replace(found, explains=found.explains | orders_of(left))
    return _its_own_rule(stage, stage.case.finding, left) if left else None


def _its_own_rule(stage: Stage, finding: Finding, left: tuple[Scene, ...]) -> Explained:
    return Explained(
        finding.rules[0],
        max(finding.severity, stage.urgent_when_near(left), key=lambda severity: severity.rank),
        left,
        orders_of(left),
        release=left[0].release or finding.release_date,
        release_source=left[0].belief.source or finding.release_source,
        previous=_date_before(finding),
        since=finding.seen_at,
    )


def _date_before(finding: Finding) -> date | None:
    """
    Return the date that was taken away: of a moved release the old release date, else the old ship-by.
    """
    moved = next((item.old for item in finding.evidence if item.kind is EvidenceKind.RELEASE_CHANGE), None)
    return date.fromisoformat(moved) if moved else finding.previous_ship_by


def _is_right(scene: Scene, finding: Finding) -> bool:
    """
    Say whether the ship-by is where it belongs: by the believed release date; while none is believed, by the one the case was told with.
    """
    if scene.ship_by is None:  # another line of the order, of which no date was ever said
        return True
    if scene.release is not None or finding.release_date is None:
        return is_healthy(scene)
    return scene.policy.fits(scene.ship_by, finding.release_date)


def _has_own_trouble(scene: Scene, finding: Finding) -> bool:
    moved_since = scene.reset is not None and scene.reset.seen_at > finding.seen_at
    return moved_since and finding.rules[0] is not Rule.LISTING_RESET


def worst(endings: Iterable[Outcome]) -> Outcome:
    """
    Return as what a case with such orders ends.
    """
    return min(endings, key=_WORST_FIRST.index, default=Outcome.RESTORED)


def endings_of(stage: Stage, lines: Mapping[OrderId, Sequence[Preorder]]) -> Counter[Outcome] | None:
    """
    Return how many of the case's orders ended in each way. None while one is wrong, or nothing is known of its status.

    Args:
        stage: the product, on which no rule stands any more.
        lines: of each order the case has named, its lines of this product; none where the log has forgotten it.
    """
    if stage.case is None:
        return None
    scenes: dict[OrderId, list[Scene]] = defaultdict(list)
    for scene in stage.scenes:
        scenes[scene.line.order.order_id].append(scene)
    finding = stage.case.finding
    endings = [_healed(finding, scenes[order]) if scenes[order] else ended(its, stage.zone) for order, its in lines.items() if its]
    return None if None in endings else Counter(filter(None, endings))


def _healed(finding: Finding, scenes: Sequence[Scene]) -> Outcome | None:
    """
    Say which date made an open order right: the ship-by came back, or it stayed and the release date changed. None while it is wrong.
    """
    if not all(_is_right(scene, finding) for scene in scenes):
        return None
    came_back = any(move.days_earlier < 0 and move.seen_at > finding.seen_at for scene in scenes for move in scene.moves)
    corrected = not came_back and scenes[0].release != finding.release_date
    return Outcome.RELEASE_CORRECTED if corrected else Outcome.RESTORED
