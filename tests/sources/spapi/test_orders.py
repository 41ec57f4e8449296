"""
The orders source on good days: what a sweep costs, how soon a reset is seen, what Amazon confirms.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.sources.spapi.watched import BEGIN, CD, EARLY, RELEASE, Alone, a_shop, watched
from tests.spapi_fake.faults import Fault, spoilt
from watchdog.terms.case import CaseState, Outcome
from watchdog.terms.finding import EvidenceKind
from watchdog.terms.identity import Asin
from watchdog.terms.look import ReleaseSaid, ReleaseSource
from watchdog.terms.marketplace import JAPAN

if TYPE_CHECKING:
    from tests.spapi_fake.fake import FakeSpapi

MINUTE = timedelta(minutes=1)


def test_a_sweep_of_a_thousand_open_orders_costs_ten_calls(fake: FakeSpapi) -> None:
    """
    A page holds 100 orders, nothing is asked twice, and half of the burst is left for what comes next.
    """
    a_shop(fake, 1_000)
    source = Alone(fake)

    source.poll()

    assert (fake.calls("searchOrders"), source.rows) == (10, 1_000)
    assert fake.buckets.of["searchOrders"].lowest >= 2


def test_two_thousand_orders_are_seen_from_cold_in_one_burst(fake: FakeSpapi) -> None:
    """
    Amazon's burst of 20 is 20 pages.
    """
    a_shop(fake, 2_000)
    source = Alone(fake)

    source.poll()

    assert (fake.calls("searchOrders"), source.rows) == (20, 2_000)
    assert fake.throttled.total() == 0


def test_a_day_costs_at_most_480_searches_and_never_meets_a_refusal(fake: FakeSpapi, proving: bool) -> None:
    """
    Increments every four minutes and sweeps in what is left of the allowance; a week of a thousand orders under ``make prove``.
    """
    a_shop(fake, 1_000 if proving else 30)
    source = Alone(fake)

    source.until(BEGIN + (timedelta(days=7) if proving else timedelta(hours=25)))

    moments = [asked.at for asked in fake.asked if asked.operation == "searchOrders"]
    busiest = max(sum(start <= at < start + timedelta(days=1) for at in moments) for start in moments[::10])
    assert 450 <= busiest <= 480
    assert fake.throttled.total() == 0
    assert fake.buckets.of["searchOrders"].lowest >= 2
    assert source.troubles == []


def test_increments_come_every_four_minutes(fake: FakeSpapi) -> None:
    """
    They ask for what changed since the server's own watermark, with an overlap, and leave out the last two minutes as Amazon does.
    """
    a_shop(fake, 3)
    seller = watched(fake)

    seller.until(BEGIN + 13 * MINUTE)

    asked = [each for each in fake.asked if "lastUpdatedAfter" in each.query]
    assert [each.at - BEGIN for each in asked] == [4 * MINUTE, 8 * MINUTE, 12 * MINUTE]
    assert [each.instant("lastUpdatedAfter") for each in asked[1:]] == [each.at - 4 * MINUTE for each in asked[:-1]]
    assert "lastUpdatedBefore" not in asked[0].query


def test_nothing_of_the_buyer_is_asked_for(fake: FakeSpapi) -> None:
    """
    No BUYER, no RECIPIENT (DOMAIN §9).
    """
    a_shop(fake, 3)
    seller = watched(fake)
    seller.until(BEGIN + 10 * MINUTE)

    included = {name for asked in fake.asked for name in asked.list("includedData")}
    assert included == {"FULFILLMENT", "CANCELLATION", "PAYMENT", "PACKAGES"}


def test_a_reset_is_seen_by_the_first_increment_after_it_and_confirmed_by_one_get_order(fake: FakeSpapi) -> None:
    """
    The incident through the API: at most six simulated minutes, Amazon's own two included.
    """
    odd = a_shop(fake, 14)[3]
    seller = watched(fake)
    reset_at = BEGIN + timedelta(minutes=10, seconds=30)
    fake.world.later(reset_at, lambda at: fake.world.reset(odd.order_id, EARLY, at, status="UNSHIPPED", payment="ConvenienceStore"))
    seller.until(reset_at)

    seller.until(reset_at + 6 * MINUTE)

    (found,) = seller.findings()
    assert found.finding.subject.order_id == odd.order_id
    assert (found.finding.previous_ship_by, found.finding.ship_by) == (RELEASE, EARLY)
    assert fake.calls("getOrder") == 1
    assert any(item.kind is EvidenceKind.CONFIRMED for item in found.finding.evidence)
    assert "Amazon said the same" in seller.said()[0]


def test_a_reset_that_moves_no_update_time_is_seen_by_the_next_sweep(fake: FakeSpapi) -> None:
    """
    It is unconfirmed that a ship date moves the update time, so nothing rests on it (spapi.md §1.6).
    """
    odd = a_shop(fake, 14)[3]
    fake.world.updates_move = False
    seller = watched(fake)
    reset_at = BEGIN + 6 * MINUTE
    fake.world.later(reset_at, lambda at: fake.world.move(odd.order_id, EARLY, at))
    seller.until(reset_at)

    seller.until(reset_at + 15 * MINUTE)

    assert [found.finding.subject.order_id for found in seller.findings()] == [odd.order_id]


def test_an_alarm_is_not_delayed_by_a_confirmation_that_fails(fake: FakeSpapi) -> None:
    """
    It says that it is not confirmed.
    """
    odd = a_shop(fake, 14)[3]
    fake.faults.add(Fault("getOrder", status=500))
    seller = watched(fake)
    seller.turn()
    fake.world.reset(odd.order_id, EARLY, BEGIN + MINUTE, status="UNSHIPPED")

    seller.turn(BEGIN + 4 * MINUTE)

    (found,) = seller.findings()
    assert any(item.kind is EvidenceKind.UNCONFIRMED for item in found.finding.evidence)
    assert "Not confirmed yet" in seller.said()[0]


def test_a_stale_page_raises_no_alarm(fake: FakeSpapi) -> None:
    """
    A page shows an early date that the order itself does not have: the single answer is the later word, so there is no false alarm.
    """
    odd = a_shop(fake, 14)[3]
    seller = watched(fake)
    seller.turn()

    def stale(body: dict[str, object]) -> object:
        for order in body["orders"]:  # type: ignore[attr-defined]
            if order["orderId"] == odd.order_id:
                order["fulfillment"]["shipByWindow"] = {"latestDateTime": "2026-09-08T14:59:59Z"}
        return body

    fake.world.become(odd.order_id, "UNSHIPPED", BEGIN + MINUTE)
    fake.faults.add(spoilt(stale, "searchOrders", times=1))
    seller.turn(BEGIN + 4 * MINUTE)

    assert [found for found in seller.findings() if found.finding.ship_by == EARLY] == []


@pytest.mark.parametrize("answered", [True, False], ids=["confirmed", "not-confirmed"])
def test_a_restored_date_resolves_its_case_only_when_confirmed(fake: FakeSpapi, answered: bool) -> None:
    """
    Only an answer about the order itself resolves its case (DOMAIN §6).
    """
    odd = a_shop(fake, 14)[3]
    seller = watched(fake)
    seller.turn()
    fake.world.reset(odd.order_id, EARLY, BEGIN + MINUTE, status="UNSHIPPED")
    seller.turn(BEGIN + 4 * MINUTE)
    fault = None if answered else fake.faults.add(Fault("getOrder", status=503))
    fake.world.reset(odd.order_id, RELEASE, BEGIN + 5 * MINUTE, status="PENDING")

    seller.turn(BEGIN + 8 * MINUTE)
    before = seller.findings(everything=True)[0]
    if fault is not None:
        fake.faults.end(fault)
    seller.until(BEGIN + 24 * MINUTE)

    assert (before.state is CaseState.RESOLVED) is answered
    after = seller.findings(everything=True)[0]
    assert (after.state, after.outcome) == (CaseState.RESOLVED, Outcome.RESTORED)
    assert len(seller.postbox.messages) == 2


def test_an_order_with_an_open_case_is_asked_for_again_and_again(fake: FakeSpapi) -> None:
    """
    While a case is open its order is watched by itself, turn by turn.
    """
    odd = a_shop(fake, 14)[3]
    seller = watched(fake)
    seller.turn()
    fake.world.reset(odd.order_id, EARLY, BEGIN + MINUTE, status="UNSHIPPED")

    seller.until(BEGIN + 13 * MINUTE)

    asked = [each.at - BEGIN for each in fake.asked if each.operation == "getOrder"]
    assert asked == [4 * MINUTE, 8 * MINUTE, 12 * MINUTE]
    assert len(seller.postbox.messages) == 1


def test_forty_resets_of_one_product_are_confirmed_by_a_few_of_them(fake: FakeSpapi) -> None:
    """
    One message, and three answers for forty orders.
    """
    orders = a_shop(fake, 40)
    seller = watched(fake)
    seller.turn()
    for order in orders:
        fake.world.move(order.order_id, EARLY, BEGIN + MINUTE)

    seller.turn(BEGIN + 4 * MINUTE)

    assert fake.calls("getOrder") == 3
    assert len(seller.postbox.messages) == 1


def test_a_shipped_order_closes_through_an_increment(fake: FakeSpapi) -> None:
    """
    Sweeps show open orders only; that one was shipped is what the increments say.
    """
    first = a_shop(fake, 5)[0]
    seller = watched(fake)
    seller.turn()
    fake.world.become(first.order_id, "SHIPPED", BEGIN + MINUTE)

    seller.turn(BEGIN + 4 * MINUTE)

    assert not seller.preorder(first).is_open


def test_a_product_that_joins_the_list_is_looked_at_soon(fake: FakeSpapi) -> None:
    """
    Orders nobody marks as pre-orders are passed by until their release date is known: then they are judged within minutes, not hours.
    """
    orders = a_shop(fake, 3)
    for order in orders:
        order.programs.clear()
        order.status = "UNSHIPPED"
    seller = watched(fake, release=None)
    seller.until(BEGIN + 13 * MINUTE)
    before = seller.turns[0].rows
    seller.house.desk.learn([ReleaseSaid(JAPAN, Asin(CD), None, RELEASE, ReleaseSource.SELLER_LIST)], name="test", now=seller.now)

    seller.until(BEGIN + 27 * MINUTE)

    assert (before.used, before.ignored) == (0, 3)
    assert seller.preorder(orders[0]).ship_by == RELEASE


def test_the_source_says_when_to_ask_again(fake: FakeSpapi) -> None:
    """
    Nothing sleeps: the turn carries the wish, the daemon rings the bell.
    """
    a_shop(fake, 3)
    seller = watched(fake)

    assert seller.turn().again_at == BEGIN + 4 * MINUTE
    assert seller.turn(BEGIN + MINUTE).again_at == BEGIN + 4 * MINUTE
    assert fake.calls("searchOrders") == 1
