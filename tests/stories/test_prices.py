"""
What others ask for a flagged product reaches the text that names the buyer's saving, and only while it is fresh.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.spapi_fake.clock import Clock
from tests.spapi_fake.faults import Fault
from tests.spapi_fake.fixtures import fake_spapi, spapi_host
from tests.spapi_fake.pricing import Offer
from tests.spapi_fake.shop import CD, incident

if TYPE_CHECKING:
    from tests.spapi_fake.fake import FakeSpapi
    from tests.stories.seller import Seller

__all__ = ["fake_spapi", "spapi_host"]


@pytest.fixture
def flagged(seller: Seller, fake_spapi: FakeSpapi, monkeypatch: pytest.MonkeyPatch) -> FakeSpapi:
    """
    A shop watched through the API, in which one order was reset an hour ago; somebody else sells the CD for 2,480 yen.
    """
    begin = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    fake, lwa = fake_spapi, fake_spapi.lwa
    fake.world, fake.clock = incident(begin, timedelta(minutes=10)), Clock(begin)
    fake.world.offers[CD] = [Offer("A2OTHER0001", 2500, points=20), Offer(fake.world.seller_id, 100)]
    given = {
        "SPAPI_ENDPOINT": fake.endpoint,
        "LWA_ENDPOINT": fake.lwa_endpoint,
        "SPAPI_CLIENT_ID": lwa.client_id,
        "SPAPI_CLIENT_SECRET": lwa.client_secret,
        "SPAPI_REFRESH_TOKEN": lwa.refresh_token,
        "SPAPI_SELLER_ID": fake.world.seller_id,
    }
    for name, value in given.items():
        monkeypatch.setenv(f"PREORDER_{name}", value)
    seller.runs("check", "--now", begin.isoformat())
    fake.clock.set(begin + timedelta(minutes=30))
    seller.runs("check", "--now", fake.clock.now().isoformat())
    fake.clock.set(datetime.now(UTC))
    return fake


def test_the_text_for_the_buyer_names_the_price_seen_now(seller: Seller, flagged: FakeSpapi) -> None:
    """
    Looked up on demand, without anybody typing it; the seller's own lower offer is none. While Amazon does not answer none is named.
    """
    down = flagged.faults.add(Fault("getCompetitiveSummary", status=503))
    without = seller.runs("letter", "PW-0001", "buyer-cancel", "--price-paid", "3300", "--anyway")
    typed = seller.runs("letter", "PW-0001", "buyer-cancel", "--price-now", "1980", "--anyway")
    flagged.faults.end(down)
    named = seller.runs("letter", "PW-0001", "buyer-cancel", "--price-paid", "3300", "--anyway")

    assert ("2,480" in without, "1,980" in typed) == (False, True)
    assert ("2,480" in named, "820" in named) == (True, True)
