"""
The incident's cousins: what else happens to pre-orders, and what the seller is told, or is rightly not told.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.stories.seller import Order, fourteen

if TYPE_CHECKING:
    from tests.stories.seller import Seller


def healthy(seller: Seller, orders: list[Order]) -> None:
    """
    Begin with the release known and every order in order.
    """
    seller.lists_release("2026-09-14", seen="2026-08-01")
    seller.drops_orders(orders, seen="2026-09-03")
    assert seller.flags("2026-09-03 12:30") == []


def test_a_reset_is_seen_at_first_sight_by_its_siblings(seller: Seller) -> None:
    """
    The program is installed too late to see the move; thirteen siblings still tell.
    """
    orders = [order.but(ship_by="2026-09-08") if order.number == 5 else order for order in fourteen()]
    seller.lists_release("2026-09-14", seen="2026-08-01")
    seller.drops_orders(orders, seen="2026-09-05")

    (finding,) = seller.flags("2026-09-05 12:30")

    assert (finding["cause"], finding["confidence"], finding["previous_ship_by"]) == ("reset_unexplained", "possible", None)
    assert {"ship_by_before_release", "odd_one_out"} <= set(finding["rules"])


def test_a_lone_order_with_a_wrong_date_is_flagged_without_a_guess(seller: Seller) -> None:
    """
    No history, no siblings: urgent all the same, but nobody is blamed.
    """
    seller.lists_release("2026-09-14", seen="2026-08-01")
    seller.drops_orders([Order(1, ship_by="2026-09-08")], seen="2026-09-05")

    (finding,) = seller.flags("2026-09-05 12:30")

    assert (finding["cause"], finding["severity"]) == ("undetermined", "urgent")


def test_with_shipping_reports_alone_the_reset_order_shows_by_appearing(seller: Seller) -> None:
    """
    A healthy pre-order is not in the report at all; the reset one turns up, early.
    """
    seller.lists_release("2026-09-14", seen="2026-08-01")
    seller.drops_report([], seen="2026-09-03")
    assert seller.flags("2026-09-03 12:30") == []
    seller.drops_report([Order(5, ship_by="2026-09-08", left_pending="2026-09-04")], seen="2026-09-05")

    (finding,) = seller.flags("2026-09-05 12:30")

    assert {"ship_by_before_release", "left_pending_early"} <= set(finding["rules"])
    assert (finding["sku"], finding["severity"], finding["cause"]) == ("CD-01", "urgent", "undetermined")


def test_a_changed_address_is_a_trace_of_the_buyer_and_is_never_told(seller: Seller) -> None:
    """
    Between two reports the delivery address changed and the ship date with it.
    """
    order = Order(5, left_pending="2026-09-01")
    seller.lists_release("2026-09-14", seen="2026-08-01")
    seller.drops_report([order], seen="2026-09-03")
    seller.checks("2026-09-03 12:30")
    seller.drops_report([order.but(ship_by="2026-09-08", address="架空県新見本市9-9-9")], seen="2026-09-05")

    (finding,) = seller.flags("2026-09-05 12:30")

    assert (finding["cause"], finding["confidence"]) == ("buyer_change", "likely")
    assert "9-9-9" not in seller.errors + seller.runs("letter", "PW-0001", "ticket") + seller.runs("show", "PW-0001")


def test_when_the_maker_moves_the_release_there_is_one_case_for_the_product(seller: Seller) -> None:
    """
    All orders are due before the new date: one grouped warning, not fourteen.
    """
    healthy(seller, fourteen())
    seller.lists_release("2026-09-28", seen="2026-09-04")

    (finding,) = seller.flags("2026-09-04 12:30")

    assert (finding["scope"], finding["order_id"], finding["cause"], finding["severity"]) == ("product", None, "release_moved", "warning")
    assert (finding["release_date"], finding["ship_by"], finding["order_count"]) == ("2026-09-28", "2026-09-14", 14)


def test_a_moved_release_is_settled_when_the_orders_follow(seller: Seller) -> None:
    """
    The seller changes the dates in Manage Orders; the case ends by itself.
    """
    healthy(seller, fourteen())
    seller.lists_release("2026-09-28", seen="2026-09-04")
    seller.checks("2026-09-04 12:30")
    seller.drops_orders(fourteen(ship_by="2026-09-28"), seen="2026-09-05")

    (finding,) = seller.flags("2026-09-05 12:30")

    assert (finding["state"], finding["resolved"]) == ("resolved", "restored")


def test_forty_orders_reset_together_are_one_message(seller: Seller) -> None:
    """
    A repricer has cleared the listing's pre-order date.
    """
    orders = [Order(number) for number in range(1, 41)]
    healthy(seller, orders)
    seller.drops_orders([order.but(ship_by="2026-09-07") for order in orders], seen="2026-09-05")

    (finding,) = seller.flags("2026-09-05 12:30")

    assert (finding["cause"], finding["order_count"], finding["severity"]) == ("listing_reset", 40, "urgent")
    assert seller.errors.count("PW-0001") > 0
    assert "PW-0002" not in seller.errors


def test_forty_resets_in_a_shipping_report_keep_their_cases_and_share_a_message(seller: Seller) -> None:
    """
    Without a source that shows pending orders nothing is said of the product; the message is one all the same.
    """
    orders = [Order(number, left_pending="2026-09-01") for number in range(1, 41)]
    seller.lists_release("2026-09-14", seen="2026-08-01")
    seller.drops_report(orders, seen="2026-09-03")
    seller.checks("2026-09-03 12:30")
    seller.drops_report([order.but(ship_by="2026-09-07") for order in orders], seen="2026-09-05")

    findings = seller.flags("2026-09-05 12:30")

    assert {finding["scope"] for finding in findings} == {"order"}
    assert len(findings) == 40
    assert seller.errors.count("─" * 72) == 3, "one message between its rules"


def test_a_listing_without_release_date_is_a_case_of_the_listing(seller: Seller) -> None:
    """
    Every order is promised in two days although the product comes in weeks.
    """
    seller.lists_release("2026-09-28", seen="2026-08-01")
    seller.drops_orders([Order(number, ship_by="2026-09-10", bought="2026-09-02") for number in range(1, 8)], seen="2026-09-02 18:00")

    (finding,) = seller.flags("2026-09-02 18:30")

    assert (finding["scope"], finding["cause"], finding["severity"]) == ("product", "listing_misdated", "warning")


def test_a_restored_ship_date_ends_the_case_and_says_so(seller: Seller) -> None:
    """
    Amazon puts the date right.
    """
    orders = fourteen()
    healthy(seller, orders)
    seller.drops_orders([orders[0].but(ship_by="2026-09-08"), *orders[1:]], seen="2026-09-05")
    seller.checks("2026-09-05 12:30")
    seller.drops_orders(orders, seen="2026-09-06", name="again.json")

    (finding,) = seller.flags("2026-09-06 12:30")

    assert (finding["state"], finding["resolved"], finding["severity"]) == ("resolved", "restored", "urgent")
    assert orders[0].order_id in seller.errors


def test_a_restored_order_that_is_reset_again_reopens_its_case(seller: Seller) -> None:
    """
    The same case rings once more, under the same number.
    """
    orders = fourteen()
    reset = [orders[0].but(ship_by="2026-09-08"), *orders[1:]]
    healthy(seller, orders)
    last: list[dict[str, object]] = []
    for day, dump in ((5, reset), (6, orders), (7, reset)):
        seller.drops_orders([order.but(updated=f"2026-09-0{day}T00:00:00Z") for order in dump], seen=f"2026-09-0{day}")
        last = seller.flags(f"2026-09-0{day} 12:30")

    assert [(finding["case_no"], finding["state"], finding["resolved"]) for finding in last] == [("PW-0001", "open", None)]
    assert orders[0].order_id in seller.errors


@pytest.mark.parametrize(
    ("requested", "by", "outcome"),
    [
        (True, "MERCHANT", "cancelled_by_buyer"),
        (True, "AMAZON", "cancelled_by_buyer"),
        (False, "BUYER", "cancelled_by_buyer"),
        (False, "MERCHANT", "cancelled_by_seller"),
        (False, None, "cancelled"),
    ],
)
def test_a_cancellation_is_told_by_whose_wish_it_was(seller: Seller, requested: bool, by: str | None, outcome: str) -> None:
    """
    In Amazon's own example an approved request was executed by the merchant.
    """
    orders = fourteen()
    healthy(seller, orders)
    seller.drops_orders([orders[0].but(ship_by="2026-09-08"), *orders[1:]], seen="2026-09-05")
    seller.checks("2026-09-05 12:30")
    gone = orders[0].but(status="CANCELLED", ship_by="1970-01-01", cancel_requested=requested, cancelled_by=by)
    seller.drops_orders([gone, *orders[1:]], seen="2026-09-06")

    (finding,) = seller.flags("2026-09-06 12:30")

    assert finding["resolved"] == outcome


def test_the_same_file_twice_changes_nothing(seller: Seller) -> None:
    """
    No second alarm, no second case, no row counted as news.
    """
    orders = fourteen()
    healthy(seller, orders)
    reset = [orders[0].but(ship_by="2026-09-08"), *orders[1:]]
    seller.drops_orders(reset, seen="2026-09-05")
    first = seller.checks("2026-09-05 12:30")
    seller.drops_orders(reset, seen="2026-09-05", name="copy.json")
    second = seller.checks("2026-09-05 12:40")

    assert seller.errors.count("PW-0001") == 0
    assert second["rows"]["used"] == 0
    assert [finding["case_no"] for finding in second["findings"]] == [finding["case_no"] for finding in first["findings"]]


def test_a_stale_file_dropped_late_neither_rings_nor_resolves(seller: Seller) -> None:
    """
    Last week's healthy dump turns up today: it is filed where it belongs.
    """
    orders = fourteen()
    healthy(seller, orders)
    seller.drops_orders([orders[0].but(ship_by="2026-09-08"), *orders[1:]], seen="2026-09-05")
    seller.checks("2026-09-05 12:30")
    seller.runs("ack", "PW-0001")
    seller.drops_orders(orders, seen="2026-09-01", name="old.json")

    (finding,) = seller.flags("2026-09-05 18:30")

    assert (finding["state"], finding["ship_by"]) == ("acknowledged", "2026-09-08")
    assert "PW-0001" not in seller.errors


def test_vanished_orders_are_no_news(seller: Seller) -> None:
    """
    An order missing from the next report is neither shipped nor cancelled.
    """
    seller.lists_release("2026-09-14", seen="2026-08-01")
    seller.drops_report([Order(5, ship_by="2026-09-08", left_pending="2026-09-04")], seen="2026-09-05")
    seller.checks("2026-09-05 12:30")
    seller.drops_report([], seen="2026-09-06")

    (finding,) = seller.flags("2026-09-06 12:30")

    assert (finding["state"], finding["resolved"]) == ("open", None)


def test_a_placeholder_date_is_no_move(seller: Seller) -> None:
    """
    1970 on an open order means no date, never "moved earlier".
    """
    orders = fourteen()
    healthy(seller, orders)
    seller.drops_orders([orders[0].but(ship_by="1970-01-01"), *orders[1:]], seen="2026-09-05")

    assert seller.flags("2026-09-05 12:30") == []


def test_a_release_on_a_weekend_ships_on_the_next_working_day(seller: Seller) -> None:
    """
    Released on Saturday 19 September, due on the Thursday after the holidays: normal.
    """
    seller.lists_release("2026-09-19", seen="2026-08-01")
    seller.drops_orders(fourteen(ship_by="2026-09-24"), seen="2026-09-03")

    document = seller.checks("2026-09-03 12:30")

    assert document["findings"] == []


def test_a_day_or_two_early_for_everybody_is_normal(seller: Seller) -> None:
    """
    CDs are often sent the day before, so that they arrive on the day.
    """
    seller.lists_release("2026-09-14", seen="2026-08-01")
    seller.drops_orders(fourteen(ship_by="2026-09-12"), seen="2026-09-03")

    assert seller.checks("2026-09-03 12:30")["findings"] == []


def test_ten_thousand_healthy_pre_orders_at_first_sight_make_no_noise(seller: Seller) -> None:
    """
    Nothing is flagged, nothing is sent, and all of them are watched.
    """
    seller.lists_release("2026-09-14", seen="2026-08-01")
    seller.drops_orders([Order(number) for number in range(10_000)], seen="2026-09-03")

    document = seller.checks("2026-09-03 12:30")

    assert document["findings"] == []
    assert document["coverage"]["open_orders"] == 10_000
    assert document["rows"] == {"read": 10_000, "used": 10_000, "unchanged": 0, "rejected": 0, "ignored": 0}


def test_files_dropped_together_are_judged_once_in_the_order_of_their_time(seller: Seller) -> None:
    """
    A seller back from a holiday drops everything at once.
    """
    orders = fourteen()
    seller.drops_orders([orders[0].but(ship_by="2026-09-08"), *orders[1:]], seen="2026-09-05", name="a-newer.json")
    seller.drops_orders(orders, seen="2026-09-03", name="b-older.json")
    seller.lists_release("2026-09-14", seen="2026-09-06")

    (finding,) = seller.flags("2026-09-06 12:30")

    assert (finding["previous_ship_by"], finding["ship_by"]) == ("2026-09-14", "2026-09-08")


def test_an_order_seen_before_its_release_date_is_judged_once_it_is_known(seller: Seller) -> None:
    """
    First a notice that it is unwatched, then the alarm.
    """
    seller.drops_orders([Order(1, ship_by="2026-09-08")], seen="2026-09-03")
    (notice,) = seller.checks("2026-09-03 12:30")["findings"]
    seller.lists_release("2026-09-14", seen="2026-09-04")

    (finding,) = seller.flags("2026-09-04 12:30")

    assert (notice["rules"], notice["severity"], notice["case_no"]) == (["release_unknown"], "notice", None)
    assert (finding["ship_by"], finding["release_date"]) == ("2026-09-08", "2026-09-14")


def test_a_report_read_before_the_release_list_is_read_again(seller: Seller) -> None:
    """
    Its rows were no pre-orders then; the newest kept file tells them after all.
    """
    seller.drops_report([Order(5, ship_by="2026-09-08", left_pending="2026-09-04")], seen="2026-09-05")
    assert seller.checks("2026-09-05 12:30")["coverage"]["unlisted"][0]["sku"] == "CD-01"
    seller.lists_release("2026-09-14", seen="2026-09-06")

    (finding,) = seller.flags("2026-09-06 12:30")

    assert finding["order_id"] == Order(5).order_id


def test_past_its_ship_by_a_flagged_order_rings_once_more(seller: Seller) -> None:
    """
    Time alone makes it worse, without any new file.
    """
    orders = fourteen()
    healthy(seller, orders)
    seller.drops_orders([orders[0].but(ship_by="2026-09-08"), *orders[1:]], seen="2026-09-05")
    seller.checks("2026-09-05 12:30")

    seller.checks("2026-09-09 00:30")
    rang = seller.errors
    seller.checks("2026-09-09 00:40")

    assert "PW-0001" in rang
    assert "PW-0001" not in seller.errors


def test_nothing_of_a_buyer_is_kept_or_told(seller: Seller) -> None:
    """
    Names, addresses, phones, e-mails and postal codes of the report are nowhere but in the seller's own file.
    """
    test_a_changed_address_is_a_trace_of_the_buyer_and_is_never_told(seller)
    told = seller.runs("flagged", "--all") + seller.runs("coverage") + seller.runs("show", "PW-0001", "--json")
    shutil.rmtree(seller.inbox)
    kept = b"".join(path.read_bytes() for path in seller.state.rglob("*") if path.is_file())

    for trace in ("架空", "見本市", "999-0999", "0999-99-9999", "kakuu"):
        assert trace not in told
        assert trace.encode() not in kept
        assert trace.encode("cp932") not in kept
