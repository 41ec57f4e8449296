"""
Instants and ship windows as Amazon writes them: a local day, said in UTC.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from watchdog.terms.marketplace import BY_ID

if TYPE_CHECKING:
    from watchdog.terms.identity import MarketplaceId


def instant(moment: datetime) -> str:
    """
    Return the instant with a ``Z``, whole seconds.
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day_window(day: date, marketplace_id: MarketplaceId) -> tuple[str, str]:
    """
    Return the first and the last second of that day of the marketplace.
    """
    zone = BY_ID[marketplace_id].zone
    begin = datetime.combine(day, time.min, zone)
    end = datetime.combine(day + timedelta(days=1), time.min, zone) - timedelta(seconds=1)
    return instant(begin), instant(end)
