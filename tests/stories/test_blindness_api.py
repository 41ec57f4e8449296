"""
Blindness where Amazon is asked: outages, refusals, windows and orders that go missing; the seller is told, and told when it is over.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.spapi_fake.faults import Fault, fulfillment_refused, outage, spoilt
from tests.spapi_fake.fixtures import fake_spapi, spapi_host
from tests.stories.through_api import Shop, a_shop

if TYPE_CHECKING:
    from tests.spapi_fake.fake import FakeSpapi
    from tests.stories.seller import Seller

__all__ = ["fake_spapi", "spapi_host"]

#: Ten in the morning in Japan on the day of the outage.
BEGIN = datetime(2026, 8, 26, 1, tzinfo=UTC)
ORDERS = "spapi:orders"
ALARM = "【緊急】出荷予定日を確認できていません（Amazonの注文API）"
ALL_CLEAR = "【回復】出荷予定日を確認できない状態は解消しました（Amazonの注文API）"


@pytest.fixture
def shop(seller: Seller, fake_spapi: FakeSpapi, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """
    A shop that was seen once, and was well.
    """
    shop = a_shop(seller, fake_spapi, monkeypatch, BEGIN)
    assert {name: source["state"] for name, source in shop.turn(0).items()} == {"inbox": "ok", ORDERS: "ok"}
    return shop


def test_while_the_old_interface_speaks_the_watch_goes_on_and_says_so(shop: Shop) -> None:
    """
    26 August 2026: searchOrders refuses FULFILLMENT, v0 works. Degraded, one warning, no silence; an all-clear when it is over.
    """
    shop.fake.faults.add(fulfillment_refused(shop.at(5), shop.at(60 * 24)))
    degraded = shop.turn(15)[ORDERS]
    for minutes in (30, 120):
        shop.turn(minutes)

    assert degraded["state"] == "degraded"
    assert "Orders API v0" in degraded["message"]
    assert shop.told() == ["【注意】予備の方法で出荷予定日を確認しています（Amazonの注文API）"]

    assert shop.turn(60 * 24 + 15)[ORDERS]["state"] == "ok"
    assert shop.told()[1:] == ["【回復】本来の方法での確認に戻りました（Amazonの注文API）"]


def test_two_rhythms_without_an_answer_are_an_emergency(shop: Shop) -> None:
    """
    Everything answers 500 for two hours: in trouble at once, silent after half an hour, well again with the first whole answer.
    """
    shop.fake.faults.add(outage(shop.at(5), shop.at(125)))
    troubled = shop.turn(15, expect=1)[ORDERS]
    silent = shop.turn(45, expect=1)[ORDERS]

    assert (troubled["state"], silent["state"]) == ("degraded", "silent")
    assert silent["last_saw_ship_dates_at"] == "2026-08-26T01:00:00Z"
    assert ALARM in shop.told()

    assert shop.turn(180)[ORDERS]["state"] == "ok"
    assert shop.told()[-1] == ALL_CLEAR


def test_an_answer_whose_windows_are_gone_is_an_emergency(shop: Shop) -> None:
    """
    Amazon answers 200 with every order and without one ship-by window: nothing is wiped, nothing is restored, the seller is told.
    """
    shop.fake.faults.add(spoilt(_without_windows, "searchOrders"))
    shop.turn(15)
    silent = shop.turn(30)[ORDERS]

    assert silent["state"] == "silent"
    assert "18 件のうち 18 件" in silent["message"]
    assert shop.told() == [ALARM]


def test_an_empty_answer_with_open_orders_in_memory_is_no_peace(shop: Shop) -> None:
    """
    All eighteen vanish from the list, and nothing shows them shipped or cancelled: after one rhythm the seller is told.
    """
    fault = shop.fake.faults.add(spoilt(lambda body: {**body, "orders": []}, "searchOrders"))
    assert shop.turn(15)[ORDERS]["state"] == "ok"
    silent = shop.turn(31)[ORDERS]

    assert silent["state"] == "silent"
    assert "18 件のうち 18 件が消えました" in silent["message"]
    shop.fake.faults.end(fault)
    assert shop.turn(60)[ORDERS]["state"] == "ok"
    assert shop.told() == [ALARM, ALL_CLEAR]


def test_orders_that_vanish_are_asked_for_one_by_one(shop: Shop) -> None:
    """
    They were shipped, and neither list nor increments say so: ``getOrder`` does, before anybody is woken.
    """
    shop.fake.faults.add(spoilt(lambda body: {**body, "orders": []}, "searchOrders"))
    for order in list(shop.fake.world.orders.values()):
        shop.fake.world.become(order.order_id, "SHIPPED", shop.at(5))
    states = [shop.turn(minutes)[ORDERS]["state"] for minutes in (15, 20, 31)]

    assert states == ["ok"] * 3
    assert sum(asked.path.startswith("/orders/2026-01-01/orders/") for asked in shop.fake.asked) >= 18
    assert shop.told() == []


def test_orders_that_leave_the_list_because_they_were_shipped_are_well(shop: Shop) -> None:
    """
    The seller ships everything in one afternoon: the increments show it, nobody is woken.
    """
    for order in list(shop.fake.world.orders.values()):
        shop.fake.world.become(order.order_id, "SHIPPED", shop.at(5))
    for minutes in (15, 31, 60):
        assert shop.turn(minutes)[ORDERS]["state"] == "ok"

    assert shop.told() == []


def test_a_withdrawn_authorisation_is_said_at_once(shop: Shop) -> None:
    """
    Refused by its own name, with what to do; once the silence is repeated, the refusal is not.
    """
    shop.fake.lwa.revoked = True
    shop.fake.lwa.expire()
    refused = shop.turn(15, expect=1)[ORDERS]
    shop.turn(45, expect=1)

    assert refused["state"] == "refused"
    assert "認可し直し" in refused["message"]
    assert shop.told() == ["【緊急】Amazonへの接続が拒否されています（Amazonの注文API）", ALARM]


def test_no_secret_is_in_what_is_told(shop: Shop) -> None:
    """
    Neither a refused token nor an answer that repeats our secrets brings one into a message or onto the screen.
    """
    lwa = shop.fake.lwa
    shop.fake.faults.add(Fault("searchOrders", status=403, code="Unauthorized", message=f"{lwa.client_secret} {lwa.refresh_token}"))
    shop.turn(15)
    shown = shop.seller.errors + shop.seller.runs("sources") + shop.seller.runs("sources", "--json") + shop.seller.errors

    assert not [secret for secret in (lwa.client_secret, lwa.refresh_token, "Atza|") if secret in shown]


def _without_windows(body: Any) -> Any:
    for order in body["orders"]:
        order["fulfillment"].pop("shipByWindow", None)
    return body
