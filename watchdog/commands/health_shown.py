"""
What several commands show of account health: the newest figures with their past, on a screen of their own.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from watchdog.assemble import House
    from watchdog.review.health import Gauge, Unsaid
    from watchdog.review.health_screen import HealthScreen
    from watchdog.store import Transaction

#: So far back a course is shown.
_COURSE = timedelta(days=60)


def shown_health(house: House, tx: Transaction) -> tuple[tuple[Gauge, ...], tuple[Unsaid, ...]]:
    """
    Return the newest figures with the days before, and the windows nobody has told.
    """
    from watchdog.review.health import gauges, unsaid
    from watchdog.store import health

    latest = health.latest(tx)
    rates = {figure.metric: figure.as_of for figure in latest if figure.metric.is_rate}
    past = {metric: health.history(tx, metric, since=as_of - _COURSE) for metric, as_of in rates.items()}
    return gauges(latest, past, house.account.policy), unsaid(latest)


def health_screen(house: House, *, now: datetime) -> HealthScreen:
    """
    Return the screen in the account's language; dates of another year than that of ``now`` show theirs.
    """
    from watchdog.compose.wording import words
    from watchdog.review.health_screen import HealthScreen

    return HealthScreen(sys.stdout, words(house.account.language), year=now.astimezone(house.account.home.zone).year)
