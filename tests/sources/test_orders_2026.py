"""
Orders API v2026-01-01: Amazon's own examples and the shapes a seller may save.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.sources.makers_sources import (
    an_item,
    an_order,
    as_json,
    batches_of,
    only_observation,
    only_reason,
    rows_of,
    said_in,
)
from watchdog.terms.look import Defect, Ignored
from watchdog.terms.observation import Canceller, Interface, Observation, Status

if TYPE_CHECKING:
    from pathlib import Path

LATEST = "2026-09-14T14:59:59Z"


def fulfilled(status: str = "UNSHIPPED", **more: Any) -> dict[str, Any]:
    """
    Return an order's fulfillment block.
    """
    return {"fulfillmentStatus": status, "fulfilledBy": "MERCHANT", "shipByWindow": {"latestDateTime": LATEST}, **more}


def test_an_order_s_facts_stand_on_each_of_its_items(tmp_path: Path) -> None:
    """
    Status, ship-by and update time are the order's, the line and its offer the item's.
    """
    said = said_in(tmp_path, as_json({"order": an_order(orderItems=[an_item("1"), an_item("2")])}))

    assert [(one.line, one.facts.ship_by, one.facts.updated_at) for one in said if isinstance(one, Observation)] == [
        (line, date(2026, 9, 14), datetime(2026, 7, 1, 3, 5, tzinfo=UTC)) for line in ("1", "2")
    ]


@pytest.mark.parametrize(
    ("document", "complete", "rows"),
    [
        ({"orders": [an_order()]}, True, 1),
        ({"orders": []}, True, 0),
        ({"orders": [an_order()], "pagination": {}}, True, 1),
        ({"orders": [an_order()], "pagination": {"nextToken": "x"}}, False, 1),
        ({"order": an_order()}, False, 1),
        (an_order(), False, 1),
        ([an_order()], True, 1),
    ],
)
def test_a_page_without_a_next_one_shows_everything(tmp_path: Path, document: Any, complete: bool, rows: int) -> None:
    """
    A single order or a page that is followed by another says nothing of what it omits.
    """
    [batch] = batches_of(tmp_path, as_json(document))

    assert (batch.look.complete, len(batch.rows)) == (complete, rows)
    assert (batch.look.source, batch.look.interface) == ("inbox:orders_2026", Interface.ORDERS_2026)


@pytest.mark.parametrize(
    ("lines", "complete", "places"),
    [
        ([an_order("A-1"), an_order("A-2")], True, [1, 2]),
        ([{"order": an_order("A-1")}, {"orders": [an_order("A-2"), an_order("A-3")]}], True, [1, 2, 2]),
        ([{"orders": [an_order("A-1")]}, {"orders": [an_order("A-2")], "pagination": {"nextToken": "x"}}], False, [1, 2]),
    ],
)
def test_json_lines_are_orders_by_line(tmp_path: Path, lines: list[Any], complete: bool, places: list[int]) -> None:
    """
    Each line stands for itself, and is the place of what it holds.
    """
    [batch] = batches_of(tmp_path, b"\n".join(map(as_json, lines)) + b"\n\n")

    assert batch.look.complete is complete
    assert [row.place for row in batch.rows] == places


def test_a_broken_line_rejects_itself_only(tmp_path: Path) -> None:
    """
    The rest of the lines is used, but they no longer show everything.
    """
    content = b"\n".join([as_json(an_order("A-1")), as_json(an_order("A-2"))[:-9], as_json(an_order("A-3"))])

    [batch] = batches_of(tmp_path, content)
    kinds = [type(batch.read(row)) for row in batch.rows]

    assert kinds == [Observation, Defect, Observation]
    assert not batch.look.complete


def test_a_document_over_many_lines_is_one_document(tmp_path: Path) -> None:
    """
    Pretty-printed JSON is not taken for JSON lines.
    """
    content = as_json({"orders": [an_order("A-1"), an_order("A-2")]}).replace(b"{", b"{\n").replace(b",", b",\r\n")

    assert len(said_in(tmp_path, content)) == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"programs": ["PREORDER"], "fulfillment": fulfilled()},
        {"programs": [], "fulfillment": fulfilled("PENDING_AVAILABILITY")},
        {"programs": [], "fulfillment": fulfilled(), "orderItems": [an_item(product={"condition": {"conditionType": "PREORDER"}})]},
    ],
)
def test_each_of_amazon_s_three_marks_is_a_mark(tmp_path: Path, changes: dict[str, Any]) -> None:
    """
    Program, status or the item's condition.
    """
    assert only_observation(tmp_path, as_json({"order": an_order(**changes)})).marked


def test_an_order_without_any_mark_is_unmarked(tmp_path: Path) -> None:
    """
    An unknown program or an absent list is none.
    """
    order = an_order(fulfillment=fulfilled(), programs=["NEW_PROGRAM"])

    assert not only_observation(tmp_path, as_json({"order": order})).marked


@pytest.mark.parametrize(
    "window", [None, {}, {"earliestDateTime": LATEST}, {"latestDateTime": ""}, {"latestDateTime": "1970-01-01T00:00:00Z"}, "x"]
)
def test_an_absent_window_is_no_date(tmp_path: Path, window: Any) -> None:
    """
    Nothing is said of the ship-by; the earliest time alone is no ship-by.
    """
    order = an_order(fulfillment=fulfilled(shipByWindow=window))

    assert only_observation(tmp_path, as_json({"order": order})).facts.ship_by is None


@pytest.mark.parametrize(
    ("changes", "code", "column"),
    [
        ({"fulfillment": fulfilled(shipByWindow={"latestDateTime": "2026-99-99"})}, "row_date_unreadable", "shipByWindow.latestDateTime"),
        ({"fulfillment": fulfilled(shipByWindow={"latestDateTime": 1569521782042})}, "row_no_date", "shipByWindow.latestDateTime"),
        ({"lastUpdatedTime": "soon"}, "row_no_date", "lastUpdatedTime"),
        ({"createdTime": "1.569521782042E9"}, "row_no_date", "createdTime"),
    ],
)
def test_a_date_that_cannot_be_read_rejects_the_item(tmp_path: Path, changes: dict[str, Any], code: str, column: str) -> None:
    """
    The field is named, and what stands in it where that looks like a date.
    """
    said, values = only_reason(tmp_path, as_json({"order": an_order(**changes)}))

    assert (said, values["column"]) == (code, column)


@pytest.mark.parametrize(
    "entry", [None, 1, "x", [], {}, {"orderId": "A-1"}, {"orderId": "A-1", "orderItems": []}, {"orderItems": [an_item()]}]
)
def test_an_entry_that_is_no_order_is_rejected_by_its_place(tmp_path: Path, entry: Any) -> None:
    """
    The others of the page are used.
    """
    said = said_in(tmp_path, as_json({"orders": [an_order(), entry]}))

    assert isinstance(said[0], Observation)
    assert [(one.place, one.reason.code) for one in said if isinstance(one, Defect)] == [(2, "row_not_an_order")]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"fulfillment": fulfilled(fulfilledBy="AMAZON")}, "amazon_fulfilled"),
        ({"associatedOrders": [{"orderId": "A-0", "associationType": "REPLACEMENT_ORIGINAL_ID"}]}, "replacement"),
        ({"associatedOrders": [{"orderId": "A-0", "associationType": "EXCHANGE_ORIGINAL_ID"}]}, "replacement"),
        ({"salesChannel": {"channelName": "NON_AMAZON"}}, "not_amazon"),
    ],
)
def test_orders_that_are_not_the_seller_s_to_ship_are_ignored(tmp_path: Path, changes: dict[str, Any], reason: str) -> None:
    """
    They are fine, and not watched.
    """
    assert said_in(tmp_path, as_json({"order": an_order(**changes)})) == [Ignored(reason)]


def test_a_cancelled_order_says_who_asked_and_who_did_it(tmp_path: Path) -> None:
    """
    In Amazon's own example an approved request has ``cancelledBy: MERCHANT``.
    """
    cancelled = {"cancellationRequest": {"requester": "BUYER"}, "cancellationExecution": {"cancelledBy": "MERCHANT"}}
    facts = only_observation(
        tmp_path, as_json({"order": an_order(orderItems=[an_item(cancellation=cancelled)], fulfillment=fulfilled("CANCELLED"))})
    ).facts

    assert (facts.status, facts.cancel_requested, facts.cancelled_by) == (Status.CANCELLED, True, Canceller.MERCHANT)


def test_a_cancelled_line_of_an_open_order_is_cancelled(tmp_path: Path) -> None:
    """
    Nothing of it was or will be shipped; the order's other line stays open.
    """
    gone = an_item(
        "1",
        cancellation={"cancellationExecution": {"cancelledBy": "BUYER"}},
        fulfillment={"quantityFulfilled": 0, "quantityUnfulfilled": 0},
    )
    said = said_in(tmp_path, as_json({"order": an_order(orderItems=[gone, an_item("2")], fulfillment=fulfilled())}))

    assert [one.facts.status for one in said if isinstance(one, Observation)] == [Status.CANCELLED, Status.UNSHIPPED]


def test_payments_are_told_in_an_order_of_their_own(tmp_path: Path) -> None:
    """
    Amazon's order of executions is no change.
    """
    card = {"paymentMethod": "CreditCard", "paymentAmount": {"amount": "1980", "currencyCode": "JPY"}}
    store = {"paymentMethod": "ConvenienceStore"}
    one, two = (
        only_observation(tmp_path, as_json({"order": an_order(payment={"paymentExecutions": both})})).facts.payment
        for both in ([card, store], [store, card])
    )

    assert one == two == "ConvenienceStore + CreditCard 1980 JPY"


@pytest.mark.parametrize(
    ("packages", "expected"),
    [
        ([{"createdTime": "2026-09-13T01:00:00.694Z", "shipTime": "2026-09-14T01:00:00Z"}], datetime(2026, 9, 13, 1, tzinfo=UTC)),
        ([{"shipTime": "2026-09-14T01:00:00Z"}], datetime(2026, 9, 14, 1, tzinfo=UTC)),
        ([{"createdTime": "2026-09-13T01:00:00Z", "packageItems": [{"orderItemId": "other"}]}], None),
        ([{}], None),
        (None, None),
    ],
)
def test_a_shipped_line_says_when_it_was_confirmed(tmp_path: Path, packages: Any, expected: datetime | None) -> None:
    """
    Lateness counts against the confirmation, not against the carrier.
    """
    order = an_order(packages=packages, fulfillment=fulfilled("SHIPPED"))

    assert only_observation(tmp_path, as_json({"order": order})).facts.shipped_at == expected


def test_an_address_becomes_a_fingerprint_and_nothing_of_the_buyer_stays(tmp_path: Path) -> None:
    """
    Another address, another fingerprint; no recipient block, none.
    """
    homes = [
        {"deliveryAddress": {"name": "架空 太郎", "addressLine1": line, "postalCode": "000-0000", "phone": "000"}}
        for line in ("存在しない町0", "存在しない町1")
    ]
    buyer = {"buyerName": "架空 太郎", "buyerEmail": "x@example.invalid"}
    one, two = (only_observation(tmp_path, as_json({"order": an_order(recipient=home, buyer=buyer)})) for home in homes)
    none = only_observation(tmp_path, as_json({"order": an_order(buyer=buyer)}))

    assert one.facts.address != two.facts.address
    assert none.facts.address is None
    assert not [word for word in ("架空 太郎", "存在しない", "example.invalid", "000-0000") if word in repr((one, two))]


def test_an_order_of_an_unknown_marketplace_is_rejected(tmp_path: Path) -> None:
    """
    Without its zone no date can be told.
    """
    assert only_reason(tmp_path, as_json({"order": an_order(salesChannel={"marketplaceId": "A0"})}))[0] == "row_marketplace_unknown"


def test_the_same_order_written_otherwise_is_the_same_row(tmp_path: Path) -> None:
    """
    The order of keys, blanks and the product's title are no news; a moved window is.
    """
    order = an_order()
    turned = dict(reversed(order.items())) | {"orderItems": [an_item(product={**an_item()["product"], "title": "another"})]}
    moved = an_order(fulfillment=fulfilled("PENDING_AVAILABILITY", shipByWindow={"latestDateTime": "2026-09-08T14:59:59Z"}))
    one, two, three = (rows_of(batches_of(tmp_path, as_json({"order": each})))[0].digest for each in (order, turned, moved))

    assert one == two != three


def test_half_a_character_never_reaches_an_observation(tmp_path: Path) -> None:
    """
    JSON may name half of a surrogate pair, which no database takes.
    """
    content = as_json({"order": an_order(orderItems=[an_item(product={"sellerSku": "S", "title": "a@b"})])}).replace(b"@", b"\\ud83d")

    assert only_observation(tmp_path, content).title == "a b"
