"""
Digest lines: healthy pre-orders that must be shipped within a day, one notice per product and ship-by.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from watchdog.detect.rules import ship_by_near
from watchdog.terms.finding import Cause, Confidence, Finding, Rule, Severity, Siblings, Subject
from watchdog.terms.marketplace import BY_ID
from watchdog.terms.moments import end_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from watchdog.terms.identity import ProductId
    from watchdog.terms.policy import Policy
    from watchdog.terms.product import Product
    from watchdog.terms.verdict import Bench, Examined


def near_notices(bench: Bench, examined: Iterable[Examined], *, policy: Policy, now: datetime) -> tuple[Finding, ...]:
    """
    Return one notice for each product and ship-by with healthy orders that must leave within a day.
    """
    flagged = _flagged(bench, examined)
    found = []
    for product_id in sorted(bench.live_products):
        product = bench.products[product_id].product
        for tally in bench.products[product_id].census.tallies:
            healthy = tally.orders - flagged[product_id, tally.ship_by]
            zone = BY_ID[product.marketplace_id].zone
            if tally.ship_by and healthy > 0 and ship_by_near.examine(tally.ship_by, zone=zone, policy=policy, now=now):
                found.append(_notice(product, tally.ship_by, healthy, now))
    return tuple(found)


def _flagged(bench: Bench, examined: Iterable[Examined]) -> Counter[tuple[ProductId, date | None]]:
    """
    Return how many of the orders the census counts are flagged, by product and ship-by; it counts none that has vanished.
    """
    loud = (each.order for each in examined if each.finding is not None and each.finding.severity is not Severity.NOTICE)
    listed = ({(line.product_id, line.ship_by) for line in bench.orders[order] if line.listed and line.is_open} for order in loud)
    return Counter(chain.from_iterable(listed))


def _notice(product: Product, ship_by: date, orders: int, now: datetime) -> Finding:
    return Finding(
        subject=Subject(product.marketplace_id, product.id, topic=f"{Rule.SHIP_BY_NEAR}:{ship_by}"),
        rules=(Rule.SHIP_BY_NEAR,),
        severity=Severity.NOTICE,
        cause=Cause.UNDETERMINED,
        confidence=Confidence.POSSIBLE,
        asin=product.asin,
        sku=product.sku,
        title=product.title,
        ship_by=ship_by,
        previous_ship_by=None,
        release_date=None,
        release_source=None,
        siblings=Siblings(),
        source="",
        seen_at=now,
        order_count=orders,
        reconsider_at=end_of(ship_by, BY_ID[product.marketplace_id].zone),
    )
