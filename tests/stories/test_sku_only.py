"""
A pre-order comes in by a report that names its SKU alone: without the seller's own id the catalogue can't be asked, and that is said.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.spapi_fake.fixtures import fake_spapi, spapi_host
from tests.stories.seller import Order
from tests.stories.through_api import Shop, a_shop

if TYPE_CHECKING:
    import pytest

    from tests.spapi_fake.fake import FakeSpapi
    from tests.stories.seller import Seller

__all__ = ["fake_spapi", "spapi_host"]

BEGIN = datetime(2026, 8, 26, 1, tzinfo=UTC)
ASIN, SKU = "B0FAKESKU1", "CD-ONLY-SKU"


def test_its_asin_is_asked_for_or_the_seller_is_told_to_name_it(
    seller: Seller, fake_spapi: FakeSpapi, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    First it is named with what to do; with the seller's own id set the next turn learns its ASIN, and nothing is left to say.
    """
    shop = a_shop(seller, fake_spapi, monkeypatch, BEGIN)
    fake_spapi.world.product(ASIN, "見本CD", release=(BEGIN + timedelta(days=40)).date())
    sold = fake_spapi.world.order(ASIN, ship_by=BEGIN.date(), bought=BEGIN - timedelta(days=9), sku=SKU)
    fake_spapi.world.become(sold.order_id, "SHIPPED", BEGIN)
    seller.drops("releases.csv", f"sku,release_date\n{SKU},2026-10-05\n".encode(), seen="2026-08-25")
    seller.drops_report([Order(9_000_007, sku=SKU, asin="", ship_by="2026-10-05", status="UNSHIPPED")], seen="2026-08-26")

    shop.turn(200)
    assert named(shop) == {SKU: (None, True)}
    assert "PREORDER_SPAPI_SELLER_ID" in seller.runs("coverage")

    monkeypatch.setenv("PREORDER_SPAPI_SELLER_ID", fake_spapi.world.seller_id)
    shop.turn(260)
    assert named(shop) == {SKU: (ASIN, False)}
    assert "PREORDER_SPAPI_SELLER_ID" not in seller.runs("coverage")


def named(shop: Shop) -> dict[str, Any]:
    """
    Return the product's ASIN by SKU, and whether it must be named.
    """
    shown = json.loads(shop.seller.runs("coverage", "--json"))["coverage"]["products"]
    return {each["sku"]: (each["asin"], each["catalog_needs_asin"]) for each in shown if each["sku"] == SKU}
