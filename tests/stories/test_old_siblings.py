"""
Siblings that were last seen long ago: they prove what they showed then, and are no measure of what an order shows now.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.stories.seller import Order, fourteen

if TYPE_CHECKING:
    from tests.stories.seller import Seller


def _told(finding: dict[str, Any], kind: str) -> dict[str, Any]:
    return next(each for each in finding["evidence"] if each["kind"] == kind)


def test_siblings_are_dated_by_the_look_that_showed_them(seller: Seller) -> None:
    """
    All orders were seen on 1 August; in September a shipping report names the reset one alone.
    """
    seller.lists_release("2026-09-14", seen="2026-07-01")
    seller.drops_orders(fourteen(), seen="2026-08-01")
    seller.checks("2026-08-01 12:01")
    seller.drops_report([Order(1, "2026-09-08", left_pending="2026-09-02")], seen="2026-09-03")

    assert len(seller.flags("2026-09-03 12:01")) == 1

    siblings = _told(json.loads(seller.runs("show", "PW-0001", "--json")), "siblings")
    assert (siblings["new"], siblings["note"], siblings["seen_at"]) == ("2026-09-14", "13", "2026-08-01T03:00:00Z")
    assert "13件は、8/1(土) 12:00の時点で" in seller.runs("letter", "PW-0001", "ticket")


def test_an_order_is_not_measured_against_what_others_showed_months_ago(seller: Seller) -> None:
    """
    Its ship-by is a day before release; whether the others' is, too, nobody has seen since August.
    """
    seller.lists_release("2026-11-14", seen="2026-07-01")
    seller.drops_orders(fourteen(ship_by="2026-11-14"), seen="2026-08-01")
    seller.checks("2026-08-01 12:01")
    seller.drops_report([Order(1, "2026-11-13", left_pending="2026-11-12")], seen="2026-11-12")

    assert seller.flags("2026-11-12 12:01") == []


def test_yesterdays_siblings_are_a_measure(seller: Seller) -> None:
    """
    The same, with the others seen a day before.
    """
    seller.lists_release("2026-11-14", seen="2026-07-01")
    seller.drops_orders(fourteen(ship_by="2026-11-14"), seen="2026-11-11")
    seller.checks("2026-11-11 12:01")
    seller.drops_report([Order(1, "2026-11-13", left_pending="2026-11-12")], seen="2026-11-12")

    (finding,) = seller.flags("2026-11-12 12:01")

    assert finding["rules"] == ["odd_one_out"]
