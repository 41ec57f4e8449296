"""
What is watched and what is not: one line per product, with the reason where a rule can't see (DOMAIN §§3, 4, 10).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.detect.belief import believe, said_now
from watchdog.terms.verdict import Coverage

if TYPE_CHECKING:
    from watchdog.detect.belief import Belief
    from watchdog.terms.calendar import Calendar
    from watchdog.terms.policy import Policy
    from watchdog.terms.verdict import Context

NO_SHIP_BY = "no_ship_by"
PENDING_NOT_VISIBLE = "pending_not_visible"


def coverage_of(context: Context, *, policy: Policy, calendar: Calendar) -> Coverage:
    """
    Return the product's line of the coverage.
    """
    belief = believe(context, policy=policy, calendar=calendar)
    without = sum(tally.orders for tally in context.census.tallies if tally.ship_by is None)
    return Coverage(
        product=context.product,
        open_orders=context.census.orders,
        release_date=belief.date,
        release_source=belief.source,
        gap=_gap(context, belief, without),
        said=said_now(context.releases),
        without_ship_by=without,
    )


def _gap(context: Context, belief: Belief, without_ship_by: int) -> str | None:
    if not context.census.orders:
        return None
    if belief.gap is not None:
        return belief.gap
    if without_ship_by:
        return NO_SHIP_BY
    return None if context.census.sees_pending else PENDING_NOT_VISIBLE
