"""
A newcomer tries the way to Amazon's API: each step says what is there, what is missing, and how to get it; no secret is shown.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.spapi_fake.faults import Fault
from tests.spapi_fake.fixtures import fake_spapi, spapi_host
from tests.stories.conftest import seller
from tests.stories.through_api import Shop, a_shop
from watchdog.store import journal, open_store

if TYPE_CHECKING:
    from tests.spapi_fake.fake import FakeSpapi
    from tests.stories.seller import Seller

__all__ = ["fake_spapi", "seller", "spapi_host"]


@pytest.fixture
def shop(seller: Seller, fake_spapi: FakeSpapi, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """
    A shop of eighteen healthy pre-orders at Amazon; the program has no log yet.
    """
    return a_shop(seller, fake_spapi, monkeypatch, datetime.now(UTC).replace(microsecond=0))


def steps(shop: Shop, *arguments: str, expect: int = 0) -> dict[str, dict[str, Any]]:
    """
    Return the steps by name.
    """
    shown = json.loads(shop.seller.runs("connect", "--json", *arguments, expect=expect))
    assert shown["ready"] is (expect == 0)
    return {step["step"]: step for step in shown["steps"]}


def forbid(shop: Shop, operation: str) -> None:
    """
    Let the application lack the role of an operation.
    """
    shop.fake.faults.add(Fault(operation, status=403, code="Unauthorized", message="Access to requested resource is denied."))


def test_all_is_there(shop: Shop) -> None:
    """
    Five steps, each with a sign, and what to do next; nothing is written to disk.
    """
    shown = shop.seller.runs("connect")

    assert [line for line in shown.splitlines() if line.startswith("✓")] == [
        "✓ 認証情報",
        "✓ アクセストークン（Login with Amazon）",
        "✓ アカウントのマーケットプレイス",
        "✓ 注文と出荷予定日",
        "✓ カタログの発売日",
    ]
    assert "未出荷の注文 18 件を確認しました（出荷予定日あり 18 件、保留中の予約注文 18 件）" in shown
    assert "preorder-watchdog check" in shown
    assert "PREORDER_SPAPI_SECRET_MADE_ON" in shown
    assert not (shop.seller.state / "watchdog.db").exists()


def test_without_credentials_it_says_which_and_where_to_get_them(seller: Seller) -> None:
    """
    The three names, the guide, and the exit code of a configuration that is not complete.
    """
    shown = seller.runs("connect", expect=78)

    assert "✗ 認証情報" in shown
    assert "PREORDER_SPAPI_CLIENT_ID, PREORDER_SPAPI_CLIENT_SECRET, PREORDER_SPAPI_REFRESH_TOKEN" in shown
    assert "docs/connect.ja.md" in shown


def test_a_wrong_secret_ends_at_the_token(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Nothing else is tried, and the wrong secret is not repeated.
    """
    monkeypatch.setenv("PREORDER_SPAPI_CLIENT_SECRET", "amzn1.oa2-cs.v1.mistyped")
    taken = steps(shop, expect=1)

    assert list(taken) == ["credentials", "token"]
    assert "クライアントシークレットが正しくありません" in taken["token"]["message"]
    assert "mistyped" not in json.dumps(taken) + shop.seller.errors


def test_a_withdrawn_authorisation_says_to_authorise_again(shop: Shop) -> None:
    """
    ``invalid_grant`` is no riddle.
    """
    shop.fake.lwa.revoked = True

    assert "認可し直し" in steps(shop, expect=1)["token"]["message"]


def test_a_missing_role_for_orders_is_named(shop: Shop) -> None:
    """
    Without it the watch can't work: the step fails, names role and place, and says what to do until then.
    """
    forbid(shop, "searchOrders")
    taken = steps(shop, expect=1)

    assert taken["orders"]["result"] == "failed"
    assert "ロール「Inventory and Order Tracking」" in taken["orders"]["message"]
    assert "受信フォルダ" in taken["orders"]["help"]
    assert "catalog" not in taken


@pytest.mark.parametrize(
    ("operation", "step", "role"),
    [("getMarketplaceParticipations", "marketplaces", "Selling Partner Insights"), ("searchCatalogItems", "catalog", "Product Listing")],
)
def test_a_missing_role_that_can_be_done_without_is_a_warning(shop: Shop, operation: str, step: str, role: str) -> None:
    """
    The watch works; what it can't do without the role is said.
    """
    forbid(shop, operation)
    taken = steps(shop)

    assert taken[step]["result"] == "warning"
    assert role in taken[step]["message"]
    assert taken["orders"]["result"] == "ok"


