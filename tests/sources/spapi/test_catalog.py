"""
Release dates from the catalogue: twenty products a call, the nearer the release the more often, never beyond the allowance.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.spapi_fake.client import a_session
from tests.spapi_fake.clock import Clock
from tests.spapi_fake.fake import FakeSpapi
from tests.spapi_fake.faults import Fault, outage, spoilt
from tests.spapi_fake.fixtures import BEGIN
from watchdog.sources.spapi.catalog import Catalog
from watchdog.sources.spapi.troubles import Later, Refused
from watchdog.terms.identity import Asin, OrderId, OrderKey, Sku
from watchdog.terms.look import Kind, ReleaseSource, Rest
from watchdog.terms.marketplace import JAPAN
from watchdog.terms.product import Awaited

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watchdog.terms.look import Batch, Mark

RELEASE = date(2026, 9, 14)


def an_asin(number: int) -> Asin:
    """
    Return the number as an ASIN.
    """
    return Asin(f"B{number:09d}")


class _Stage:
    """
    A catalogue of so many products, each with open pre-orders.
    """

    def __init__(self, products: int, near: date | None = RELEASE) -> None:
        self.fake = FakeSpapi(Clock(BEGIN))
        for number in range(products):
            self.fake.world.product(an_asin(number), f"CD {number}", release=RELEASE)
        self.awaited = [Awaited(JAPAN, an_asin(number), near) for number in range(products)]
        self.source = self.restarted()
        self.mark: Mark | None = None
        self.again_at: datetime | None = None

    def restarted(self) -> Catalog:
        return Catalog(a_session(self.fake), lambda: self.awaited, self._of)

    def _of(self, keys: Any) -> Sequence[Awaited]:
        return [self.awaited[int(key.order_id[-7:])] for key in keys]

    def poll(self, now: datetime) -> list[Batch]:
        self.fake.clock.set(now)
        batches = []
        for said in self.source.poll(self.mark, now):
            self.mark = said.mark or self.mark
            if isinstance(said, Rest):
                self.again_at = said.again_at
            else:
                batches.append(said)
        return batches

    def asked(self) -> int:
        return self.fake.calls("searchCatalogItems")


def test_twenty_products_make_one_call() -> None:
    """
    Forty products cost two calls, and every date is said with its marketplace, title and source.
    """
    stage = _Stage(40)

    batches = stage.poll(BEGIN)
    said = [each for batch in batches for each in batch.releases]
    assert (stage.asked(), len(said), {each.release_date for each in said}) == (2, 40, {RELEASE})
    assert {(each.marketplace_id, each.source) for each in said} == {(JAPAN, ReleaseSource.CATALOG)}
    assert {(batch.look.kind, batch.look.as_of) for batch in batches} == {(Kind.RELEASES, BEGIN)}
    assert stage.fake.violations == []


def test_a_large_catalogue_is_asked_for_as_the_allowance_lasts() -> None:
    """
    The bucket holds two calls: the rest comes at the next polls, nothing is refused, nothing is asked for twice.
    """
    stage = _Stage(200)
    now: datetime | None = BEGIN
    said = 0
    while now is not None:
        said += sum(len(batch.releases) for batch in stage.poll(now))
        now = stage.again_at

    assert (said, stage.asked(), stage.fake.throttled["searchCatalogItems"]) == (200, 10, 0)


def test_a_product_is_asked_for_the_more_often_the_nearer_its_release() -> None:
    """
    Hourly in the last days, daily when it is far off, every six hours while nobody knows.
    """
    counts = {}
    for name, near in {"far": date(2026, 12, 24), "near": date(2026, 8, 2), "unknown": None}.items():
        stage = _Stage(1, near)
        for minutes in range(0, 24 * 60, 15):
            stage.poll(BEGIN + timedelta(minutes=minutes))
        counts[name] = stage.asked()

    assert counts == {"far": 1, "near": 24, "unknown": 4}


def test_a_product_without_open_orders_is_no_longer_asked_for() -> None:
    """
    The list is handed in anew at every poll, and the mark forgets who left it.
    """
    stage = _Stage(2)
    stage.poll(BEGIN)
    stage.awaited = stage.awaited[:1]
    stage.poll(BEGIN + timedelta(days=1))

    assert stage.fake.asked[-1].list("identifiers") == [an_asin(0)]
    assert stage.mark is not None
    assert set(stage.mark["asked"][JAPAN]) == {an_asin(0)}


def test_after_a_restart_nothing_is_asked_for_too_early() -> None:
    """
    The mark remembers when each product was asked for, and the buckets.
    """
    stage = _Stage(1)
    stage.poll(BEGIN)
    stage.source = stage.restarted()

    assert stage.poll(BEGIN + timedelta(minutes=1)) == []


def test_both_dates_of_an_item_are_said() -> None:
    """
    A release date and a street date are two sources; the launch of a product's page is none.
    """
    stage = _Stage(1)
    item = stage.fake.world.items[an_asin(0)]
    item.street_date, item.site_launch_date = "2026-09-16T00:00:01Z", "2026-07-01T08:00:01.000Z"

    [batch] = stage.poll(BEGIN)
    assert {(each.source, each.release_date) for each in batch.releases} == {
        (ReleaseSource.CATALOG, RELEASE),
        (ReleaseSource.STREET_DATE, date(2026, 9, 16)),
    }


def test_unknown_products_say_nothing_and_wait_for_their_next_turn() -> None:
    """
    Amazon leaves out what it does not know.
    """
    stage = _Stage(1)
    stage.fake.world.items.clear()

    assert [batch.releases for batch in stage.poll(BEGIN)] == [()]
    assert stage.poll(BEGIN + timedelta(minutes=15)) == []


def test_in_doubt_the_products_of_the_orders_are_asked_for_at_once() -> None:
    """
    The doubt step names orders; their products are looked up whatever their turn.
    """
    stage = _Stage(3)
    stage.poll(BEGIN)
    stage.fake.clock.set(BEGIN + timedelta(minutes=1))
    key = OrderKey(JAPAN, OrderId("250-0000000-0000002"))

    now = BEGIN + timedelta(minutes=1)

    [batch] = stage.source.look([key], now)
    assert [each.asin for each in batch.releases] == [an_asin(2)]
    assert list(stage.source.look([key], now + timedelta(minutes=3))) == []


def test_an_outage_is_said_and_the_product_keeps_its_turn() -> None:
    """
    What could not be asked for is asked for again.
    """
    stage = _Stage(1)
    stage.fake.faults.add(outage(BEGIN, BEGIN + timedelta(minutes=10)))
    with pytest.raises(Later):
        stage.poll(BEGIN)

    [batch] = stage.poll(BEGIN + timedelta(minutes=30))
    assert len(batch.releases) == 1


def test_a_missing_role_is_named() -> None:
    """
    The catalogue needs a role that watching orders does not.
    """
    stage = _Stage(1)
    stage.fake.faults.add(Fault("searchCatalogItems", status=403, code="Unauthorized", message="Access to requested resource is denied."))

    with pytest.raises(Refused) as refused:
        stage.poll(BEGIN)
    assert "Product Listing" in str(refused.value.values)


def test_answers_that_are_no_catalogue_say_nothing_wrong() -> None:
    """
    A date nobody can read is a defect by its place, never an exception.
    """
    stage = _Stage(2)
    stage.fake.faults.add(Fault("searchCatalogItems", spoil=lambda _asked, body: _with_date(body, "soon")))

    [batch] = stage.poll(BEGIN)
    assert (len(batch.releases), [defect.place for defect in batch.defects]) == (1, [2])


def _with_date(body: Any, text: str) -> Any:
    body["items"][1]["summaries"][0]["releaseDate"] = text
    return body


class _Skus(_Stage):
    """
    Products that are known by their SKUs alone; Amazon knows their ASINs.
    """

    def __init__(self, products: int) -> None:
        super().__init__(products)
        for number in range(products):
            self.fake.world.order(an_asin(number), ship_by=RELEASE, bought=BEGIN, sku=f"CD-{number}")
        self.awaited = [Awaited(JAPAN, None, RELEASE, Sku(f"CD-{number}")) for number in range(products)]

    def restarted(self) -> Catalog:
        return Catalog(a_session(self.fake), lambda: self.awaited, self._of, self.fake.world.seller_id)


def test_a_product_known_by_its_sku_is_asked_for_by_it_and_its_asin_learned() -> None:
    """
    One call each, with the seller's own id; the date is said of the ASIN, and the SKU is said to be one of its.
    """
    stage = _Skus(2)
    batches = stage.poll(BEGIN)

    asked = [(asked.query["identifiersType"], asked.query["identifiers"]) for asked in stage.fake.asked if "catalog" in asked.path]
    assert asked == [("SKU", "CD-0"), ("SKU", "CD-1")]
    assert [batch.pairs for batch in batches] == [((JAPAN, Sku("CD-0"), an_asin(0)),), ((JAPAN, Sku("CD-1"), an_asin(1)),)]
    assert [(said.asin, said.sku, said.release_date) for batch in batches for said in batch.releases] == [
        (an_asin(0), None, RELEASE),
        (an_asin(1), None, RELEASE),
    ]
    assert stage.poll(BEGIN + timedelta(minutes=4)) == []


def test_asins_and_skus_are_asked_for_beside_each_other() -> None:
    """
    Those with an ASIN share a call, whatever stands between them.
    """
    stage = _Skus(3)
    stage.awaited[0] = Awaited(JAPAN, an_asin(0), RELEASE)
    stage.awaited[2] = Awaited(JAPAN, an_asin(2), RELEASE)
    stage.poll(BEGIN)

    assert [asked.query["identifiers"] for asked in stage.fake.asked if "catalog" in asked.path] == ["CD-1", f"{an_asin(0)},{an_asin(2)}"]


@pytest.mark.parametrize("asins", [[], [an_asin(1), an_asin(2)]], ids=["none", "two"])
def test_an_answer_that_is_not_one_item_says_nothing_of_the_sku(asins: list[str]) -> None:
    """
    Amazon's answer does not name the SKU: nothing is guessed, and it is asked for again in its turn.
    """
    stage = _Skus(1)
    items = [{"asin": asin, "summaries": [{"marketplaceId": JAPAN, "releaseDate": "2026-09-14"}]} for asin in asins]
    stage.fake.faults.add(spoilt(lambda _body: {"numberOfResults": len(items), "items": items}, "searchCatalogItems"))
    (batch,) = stage.poll(BEGIN)

    assert (batch.releases, batch.pairs, batch.defects) == ((), (), ())
