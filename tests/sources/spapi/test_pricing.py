"""
Prices of others: twenty products a call, only while a case is open, own offers left out, the landed price with points.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.spapi_fake.client import a_session
from tests.spapi_fake.clock import Clock
from tests.spapi_fake.fake import FakeSpapi
from tests.spapi_fake.faults import Fault
from tests.spapi_fake.fixtures import BEGIN, needs_models
from tests.spapi_fake.models import contracts
from tests.spapi_fake.pricing import Offer
from watchdog.sources.formats.pricing import quotes_in
from watchdog.sources.spapi.pricing import Pricing, seen_in
from watchdog.sources.spapi.troubles import Refused
from watchdog.terms.identity import Asin
from watchdog.terms.look import Rest
from watchdog.terms.marketplace import JAPAN
from watchdog.terms.money import Money, SeenPrice

if TYPE_CHECKING:
    from datetime import datetime

    from watchdog.terms.look import Mark

CD = Asin("B0FAKECD01")


def yen(amount: int) -> Money:
    """
    Return that many yen.
    """
    return Money(Decimal(amount), "JPY")


class _Stage:
    """
    Products with open cases, and what others ask for them.
    """

    def __init__(self, *offers: Offer, products: int = 1) -> None:
        self.fake = FakeSpapi(Clock(BEGIN))
        self.flagged = [(JAPAN, Asin(f"B0FAKECD{number:02d}")) for number in range(1, products + 1)]
        for _, asin in self.flagged:
            self.fake.world.product(asin, "CD")
            self.fake.world.offers[asin] = list(offers)
        self.source = Pricing(a_session(self.fake), self.fake.world.seller_id, lambda: self.flagged)
        self.mark: Mark | None = None
        self.wish: datetime | None = None

    def poll(self, after: timedelta = timedelta()) -> None:
        self.fake.clock.pass_by(after)
        for said in self.source.poll(self.mark, self.fake.clock.now()):
            assert isinstance(said, Rest)
            self.mark, self.wish, self.answered = said.mark, said.again_at, said.answered

    def price(self, asin: Asin = CD) -> SeenPrice | None:
        return seen_in(self.mark, JAPAN, asin)

    def calls(self) -> int:
        return self.fake.calls("getCompetitiveSummary")


def test_the_lowest_landed_price_of_others_counts() -> None:
    """
    Listing price + shipping − points; the seller's own offer, used ones and offers without shipping price are no comparison.
    """
    own = FakeSpapi(Clock(BEGIN)).world.seller_id
    stage = _Stage(
        Offer(own, 1000),
        Offer("A2OTHER0001", 2900, shipping=350),
        Offer("A2OTHER0002", 3100, shipping=0, points=31),
        Offer("A2OTHER0003", 2000, shipping=None),
        Offer("A2OTHER0004", 500, condition="Used"),
    )

    stage.poll()
    assert stage.price() == SeenPrice(yen(3069), BEGIN)
    assert stage.fake.violations == []


def test_where_nobody_else_offers_it_no_price_is_named() -> None:
    """
    That is an answer too: it is not asked for again at once.
    """
    stage = _Stage()
    stage.poll()
    answered = stage.answered
    stage.poll(timedelta(minutes=4))

    assert (stage.price(), stage.calls()) == (None, 1)
    assert (answered, stage.answered) == (True, False)


def test_twenty_products_make_one_call_and_the_rest_waits_for_the_allowance() -> None:
    """
    One call in thirty seconds: fifty products are seen after a minute, none is asked for twice, nothing is refused.
    """
    stage = _Stage(Offer("A2OTHER0001", 2900), products=50)
    stage.poll()
    while stage.wish is not None:
        stage.poll(stage.wish - stage.fake.clock.now())

    seen = [stage.price(asin) for _, asin in stage.flagged]
    assert (all(seen), stage.calls(), stage.fake.throttled["getCompetitiveSummary"]) == (True, 3, 0)


def test_a_price_is_renewed_before_an_hour_is_over_and_forgotten_with_its_case() -> None:
    """
    While the case is open a letter always finds a fresh one; afterwards nobody asks.
    """
    stage = _Stage(Offer("A2OTHER0001", 2900))
    ages = []
    for _ in range(60):
        stage.poll(timedelta(minutes=4))
        seen = stage.price()
        assert seen is not None
        ages.append(stage.fake.clock.now() - seen.seen_at)
    asked = stage.calls()
    stage.flagged = []
    stage.poll(timedelta(hours=1))

    assert max(ages) < timedelta(minutes=30)
    assert (asked < 12, stage.calls(), stage.price()) == (True, asked, None)


def test_on_demand_a_product_is_looked_up_at_once_unless_it_is_fresh() -> None:
    """
    The mark that comes back carries the price and the bucket.
    """
    stage = _Stage(Offer("A2OTHER0001", 2900))
    now = stage.fake.clock.now()
    mark = stage.source.on_demand(JAPAN, CD, None, now)

    assert seen_in(mark, JAPAN, CD) == SeenPrice(yen(2900), now)
    assert stage.source.on_demand(JAPAN, CD, mark, now + timedelta(minutes=30)) is None
    stage.fake.clock.set(now + timedelta(minutes=31))
    assert stage.source.on_demand(JAPAN, CD, mark, now + timedelta(minutes=31)) is not None


def test_on_demand_nothing_comes_back_where_amazon_can_not_be_asked() -> None:
    """
    A letter is then written without the price, not refused.
    """
    stage = _Stage(Offer("A2OTHER0001", 2900))
    stage.fake.faults.add(Fault("getCompetitiveSummary", status=503))

    assert stage.source.on_demand(JAPAN, CD, None, BEGIN) is None


def test_a_missing_role_is_said_by_name() -> None:
    """
    Prices need a role of their own.
    """
    stage = _Stage(Offer("A2OTHER0001", 2900))
    stage.fake.faults.add(Fault("getCompetitiveSummary", status=403, code="Unauthorized"))

    with pytest.raises(Refused) as refused:
        stage.poll()
    assert refused.value.values["role"] == "Pricing"


@needs_models
def test_amazons_own_example_is_read() -> None:
    """
    New offers to consumers only: 17.15 + 2.50 − 0.50 is less than the other's price; the product that failed says nothing.
    """
    path = "/batches/products/pricing/2022-05-01/items/competitiveSummary"
    [example] = contracts("productPricing_2022-05-01.json")["POST", path].examples

    quotes = list(quotes_in(example, own_seller="nobody"))
    assert [(quote.asin, quote.lowest) for quote in quotes] == [("B00ZIAODGE", Money(Decimal("19.15"), "USD"))]


@pytest.mark.parametrize(
    "price",
    [None, "many", True, -1, float("nan"), {"amount": 1}],
    ids=["absent", "word", "truth", "negative", "no number", "nested"],
)
def test_an_unreadable_price_is_none(price: Any) -> None:
    """
    No saving is made up of it.
    """
    offer = {
        "sellerId": "A2",
        "condition": "New",
        "listingPrice": {"amount": price, "currencyCode": "JPY"},
        "shippingOptions": [{"shippingOptionType": "DEFAULT", "price": {"amount": 0, "currencyCode": "JPY"}}],
    }
    said = {"asin": CD, "marketplaceId": JAPAN, "lowestPricedOffers": [{"lowestPricedOffersInput": {}, "offers": [offer]}]}
    answer = {"responses": [{"status": {"statusCode": 200}, "body": said}, "no answer", {"status": {}, "body": None}]}

    [quote] = quotes_in(answer, own_seller="nobody")
    assert quote.lowest is None
