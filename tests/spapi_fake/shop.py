"""
A small shop with the incident in it: one CD with many pre-orders, a figure, a book; one order of the CD is reset.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.spapi_fake.world import World
from watchdog.terms.marketplace import BY_ID, JAPAN

if TYPE_CHECKING:
    from datetime import date

CD, FIGURE, BOOK = "B0FAKECD01", "B0FAKEFIG1", "B0FAKEBK01"


def incident(now: datetime, reset_after: timedelta, *, siblings: int = 12) -> World:
    """
    Return the shop as it is now; after that time one buyer changes the payment, and the ship date moves six days before the release.
    """
    world = World()
    today = now.astimezone(BY_ID[JAPAN].zone).date()
    release = _weekday_after(today, 35)
    world.product(CD, "予約CD「秋の音」 初回限定盤", release=release, site_launch_date=f"{today - timedelta(days=60)}T08:00:01.000Z")
    world.product(FIGURE, "フィギュア 1/7スケール", release=_weekday_after(today, 120))
    world.product(BOOK, "画集 第二巻", street_date=f"{_weekday_after(today, 21)}T00:00:01Z")
    bought = now - timedelta(days=20)
    orders = world.preorders(siblings + 1, CD, ship_by=release, bought=bought, every=timedelta(hours=5))
    world.preorders(3, FIGURE, ship_by=_weekday_after(today, 120), bought=bought, every=timedelta(hours=9))
    world.preorders(2, BOOK, ship_by=_weekday_after(today, 21), bought=bought, every=timedelta(hours=7))
    odd = orders[3].order_id
    early = release - timedelta(days=6)
    world.later(now + reset_after, lambda at: world.reset(odd, early, at, status="UNSHIPPED", payment="ConvenienceStore"))
    return world


def _weekday_after(day: date, days: int) -> date:
    """
    Return the Monday on or after that many days later: releases and ship dates of a shop lie on business days.
    """
    later = day + timedelta(days=days)
    return later + timedelta(days=-later.weekday() % 7)


def health(now: datetime) -> dict[str, Any]:
    """
    Return the shop's performance report: healthy, but one late shipment more would be one too many.
    """
    begin, end = (f"{now - timedelta(days=days):%Y-%m-%dT00:00Z}" for days in (30, 0))
    late: dict[str, Any] = {
        "reportingDateRange": {"reportingDateFrom": begin, "reportingDateTo": end},
        "status": "GOOD",
        "targetValue": 0.04,
        "targetCondition": "LESS_THAN",
        "orderCount": 48,
        "lateShipmentCount": 1,
        "rate": 0.021,
    }
    return {
        "accountStatuses": [{"marketplaceId": JAPAN, "status": "NORMAL"}],
        "performanceMetrics": [{"marketplaceId": JAPAN, "lateShipmentRate": late}],
    }
