"""
The observed facts behind a finding, oldest first, each with its times and sources.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.detect.belief import date_at, steady_since
from watchdog.detect.cause import left_pending_in_interval, traces
from watchdog.terms.finding import Evidence, EvidenceKind
from watchdog.terms.moments import local_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchdog.detect.scene import Scene
    from watchdog.terms.preorder import Change

_KINDS = {"payment": EvidenceKind.PAYMENT, "address": EvidenceKind.ADDRESS, "status": EvidenceKind.STATUS}


def evidence_of(scene: Scene) -> tuple[Evidence, ...]:
    """
    Return everything observed that bears on this line.
    """
    return (*_ship_by(scene), *_traces(scene), *_product(scene), *_order(scene))


def _ship_by(scene: Scene) -> Iterator[Evidence]:
    first = next((s for s in scene.line.sightings if s.known.ship_by), None)
    if first is not None:
        yield Evidence(EvidenceKind.FIRST_SHIP_BY, new=str(first.known.ship_by), seen_at=first.as_of, source=first.source)
    for move in scene.moves:
        yield _change(EvidenceKind.SHIP_BY, move)


def _traces(scene: Scene) -> Iterator[Evidence]:
    """
    Yield what the buyer may have done; values of addresses are never told, only that they differ.
    """
    for change in traces(scene):
        kind = _KINDS[change.fact]
        yield (
            Evidence(kind, before_at=change.before_at, seen_at=change.seen_at, source=change.source)
            if kind is EvidenceKind.ADDRESS
            else _change(kind, change)
        )
    for change in scene.line.changes:
        if change.fact == "status":
            yield _change(EvidenceKind.STATUS, change)
    moment = scene.left_pending_at
    if moment is not None and scene.is_early(moment):
        note = "in_interval" if left_pending_in_interval(scene) else None
        day = str(local_date(moment, scene.zone))
        yield Evidence(EvidenceKind.LEFT_PENDING, new=day, seen_at=moment, source=_who_saw_it_leave(scene), note=note)


def _who_saw_it_leave(scene: Scene) -> str:
    """
    Return the source that first showed the order out of pending availability.
    """
    left = (s for s in scene.line.sightings if s.known.fulfillable_at or (s.known.status and s.known.status.has_left_pending_availability))
    return next(left).source


def _product(scene: Scene) -> Iterator[Evidence]:
    siblings, census = scene.siblings, scene.context.census
    if siblings.count:
        day = str(siblings.ship_by) if siblings.ship_by else None
        yield Evidence(EvidenceKind.SIBLINGS, new=day, seen_at=census.as_of, note=str(siblings.count))
    if not census.sees_pending:
        yield Evidence(EvidenceKind.SHIPPING_REPORT_ONLY)
    belief = scene.belief
    if belief.date is not None and belief.source is not None:
        yield Evidence(EvidenceKind.RELEASE, new=str(belief.date), seen_at=belief.learned_at, source=belief.source)
    yield from _release_changes(scene)


def _release_changes(scene: Scene) -> Iterator[Evidence]:
    since = steady_since(scene.context.releases)
    if since is not None:
        yield Evidence(EvidenceKind.RELEASE_STEADY, before_at=since, seen_at=scene.now)
        return
    for release in scene.context.releases:
        old = date_at(
            (r for r in scene.context.releases if r.source is release.source and r.learned_at < release.learned_at), release.learned_at
        )
        if old is not None and old != release.day:
            yield Evidence(EvidenceKind.RELEASE_CHANGE, str(old), str(release.day), seen_at=release.learned_at, source=release.source)


def _order(scene: Scene) -> Iterator[Evidence]:
    if scene.line.known.cancel_requested:
        asked = scene.line.cancel_requests
        again = str(len(asked)) if len(asked) > 1 else None
        yield Evidence(EvidenceKind.CANCEL_REQUEST, seen_at=asked[-1].as_of, source=asked[-1].source, note=again)
    if not scene.line.listed:
        gone = max((state for state in scene.line.states if not state.listed), key=lambda state: state.as_of, default=None)
        if gone is not None:
            yield Evidence(EvidenceKind.NOT_LISTED, seen_at=gone.as_of, source=gone.source)


def _change(kind: EvidenceKind, change: Change) -> Evidence:
    return Evidence(kind, str(change.old), str(change.new), change.before_at, change.seen_at, change.source)
