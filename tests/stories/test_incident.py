"""
The story the product grew from: one pre-order of a CD, released on 14 September, is suddenly due on the 8th.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.stories.seller import fourteen

if TYPE_CHECKING:
    from tests.stories.seller import Seller


def test_one_of_fourteen_pre_orders_is_reset_and_the_seller_is_told_at_once(seller: Seller) -> None:
    """
    The seller holds fourteen pre-orders; the buyer of one changes something, and Amazon's ship date jumps to 8 September.
    """
    orders = fourteen()
    seller.lists_release("2026/9/14", seen="2026-08-01")
    seller.drops_orders(orders, seen="2026-09-03")
    assert seller.flags("2026-09-03 12:30") == [], "fourteen healthy pre-orders disturb nobody"

    orders[4] = orders[4].but(ship_by="2026-09-08", status="UNSHIPPED", programs=())
    seller.drops_orders(orders, seen="2026-09-05")
    (finding,) = seller.flags("2026-09-05 12:30")

    assert finding["order_id"] == orders[4].order_id
    assert (finding["ship_by"], finding["previous_ship_by"], finding["release_date"]) == ("2026-09-08", "2026-09-14", "2026-09-14")
    assert finding["siblings"] == {"count": 13, "ship_by": "2026-09-14"}
    assert (finding["cause"], finding["confidence"], finding["severity"]) == ("buyer_change", "likely", "urgent")
    assert (finding["case_no"], finding["state"], finding["resolved"]) == ("PW-0001", "open", None)
    assert orders[4].order_id in seller.errors, "the console warns, for nothing else is set up"

    ticket = seller.runs("letter", "PW-0001", "ticket")
    for word in (orders[4].order_id, "9月8日", "9月14日", "13件", "出荷遅延率"):
        assert word in ticket


def test_the_buyer_asks_to_cancel_the_seller_approves_and_the_matter_is_over(seller: Seller) -> None:
    """
    In the evening the buyer's request arrives, it is approved at once, and the case ends as the buyer's cancellation.
    """
    orders = fourteen()
    seller.lists_release("2026-09-14", seen="2026-08-01")
    seller.drops_orders(orders, seen="2026-09-03")
    seller.checks("2026-09-03 12:30")
    orders[4] = orders[4].but(ship_by="2026-09-08", status="UNSHIPPED")
    seller.drops_orders(orders, seen="2026-09-05")
    seller.checks("2026-09-05 12:30")

    orders[4] = orders[4].but(cancel_requested=True)
    seller.drops_orders(orders, seen="2026-09-05 20:00")
    (asked,) = seller.flags("2026-09-05 20:05")
    orders[4] = orders[4].but(status="CANCELLED", ship_by="1970-01-01", cancelled_by="MERCHANT")
    seller.drops_orders(orders, seen="2026-09-05 21:00")
    (over,) = seller.flags("2026-09-05 21:05")

    assert (asked["state"], "buyer_asked_cancel" in asked["rules"]) == ("buyer_asked", True)
    assert (over["state"], over["resolved"]) == ("resolved", "cancelled_by_buyer")
    assert (over["severity"], over["case_no"]) == ("urgent", "PW-0001")
