"""
Every shop has its own calendar: the same second is another day elsewhere, nights have 23 or 25 hours, and years end at different times.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.stories.answers import a_row, alarms, an_order, answer, end_of, order_id, releases, replayed, shipping_report
from watchdog.terms.marketplace import BY_COUNTRY

if TYPE_CHECKING:
    from tests.stories.seller import Seller

#: Nights on which a clock is put forward or back, and others that begin or end a year or a leap day.
NIGHTS = [
    ("DE", "2026-03-28"), ("DE", "2026-03-29"), ("DE", "2026-10-24"), ("DE", "2026-10-25"),
    ("GB", "2026-03-29"), ("GB", "2026-10-25"),
    ("US", "2026-03-07"), ("US", "2026-03-08"), ("US", "2026-10-31"), ("US", "2026-11-01"),
    ("CA", "2026-11-01"), ("AU", "2026-04-05"), ("AU", "2026-10-04"), ("EG", "2026-04-23"), ("EG", "2026-10-29"),
    ("JP", "2026-12-31"), ("US", "2026-12-31"), ("AU", "2026-12-31"), ("JP", "2028-02-29"), ("US", "2028-02-29"), ("IN", "2026-08-21"),
]  # fmt: skip


def later(day: str, days: int) -> str:
    """
    Return the day so many days later.
    """
    return str(date.fromisoformat(day) + timedelta(days=days))


def lone(day: str, country: str) -> dict[str, Any]:
    """
    Return one pre-order due at the end of that day, bought two months before.
    """
    bought = f"{later(day, -60)}T12:00:00Z"
    return an_order(1, day, country, bought=bought, updated=bought)


@pytest.mark.parametrize(("country", "day"), NIGHTS)
def test_a_window_that_ends_with_the_day_is_due_on_that_day(seller: Seller, country: str, day: str) -> None:
    """
    Whatever the clocks do that night: due on the release day is right, three days before it is an alarm that names this day.
    """
    seen = f"{later(day, -30)}T12:00:00Z"
    right = replayed(seller, (answer(lone(day, country)), seen), home=country, known=releases(f"B0SAMPLE01,CD-01,{day}"))
    early = replayed(seller, (answer(lone(day, country)), seen), home=country, known=releases(f"B0SAMPLE01,CD-01,{later(day, 3)}"))

    assert alarms(right) == []
    assert [(finding["ship_by"], finding["release_date"]) for finding in alarms(early)] == [(day, later(day, 3))]


@pytest.mark.parametrize(("country", "instant", "day"), [
    ("US", "2026-07-11T06:59:59Z", "2026-07-10"),  # summer time
    ("US", "2026-12-11T07:59:59Z", "2026-12-10"),
    ("JP", "2026-07-10T14:59:59Z", "2026-07-10"),
    ("JP", "2026-07-10T15:00:00Z", "2026-07-10"),  # exactly midnight belongs to the day that ended
    ("DE", "2026-07-10T22:00:00Z", "2026-07-10"),
    ("GB", "2026-07-10T23:00:00Z", "2026-07-10"),
    ("US", "2026-07-11T07:00:00Z", "2026-07-10"),
    ("JP", "2026-12-31T15:00:00Z", "2026-12-31"),
    ("JP", "2026-12-31T14:59:59Z", "2026-12-31"),
    ("US", "2027-01-01T07:59:59Z", "2026-12-31"),
    ("AU", "2026-12-31T12:59:59Z", "2026-12-31"),
])  # fmt: skip
def test_an_end_in_utc_is_a_day_of_its_own_shop(seller: Seller, country: str, instant: str, day: str) -> None:
    """
    06:59:59Z is still yesterday on the American west coast.
    """
    order = an_order(1, instant, country, bought="2026-05-01T12:00:00Z", updated="2026-05-01T12:00:00Z")
    known = releases(f"B0SAMPLE01,CD-01,{later(day, 20)}")
    document = replayed(seller, (answer(order), "2026-06-01T12:00:00Z"), home=country, known=known)

    assert [finding["ship_by"] for finding in alarms(document)] == [day]


def test_one_file_of_many_shops_is_read_shop_by_shop(seller: Seller) -> None:
    """
    Each row carries its own offset and belongs to its own shop; all are due on 10 June there, none is early.
    """
    rows = [
        a_row(1, "2025-06-10T23:59:59+09:00", "JP"),
        a_row(2, "2025-06-11T06:59:59+00:00", "US"),
        a_row(3, "2025-06-10T22:59:59+00:00", "GB"),
        a_row(4, "2025-06-10T21:59:59+00:00", "DE"),
        a_row(5, "2025-06-10T18:29:59+00:00", "IN"),
        a_row(6, "2025-06-10T13:59:59+00:00", "AU"),
    ]
    known = releases(
        *(f"CD-01,2025-06-10,{country}" for country in ("JP", "US", "GB", "DE", "IN", "AU")), header="sku,release_date,marketplace"
    )
    document = replayed(seller, (shipping_report(*rows), "2025-05-03T12:00:00Z"), known=known)

    assert alarms(document) == []
    assert document["rows"] == {"read": 6, "used": 6, "unchanged": 0, "rejected": 0, "ignored": 0}
    watched = {product["marketplace_id"]: product["open_orders"] for product in document["coverage"]["products"]}
    assert watched == {BY_COUNTRY[country].id: 1 for country in ("JP", "US", "GB", "DE", "IN", "AU")}


def test_a_release_without_a_shop_counts_in_every_shop(seller: Seller) -> None:
    """
    A list without that column, orders in two shops: the one that is early is flagged where it is.
    """
    orders = [an_order(1, "2016-09-14", "JP"), an_order(2, "2016-09-08", "US")]
    document = replayed(seller, (answer(*orders), "2016-09-01T12:00:00Z"), known=releases("B0SAMPLE01,CD-01,2016-09-14"))

    (finding,) = alarms(document)
    assert (finding["order_id"], finding["marketplace_id"]) == (order_id(2), BY_COUNTRY["US"].id)
    assert document["coverage"]["unwatched_orders"] == 0


def test_orders_of_another_shop_are_no_siblings(seller: Seller) -> None:
    """
    Thirteen Japanese pre-orders say nothing about an American one: no norm is made of them.
    """
    orders = [*(an_order(number, "2016-09-14") for number in range(1, 14)), an_order(20, "2016-09-12", "US")]
    document = replayed(seller, (answer(*orders), "2016-09-01T12:00:00Z"), known=releases("B0SAMPLE01,CD-01,2016-09-14"))

    assert alarms(document) == [], "two days early, and alone in its shop"


def test_each_shop_may_have_its_own_release_date(seller: Seller) -> None:
    """
    Out in Japan on the 14th, in America on the 28th.
    """
    known = releases("B0SAMPLE01,2016-09-14,JP", "B0SAMPLE01,2016-09-28,US", header="asin,release_date,marketplace")
    orders = [an_order(1, "2016-09-14", "JP"), an_order(2, "2016-09-14", "US"), an_order(3, "2016-09-28", "US")]
    document = replayed(seller, (answer(*orders), "2016-09-01T12:00:00Z"), known=known)

    assert [(finding["order_id"], finding["release_date"]) for finding in alarms(document)] == [(order_id(2), "2016-09-28")]


def test_a_ship_by_passes_at_the_end_of_its_own_shops_day(seller: Seller) -> None:
    """
    Both are due on 8 September. At 20:00 UTC that day is over in Japan, and not yet in America.
    """
    orders = [an_order(1, "2016-09-08", "JP"), an_order(2, "2016-09-08", "US")]
    known = releases("B0SAMPLE01,CD-01,2016-09-20")
    document = replayed(seller, (answer(*orders), "2016-09-01T12:00:00Z"), now="2016-09-08T20:00:00Z", known=known)
    rules = {finding["order_id"]: "past_ship_by" in finding["rules"] for finding in alarms(document)}

    assert rules == {order_id(1): True, order_id(2): False}


@pytest.mark.parametrize(("country", "release", "due"), [
    ("JP", "2026-09-19", "2026-09-24"),  # Saturday, then three holidays
    ("JP", "2026-12-31", "2027-01-04"),
    ("US", "2026-11-26", "2026-11-27"),  # Thanksgiving
    ("DE", "2026-12-25", "2026-12-28"),
    ("FR", "2026-07-14", "2026-07-15"),
    ("GB", "2026-08-31", "2026-09-01"),
])  # fmt: skip
def test_a_release_on_a_free_day_is_shipped_on_the_next_working_one(seller: Seller, country: str, release: str, due: str) -> None:
    """
    Weekends and each country's holidays: later than the release, and nobody is disturbed.
    """
    bought = "2026-06-01T12:00:00Z"
    orders = [an_order(number, due, country, bought=bought, updated=bought) for number in range(1, 7)]
    document = replayed(seller, (answer(*orders), "2026-06-15T12:00:00Z"), home=country, known=releases(f"B0SAMPLE01,CD-01,{release}"))

    assert document["findings"] == []
    assert document["coverage"]["unwatched_orders"] == 0, "the date is believed"


def test_the_turn_of_the_year_is_counted_in_days(seller: Seller) -> None:
    """
    Due on 31 December: two days before a release on 2 January is normal, three days before one on the 3rd is not.
    """
    bought = "2026-11-01T12:00:00Z"
    order = an_order(1, "2026-12-31", bought=bought, updated=bought)
    normal = replayed(seller, (answer(order), "2026-12-01T12:00:00Z"), known=releases("B0SAMPLE01,CD-01,2027-01-02"))
    early = replayed(seller, (answer(order), "2026-12-01T12:00:00Z"), known=releases("B0SAMPLE01,CD-01,2027-01-03"))

    assert alarms(normal) == []
    assert [(finding["ship_by"], finding["release_date"]) for finding in alarms(early)] == [("2026-12-31", "2027-01-03")]


def test_each_shops_ticket_is_written_in_its_language_with_its_dates(seller: Seller) -> None:
    """
    A seller in Japan and America: two cases, two letters.
    """
    seller.monkeypatch.setenv("PREORDER_MARKETPLACE_IDS", "JP,US")
    bought = {"bought": "2026-07-20T03:00:00Z", "updated": "2026-07-20T03:00:00Z"}
    seller.lists_release("2026-09-14", seen="2026-08-01")
    orders = [an_order(1, "2026-09-08", "JP", **bought), an_order(2, "2026-09-08", "US", **bought)]
    seller.drops("orders.json", answer(*orders), seen="2026-09-05")
    by_shop = {finding["marketplace_id"]: finding for finding in seller.flags("2026-09-05 12:30")}
    japanese = seller.runs("letter", by_shop[BY_COUNTRY["JP"].id]["case_no"], "ticket")
    american = seller.runs("letter", by_shop[BY_COUNTRY["US"].id]["case_no"], "ticket")

    assert {finding["ship_by"] for finding in by_shop.values()} == {"2026-09-08"}
    assert "9月8日" in japanese
    assert "出荷予定日" not in american
    assert "September" in american or "Sep" in american


def test_the_end_of_a_day_is_what_amazon_writes() -> None:
    """
    The maker of these stories says what was seen in real files.
    """
    assert end_of("2016-09-08", "JP") == "2016-09-08T14:59:59Z"
    assert end_of("2025-05-09", "US") == "2025-05-10T06:59:59Z"
    assert end_of("2024-01-09", "DE") == "2024-01-09T22:59:59Z"
    assert end_of("2025-08-21", "IN") == "2025-08-21T18:29:59Z"
