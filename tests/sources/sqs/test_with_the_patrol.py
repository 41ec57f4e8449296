"""
The queue beside the sweeps: a reset is known within one turn; duplicates and disorder change nothing, and without it nothing is missed.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from tests.sources.makers_sources import a_reading
from tests.sources.spapi.watched import BEGIN, EARLY, Watched, a_shop, watched
from tests.sources.sqs.queues import MemoryClient
from tests.spapi_fake.clock import Clock
from tests.spapi_fake.fake import FakeSpapi
from tests.spapi_fake.notices import POSTAL_CODE, account_changed, order_change
from watchdog.assemble.eyes import notifications_of
from watchdog.routines.health import HealthWatch
from watchdog.sources.queue import Queue
from watchdog.sources.spapi.reports import HEALTH, Report
from watchdog.store.schema import looks, states
from watchdog.terms.marketplace import BY_ID, JAPAN

if TYPE_CHECKING:
    from pathlib import Path

    from tests.spapi_fake.world import Order

MINUTE = timedelta(minutes=1)


class _Stage:
    """
    A seller with both: the API is swept, and a queue lies beside it.
    """

    def __init__(self, folder: Path, orders: int = 6) -> None:
        self.fake = FakeSpapi(Clock(BEGIN))
        self.orders = a_shop(self.fake, orders)
        self.client = MemoryClient()
        self.seller = self._with_queue(watched(self.fake), folder)
        self.seller.turn(BEGIN)

    def _with_queue(self, seller: Watched, folder: Path) -> Watched:
        queue = Queue(self.client, "http://127.0.0.1/123456789012/orders")
        health = Report(seller.session, HEALTH, (BY_ID[JAPAN],), a_reading(), folder)
        source = notifications_of(queue, seller.orders, health, seller.store, a_reading())
        seller.house.patrol.sources = [*seller.house.patrol.sources, source]
        return seller

    def reset(self, order: Order, at: datetime) -> None:
        self.fake.world.reset(order.order_id, EARLY, at, status="UNSHIPPED")
        self.client.bodies.append(order_change(order, at))

    def everything_kept(self) -> str:
        """
        Return all that the log holds, as text.
        """
        with self.seller.store.reading() as tx:
            return repr([tx.connection.execute(select(table)).all() for table in looks.metadata.sorted_tables])

    def counted(self) -> tuple[int, int, int]:
        """
        Return how many states, looks at notifications and messages there are.
        """
        with self.seller.store.reading() as tx:
            written = tx.connection.execute(select(func.count()).select_from(states)).scalar_one()
            looked = tx.connection.execute(select(func.count()).where(looks.c.source.like("sqs:%"))).scalar_one()
        return written, looked, len(self.seller.said())


def test_a_reset_is_flagged_in_the_turn_its_notification_rings(tmp_path: Path) -> None:
    """
    A minute after it happened, long before the next increment, and confirmed by Amazon's answer for that one order.
    """
    stage = _Stage(tmp_path)
    searched = stage.fake.calls("searchOrders")
    stage.reset(stage.orders[2], BEGIN + 30 * timedelta(seconds=1))
    stage.seller.turn(BEGIN + MINUTE)

    [finding] = stage.seller.findings()
    assert finding.finding.subject.order_id == stage.orders[2].order_id
    assert (stage.fake.calls("searchOrders"), stage.fake.calls("getOrder") >= 1) == (searched, True)
    assert len(stage.seller.said()) == 1
    assert POSTAL_CODE not in stage.everything_kept()


def test_duplicated_and_shuffled_messages_change_nothing_twice(tmp_path: Path, proving: bool) -> None:
    """
    Many copies of every notification in any order: one case, one message, one look each; and all of them once more change nothing.

    Ten thousand messages under ``make prove``, some hundreds here.
    """
    distinct, copies = (500, 20) if proving else (24, 10)
    stage = _Stage(tmp_path)
    bodies = [order_change(stage.orders[number % 6], BEGIN + number * timedelta(seconds=1)) for number in range(distinct - 1)]
    stage.reset(stage.orders[2], BEGIN + timedelta(minutes=20))
    bodies = (bodies + stage.client.bodies) * copies
    random.Random(11).shuffle(bodies)
    stage.client.bodies = bodies[:]
    now = BEGIN + timedelta(minutes=21)
    while stage.client.bodies:
        stage.seller.turn(now)
        now += MINUTE
    once = stage.counted()
    stage.client.bodies = bodies[:]
    while stage.client.bodies:
        stage.seller.turn(now)

    assert (once[1:], len(stage.seller.findings())) == ((distinct, 1), 1)
    assert stage.counted() == once


def test_with_the_queue_away_for_a_day_polling_alone_catches_the_reset(tmp_path: Path) -> None:
    """
    It is said that the queue is away, and what was in it comes late without ringing again.
    """
    stage = _Stage(tmp_path)
    stage.client.away = True
    at = BEGIN + timedelta(minutes=20)
    stage.fake.world.later(at, lambda moment: stage.reset(stage.orders[2], moment))
    stage.seller.until(at + timedelta(minutes=12))
    caught, rung = len(stage.seller.findings()), len(stage.seller.said())
    stage.client.away = False
    stage.seller.turn(BEGIN + timedelta(hours=24))

    assert (caught, rung, stage.client.bodies) == (1, 1, [])
    assert len(stage.seller.findings()) == 1
    assert {error.code for turn in stage.seller.turns for error in turn.troubles} == {"source_unavailable"}


def test_an_account_in_danger_is_told(tmp_path: Path) -> None:
    """
    The notification raises the condition; a later one that all is well ends it.
    """
    stage = _Stage(tmp_path)
    judgement = stage.seller.house.patrol.judgement
    assert judgement.conditions is not None
    judgement.conditions = replace(judgement.conditions, watchers=(HealthWatch(judgement.account.policy),))
    stage.client.bodies.append(account_changed("AT_RISK", BEGIN + MINUTE, JAPAN))
    stage.seller.turn(BEGIN + 2 * MINUTE)
    told = list(stage.seller.said())
    stage.client.bodies.append(account_changed("NORMAL", BEGIN + timedelta(hours=3), JAPAN, before="AT_RISK"))
    stage.seller.turn(BEGIN + timedelta(hours=4))

    assert len(told) == 1
    assert len(stage.seller.said()) == 2
