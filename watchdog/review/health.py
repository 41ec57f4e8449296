"""
Account health as it is shown: each figure against its target, where it came from, which window nobody has told; pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from watchdog.terms.health import HealthFigure, HealthStanding, Level, Metric, standing
from watchdog.terms.identity import MarketplaceId
from watchdog.terms.marketplace import BY_ID
from watchdog.terms.moments import local_date, show_instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from fractions import Fraction

    from watchdog.terms.policy import Policy

#: A trend is told over so many days.
TREND = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Gauge:
    """
    One metric of one window: how it stands, and the days before.
    """

    held: HealthStanding
    past: tuple[HealthFigure, ...] = ()  #: oldest first, the newest of each day, itself the last

    @property
    def figure(self) -> HealthFigure:
        """
        The newest figure.
        """
        return self.held.figure

    @property
    def before(self) -> HealthFigure | None:
        """
        The oldest figure of the last two weeks, where there is an older one than the newest.
        """
        recent = [each for each in self.past if self.figure.as_of - each.as_of <= TREND and each.share is not None]
        return recent[0] if len(recent) > 1 else None

    @property
    def trend(self) -> str | None:
        """
        ``rising``, ``falling`` or ``steady``: the share of defects since ``before``; None where nothing can be compared.
        """
        if self.before is None or self.before.share is None or self.figure.share is None:
            return None
        if self.figure.share == self.before.share:
            return "steady"
        return "rising" if self.figure.share > self.before.share else "falling"


@dataclass(frozen=True, slots=True)
class Unsaid:
    """
    A window Amazon judges by and that nobody has told us: a report names one late shipment window, the rule has two.
    """

    marketplace_id: MarketplaceId
    metric: Metric
    window_days: int


def gauges(latest: Iterable[HealthFigure], past: Mapping[Metric, Sequence[HealthFigure]], policy: Policy) -> tuple[Gauge, ...]:
    """
    Return each of the newest figures with its past.
    """
    return tuple(Gauge(standing(figure, policy), _days_of(figure, past.get(figure.metric, ()))) for figure in latest)


def _days_of(figure: HealthFigure, past: Sequence[HealthFigure]) -> tuple[HealthFigure, ...]:
    zone = BY_ID[figure.marketplace_id].zone
    mine = (each for each in past if (each.marketplace_id, each.window_days) == (figure.marketplace_id, figure.window_days))
    days: dict[date, HealthFigure] = {local_date(each.as_of, zone): each for each in mine}
    return tuple(days.values())


def unsaid(latest: Iterable[HealthFigure]) -> tuple[Unsaid, ...]:
    """
    Return the windows of the seller's three targets that no figure tells, for each marketplace with any figure.
    """
    figures = tuple(latest)
    known = {(each.marketplace_id, each.metric, each.window_days) for each in figures}
    places = dict.fromkeys(each.marketplace_id for each in figures)
    wanted = [(metric, days) for metric in (Metric.LATE_SHIPMENT, Metric.CANCELLATION, Metric.ORDER_DEFECT) for days in metric.windows]
    return tuple(Unsaid(place, metric, days) for place in places for metric, days in wanted if (place, metric, days) not in known)


def health_of(shown: Iterable[Gauge], missing: Iterable[Unsaid]) -> dict[str, Any]:
    """
    Return account health as other programs read it; rates, targets and shares are parts of one.
    """
    return {
        "figures": [_figure(gauge) for gauge in shown],
        "not_told": [
            {"marketplace_id": each.marketplace_id, "metric": each.metric.value, "window_days": each.window_days} for each in missing
        ],
    }


def _figure(gauge: Gauge) -> dict[str, Any]:
    figure, held = gauge.figure, gauge.held
    return {
        "marketplace_id": figure.marketplace_id,
        "metric": figure.metric.value,
        "window_days": figure.window_days or None,
        "window_from": _day(figure.window_from),
        "window_to": _day(figure.window_to),
        "as_of": show_instant(figure.as_of),
        "source": figure.source,
        "orders": figure.orders,
        "defects": figure.defects,
        "rate": _share(figure.shown),
        "aim": figure.aim.value,
        "target": held.target,
        "target_source": None if held.target is None else "policy" if held.target_is_policy else "source",
        "status": figure.status,
        "level": held.level.value,
        "used": _share(held.used),
        "headroom": held.headroom,
        "contradicts_itself": figure.contradicts_itself,
        "trend": gauge.trend,
        "history": [
            {"as_of": show_instant(each.as_of), "orders": each.orders, "defects": each.defects, "rate": _share(each.shown)}
            for each in gauge.past
        ],
    }


def _share(share: Fraction | None) -> float | None:
    return None if share is None else round(float(share), 6)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


#: The levels that are worth a line of their own where a metric has no rate.
TROUBLED = frozenset({Level.NEAR, Level.MISSED})
