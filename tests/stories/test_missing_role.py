"""
The application lacks a role: orders are watched all the same, and the seller is told once which role, and what is not done without it.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.spapi_fake.faults import Fault
from tests.spapi_fake.fixtures import fake_spapi, spapi_host
from tests.stories.through_api import Shop, a_shop

if TYPE_CHECKING:
    from tests.spapi_fake.fake import FakeSpapi
    from tests.stories.seller import Seller

__all__ = ["fake_spapi", "spapi_host"]

BEGIN = datetime(2026, 8, 26, 1, tzinfo=UTC)
WARNING = "【注意】権限が足りず、取得できない情報があります（AmazonのカタログAPI）"
ALL_CLEAR = "【回復】取得できなかった情報を、再び取得できるようになりました（AmazonのカタログAPI）"


@pytest.fixture
def shop(seller: Seller, fake_spapi: FakeSpapi, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """
    A shop whose application was just registered; each turn is a start of the program anew.
    """
    return a_shop(seller, fake_spapi, monkeypatch, BEGIN)


def forbid(shop: Shop, operation: str) -> Fault:
    """
    Let Amazon refuse an operation from now on.
    """
    return shop.fake.faults.add(Fault(operation, status=403, code="Unauthorized", message="Access to requested resource is denied."))


def texts(shop: Shop) -> list[str]:
    """
    Return what was said of the watch, in order.
    """
    with closing(sqlite3.connect(shop.seller.state / "watchdog.db")) as database:
        query = "SELECT json_extract(notice, '$.text') FROM messages WHERE kind LIKE 'condition%' ORDER BY message_no"
        return [text for (text,) in database.execute(query)]


def test_a_missing_role_is_said_once_with_what_to_do_without_it(shop: Shop) -> None:
    """
    The catalog is refused: one warning, however often it is tried, and one all-clear when it answers; orders are watched all the while.
    """
    refused = forbid(shop, "searchCatalogItems")
    states = [shop.turn(minutes, expect=1)["spapi:orders"]["state"] for minutes in (0, 31)]
    shop.fake.faults.end(refused)
    shop.turn(62)

    assert states == ["ok"] * 2
    assert shop.told() == [WARNING, ALL_CLEAR]
    assert "ロール「Product Listing」を追加し、アプリを認可し直してください" in texts(shop)[0]
    assert "preorder-watchdog releases" in texts(shop)[0]
