"""
JSON and XML that are no Orders API v2026-01-01: Orders v0, notifications, the catalogue, XML reports.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.golden.documents import DOCUMENTS, asking, change, item_v0, order_v0, without_items
from tests.sources.makers_sources import AS_OF, as_json, batches_of, only_observation, only_reason, read_all, said_in
from watchdog.terms.identity import WHOLE_ORDER
from watchdog.terms.look import Defect, Kind, ReleaseSource
from watchdog.terms.observation import Facts, Interface, Observation, Status

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "wrapped",
    [
        {"payload": {"Orders": [order_v0(1)]}},
        {"Orders": [order_v0(1)]},
        {"payload": order_v0(1)},
        order_v0(1),
        [order_v0(1)],
        [
            {"payload": {"Orders": [without_items(order_v0(1))]}},
            {"payload": {"AmazonOrderId": "250-0000001-0000001", "OrderItems": [item_v0(1)]}},
        ],
    ],
)
def test_an_order_of_the_old_interface_is_read_however_it_is_wrapped(tmp_path: Path, wrapped: Any) -> None:
    """
    Answers of getOrders and getOrderItems are put together where both are there.
    """
    said = only_observation(tmp_path, as_json(wrapped))

    assert (said.order_id, said.line, said.sku, said.asin) == ("250-0000001-0000001", "10000000000001", "CD-0001", "B0EXAMPLE1")
    assert (said.marked, said.facts.status, said.facts.ship_by) == (True, Status.PENDING_AVAILABILITY, date(2026, 9, 14))


def test_an_order_without_items_still_says_where_it_stands(tmp_path: Path) -> None:
    """
    Of each of its lines, whichever they are.
    """
    said = only_observation(tmp_path, as_json({"payload": {"Orders": [without_items(order_v0(1))]}}))

    assert (said.line, said.sku, said.asin) == (WHOLE_ORDER, None, None)
    assert (said.marked, said.facts.status, said.facts.ship_by) == (True, Status.PENDING_AVAILABILITY, date(2026, 9, 14))


def test_one_order_without_items_among_others_stands_alone(tmp_path: Path) -> None:
    """
    The others keep theirs.
    """
    with_item, without = said_in(tmp_path, as_json([order_v0(1), without_items(order_v0(2))]))

    assert isinstance(with_item, Observation)
    assert isinstance(without, Observation)
    assert (with_item.line, without.line) == ("10000000000001", WHOLE_ORDER)


@pytest.mark.parametrize(("asked", "said"), [("true", True), (True, True), ("false", False), (None, None)])
def test_a_buyer_s_request_is_read_from_the_item(tmp_path: Path, asked: object, said: bool | None) -> None:
    """
    Amazon writes it as text there; absent says nothing.
    """
    item = item_v0(1, BuyerRequestedCancel={"IsBuyerRequestedCancel": asked})

    assert only_observation(tmp_path, as_json(order_v0(1, OrderItems=[item]))).facts.cancel_requested is said


def test_a_notification_is_a_look_at_its_event_time(tmp_path: Path) -> None:
    """
    Not when the file was written or dropped.
    """
    [batch] = batches_of(tmp_path, as_json(change(1)))

    assert (batch.look.source, batch.look.interface, batch.look.complete) == ("inbox:order_change", Interface.ORDER_CHANGE, False)
    assert batch.look.as_of == datetime(2026, 9, 1, 0, 9, 53, tzinfo=UTC)


def test_a_notification_without_event_time_speaks_of_the_file_s_time(tmp_path: Path) -> None:
    """
    The best that is known then.
    """
    [batch] = batches_of(tmp_path, as_json({**change(1), "EventTime": None}))

    assert batch.look.as_of == AS_OF


def test_each_notification_of_a_file_is_a_look_of_its_own(tmp_path: Path) -> None:
    """
    They speak of different moments.
    """
    batches = batches_of(tmp_path, b"\n".join(map(as_json, (change(1), change(2), change(3)))))

    assert len({id(batch.look) for batch in batches}) == 3
    assert [(len(batch.rows), batch.last) for batch in batches] == [(1, True)] * 3


def test_a_notification_says_nothing_of_what_it_does_not_carry(tmp_path: Path) -> None:
    """
    A status change without dates wipes no deadline.
    """
    bare = change(1, LatestShipDate=None, DestinationPostalCode=None, OrderItems=[{"OrderItemId": "1", "SellerSKU": "CD-0001"}])

    assert only_observation(tmp_path, as_json(bare)).facts == Facts(status=Status.PENDING)


@pytest.mark.parametrize("items", [[True, False], [True, None], [None, None]])
def test_a_buyer_s_wish_to_cancel_is_on_the_items_named_or_on_all(tmp_path: Path, items: list[bool | None]) -> None:
    """
    The reason alone speaks of the whole order.
    """
    said = asking(1)
    summary = said["Payload"]["OrderChangeNotification"]["Summary"]
    summary["OrderItems"] = [{"OrderItemId": f"{n}", "SellerSKU": "X", "IsBuyerRequestedCancel": flag} for n, flag in enumerate(items)]

    flags = [one.facts.cancel_requested for one in said_in(tmp_path, as_json(said)) if isinstance(one, Observation)]

    assert flags == (items if any(items) else [True, True])


def test_a_date_of_the_catalogue_is_never_the_page_s_launch(tmp_path: Path) -> None:
    """
    Summaries and the street date are release dates, each with its own rank; the launch of the page is none.
    """
    [batch] = batches_of(tmp_path, DOCUMENTS["catalog_item.json"])

    assert batch.look.kind is Kind.RELEASES
    assert [(said.source, said.release_date) for said in batch.releases] == [
        (ReleaseSource.CATALOG, date(2026, 9, 14)),
        (ReleaseSource.STREET_DATE, date(2026, 9, 14)),
    ]


@pytest.mark.parametrize(
    ("name", "source", "interface"),
    [
        ("all_orders_utf8.xml", "inbox:all_orders_xml", Interface.ALL_ORDERS_REPORT),
        ("new_orders.xml", "inbox:new_orders_xml", Interface.NEW_ORDERS_REPORT),
        ("pending_orders.xml", "inbox:pending_orders_xml", Interface.PENDING_REPORT),
    ],
)
def test_an_xml_report_is_told_by_its_content(tmp_path: Path, name: str, source: str, interface: Interface) -> None:
    """
    None of them shows everything, and a person is told that none carries a ship date.
    """
    [batch] = batches_of(tmp_path, DOCUMENTS[name], name="report.txt")

    assert (batch.look.source, batch.look.interface, batch.look.complete) == (source, interface, False)
    assert batch.remark is not None
    assert batch.remark.code == "file_without_ship_date"


def test_the_encoding_of_an_xml_report_makes_no_difference(tmp_path: Path) -> None:
    """
    UTF-8, CP932 and UTF-16 say the same (CP932 has one wave dash for Unicode's two, so titles are left out).
    """
    said = [
        [
            replace(one, title=None) if isinstance(one, Observation) else one
            for one in said_in(tmp_path, DOCUMENTS[f"all_orders_{name}.xml"])
        ]
        for name in ("utf8", "cp932", "utf16")
    ]

    assert said[0] == said[1] == said[2]


def test_xml_that_breaks_off_is_used_up_to_there(tmp_path: Path) -> None:
    """
    The rest is one rejected row.
    """
    *used, last = said_in(tmp_path, DOCUMENTS["new_orders_cut.xml"])

    assert [type(one) for one in used] == [Observation]
    assert isinstance(last, Defect)
    assert last.reason.code == "row_xml_broken"


def test_a_document_type_declaration_is_refused(tmp_path: Path) -> None:
    """
    Entities could be defined in one, to eat the memory.
    """
    [batch] = batches_of(tmp_path, DOCUMENTS["doctype.xml"])

    assert batch.refused is not None
    assert batch.refused.code == "file_doctype"


def test_a_late_document_type_declaration_ends_the_reading(tmp_path: Path) -> None:
    """
    Also where so much stands before it that the file's beginning does not show it.
    """
    bombs = b'<!ENTITY a "xxxxxxxxxx">' + b"".join(b'<!ENTITY %c "&%c;&%c;">' % (n + 1, n, n) for n in range(97, 120))
    filler = b"<!-- <AmazonOrderID> -->" + b"<!-- " + b"x" * 70_000 + b" -->"
    content = b'<?xml version="1.0"?>' + filler + b"<!DOCTYPE r [" + bombs + b"]><r><AmazonOrderID>&x;</AmazonOrderID></r>"

    assert only_reason(tmp_path, content)[0] == "row_doctype"


def test_an_order_with_two_items_gives_two_lines(tmp_path: Path) -> None:
    """
    Both carry what is said of the order.
    """
    rows = [said for said in read_all(batches_of(tmp_path, DOCUMENTS["new_orders.xml"])) if isinstance(said, Observation)]

    assert [(said.order_id[:11], said.line) for said in rows] == [("250-0000001", "10"), ("250-0000002", "20"), ("250-0000002", "21")]
