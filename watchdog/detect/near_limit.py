"""
The account rule ``health_near_limit`` (DOMAIN §5): over 75 % of a target, or one more defect misses it: warning; missed: urgent.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from watchdog.terms.condition import Condition, ConditionKind
from watchdog.terms.finding import Severity
from watchdog.terms.health import Level, Metric, per_cent, standing
from watchdog.terms.look import Reason
from watchdog.terms.marketplace import BY_ID
from watchdog.terms.moments import local_date
from watchdog.terms.plan import PlanKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from watchdog.terms.health import HealthFigure, HealthStanding
    from watchdog.terms.policy import Policy

#: An older figure still stands, but nobody is woken by it again and again: it may long be otherwise.
FRESH = timedelta(days=3)


def near_limit(figures: Iterable[HealthFigure], *, policy: Policy, now: datetime) -> Iterator[Condition]:
    """
    Yield what stands of the newest figures; one condition per marketplace, metric and window.

    What has no rate (violations, the account's own state) is told as a warning, a stopped account as urgent. A figure that has grown old
    stands as a warning until a newer one says otherwise: it is never taken as recovery that nobody has looked.
    """
    for figure in figures:
        held = standing(figure, policy)
        if held.level in {Level.NEAR, Level.MISSED}:
            subject = f"{figure.marketplace_id}:{figure.metric}:{figure.window_days}"
            yield Condition(ConditionKind.HEALTH_NEAR_LIMIT, subject, _severity(held, now), _reason(held), _step(held))


def _severity(held: HealthStanding, now: datetime) -> Severity:
    figure = held.figure
    weighs = figure.metric.is_rate or figure.metric is Metric.ACCOUNT
    is_urgent = held.level is Level.MISSED and weighs and now - figure.as_of <= FRESH
    return Severity.URGENT if is_urgent else Severity.WARNING


def _step(held: HealthStanding) -> Reason | None:
    """
    Return the next step where a plan may be asked for; the kind's own step otherwise.
    """
    kind = next((kind for kind in PlanKind if kind.metric is held.figure.metric), None)
    return Reason("health_missed_step", {"kind": str(kind)}) if kind is not None and held.level is Level.MISSED else None


def _reason(held: HealthStanding) -> Reason:
    figure = held.figure
    store = BY_ID[figure.marketplace_id]
    said: dict[str, str | int] = {
        "place": store.name,
        "metric": str(figure.metric),
        "as_of_on": local_date(figure.as_of, store.zone).isoformat(),
    }
    if not figure.metric.is_rate:
        if figure.defects:
            return Reason("health_count", {**said, "defects": figure.defects})
        return Reason("health_word", {**said, "health_status": figure.status or ""})
    said |= {"window": figure.window_days, "rate": per_cent(figure.shown), "target": held.aimed_at}
    if held.headroom is None:
        return Reason("health_missed_rate" if held.level is Level.MISSED else "health_near_rate", said)
    said |= {"orders": figure.orders or 0, "defects": figure.defects or 0}
    if held.headroom == 0:
        return Reason("health_missed", said)
    return Reason("health_near", {**said, "room": f"{figure.metric}:{held.headroom}"})
