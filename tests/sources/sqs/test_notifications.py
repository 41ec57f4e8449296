"""
Notifications: evidence of their own moment; their orders are asked for by themselves; duplicates, disorder and rubbish do no harm.
"""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.sources.makers_sources import a_reading
from tests.sources.sqs.queues import MemoryClient
from tests.spapi_fake.fixtures import BEGIN
from tests.spapi_fake.notices import account_changed, order_change, report_finished
from tests.spapi_fake.world import Order, World
from watchdog.sources.queue import Queue
from watchdog.sources.sqs import Notifications
from watchdog.terms.errors import SourceRefused, SourceUnavailable
from watchdog.terms.health import Metric
from watchdog.terms.identity import MarketplaceId, OrderId, OrderKey
from watchdog.terms.look import Batch, Kind, Look, Rest
from watchdog.terms.marketplace import JAPAN
from watchdog.terms.observation import Observation, Status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from watchdog.terms.look import Mark

RELEASE, RESET = date(2026, 9, 14), date(2026, 9, 8)
CD = "B0FAKECD01"


class _Stage:
    """
    The source over a queue in memory; Amazon answers for every order unless told otherwise.
    """

    def __init__(self) -> None:
        self.world = World()
        self.client = MemoryClient()
        self.queue = Queue(self.client, "http://127.0.0.1/123456789012/orders", lambda event, _fields: self.told.append(event))
        self.told: list[str] = []
        self.absorbed: set[str] = set()
        self.asked: list[OrderKey] = []
        self.finished: list[str] = []
        self.silent = False
        self.stored: set[str] = set()
        self.mark: Mark | None = None
        self.wish: datetime | None = None
        self.source = Notifications(
            self.queue,
            a_reading(),
            known=self.absorbed.__contains__,
            watched=self._watched,
            ask=self._ask,
            finished=self.finished.append,
            told=lambda event, _fields: self.told.append(event),
        )

    def order(self, **more: Any) -> Order:
        return self.world.order(CD, bought=BEGIN - timedelta(days=9), ship_by=RELEASE, **more)

    def _watched(self, order_ids: Collection[str]) -> Collection[str]:
        return self.stored & set(order_ids)

    def _ask(self, keys: Sequence[OrderKey], now: datetime) -> Iterator[Batch]:
        self.asked += keys
        if not self.silent:
            yield Batch(Look("spapi:asked:orders_2026", "getOrder", Kind.ORDERS, now))

    def poll(self, now: datetime = BEGIN) -> list[Batch]:
        batches = []
        for said in self.source.poll(self.mark, now):
            self.mark = said.mark or self.mark
            if isinstance(said, Rest):
                self.wish = said.again_at
            else:
                self.absorbed.add(said.look.content or "")
                batches.append(said)
        return batches


def test_a_change_is_evidence_of_its_moment_and_its_order_is_asked_for() -> None:
    """
    First what the notification says, at its EventTime; then the order by itself; then the queue forgets it.
    """
    stage = _Stage()
    order = stage.order()
    stage.world.reset(order.order_id, RESET, BEGIN - timedelta(minutes=3), status="UNSHIPPED")
    stage.client.bodies.append(order_change(order, BEGIN - timedelta(minutes=3)))

    said, asked = stage.poll()
    observed = said.read(said.rows[0])
    assert isinstance(observed, Observation)
    assert (observed.facts.status, observed.facts.ship_by, said.look.as_of) == (Status.UNSHIPPED, RESET, BEGIN - timedelta(minutes=3))
    assert (asked.look.name, stage.asked) == ("getOrder", [OrderKey(JAPAN, OrderId(order.order_id))])
    assert (stage.client.bodies, stage.client.hidden, stage.wish) == ([], {}, None)


def test_a_notification_without_dates_says_nothing_of_them() -> None:
    """
    Nothing that is known is wiped: absent means unsaid.
    """
    stage = _Stage()
    stage.client.bodies.append(order_change(stage.order(status="PENDING"), BEGIN, dated=False))

    observed = stage.poll()[0]
    said = observed.read(observed.rows[0])
    assert isinstance(said, Observation)
    assert (said.facts.ship_by, said.facts.status) == (None, Status.PENDING)


def test_the_same_notification_again_changes_nothing() -> None:
    """
    At least once means sometimes twice.
    """
    stage = _Stage()
    body = order_change(stage.order(), BEGIN)
    stage.client.bodies += [body, body]
    first = stage.poll()
    stage.client.bodies.append(body)

    assert (len(first), stage.poll(), len(stage.asked)) == (2, [], 1)


def test_a_message_that_was_not_acknowledged_comes_back_and_does_no_harm() -> None:
    """
    A crash between commit and acknowledgement, or an acknowledgement that got lost.
    """
    stage = _Stage()
    stage.client.bodies.append(order_change(stage.order(), BEGIN))
    stage.client.forgets = False
    stage.poll()
    stage.client.come_back()
    stage.client.forgets = True

    assert (stage.poll(), stage.client.hidden) == ([], {})


def test_a_crash_before_the_commit_loses_nothing() -> None:
    """
    The message is acknowledged only when the batch was absorbed.
    """
    stage = _Stage()
    stage.client.bodies.append(order_change(stage.order(), BEGIN))
    next(stage.source.poll(None, BEGIN))
    stage.client.come_back()

    assert len(stage.poll()) == 2


