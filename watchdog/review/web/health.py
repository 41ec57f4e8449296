"""
Account health: each rate with its target, how much room is left, how it went, and when orders drop out of the windows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.review.web.gauges import FIRST, gauges_of
from watchdog.store import health as health_rows
from watchdog.terms.case import CaseEvent
from watchdog.terms.health import Level, leaves_on, standing
from watchdog.terms.moments import local_date
from watchdog.terms.plan import PlanKind

if TYPE_CHECKING:
    from starlette.responses import Response

    from watchdog.review.web.visit import Visit


def page(visit: Visit) -> Response:
    """
    Return the page.
    """
    house = visit.front.house
    with house.store.reading() as tx:
        figures = health_rows.latest(tx)
        told = [
            figure
            for metric in dict.fromkeys(each.metric for each in figures if each.metric.is_rate)
            for figure in health_rows.history(tx, metric)
        ]
    standings = [standing(each, house.account.policy) for each in figures]
    gauges = gauges_of(visit, standings, told)
    rates = [gauge for gauge in gauges if gauge.is_rate]
    rates.sort(key=lambda gauge: list(FIRST).index(gauge.standing.figure.metric) if gauge.standing.figure.metric in FIRST else len(FIRST))
    missed = {gauge.standing.figure.metric for gauge in rates if gauge.level is Level.MISSED}
    today = local_date(visit.now, visit.zone)
    return visit.page(
        "health.html",
        rates=rates,
        words_only=[gauge for gauge in gauges if not gauge.is_rate],
        newest=max((each.as_of for each in figures), default=None),
        leaves=[
            (days, leaves_on(today, days))
            for days in sorted({each.window_days for each in figures if each.metric in FIRST[:1]} or {10, 30})
        ],
        event=CaseEvent.COUNTED_LATE,
        plans=[(kind, kind.metric in missed) for kind in PlanKind],
    )
