"""
Amazon's own examples of every operation for orders are read: what its sandbox answers, and what its models show.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.sources.makers_sources import a_reading
from tests.spapi_fake.models import FOLDER
from watchdog.sources.spapi.asking_2026 import Asker2026
from watchdog.sources.spapi.asking_v0 import AskerV0
from watchdog.sources.spapi.session import Session
from watchdog.sources.spapi.token import Credentials
from watchdog.sources.spapi.troubles import Rejected
from watchdog.terms.account import Account
from watchdog.terms.look import Ignored
from watchdog.terms.observation import Observation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchdog.sources.spapi.asking import AnswerPage, Asker

NOW = datetime(2026, 8, 1, tzinfo=UTC)
MODELS = {"orders_2026-01-01.json": ("searchOrders", "getOrder"), "ordersV0.json": ("getOrders", "getOrder", "getOrderItems")}


def examples() -> Iterator[Any]:
    """
    Yield model, operation, status and body of every answer Amazon shows.
    """
    for model, operations in MODELS.items() if FOLDER.exists() else ():
        paths = json.loads((FOLDER / model).read_text(encoding="utf-8"))["paths"]
        for shown in (each for path in paths.values() for each in path.values() if isinstance(each, dict)):
            if shown.get("operationId") in operations:
                for status in ("200", "400"):
                    answer = shown["responses"][status]
                    bodies = [case["response"] for case in answer.get("x-amzn-api-sandbox", {}).get("static", [])]
                    for number, body in enumerate([*bodies, *answer.get("examples", {}).values()]):
                        yield pytest.param(
                            model, shown["operationId"], int(status), body, id=f"{model}-{shown['operationId']}-{status}-{number}"
                        )


def asker_of(model: str, status: int, body: Any, items: Any = None) -> Asker:
    """
    Return an asker whom everything is answered with this body.
    """

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/auth/o2/token":
            return httpx.Response(200, json={"access_token": "Atza|x", "expires_in": 3600})
        return httpx.Response(status, json=items if items is not None and "orderItems" in request.url.path else body)

    session = Session(
        Credentials("i", "s", "r"),
        host="https://x",
        lwa_url="https://x/auth/o2/token",
        draw=lambda: 0.5,
        transport=httpx.MockTransport(answer),
    )
    reading, places = a_reading(), Account().marketplaces
    return Asker2026(session, reading, places) if model.startswith("orders_2026") else AskerV0(session, reading, places, lambda _ids: ())


def asked(asker: Asker, operation: str, body: Any) -> AnswerPage | None:
    """
    Ask as the example was asked for.
    """
    if operation in {"searchOrders", "getOrders"}:
        return asker.page(asker.sweep_question(NOW), None, NOW)
    order_id = body.get("order", {}).get("orderId") or body.get("payload", {}).get("AmazonOrderId") or "TEST_CASE_400"
    return asker.single(order_id, NOW)


@pytest.mark.skipif(not FOLDER.exists(), reason="Amazon's models (../shared/sp-api-models) are not here")
@pytest.mark.parametrize(("model", "operation", "status", "body"), list(examples()))
def test_amazons_own_example_is_read(model: str, operation: str, status: int, body: Any) -> None:
    """
    Every order in it is used or passed by for a reason; every 400 is said in Amazon's words.
    """
    if status == 400:
        with pytest.raises(Rejected) as rejected:
            asked(asker_of(model, status, body), operation, body)
        assert body["errors"][0]["code"] in str(rejected.value.values["problem"])
        return
    items = {"payload": {"AmazonOrderId": "x", "OrderItems": [{"OrderItemId": "1", "ASIN": "B000000001", "SellerSKU": "S"}]}}
    if operation == "getOrderItems":
        order = {"payload": {"AmazonOrderId": "902-1845936-5435065", "OrderStatus": "Unshipped", "PurchaseDate": "2026-01-01T00:00:00Z"}}
        page = asker_of(model, status, order, body).single("902-1845936-5435065", NOW)
    else:
        page = asked(asker_of(model, status, body, items), operation, body)

    assert page is not None
    assert page.rows
    assert [said for said in map(page.read, page.rows) if not isinstance(said, (Observation, Ignored))] == []
