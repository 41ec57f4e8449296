"""
Account health as people read it: each rate with its target, how many more defects fit, and how it went over time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from watchdog.review.web.drawing import Chart, chart
from watchdog.terms.health import Aim, HealthStanding, Level, Metric

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    from watchdog.review.web.visit import Visit
    from watchdog.terms.health import HealthFigure


@dataclass(frozen=True, slots=True)
class PrintedGauge:
    """
    One figure held against its target, ready to be printed.
    """

    name: str
    is_rate: bool
    level: Level
    value: str
    target: str
    counts: str
    room: str
    filled: int  #: how much of the limit is used up, in per cent, at most 100
    standing: HealthStanding
    chart: Chart | None = None


def gauges_of(visit: Visit, standings: Iterable[HealthStanding], told: Sequence[HealthFigure] = ()) -> list[PrintedGauge]:
    """
    Return a gauge for each figure; with ``told`` each also draws its history.
    """
    return [_gauge(visit, each, told) for each in standings]


def _gauge(visit: Visit, each: HealthStanding, told: Sequence[HealthFigure]) -> PrintedGauge:
    figure = each.figure
    name = _capital(visit.words.metrics[figure.metric])
    if figure.window_days:
        name = visit.t("metric_window", name=name, days=figure.window_days)
    counts = visit.t("metric_counts", defects=figure.defects, orders=figure.orders) if figure.orders and figure.defects is not None else ""
    return PrintedGauge(
        name,
        figure.metric.is_rate,
        each.level,
        _value(visit, figure),
        _target(visit, each),
        counts,
        _room(visit, each),
        min(100, round(100 * each.used)) if each.used is not None else 0,
        each,
        _history(visit, each, told),
    )


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _value(visit: Visit, figure: HealthFigure) -> str:
    if not figure.metric.is_rate:
        return (
            str(figure.defects)
            if figure.defects is not None
            else visit.words.health_statuses.get(figure.status or "", figure.status or "-")
        )
    if figure.share is None:
        return "-"
    return percent(1 - figure.share if figure.aim is Aim.ABOVE else figure.share)


def _target(visit: Visit, each: HealthStanding) -> str:
    if each.target is None or not each.figure.metric.is_rate:
        return ""
    return visit.t("target_above" if each.figure.aim is Aim.ABOVE else "target_below", target=f"{each.target * 100:g}%")


def _room(visit: Visit, each: HealthStanding) -> str:
    if each.level is Level.MISSED:
        return visit.t("room_missed")
    if each.headroom is None:
        return ""
    return visit.t("room_left", count=each.headroom)


def percent(share: Fraction) -> str:
    """
    Return the share as people write it: ``3.25%``.
    """
    return f"{float(share) * 100:.2f}%"


def _history(visit: Visit, each: HealthStanding, told: Sequence[HealthFigure]) -> Chart | None:
    figure = each.figure
    same = (figure.marketplace_id, figure.metric, figure.window_days)
    points = [
        (visit.words.short_day(past.as_of.astimezone(visit.zone).date()), float(past.share))
        for past in told
        if (past.marketplace_id, past.metric, past.window_days) == same and past.share is not None
    ]
    return chart(points, float(each.limit) if each.limit is not None else None) if len(points) > 1 else None


#: Shown first, because this is what a reset endangers.
FIRST = (Metric.LATE_SHIPMENT, Metric.CANCELLATION, Metric.ORDER_DEFECT)
