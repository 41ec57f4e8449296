"""
The fake is honest: its rates, answers and refusals are those of Amazon's models and documented rules.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.spapi_fake.clock import Clock
from tests.spapi_fake.fake import FakeSpapi
from tests.spapi_fake.faults import Fault, fulfillment_refused, outage
from tests.spapi_fake.fixtures import BEGIN, fake_spapi, needs_models, spapi_host
from tests.spapi_fake.shop import CD, incident

if TYPE_CHECKING:
    from tests.spapi_fake.routes import Route

__all__ = ["fake_spapi", "spapi_host"]

_AGENT = "Tests/1 (Language=Python/3.11; Platform=Linux)"
_SWEEP = {
    "createdAfter": "2025-07-01T00:00:00Z",
    "fulfillmentStatuses": "PENDING_AVAILABILITY,PENDING,UNSHIPPED,PARTIALLY_SHIPPED",
    "fulfilledBy": "MERCHANT",
    "marketplaceIds": "A1VC38T7YXB528",
    "includedData": "FULFILLMENT,CANCELLATION,PAYMENT",
}


class _Caller:
    """
    Calls the fake as a client would.
    """

    def __init__(self, fake: FakeSpapi) -> None:
        self.fake = fake
        self.http = httpx.Client(transport=fake.transport(), base_url=fake.base)
        lwa = fake.lwa
        form = {
            "grant_type": "refresh_token",
            "refresh_token": lwa.refresh_token,
            "client_id": lwa.client_id,
            "client_secret": lwa.client_secret,
        }
        token = self.http.post("/auth/o2/token", data=form).json()["access_token"]
        self.headers = {"x-amz-access-token": token, "user-agent": _AGENT}

    def get(self, path: str, **query: Any) -> httpx.Response:
        return self.http.get(path, params=query, headers=self.headers)

    def sweep(self, **more: Any) -> httpx.Response:
        return self.get("/orders/2026-01-01/orders", **{**_SWEEP, **more})


@pytest.fixture
def caller() -> _Caller:
    """
    A caller of a fake with the incident's shop.
    """
    return _Caller(FakeSpapi(Clock(BEGIN), incident(BEGIN, timedelta(minutes=40))))


@needs_models
@pytest.mark.parametrize("route", FakeSpapi(Clock(BEGIN)).routes, ids=lambda route: route.operation)
def test_every_operation_has_the_rate_and_burst_of_its_model(route: Route) -> None:
    """
    The buckets are Amazon's own.
    """
    contract = route.contract

    assert contract is not None
    assert (contract.rate, contract.burst) == (route.rate, route.burst)


@needs_models
@pytest.mark.parametrize("route", FakeSpapi(Clock(BEGIN)).routes, ids=lambda route: route.operation)
def test_the_measure_accepts_amazons_own_examples(route: Route) -> None:
    """
    A measure that refused them would be no measure; what the model's own examples add beside it is named.
    """
    contract = route.contract

    assert contract is not None
    success = min(contract.answers)
    problems = [problem for example in contract.examples for problem in contract.problems_of_answer(success, example)]
    assert [problem for problem in problems if "Additional properties" not in problem] == []


def test_a_sweep_shows_every_open_order_with_its_ship_window(caller: _Caller) -> None:
    """
    Amazon says a local day in UTC, and no buyer is shown.
    """
    answer = caller.sweep()

    orders = answer.json()["orders"]
    assert len(orders) == 18
    assert {order["fulfillment"]["shipByWindow"]["latestDateTime"][10:] for order in orders} == {"T14:59:59Z"}
    assert not {"buyer", "recipient"} & set().union(*orders)
    assert caller.fake.violations == []


def test_pages_end_with_the_last_order_and_show_each_once(caller: _Caller) -> None:
    """
    Page after page, every order once, oldest first; the token is bound to its question.
    """
    seen: list[str] = []
    query: dict[str, Any] = {"maxResultsPerPage": 5}
    while True:
        page = caller.sweep(**query).json()
        seen += [order["orderId"] for order in page["orders"]]
        if "pagination" not in page:
            break
        query["paginationToken"] = page["pagination"]["nextToken"]

    assert len(seen) == len(set(seen)) == 18
    assert caller.sweep(**{**query, "fulfilledBy": "AMAZON"}).status_code == 400


def test_the_reset_happens_at_its_time_and_shows_in_both_versions(caller: _Caller) -> None:
    """
    One order leaves its siblings; an increment shows it two minutes later.
    """
    caller.fake.clock.set(BEGIN + timedelta(minutes=42))
    page = caller.get("/orders/2026-01-01/orders", lastUpdatedAfter="2026-08-01T01:30:00Z", includedData="FULFILLMENT,PAYMENT").json()

    [order] = page["orders"]
    v0 = caller.get(f"/orders/v0/orders/{order['orderId']}").json()["payload"]
    assert order["fulfillment"]["fulfillmentStatus"] == "UNSHIPPED"
    assert order["payment"]["paymentExecutions"][0]["paymentMethod"] == "ConvenienceStore"
    assert v0["LatestShipDate"] == order["fulfillment"]["shipByWindow"]["latestDateTime"]


@pytest.mark.parametrize(
    "query",
    [
        {"lastUpdatedAfter": "2026-07-01T00:00:00Z"},
        {"createdBefore": "2026-08-01T00:59:00Z"},
        {"createdBefore": "2020-01-01T00:00:00Z"},
        {"maxResultsPerPage": 101},
        {"paginationToken": "nonsense"},
    ],
    ids=["two families", "two minutes", "before after", "page size", "token"],
)
def test_documented_rules_are_kept(caller: _Caller, query: dict[str, Any]) -> None:
    """
    A request that breaks one of them is answered 400.
    """
    assert caller.sweep(**query).status_code == 400


@needs_models
def test_a_request_outside_the_model_is_a_violation(caller: _Caller) -> None:
    """
    It is refused and remembered, so that the test that made it fails.
    """
    answer = caller.sweep(includedData="SHIPPING", page="2")

    assert answer.status_code == 400
    assert len(caller.fake.violations) == 2


def test_the_bucket_empties_and_refills_with_the_clock(caller: _Caller) -> None:
    """
    Twenty at once, then one in three minutes; the rate is told in each answer.
    """
    statuses = [caller.sweep().status_code for _ in range(21)]
    caller.fake.clock.pass_by(timedelta(seconds=179))

    answer = caller.sweep()
    assert statuses == [200] * 20 + [429]
    assert (answer.status_code, answer.headers["x-amzn-RateLimit-Limit"]) == (200, "0.0056")


def test_a_token_ends_after_an_hour(caller: _Caller) -> None:
    """
    403, as Amazon says it.
    """
    caller.fake.clock.pass_by(timedelta(hours=1))

    assert caller.sweep().status_code == 403


def test_the_outage_of_august_refuses_only_what_asks_for_fulfillment(caller: _Caller) -> None:
    """
    The block with the ship window is refused, the rest works.
    """
    caller.fake.faults.add(fulfillment_refused(BEGIN, BEGIN + timedelta(days=1)))

    assert caller.sweep().status_code == 400
    assert caller.sweep(includedData="PAYMENT").status_code == 200


def test_an_outage_begins_and_ends(caller: _Caller) -> None:
    """
    500 for its time, then the truth again.
    """
    caller.fake.faults.add(outage(BEGIN, BEGIN + timedelta(minutes=10)))
    during = caller.sweep().status_code
    caller.fake.clock.pass_by(timedelta(minutes=10))

    assert (during, caller.sweep().status_code) == (500, 200)


def test_the_catalogue_says_release_dates(caller: _Caller) -> None:
    """
    Summaries carry the release date, attributes the street date; an unknown identifier is simply not there.
    """
    answer = caller.get(
        "/catalog/2022-04-01/items",
        identifiers=f"{CD},B0FAKEBK01,B000000000",
        identifiersType="ASIN",
        marketplaceIds="A1VC38T7YXB528",
        includedData="summaries,attributes",
    )

    items = answer.json()["items"]
    assert [date.fromisoformat(items[0]["summaries"][0]["releaseDate"]).weekday(), len(items)] == [0, 2]
    assert caller.fake.violations == []


def test_a_life_goes_from_pending_to_shipped(caller: _Caller) -> None:
    """
    Paid the day before its ship-by, shipped on it.
    """
    order = caller.fake.world.order(CD, bought=BEGIN, ship_by=date(2026, 8, 10), lives=True)
    seen = []
    for day, hour in ((8, 0), (8, 15), (9, 15), (10, 12)):
        caller.fake.world.come_to(datetime(2026, 8, day, hour, 30, tzinfo=UTC))
        seen.append(order.status)

    assert seen == ["PENDING_AVAILABILITY", "PENDING", "UNSHIPPED", "SHIPPED"]


def test_it_answers_on_a_socket_and_can_hang_up(fake_spapi: FakeSpapi) -> None:
    """
    The same answers over HTTP on loopback; a cut connection says nothing.
    """
    with httpx.Client() as http:
        refused = http.post(fake_spapi.lwa_endpoint, data={"grant_type": "refresh_token"})
        fake_spapi.faults.add(Fault("token", cut=True))

        assert refused.json()["error"] == "invalid_client"
        with pytest.raises(httpx.RemoteProtocolError):
            http.post(fake_spapi.lwa_endpoint, data={})


@needs_models
def test_a_list_longer_than_the_model_allows_is_a_violation(caller: _Caller) -> None:
    """
    Though its elements are judged one by one: 21 products in a batch of prices.
    """
    path = "/products/pricing/2022-05-01/items/competitiveSummary"
    wish = {"asin": CD, "marketplaceId": "A1VC38T7YXB528", "includedData": ["lowestPricedOffers"], "method": "GET", "uri": path}
    answer = caller.http.post(f"/batches{path}", json={"requests": [wish] * 21}, headers=caller.headers)

    assert answer.status_code == 400
    assert caller.fake.violations != []
