"""
A case of a whole product, to its end: it lasts while one of its orders is wrong, takes in what belongs to it, and ends truthfully.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.stories.seller import Order

if TYPE_CHECKING:
    from typing import Any

    from tests.stories.seller import Seller

EARLY = "2026-09-08"


def begins(seller: Seller, orders: list[Order]) -> None:
    """
    The CD's release is known, and so are its pre-orders.
    """
    seller.lists_release("2026-09-14", seen="2026-08-01")
    seller.drops_orders(orders, seen="2026-08-20")
    seller.checks("2026-08-20 12:30")


def the_case(seller: Seller, when: str) -> dict[str, Any]:
    """
    Look once more: there is the product's case, and no other.
    """
    (finding,) = seller.flags(when)
    assert finding["scope"] == "product"
    return finding


def test_reset_orders_that_their_buyers_cancel_end_the_case_as_cancelled(seller: Seller) -> None:
    """
    Three of six lost their date and were cancelled; that the other three are in order restores nothing.
    """
    rest = [Order(number) for number in (4, 5, 6)]
    reset = [Order(number, ship_by=EARLY) for number in (1, 2, 3)]
    begins(seller, [*(order.but(ship_by="2026-09-14") for order in reset), *rest])
    seller.drops_orders([*reset, *rest], seen="2026-08-21")
    assert the_case(seller, "2026-08-21 12:30")["cause"] == "listing_reset"
    gone = [order.but(status="CANCELLED", cancel_requested=True, cancelled_by="BUYER") for order in reset]
    seller.drops_orders([*gone, *rest], seen="2026-08-22")

    assert the_case(seller, "2026-08-22 12:30")["resolved"] == "cancelled_by_buyer"


def test_a_misdated_product_ends_as_its_worst_order_did(seller: Seller) -> None:
    """
    One order left in time, two were seen open after their ship-by: the case says late, and how many.
    """
    orders = [Order(number, ship_by=EARLY) for number in (1, 2, 3)]
    begins(seller, orders)
    seller.drops_orders([orders[0].but(status="SHIPPED"), *orders[1:]], seen="2026-09-08")
    seller.checks("2026-09-08 12:30")
    seller.drops_orders([orders[0].but(status="SHIPPED"), *orders[1:]], seen="2026-09-10")
    seller.checks("2026-09-10 12:30")
    seller.drops_orders([order.but(status="SHIPPED") for order in orders], seen="2026-09-12")

    assert the_case(seller, "2026-09-12 12:30")["resolved"] == "shipped_late"
    assert "【解決】出荷予定日を過ぎて出荷されました" in seller.errors
    assert "内訳：出荷予定日を過ぎて出荷されました（2件）、出荷予定日までに出荷されました（1件）。" in seller.errors


def test_a_late_file_about_one_order_opens_no_case_for_the_others(seller: Seller) -> None:
    """
    Sixty orders are one case, though it shows fifty of them; an older report names one of them once more.
    """
    orders = [Order(number) for number in range(1, 61)]
    begins(seller, orders)
    seller.drops_orders([order.but(ship_by=EARLY) for order in orders], seen="2026-08-22")
    assert the_case(seller, "2026-08-22 12:30")["order_count"] == 60
    seller.drops_report([orders[0]], seen="2026-08-21")

    assert the_case(seller, "2026-08-22 13:30")["order_count"] == 60
    assert "PW-0001" in seller.runs("show", orders[59].order_id)


def test_a_second_wave_of_a_reset_joins_its_case(seller: Seller) -> None:
    """
    Four of eight on one day, the others two days later: one case, and the first four stay in it.
    """
    orders = [Order(number) for number in range(1, 9)]
    begins(seller, orders)
    first = [order.but(ship_by=EARLY) for order in orders[:4]]
    seller.drops_orders([*first, *orders[4:]], seen="2026-08-21")
    assert the_case(seller, "2026-08-21 12:30")["order_count"] == 4
    seller.drops_orders([order.but(ship_by=EARLY) for order in orders], seen="2026-08-23")

    assert the_case(seller, "2026-08-23 12:30")["order_count"] == 8


def test_two_products_that_prove_to_be_one_have_one_case(seller: Seller) -> None:
    """
    The orders knew the CD by two SKUs; once the list says so, the younger case is merged, and the older ends for all of them.
    """
    seller.drops("releases.csv", b"asin,sku,release_date\nB0SAMPLE01,,2026-09-14\n,CD-02,2026-09-14\n", seen="2026-08-01")
    known = [Order(number, ship_by=EARLY) for number in (1, 2, 3)]
    bare = [Order(number, ship_by=EARLY, asin="", sku="CD-02") for number in (4, 5, 6)]
    seller.drops_orders([*known, *bare], seen="2026-08-20")
    assert [finding["case_no"] for finding in seller.flags("2026-08-20 12:30")] == ["PW-0001", "PW-0002"]
    seller.drops("releases.csv", b"asin,sku,release_date\nB0SAMPLE01,CD-02,2026-09-14\n", seen="2026-08-21")

    assert the_case(seller, "2026-08-21 12:30")["order_count"] == 6
    assert "商品全体の案件にまとめました" in seller.runs("show", "PW-0002")
    seller.drops_orders([order.but(ship_by="2026-09-14") for order in (*known, *bare)], seen="2026-08-22")
    assert the_case(seller, "2026-08-22 12:30")["resolved"] == "restored"


def test_an_order_with_a_case_of_its_own_is_counted_once(seller: Seller) -> None:
    """
    It was reset before all six were: the product's message speaks of six orders, and its own case says nothing twice.
    """
    orders = [Order(number) for number in range(1, 7)]
    begins(seller, orders)
    seller.drops_orders([orders[0].but(ship_by="2026-09-10"), *orders[1:]], seen="2026-08-21")
    seller.checks("2026-08-21 12:30")
    seller.drops_orders([order.but(ship_by=EARLY) for order in orders], seen="2026-08-23")
    seller.checks("2026-08-23 12:30")

    assert "6件" in seller.errors
    assert "7件" not in seller.errors
