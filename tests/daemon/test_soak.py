"""
Days go by in a loop over ``now``: memory stays flat, the log grows by what changed, copies and old rows are kept in bounds.
"""

from __future__ import annotations

import os
import resource
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from tests.store.makers_store import a_look, a_row, read, seen
from tests.stories.seller import Seller, noon
from watchdog import assemble
from watchdog.settings import load
from watchdog.store import copies
from watchdog.store.schema import looks, states
from watchdog.terms.look import Batch
from watchdog.terms.observation import Interface, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Table

    from watchdog.assemble import House
    from watchdog.terms.identity import OrderKey
    from watchdog.terms.look import Mark

#: The whole month at the daemon's own rhythm takes minutes; every change runs two days at a turn every two hours.
_LONG = os.environ.get("PREORDER_PROVE") == "1"
_DAYS, _RHYTHM = (30, timedelta(minutes=15)) if _LONG else (2, timedelta(hours=2))
_ORDERS = 5_000
_RELEASE = date(2026, 12, 14)
_CHANGED_A_DAY = 24
_START = noon("2026-09-01")


class Sweeps:
    """
    A source that shows all its orders at every poll; a few of them move later every day, which alarms nobody.
    """

    name = "spapi"

    def __init__(self) -> None:
        """
        Begin with every order due on the release date.
        """
        self.said = [self._order(number, _RELEASE) for number in range(_ORDERS)]
        self.rows = [a_row(each, place) for place, each in enumerate(self.said, 1)]
        self.changes = 0

    @staticmethod
    def _order(number: int, ship_by: date) -> object:
        told = {"asin": f"B0SOAK{number % 50:04d}", "sku": f"CD-{number % 50}", "marked": True, "status": Status.PENDING_AVAILABILITY}
        return seen(f"250-0000000-{number:07d}", ship_by, purchased_at=noon("2026-08-20"), **told)  # type: ignore[arg-type]

    def move(self, turn: int) -> None:
        """
        Let one order's date move a day later.
        """
        number = turn % _ORDERS
        self.said[number] = self._order(number, _RELEASE + timedelta(days=1 + turn // _ORDERS))
        self.rows[number] = a_row(self.said[number], number + 1)
        self.changes += 1

    def poll(self, mark: Mark | None, now: datetime) -> Iterator[Batch]:
        """
        Show everything there is.
        """
        del mark
        look = replace(a_look(now, source="spapi:sweep:orders-v2026", interface=Interface.ORDERS_2026, name=f"sweep {now:%d %H:%M}"))
        yield Batch(look, rows=self.rows, read=read, last=True)

    def look(self, keys: Sequence[OrderKey], now: datetime) -> Iterator[Batch]:
        """
        Nothing is asked of it.
        """
        return iter(())

    def again(self, content: str) -> Iterator[Batch]:
        """
        Nothing is kept.
        """
        return iter(())


def rss_mb() -> float:
    """
    Return what this process holds in memory now.
    """
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20


def rows(house: House, table: Table) -> int:
    """
    Return how many rows the table has.
    """
    with house.store.reading() as tx:
        return int(tx.connection.execute(select(func.count()).select_from(table)).scalar_one())


@pytest.mark.slow
def test_days_with_five_thousand_preorders_leave_memory_flat_and_the_log_small(seller: Seller) -> None:
    """
    Every turn shows all orders, the caretaker comes every hour; no alarm, no growth but by what changed.
    """
    house = assemble.house(load(), create=True)
    source = Sweeps()
    house.patrol.sources = [source]
    assert house.caretaker is not None
    turns = int(timedelta(days=_DAYS) / _RHYTHM)
    moves_every = max(1, turns // (_CHANGED_A_DAY * _DAYS))
    settled, opened, size = 0.0, 0, 0
    for turn in range(turns):
        now = _START + turn * _RHYTHM
        if turn % moves_every == 0:
            source.move(turn)
        opened += len(house.patrol.turn(now).enacted.opened)
        house.postman.deliver(lambda now=now: now)  # type: ignore[misc]
        if turn % max(1, int(timedelta(hours=1) / _RHYTHM)) == 0:
            house.caretaker.round(now)
        if turn == turns // 4:
            settled, size = rss_mb(), (seller.state / "watchdog.db").stat().st_size
    grown, larger = rss_mb() - settled, (seller.state / "watchdog.db").stat().st_size - size
    written, looked = rows(house, states), rows(house, looks)
    kept = copies.taken(seller.state / "backups")
    house.close()
    print(
        f"{_DAYS} days, {turns} turns, {_ORDERS} orders: memory {settled:.0f} MB {grown:+.1f} MB, "
        f"log {size / 2**20:.1f} MB {larger / 2**20:+.2f} MB, {written - _ORDERS} changed states, {looked} looks, {len(kept)} backups"
    )

    assert opened == 0
    assert abs(grown) <= 10
    assert written == _ORDERS + source.changes - 1, "the first sweep, and what has changed since"
    assert larger <= turns * 4096
    assert 2 <= len(kept) <= 12
