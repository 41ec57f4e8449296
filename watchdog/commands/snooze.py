"""
``snooze``: be reminded later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from watchdog.commands.decided import decide, decision
from watchdog.terms.errors import UsageError
from watchdog.terms.typed import typed_instant

if TYPE_CHECKING:
    from datetime import datetime

    from watchdog.settings import Settings

_YEAR = 366


@click.command(epilog="Example: preorder-watchdog snooze PW-0001 --until 2026-09-08   (or --hours 3, --days 2)")
@decision
@click.option("--until", metavar="ISO", help="Until then; a bare date is its morning at nine, in the marketplace's time.")
@click.option("--hours", type=click.FloatRange(min=0, max=_YEAR * 24, min_open=True), metavar="N", help="For so many hours.")
@click.option("--days", type=click.FloatRange(min=0, max=_YEAR, min_open=True), metavar="N", help="For so many days.")
def command(case: str, until: str | None, hours: float | None, days: float | None, *, by: str | None, as_json: bool) -> int:
    """
    Be reminded of the case later; it still rings at once if it gets worse.
    """
    from watchdog import assemble
    from watchdog.commands import speech
    from watchdog.terms.case import CaseEvent
    from watchdog.terms.moments import show_instant

    end = _end(until, hours, days, now=assemble.clock(), settings=speech.settings())
    return decide(case, CaseEvent.SNOOZE, by=by, as_json=as_json, detail={"until": show_instant(end)})


def _end(until: str | None, hours: float | None, days: float | None, *, now: datetime, settings: Settings) -> datetime:
    from datetime import timedelta

    if sum(each is not None for each in (until, hours, days)) != 1:
        raise UsageError("snooze_how_long")
    if until is None:
        return now + (timedelta(hours=hours) if hours is not None else timedelta(days=days or 0))
    end = typed_instant(until, settings.marketplace_ids[0].zone)
    if end <= now:
        raise UsageError("snooze_past", until=until)
    return end
