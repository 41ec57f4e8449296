"""
Which open lines of a product can be wrong at all, so that only those become objects (DESIGN law 4).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from watchdog.detect.belief import believe, risen
from watchdog.detect.norm import possible_norm
from watchdog.terms.marketplace import BY_ID
from watchdog.terms.moments import start_of
from watchdog.terms.verdict import Suspicion

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from watchdog.terms.calendar import Calendar
    from watchdog.terms.policy import Policy
    from watchdog.terms.verdict import Context


def suspicion(context: Context, *, policy: Policy, calendar: Calendar) -> Suspicion:
    """
    Return the product's suspicion: an open line that is not suspect is healthy by its ship-by alone.

    ``healthy_from`` = max(release − tolerance, min(norm, release)), or whichever exists; a risen date of another source counts too.
    """
    belief = believe(context, policy=policy, calendar=calendar)
    bounds = tuple(_bounds(context, belief.date, policy))
    early = wrong = None
    if belief.date is not None:
        wrong = belief.date - timedelta(days=policy.tolerance_days)
        zone = BY_ID[context.product.marketplace_id].zone
        early = start_of(belief.date - timedelta(days=policy.left_pending_days), zone)
    return Suspicion(max(bounds, default=None), wrong, early, every_new_line=not bounds)


def narrowed(bound: Suspicion, left_early: int, *, context: Context, policy: Policy) -> Suspicion:
    """
    Return the suspicion without early exits from pending where most of the product's open orders have left it early.

    Where a marketplace shows its pre-orders as ready to ship all along, having left is no sign of anything (DOMAIN §6: healthy
    pre-orders make no noise); beside another rule it stays evidence. Why this is read so: docs/adr/0009.

    Args:
        bound: the product's suspicion.
        left_early: how many of its open orders left pending before ``bound.left_pending_before``.
        context: the product.
        policy: numbers and shares.
    """
    share, parts = policy.norm_share
    common = left_early >= policy.norm_least and left_early * parts >= context.census.orders * share
    return replace(bound, left_pending_before=None) if common else bound


def _bounds(context: Context, release: date | None, policy: Policy) -> Iterator[date]:
    tolerance = timedelta(days=policy.tolerance_days)
    norm = possible_norm(context.census, policy)
    if release is not None:
        yield release - tolerance
    if norm is not None:
        yield norm if release is None else min(norm, release)
    for said in risen(context.releases):
        yield said[-1].day - tolerance
