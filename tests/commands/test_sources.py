"""
Each source at a glance: what it can see, how it is doing, who speaks, what is left of Amazon's allowance.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from tests.spapi_fake.faults import fulfillment_refused
from tests.spapi_fake.fixtures import fake_spapi, spapi_host
from tests.stories.conftest import seller
from tests.stories.through_api import Shop, a_shop

if TYPE_CHECKING:
    from tests.spapi_fake.fake import FakeSpapi
    from tests.stories.seller import Seller

__all__ = ["fake_spapi", "seller", "spapi_host"]

KEYS = {"name", "state", "last_saw_ship_dates_at", "message", "shows", "last_answer_at", "speaks", "chain", "allowance"}


@pytest.fixture
def shop(seller: Seller, fake_spapi: FakeSpapi, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """
    A shop that was watched through the API for half an hour, ending now; the newest interface refuses since ten minutes.
    """
    begin = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=30)
    shop = a_shop(seller, fake_spapi, monkeypatch, begin)
    shop.turn(0)
    fake_spapi.faults.add(fulfillment_refused(shop.at(20), shop.at(600)))
    shop.turn(29)
    return shop


def test_every_source_is_listed_with_what_it_can_see(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The keys of ``sources`` elsewhere, and more: the interface that speaks, the order of the others, the tokens left.

    For people it takes 80 columns, where Japanese counts two a sign.
    """
    shown = {source["name"]: source for source in json.loads(shop.seller.runs("sources", "--json"))["sources"]}
    orders = shown["spapi:orders"]

    assert all(source.keys() == KEYS for source in shown.values())
    assert {"inbox", "spapi:orders", "spapi:catalog", "spapi:report:health"} <= shown.keys()
    assert (orders["state"], orders["speaks"]) == ("degraded", "orders_v0")
    assert (orders["chain"][0], orders["chain"][-1]) == ("orders_2026", "inbox")
    assert shown["spapi:catalog"]["shows"] == ["release_date"]
    searches = next(each for each in orders["allowance"] if each["operation"] == "searchOrders")
    assert 0 <= searches["left"] < searches["burst"] == 20

    for language in ("ja", "en"):
        monkeypatch.setenv("PREORDER_LANGUAGE", language)
        lines = shop.seller.runs("sources").splitlines()
        assert [line for line in lines if cell_len(line) > 80] == []
        assert all(any(word in line for line in lines) for word in ("searchOrders", "Orders API v0"))


def test_without_an_api_there_is_the_inbox(seller: Seller) -> None:
    """
    Whoever drops files sees one source, and when it last showed ship dates.
    """
    seller.lists_release("2026-09-14", seen="2026-08-01")
    seller.checks("2026-08-01 12:30")
    (inbox,) = json.loads(seller.runs("sources", "--json"))["sources"]

    assert (inbox["name"], inbox["speaks"], inbox["allowance"]) == ("inbox", None, [])
    assert "受信フォルダ" in seller.runs("sources")


def test_without_a_log_it_says_where_it_looked(seller: Seller) -> None:
    """
    A command that only reads makes no database.
    """
    seller.runs("sources", expect=1)

    assert str(seller.state) in seller.errors
    assert not (seller.state / "watchdog.db").exists()