def test_a_marketplace_the_account_does_not_sell_on_is_said(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The setting, not Amazon, is wrong.
    """
    monkeypatch.setenv("PREORDER_MARKETPLACE_IDS", "AU")
    taken = steps(shop, expect=1)

    assert taken["marketplaces"]["result"] == "failed"
    assert "AU (A39IBJ37TRP1C6)" in taken["marketplaces"]["message"]
    assert "PREORDER_MARKETPLACE_IDS" in taken["marketplaces"]["help"]


def test_the_outage_of_august_is_told_from_a_missing_role(shop: Shop) -> None:
    """
    The newest interface refuses FULFILLMENT, the old one answers: the watch works, with a warning.
    """
    shop.fake.faults.add(Fault("searchOrders", status=400, code="InvalidInput", message="Invalid request parameters."))
    orders = steps(shop)["orders"]

    assert (orders["result"], "2027年3月27日" in orders["message"]) == ("warning", True)


def test_amazon_out_of_reach_is_no_fault_of_the_settings(shop: Shop) -> None:
    """
    A 503 everywhere: it says that Amazon does not answer, and to try again.
    """
    shop.fake.faults.add(Fault(status=503))
    taken = steps(shop, expect=1)

    assert taken["token"]["result"] == "ok"
    assert "Amazonから応答がありません" in taken["orders"]["message"]


def test_pending_orders_without_window_are_named(shop: Shop) -> None:
    """
    It is unconfirmed that Amazon fills the window while an order is pending: where it does not, that is said on the first day.
    """
    for order in shop.fake.world.orders.values():
        order.ship_by = None
    orders = steps(shop)["orders"]

    assert orders["result"] == "warning"
    assert "18 件のうち 18 件には出荷予定日がありません" in orders["message"]


def test_a_shop_without_orders_is_ready(shop: Shop) -> None:
    """
    Nothing to see is no fault; a product named by hand is looked up all the same.
    """
    shop.fake.world.orders.clear()

    assert steps(shop)["catalog"]["result"] == "skipped"
    assert "発売日" in steps(shop, "--asin", "B0FAKECD01")["catalog"]["message"]


@pytest.mark.parametrize("form", [(), ("--json",)], ids=["for people", "json"])
def test_no_secret_is_shown_whatever_amazon_answers(shop: Shop, form: tuple[str, ...]) -> None:
    """
    Even an answer that repeats our secrets brings none to the screen, in either form.
    """
    lwa, token = shop.fake.lwa, "Atza|FakeAccessToken0001"
    shop.fake.faults.add(Fault(status=400, code=lwa.client_secret, message=f"{lwa.refresh_token} {token}"))
    shown = shop.seller.runs("connect", *form, expect=1) + shop.seller.errors

    assert [secret for secret in (lwa.client_secret, lwa.refresh_token, token) if secret in shown] == []


def test_an_english_seller_reads_it_in_english(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Names, results and help are in one language.
    """
    monkeypatch.setenv("PREORDER_LANGUAGE", "en")

    assert "✓ Orders with ship-by dates\n    18 open orders on the first page" in shop.seller.runs("connect")


def allowance(shop: Shop) -> dict[str, int]:
    """
    Return how many requests of each operation the watch may still send.
    """
    shown = json.loads(shop.seller.runs("sources", "--json"))
    return {each["operation"]: each["left"] for source in shown["sources"] for each in source["allowance"]}


def test_what_it_asks_counts_against_the_watch(shop: Shop) -> None:
    """
    With a log there is one token less, as at Amazon. Where the watch has left none it asks nothing: neither ready nor broken, but later.
    """
    shop.turn(0)
    before = allowance(shop)["searchOrders"]
    steps(shop)
    assert (before, allowance(shop)["searchOrders"]) == (19, 18)
    assert 18 <= shop.fake.buckets.of["searchOrders"].left < 19

    exhaust(shop)
    calls = shop.fake.calls("searchOrders")
    orders = steps(shop, expect=75)["orders"]
    assert (orders["result"], shop.fake.calls("searchOrders")) == ("later", calls)
    assert "リクエスト上限（searchOrders）を使い切っています" in orders["message"]


def exhaust(shop: Shop) -> None:
    """
    Let the watch have used up its allowance.
    """
    book = open_store(f"sqlite:///{shop.seller.state / 'watchdog.db'}")
    with book.writing() as tx:
        mark: Any = journal.mark(tx, "spapi:orders")
        mark["session"]["buckets"]["searchOrders"]["tokens"] = 0
        journal.save_mark(tx, "spapi:orders", mark)
    book.close()
