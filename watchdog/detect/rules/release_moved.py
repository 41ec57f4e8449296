"""
The release date moved later and the pre-orders kept their old ship-by: all of them are too early now.

An order is left behind by a change of date where its ship-by fitted the date before it, has not moved since, and does not fit the date
said now. An order seen only after the change is taken to have had its ship-by since it was bought, so it must fit the date of that day.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from watchdog.detect.belief import risen
from watchdog.detect.scene import Scene
from watchdog.detect.stage import Explained, orders_of
from watchdog.terms.finding import Rule
from watchdog.terms.moments import local_date
from watchdog.terms.product import ReleaseDate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchdog.detect.stage import Stage


@dataclass(frozen=True, slots=True)
class _LeftBehind:
    """
    A line whose ship-by fitted ``before`` and was left behind by ``after``, the next date of the same source.
    """

    scene: Scene
    before: ReleaseDate
    after: ReleaseDate


def examine(stage: Stage) -> Explained | None:
    """
    Return the rule with the open pre-orders whose ship-by is unchanged since a source moved its date later (DOMAIN §5).
    """
    for said in risen(stage.context.releases):
        behind = tuple(found for scene in stage.scenes if (found := _left_behind(scene, said, stage)) is not None)
        if behind:
            affected = tuple(each.scene for each in behind)
            first = min(behind, key=lambda each: (each.after.learned_at, each.before.day))
            return Explained(
                Rule.RELEASE_MOVED,
                stage.urgent_when_near(affected),
                affected,
                orders_of(affected),
                release=said[-1].day,
                release_source=said[-1].source,
                previous=first.before.day,
                since=first.after.learned_at,
            )
    return None


def _left_behind(scene: Scene, said: tuple[ReleaseDate, ...], stage: Stage) -> _LeftBehind | None:
    """
    Return the line with the change that left it behind: the one after the last date that its ship-by fitted.
    """
    if scene.ship_by is None or stage.policy.fits(scene.ship_by, said[-1].day):
        return None
    fitted = [(before, after) for before, after in _since_unchanged(scene, said) if stage.policy.fits(scene.ship_by, before.day)]
    flagged = stage.flagged_since.get(scene.line.order.order_id)
    if not fitted or (flagged is not None and flagged < fitted[-1][1].learned_at):
        return None
    return _LeftBehind(scene, *fitted[-1])


def _since_unchanged(scene: Scene, said: tuple[ReleaseDate, ...]) -> Iterator[tuple[ReleaseDate, ReleaseDate]]:
    """
    Yield the changes of date since the line has had its ship-by: as seen, or, never seen to move, first of all since it was bought.
    """
    bought = said.index(_when_bought(scene, said)) if not scene.moves and scene.line.purchased_at is not None else None
    for place, (before, after) in enumerate(pairwise(said)):
        if place == bought or scene.shown_since <= after.learned_at:
            yield before, after


def _when_bought(scene: Scene, said: tuple[ReleaseDate, ...]) -> ReleaseDate:
    bought = scene.line.purchased_at
    known = [each for each in said if bought is not None and local_date(each.learned_at, scene.zone) < local_date(bought, scene.zone)]
    return known[-1] if known else said[0]
