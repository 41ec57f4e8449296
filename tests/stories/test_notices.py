"""
What is said of healthy orders: once, as long as it is so, and of every one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.stories.seller import Order, Seller, noon

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

US = "ATVPDKIKX0DER"


def _rules(document: dict[str, Any]) -> list[tuple[str | None, list[str]]]:
    return [(finding["order_id"], finding["rules"]) for finding in document["findings"]]


def test_nobody_is_called_unwatched_once_the_release_date_is_known(seller: Seller) -> None:
    """
    Two ship-bys among four orders and no release date: each is named. A day later the seller lists the date.
    """
    seller.drops_orders([Order(n, "2026-09-14" if n < 3 else "2026-09-15") for n in range(1, 5)], seen="2026-08-01")
    before = seller.checks("2026-08-01 12:01")
    seller.lists_release("2026-09-14", seen="2026-08-02")

    after = seller.checks("2026-08-02 12:01")

    assert [rules for _order, rules in _rules(before)] == [["release_unknown"]] * 4
    assert after["findings"] == []


def test_nobody_is_called_unwatched_once_the_others_agree(seller: Seller) -> None:
    """
    Two more orders share the first one's date: they are the measure now, though nothing new was said of it.
    """
    first = [Order(1), Order(2)]
    seller.drops_orders(first, seen="2026-08-01")
    before = seller.checks("2026-08-01 12:01")
    seller.drops_orders([*first, Order(3), Order(4)], seen="2026-08-02")

    after = seller.checks("2026-08-02 12:01")

    assert [rules for _order, rules in _rules(before)] == [["release_unknown"]] * 2
    assert after["findings"] == []


def test_an_order_has_not_left_early_for_a_release_that_is_near(seller: Seller) -> None:
    """
    It left pending on the 5th, nine days before release; then the release is moved to the 7th.
    """
    seller.lists_release("2026-09-14", seen="2026-08-01")
    seller.drops_orders([Order(1)], seen="2026-08-02")
    seller.checks("2026-08-02 12:01")
    seller.drops_orders([Order(1, status="PENDING")], seen="2026-09-05")
    before = seller.checks("2026-09-05 12:01")
    seller.lists_release("2026-09-07", seen="2026-09-06")

    after = seller.checks("2026-09-06 12:01")

    assert _rules(before) == [(Order(1).order_id, ["left_pending_early"])]
    assert after["findings"] == []


def test_a_day_of_twenty_five_hours_has_its_digest_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    On 1 November 2026 clocks go back in America: at ten past midnight the ship-by is still more than 24 hours away, at breakfast it is not.
    """
    seller = Seller(tmp_path, monkeypatch, language="en", environment={"PREORDER_MARKETPLACE_IDS": US})
    seller.lists_release("2026-11-01", seen="2026-10-01")
    seller.drops_orders([Order(1, "2026-11-01", marketplace=US)], seen="2026-10-02")
    seller.checks("2026-10-02 12:01")

    at_midnight, at_breakfast = seller.checks("2026-11-01 16:10"), seller.checks("2026-11-02 00:10")

    assert noon("2026-11-01 16:10").isoformat() == "2026-11-01T07:10:00+00:00"
    assert (at_midnight["findings"], _rules(at_breakfast)) == ([], [(None, ["ship_by_near"])])


def test_a_vanished_order_takes_no_digest_line_from_a_healthy_one(seller: Seller) -> None:
    """
    Both must leave on the 12th. One was moved there and is in no file since; the other was due then all along.
    """
    seller.lists_release("2026-09-14", seen="2026-08-01")
    seller.drops_orders([Order(1), Order(2, "2026-09-12")], seen="2026-09-09")
    seller.checks("2026-09-09 12:01")
    seller.drops_orders([Order(1, "2026-09-12"), Order(2, "2026-09-12")], seen="2026-09-10")
    seller.checks("2026-09-10 12:01")
    seller.drops_orders([Order(2, "2026-09-12")], seen="2026-09-11")
    seller.checks("2026-09-11 12:01")

    document = seller.checks("2026-09-12 07:00")

    assert (None, ["ship_by_near"]) in _rules(document)


def test_a_shop_s_own_release_date_goes_before_that_of_any_shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    20 November everywhere, 3 November in America: four American orders due on the 3rd are healthy.
    """
    seller = Seller(tmp_path, monkeypatch, environment={"PREORDER_MARKETPLACE_IDS": f"A1VC38T7YXB528,{US}"})
    text = "sku,release_date,marketplace\r\nCD-01,2026-11-20,\r\nCD-01,2026-11-03,US\r\n"
    seller.drops("releases.csv", text.encode(), seen="2026-10-01")
    american = [Order(n, "2026-11-03", marketplace=US) for n in range(11, 15)]
    seller.drops_orders([*(Order(n, "2026-11-20") for n in range(1, 5)), *american], seen="2026-10-10")

    assert seller.checks("2026-10-10 12:01")["findings"] == []