def test_an_order_amazon_does_not_answer_for_waits_over_a_restart() -> None:
    """
    The mark remembers it; it is asked for again soon, and left to the sweeps after an hour.
    """
    stage = _Stage()
    stage.client.bodies.append(order_change(stage.order(), BEGIN))
    stage.silent = True
    stage.poll()
    waits = stage.wish
    stage.silent = False

    assert waits == BEGIN + timedelta(seconds=30)
    assert [batch.look.name for batch in stage.poll(BEGIN + timedelta(seconds=30))] == ["getOrder"]
    assert stage.wish is None


def test_after_an_hour_the_order_is_left_to_the_sweeps() -> None:
    """
    Polling is the truth: nobody waits forever.
    """
    stage = _Stage()
    stage.silent = True
    stage.client.bodies += [order_change(stage.order(), BEGIN) for _ in range(5)]
    stage.poll()
    stage.poll(BEGIN + timedelta(minutes=61))

    assert (stage.wish, len(stage.asked)) == (None, 6)


@pytest.mark.parametrize(("known", "asked"), [(False, 0), (True, 1)], ids=["nobody's", "watched"])
def test_orders_that_are_no_pre_orders_cost_no_request(known: bool, asked: int) -> None:
    """
    A shop has hundreds of ordinary orders a day; only those the log watches, and pre-orders, are asked for.
    """
    stage = _Stage()
    order = stage.order(status="UNSHIPPED")
    order.preorder = False
    if known:
        stage.stored.add(order.order_id)
    stage.client.bodies.append(order_change(order, BEGIN))
    stage.poll()

    assert (len(stage.asked), stage.client.hidden) == (asked, {})


def test_orders_amazon_ships_are_none_of_ours() -> None:
    """
    Acknowledged and passed by.
    """
    stage = _Stage()
    order = stage.order()
    order.fulfilled_by = "AMAZON"
    stage.client.bodies.append(order_change(order, BEGIN))

    assert (stage.poll(), stage.client.hidden) == ([], {})


def test_the_accounts_state_becomes_a_figure_of_account_health() -> None:
    """
    From there a condition rings, as from the report.
    """
    stage = _Stage()
    stage.client.bodies.append(account_changed("AT_RISK", BEGIN, JAPAN))

    [batch] = stage.poll()
    [figure] = batch.health
    assert (figure.metric, figure.status, figure.marketplace_id, figure.as_of) == (Metric.ACCOUNT, "AT_RISK", JAPAN, BEGIN)


def test_a_finished_report_is_passed_on_and_other_types_are_passed_by() -> None:
    """
    Both are acknowledged.
    """
    stage = _Stage()
    other = json.dumps({"NotificationType": "ANY_OFFER_CHANGED", "Payload": {}})
    stage.client.bodies += [report_finished("50001", "GET_V2_SELLER_PERFORMANCE_REPORT", BEGIN), other]

    assert (stage.poll(), stage.finished, stage.client.hidden) == ([], ["50001"], {})


_CHANGE = {"NotificationType": "ORDER_CHANGE", "Payload": {"OrderChangeNotification": {"AmazonOrderId": "090-1234-5678"}}}


@pytest.mark.parametrize(
    "body",
    ["", "rubbish", "[]", "{}", "[" * 100_000, json.dumps(_CHANGE), '{"notificationType": "ACCOUNT_STATUS_CHANGED"}'],
    ids=["empty", "no JSON", "array", "nothing", "deep", "no order", "no state"],
)
def test_rubbish_is_left_for_the_dead_letter_queue(body: str) -> None:
    """
    It is not acknowledged, so SQS moves it aside; where no such queue was set up it is dropped after ten tries.
    """
    stage = _Stage()
    stage.client.bodies.append(body)
    stage.poll()
    left = len(stage.client.hidden)
    for _ in range(9):
        stage.client.come_back()
        stage.poll()

    assert (left, stage.client.hidden, stage.told.count("message.unreadable")) == (1, {}, 10)


def test_a_queue_that_is_away_is_said_without_a_librarys_words() -> None:
    """
    A key may stand in them. Orders that wait are asked for all the same.
    """
    stage = _Stage()
    stage.client.away = True

    with pytest.raises(SourceUnavailable) as away:
        stage.poll()
    assert away.value.values == {"source": "sqs", "problem": "ConnectionError"}


def test_a_key_that_may_not_read_the_queue_is_refused_and_not_merely_away() -> None:
    """
    AWS says so in a short code; trying again can't help, a person is told.
    """
    stage = _Stage()
    stage.source.queue.trouble = "AccessDenied"

    with pytest.raises(SourceRefused) as refused:
        stage.poll()
    assert refused.value.values == {"source": "sqs", "problem": "AccessDenied"}


def test_another_marketplace_is_asked_for_as_such() -> None:
    """
    The order's key is the notification's own marketplace.
    """
    stage = _Stage()
    australia = MarketplaceId("A39IBJ37TRP1C6")
    stage.client.bodies.append(order_change(stage.order(marketplace_id=australia), BEGIN))
    stage.poll()

    assert [key.marketplace_id for key in stage.asked] == [australia]
