"""
Order reports: columns by name, dates of the marketplace, buyers' cells kept to themselves.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from tests.sources.makers_sources import (
    COLUMNS,
    MAIL,
    NAME,
    PHONE,
    STREET,
    a_reading,
    a_report,
    a_row,
    batches_of,
    only_observation,
    only_reason,
    rows_of,
    said_in,
)
from watchdog.terms.look import Ignored, Kind
from watchdog.terms.marketplace import BY_COUNTRY
from watchdog.terms.observation import Interface, Observation, Status

if TYPE_CHECKING:
    from pathlib import Path


def test_a_row_of_the_unshipped_report_says_all_it_shows(tmp_path: Path) -> None:
    """
    Status, deadline, the moment it became ready to ship and the payment method come from their columns.
    """
    said = only_observation(tmp_path, a_report(a_row()))

    assert (said.marketplace_id, said.order_id, said.line, said.sku) == (
        "A1VC38T7YXB528",
        "250-1000001-0000001",
        "10000000000001",
        "CD-0914",
    )
    assert said.purchased_at == datetime(2026, 7, 1, 3, tzinfo=UTC)
    assert said.facts.status is Status.UNSHIPPED
    assert said.facts.ship_by == date(2026, 9, 14)
    assert said.facts.fulfillable_at == datetime(2026, 9, 6, 0, 30, tzinfo=UTC)
    assert (said.facts.payment, said.facts.cancel_requested, said.facts.line_shipped) == ("CreditCard", False, False)
    assert not said.marked


def test_the_look_of_an_unshipped_report_is_complete(tmp_path: Path) -> None:
    """
    What the unshipped report omits is absent, and its rows are compared with those of its own kind only.
    """
    [batch] = batches_of(tmp_path, a_report(a_row()))

    assert (batch.look.source, batch.look.kind, batch.look.interface) == (
        "inbox:unshipped_report",
        Kind.ORDERS,
        Interface.UNSHIPPED_REPORT,
    )
    assert batch.look.complete
    assert batch.last


def test_a_header_alone_is_a_finished_look_without_rows(tmp_path: Path) -> None:
    """
    A report that lists nothing says that nothing waits to be shipped.
    """
    [batch] = batches_of(tmp_path, a_report())

    assert batch.last
    assert not batch.rows
    assert batch.refused is None


@pytest.mark.parametrize("name", ["promise-date", "latest-ship-date", "expected-ship-date", "LatestShipDate", " Promise-Date "])
def test_the_deadline_is_found_by_any_of_its_names(tmp_path: Path, name: str) -> None:
    """
    The deadline column has several names, in any case and with blanks around them.
    """
    columns = [name if column == "promise-date" else column for column in COLUMNS]

    said = only_observation(tmp_path, a_report(a_row(), columns=columns))

    assert said.facts.ship_by == date(2026, 9, 14)


def test_columns_may_stand_in_any_order_and_be_doubled(tmp_path: Path) -> None:
    """
    Vendors' tools put ``No`` first, repeat a column and add their own; the first of two equal names counts.
    """
    columns = ["No", *reversed(COLUMNS), "sku", "Promotion_ID"]
    row = ["1", *reversed(a_row()), "ANOTHER", "x"]

    said = only_observation(tmp_path, a_report(row, columns=columns))

    assert (said.sku, said.facts.ship_by) == ("CD-0914", date(2026, 9, 14))


def test_a_column_of_the_sellers_own_tool_is_found_by_its_alias(tmp_path: Path) -> None:
    """
    Extra names from the settings stand for Amazon's.
    """
    columns = ["出荷予定日" if column == "promise-date" else column for column in COLUMNS]
    reading = a_reading(aliases={"出荷予定日": "promise-date"})

    said = only_observation(tmp_path, a_report(a_row(), columns=columns, encoding="cp932"), reading=reading)

    assert said.facts.ship_by == date(2026, 9, 14)


@pytest.mark.parametrize(
    ("cells", "code", "values"),
    [
        ({"promise_date": "2026-09-99"}, "row_date_unreadable", {"column": "promise-date", "shown": "2026-09-99"}),
        ({"promise_date": NAME}, "row_no_date", {"column": "promise-date"}),
        ({"promise_date": f"2026-09 {NAME} {PHONE}"}, "row_date_unreadable", {"column": "promise-date", "shown": "2026-09…"}),
        ({"reporting_date": "yesterday"}, "row_no_date", {"column": "reporting-date"}),
        ({"purchase_date": "2026/99/01"}, "row_date_unreadable", {"column": "purchase-date", "shown": "2026/99/01"}),
        ({"order_id": "5.80293E+13"}, "row_id_damaged", {"column": "order-id", "shown": "5.80293E+13"}),
        ({"order_item_id": "1.0E+13"}, "row_id_damaged", {"column": "order-item-id", "shown": "1.0E+13"}),
        ({"order_id": ""}, "row_id_missing", {"column": "order-id"}),
        ({"order_id": NAME}, "row_id_missing", {"column": "order-id"}),
    ],
)
def test_a_cell_that_cannot_be_read_rejects_its_row(tmp_path: Path, cells: dict[str, str], code: str, values: dict[str, str]) -> None:
    """
    The row is rejected with the column's name; the cell is quoted only as far as it looks like a date.
    """
    assert only_reason(tmp_path, a_report(a_row(**cells))) == (code, values)


@pytest.mark.parametrize("text", ["", "1970-01-01T00:00:00+00:00", "   "])
def test_an_empty_or_placeholder_deadline_is_no_date(tmp_path: Path, text: str) -> None:
    """
    Nothing is said of the deadline, so nothing known is wiped.
    """
    assert only_observation(tmp_path, a_report(a_row(promise_date=text))).facts.ship_by is None


def test_columns_relative_to_the_report_s_day_are_never_news(tmp_path: Path) -> None:
    """
    ``days-past-promise`` changes every day and must not make a row new.
    """
    [old] = rows_of(batches_of(tmp_path, a_report(a_row(days_past_promise="-9"))))
    [new] = rows_of(batches_of(tmp_path, a_report(a_row(days_past_promise="-8"))))

    assert old.digest == new.digest


@pytest.mark.parametrize(
    "cell", ["promise_date", "order_id", "sku", "quantity_shipped", "payment_method", "ship_address_1", "ship_postal_code"]
)
def test_every_watched_cell_makes_a_row_new(tmp_path: Path, cell: str) -> None:
    """
    A changed deadline, quantity, payment or address is news.
    """
    [old] = rows_of(batches_of(tmp_path, a_report(a_row())))
    [new] = rows_of(batches_of(tmp_path, a_report(a_row(**{cell: "7"}))))

    assert old.digest != new.digest


@pytest.mark.parametrize(
    ("shipped", "to_ship", "status", "done"),
    [
        ("0", "1", Status.UNSHIPPED, False),
        ("1", "1", Status.PARTIALLY_SHIPPED, False),
        ("1", "0", Status.PARTIALLY_SHIPPED, True),
        ("0", "0", Status.UNSHIPPED, None),
        ("", "", Status.UNSHIPPED, None),
    ],
)
def test_quantities_say_what_of_a_line_is_shipped(tmp_path: Path, shipped: str, to_ship: str, status: Status, done: bool | None) -> None:
    """
    A line is shipped when nothing of it is left and something went out.
    """
    facts = only_observation(tmp_path, a_report(a_row(quantity_shipped=shipped, quantity_to_ship=to_ship))).facts

    assert (facts.status, facts.line_shipped) == (status, done)


@pytest.mark.parametrize("name", ["is-buyer-requested-cancellation", "is-buyer-requested-cancelation"])
@pytest.mark.parametrize(("cell", "said"), [("true", True), ("TRUE", True), ("false", False), ("", None), ("?", None)])
def test_a_request_to_cancel_is_read_in_both_spellings(tmp_path: Path, name: str, cell: str, said: bool | None) -> None:
    """
    Amazon's Japanese help spells the column with one L; an empty cell says nothing.
    """
    columns = [name if column.endswith("cancellation") else column for column in COLUMNS]

    observation = only_observation(tmp_path, a_report(a_row(is_buyer_requested_cancellation=cell), columns=columns))

    assert observation.facts.cancel_requested is said


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("is-replacement-order", "true", "replacement"),
        ("is-exchange-order", '"true"', "replacement"),
        ("fulfilled-by", "Amazon", "amazon_fulfilled"),
        ("fulfillment-channel", "AFN", "amazon_fulfilled"),
        ("納期回答期限日", "2026-09-01", "sourcing_on_demand"),
        ("sales-channel", "Non-Amazon JP", "not_amazon"),
    ],
)
def test_orders_that_are_not_the_seller_s_to_ship_are_ignored(tmp_path: Path, column: str, cell: str, reason: str) -> None:
    """
    Replacement, exchange, Amazon-fulfilled and sourcing-on-demand orders are fine and not watched.
    """
    content = a_report([*a_row(), cell], columns=[*COLUMNS, column])

    assert said_in(tmp_path, content) == [Ignored(reason)]


@pytest.mark.parametrize(
    ("channel", "mail", "country", "expected"),
    [
        ("Amazon.fr", MAIL, "JP", "FR"),
        ("", "x@m.marketplace.amazon.co.uk", "DE", "GB"),
        ("", "x@example.invalid", "DE", "DE"),
        ("", "", "UK", "GB"),
        ("", "", "ZZ", "US"),
        ("", "", "", "US"),
    ],
)
def test_a_row_names_its_marketplace(tmp_path: Path, channel: str, mail: str, country: str, expected: str) -> None:
    """
    Sales channel, else the domain of the relay address, else the country, else home.
    """
    content = a_report([*a_row(buyer_email=mail, ship_country=country), channel], columns=[*COLUMNS, "sales-channel"])

    said = only_observation(tmp_path, content, reading=a_reading(BY_COUNTRY["US"]))

    assert said.marketplace_id == BY_COUNTRY[expected].id


def test_a_sales_channel_nobody_knows_rejects_the_row(tmp_path: Path) -> None:
    """
    Without a marketplace there is no zone, so no date can be told.
    """
    content = a_report([*a_row(), "Amazon.example"], columns=[*COLUMNS, "sales-channel"])

    assert only_reason(tmp_path, content)[0] == "row_marketplace_unknown"


def test_each_row_s_deadline_is_a_date_of_its_own_marketplace(tmp_path: Path) -> None:
    """
    One file mixes marketplaces: the same instant is another day in Japan than in Los Angeles.
    """
    late = "2026-09-15T06:59:59+00:00"
    content = a_report(a_row(promise_date=late), a_row(promise_date=late, buyer_email="x@marketplace.amazon.com"))

    days = [said.facts.ship_by for said in said_in(tmp_path, content) if isinstance(said, Observation)]

    assert days == [date(2026, 9, 15), date(2026, 9, 14)]


def test_no_buyer_s_cell_is_in_what_is_read(tmp_path: Path) -> None:
    """
    Name, street, phone, mail and postal code end at the reader.
    """
    text = repr(said_in(tmp_path, a_report(a_row(), a_row(promise_date=NAME), a_row(order_id=PHONE + STREET))))

    assert not [word for word in (NAME, STREET, PHONE, MAIL, "000-0000") if word in text]


def test_the_same_address_has_the_same_fingerprint_in_every_encoding(tmp_path: Path) -> None:
    """
    A report re-encoded by Amazon, or typed in another width, is no changed address.
    """
    wide = a_row(ship_address_1="存在しない町０番地０−０")
    one = only_observation(tmp_path, a_report(a_row(), encoding="cp932"))
    two = only_observation(tmp_path, a_report(wide, encoding="utf-8"))

    assert one.facts.address == two.facts.address


def test_another_address_has_another_fingerprint(tmp_path: Path) -> None:
    """
    A changed delivery address is a trace of the buyer.
    """
    one = only_observation(tmp_path, a_report(a_row()))
    two = only_observation(tmp_path, a_report(a_row(ship_address_1="存在しない町1番地0-0")))

    assert one.facts.address != two.facts.address


@pytest.mark.parametrize(
    ("cells", "kind"),
    [({}, "full"), ({"ship_address_1": ""}, "postal"), ({"ship_address_1": "", "ship_postal_code": ""}, None)],
)
def test_a_fingerprint_says_how_much_of_the_address_it_covers(tmp_path: Path, cells: dict[str, str], kind: str | None) -> None:
    """
    A postal code alone is never compared with a whole address.
    """
    address = only_observation(tmp_path, a_report(a_row(**cells))).facts.address

    assert (address and address.split(":")[1]) == kind


@pytest.mark.parametrize(
    ("left_out", "code", "column"),
    [
        ("promise-date", "file_column_missing", "promise-date"),
        ("order-id", "file_column_missing", "order-id"),
        ("sku", "file_column_missing", "sku"),
    ],
)
def test_a_report_without_a_needed_column_is_refused_by_its_name(tmp_path: Path, left_out: str, code: str, column: str) -> None:
    """
    The seller is told which column to switch on.
    """
    columns = [name for name in COLUMNS if name != left_out]
    [batch] = batches_of(tmp_path, a_report(a_row(columns), columns=columns))

    assert batch.refused is not None
    assert (batch.refused.code, batch.refused.values["column"]) == (code, column)


def test_an_order_report_without_any_ship_date_is_used_for_what_else_it_says(tmp_path: Path) -> None:
    """
    A report of new or all orders can't show a reset; a person is told so, and the deadline known from elsewhere stays.
    """
    columns = ["order-id", "order-item-id", "purchase-date", "sku", "product-name"]

    [batch] = batches_of(tmp_path, a_report(a_row(columns), columns=columns))
    said = batch.read(batch.rows[0])

    assert isinstance(said, Observation)
    assert (said.facts.status, said.facts.ship_by) == (Status.UNSHIPPED, None)
    assert batch.remark is not None
    assert batch.remark.code == "file_without_ship_date"
    assert not batch.look.complete


def test_a_report_about_something_else_is_refused(tmp_path: Path) -> None:
    """
    Payments and returns name orders too; nothing of them is used, and the seller is told which report has ship dates.
    """
    columns = ["settlement-id", "order-id", "sku", "quantity-purchased"]

    [batch] = batches_of(tmp_path, a_report(a_row(columns), columns=columns))

    assert batch.refused is not None
    assert batch.refused.code == "file_no_ship_date"


@pytest.mark.parametrize(
    ("columns", "cells", "status", "marked"),
    [
        (("amazon-order-id", "order-status"), {"order_status": "Pending"}, Status.PENDING_AVAILABILITY, False),
        (("amazon-order-id", "order-status"), {"order_status": "Unshipped"}, Status.UNSHIPPED, False),
        (("amazon-order-id", "order-status"), {"order_status": "Shipped - Delivered to Buyer"}, Status.SHIPPED, False),
        (("amazon-order-id", "order-status"), {"order_status": "Complete?"}, None, False),
        (
            ("amazon-order-id", "order-status", "item-status"),
            {"order_status": "Shipped", "item_status": "Cancelled"},
            Status.CANCELLED,
            False,
        ),
        (("order-id", "payment-type"), {}, Status.PENDING_AVAILABILITY, False),
        (("order-id", "order-status"), {"order_status": "PendingAvailability"}, Status.PENDING_AVAILABILITY, True),
        (("order-id", "order-status"), {"order_status": "Pending"}, Status.PENDING, False),
    ],
)
def test_a_report_s_pending_is_not_taken_for_having_left_availability(
    tmp_path: Path, columns: tuple[str, ...], cells: dict[str, str], status: Status | None, marked: bool
) -> None:
    """
    All-orders and pending reports call a pre-order "Pending" in both of its waiting states; that is neither an exit nor a mark.
    """
    names = [*columns, "purchase-date", "sku"]

    said = only_observation(tmp_path, a_report(a_row(names, **{"amazon_order_id": "A-1", **cells}), columns=names))

    assert (said.facts.status, said.marked) == (status, marked)


def test_that_a_closed_order_shows_no_request_does_not_unsay_one(tmp_path: Path) -> None:
    """
    Who asked to cancel must still be known when the order is cancelled.
    """
    names = ["amazon-order-id", "order-status", "purchase-date", "sku", "is-buyer-requested-cancellation"]
    rows = [a_row(names, amazon_order_id=f"A-1-{word}", order_status=word) for word in ("Unshipped", "Cancelled")]

    said = [one.facts.cancel_requested for one in said_in(tmp_path, a_report(*rows, columns=names)) if isinstance(one, Observation)]

    assert said == [False, None]


def test_amazon_s_own_shipments_are_ignored(tmp_path: Path) -> None:
    """
    Reports of Amazon-fulfilled shipments hold no deadline of the seller's.
    """
    names = ["amazon-order-id", "shipment-id", "shipment-item-id", "amazon-order-item-id", "purchase-date", "sku"]

    assert said_in(tmp_path, a_report(a_row(names, amazon_order_id="A-1"), columns=names)) == [Ignored("amazon_fulfilled")]


def test_a_title_that_begins_with_a_quote_swallows_nothing(tmp_path: Path) -> None:
    """
    In Amazon's TAB reports a quote is a character like any other.
    """
    content = a_report(a_row(product_name='"Imaginary 12" LP'), a_row(order_id="250-1000002-0000001"))

    titles = [said.title for said in said_in(tmp_path, content) if isinstance(said, Observation)]

    assert titles == ['"Imaginary 12" LP', "架空のアルバム【初回限定盤】"]


def test_a_title_with_a_tab_rejects_its_row_only(tmp_path: Path) -> None:
    """
    Everything after the TAB is shifted, so nothing of the row is believed.
    """
    content = a_report(a_row(product_name="a\tb"), a_row())

    first, second = said_in(tmp_path, content)

    assert getattr(first, "reason", None).code == "row_too_wide"  # type: ignore[union-attr]
    assert isinstance(second, Observation)


def test_control_characters_never_reach_an_observation(tmp_path: Path) -> None:
    """
    Databases and mails refuse them.
    """
    assert only_observation(tmp_path, a_report(a_row(product_name="a\x0bb\x85c"))).title == "a b\x85c"
