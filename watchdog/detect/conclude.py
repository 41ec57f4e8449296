"""
Findings made of what the rules said: the worst line of an order, or a product with the orders it explains.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from watchdog.detect.cause import cause_of
from watchdog.detect.evidence import evidence_of
from watchdog.detect.rules.auto_cancel_near import near_from
from watchdog.terms.finding import Cause, Confidence, Evidence, EvidenceKind, Finding, Rule, Severity, Siblings, Subject
from watchdog.terms.moments import end_of, start_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from watchdog.detect.scene import Scene
    from watchdog.detect.stage import Explained, Stage
    from watchdog.terms.identity import LineKey

Fired = dict[Rule, Severity]
_PRODUCT_CAUSES = {
    Rule.RELEASE_MOVED: Cause.RELEASE_MOVED,
    Rule.LISTING_RESET: Cause.LISTING_RESET,
    Rule.LISTING_MISDATED: Cause.LISTING_MISDATED,
}
#: Rules that say an order is wrong now; what is due about it comes on top.
DUE_RULES = (Rule.PAST_SHIP_BY, Rule.AUTO_CANCEL_NEAR, Rule.BUYER_ASKED_CANCEL)


def severity_of(fired: Fired) -> Severity:
    """
    Return the highest severity; having left pending early raises a warning of another rule to urgent (DOMAIN §5).
    """
    highest = max(fired.values(), key=lambda severity: severity.rank)
    raised = highest is Severity.WARNING and Rule.LEFT_PENDING_EARLY in fired
    return Severity.URGENT if raised else highest


def order_finding(worst: Scene, fired: Fired, *, lines: Sequence[LineKey]) -> Finding:
    """
    Return the finding of an order by its worst line, with every rule that fired on any line.
    """
    line = worst.line
    cause, confidence = cause_of(worst)
    return Finding(
        subject=Subject(line.order.marketplace_id, worst.context.product.id, line.order.order_id),
        rules=tuple(rule for rule in Rule if rule in fired),
        severity=severity_of(fired),
        cause=cause,
        confidence=confidence,
        asin=line.asin or worst.context.product.asin,
        sku=line.sku,
        title=line.title or worst.context.product.title,
        ship_by=line.ship_by,
        previous_ship_by=worst.reset.old if worst.reset else None,
        release_date=worst.release,
        release_source=worst.belief.source,
        siblings=worst.siblings,
        source=_speaker(worst),
        seen_at=worst.shown_since,
        evidence=evidence_of(worst),
        order_item_ids=tuple(lines),
        orders=(line.order.order_id,),
        move_seen=worst.reset is not None,
        bought_at=line.purchased_at,
        reconsider_at=_next(worst, worst.ship_by),
    )


def _speaker(scene: Scene) -> str:
    said = [sighting for sighting in scene.line.sightings if sighting.ship_by_said]
    return said[-1].source if said else scene.line.sightings[-1].source


def _next(scene: Scene, ship_by: date | None) -> datetime | None:
    if ship_by is None:
        return None
    moments = (end_of(ship_by, scene.zone), start_of(near_from(scene, ship_by), scene.zone))
    return min((moment for moment in moments if moment > scene.now), default=None)


def product_finding(stage: Stage, explained: Explained, due: Fired) -> Finding:
    """
    Return the product's finding; what is due on its orders escalates it (DOMAIN §5).
    """
    product, scenes = stage.context.product, explained.affected
    first = min(scenes, key=lambda scene: (scene.ship_by, scene.line.order.order_id))
    affected = sorted(explained.explains)
    return Finding(
        subject=Subject(product.marketplace_id, product.id),
        rules=(explained.rule, *(rule for rule in Rule if rule in due)),
        severity=Severity.URGENT if due else explained.severity,
        cause=_PRODUCT_CAUSES[explained.rule],
        confidence=Confidence.POSSIBLE,
        asin=product.asin,
        sku=product.sku,
        title=product.title,
        ship_by=first.ship_by,
        previous_ship_by=explained.previous if explained.rule is Rule.LISTING_RESET else None,
        release_date=explained.release or first.release,
        release_source=explained.release_source or first.belief.source,
        siblings=_rest(stage, explained),
        source=_speaker(first),
        seen_at=explained.since or min(scene.shown_since for scene in scenes),
        evidence=tuple(_product_evidence(stage, explained, first)),
        orders=tuple(affected[: stage.policy.examples]),
        order_count=len(affected),
        move_seen=explained.rule is Rule.LISTING_RESET,
        reconsider_at=_product_next(stage, first),
    )


def _rest(stage: Stage, explained: Explained) -> Siblings:
    """
    Return the product's open pre-orders that are not affected, with their date if they share one.
    """
    counts = Counter({tally.ship_by: tally.orders for tally in stage.context.census.tallies})
    counts.subtract({scene.line.order.order_id: scene.ship_by for scene in explained.affected}.values())
    rest = +counts
    day = next(iter(rest)) if len(rest) == 1 else None
    return Siblings(sum(rest.values()), day)


def _product_evidence(stage: Stage, explained: Explained, first: Scene) -> Iterator[Evidence]:
    if explained.rule is Rule.RELEASE_MOVED:
        yield Evidence(
            EvidenceKind.RELEASE_CHANGE,
            str(explained.previous),
            str(explained.release),
            seen_at=explained.since,
            source=explained.release_source or "",
        )
    for item in evidence_of(first):
        if item.kind not in {EvidenceKind.SIBLINGS, EvidenceKind.RELEASE_CHANGE}:
            yield item
    if not stage.comparable:
        yield Evidence(EvidenceKind.SHIPPING_REPORT_ONLY)


def _product_next(stage: Stage, first: Scene) -> datetime | None:
    if first.ship_by is None:
        return None
    urgent_from = start_of(stage.calendar.shifted(first.ship_by, -stage.policy.urgent_business_days), first.zone)
    moments = (urgent_from, _next(first, first.ship_by))
    return min((moment for moment in moments if moment is not None and moment > stage.now), default=None)
