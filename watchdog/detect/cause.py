"""
Why a single order's ship-by is wrong, as far as it was observed (DOMAIN §5, table of causes).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.terms.finding import Cause, Confidence
from watchdog.terms.observation import Status, address_changed, payment_changed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchdog.detect.scene import Scene
    from watchdog.terms.preorder import Change


def cause_of(scene: Scene) -> tuple[Cause, Confidence]:
    """
    Return the cause and how sure it is; certain is only Amazon's own word, which no rule ever has.
    """
    if scene.reset is None and not scene.stands_alone:
        return Cause.UNDETERMINED, Confidence.POSSIBLE
    if not has_trace(scene):
        return Cause.RESET_UNEXPLAINED, Confidence.POSSIBLE
    return Cause.BUYER_CHANGE, Confidence.LIKELY if scene.reset else Confidence.POSSIBLE


def has_trace(scene: Scene) -> bool:
    """
    Say whether the buyer left a trace in the interval in which the ship-by went wrong.
    """
    return left_pending_in_interval(scene) or any(True for _ in traces(scene))


def traces(scene: Scene) -> Iterator[Change]:
    """
    Yield the changes of payment and address in the interval of the move; without a seen move there is no interval to look at.
    """
    for change in scene.line.changes:
        if scene.reset and _overlap(change, scene.reset) and _is_buyers(change):
            yield change


def _is_buyers(change: Change) -> bool:
    old, new = change.old, change.new
    if change.fact == "address":
        return address_changed(str(old), str(new))
    same = change.interface is change.old_interface  # two interfaces word one payment differently
    return change.fact == "payment" and same and payment_changed(str(old), str(new))


def _overlap(change: Change, move: Change) -> bool:
    return change.before_at < move.seen_at and change.seen_at > move.before_at


def left_pending_in_interval(scene: Scene) -> bool:
    """
    Say whether the order left pending availability well before release while its ship-by went wrong.

    Without a seen move, the interval is everything up to the first sighting.
    """
    moment, reset = scene.left_pending_at, scene.reset
    if moment is None or not scene.is_early(moment):
        return False
    if reset is None:
        first = scene.line.sightings[0]
        return first.known.status is not None and first.known.status.has_left_pending_availability
    left, dated = _first_exit(scene), scene.line.known.fulfillable_at
    return (left is not None and _overlap(left, reset)) or (dated is not None and reset.before_at < dated <= reset.seen_at)


def _first_exit(scene: Scene) -> Change | None:
    """
    Return how the order was first seen to leave pending availability; "Pending" in another interface's words may still mean just that.
    """
    waiting = {Status.PENDING_AVAILABILITY}
    for change in scene.line.changes:
        if change.fact == "status" and change.old not in waiting:
            return None
        if change.fact == "status" and isinstance(change.new, Status) and change.new.has_left_pending_availability:
            if change.new is not Status.PENDING or change.interface is change.old_interface:
                return change
            waiting.add(Status.PENDING)
    return None
