"""
The worst failure of a watch is silence that looks like peace: when no ship dates are seen, the seller is told until they are seen again.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from tests.stories.seller import Order, fourteen

if TYPE_CHECKING:
    from tests.stories.seller import Seller


def watched(seller: Seller) -> list[Order]:
    """
    Begin on Thursday 3 September with fourteen healthy pre-orders of a known release.
    """
    orders = fourteen()
    seller.lists_release("2026-09-14", seen="2026-08-01")
    seller.drops_orders(orders, seen="2026-09-03")
    assert inbox_at(seller, "2026-09-03 12:30")["state"] == "ok"
    return orders


def inbox_at(seller: Seller, when: str) -> dict[str, Any]:
    """
    Run one turn and return how the inbox is doing.
    """
    (found,) = seller.checks(when)["sources"]
    return dict(found)


def told(seller: Seller) -> list[str]:
    """
    Return the subjects of what was said about the watch itself, in order.
    """
    with closing(sqlite3.connect(seller.state / "watchdog.db")) as database:
        return [subject for (subject,) in database.execute("SELECT subject FROM messages WHERE kind LIKE 'condition%' ORDER BY message_no")]


ALARM = "【緊急】出荷予定日を確認できていません（受信フォルダ）"
ALL_CLEAR = "【回復】出荷予定日を確認できない状態は解消しました（受信フォルダ）"


def test_a_forgotten_inbox_is_an_emergency(seller: Seller) -> None:
    """
    Four business days without a file while pre-orders are open: on the fifth the seller is told, and by the next file that it is well.
    """
    orders = watched(seller)

    late = inbox_at(seller, "2026-09-10 12:30")
    assert late["state"] == "silent"
    assert late["last_saw_ship_dates_at"] == "2026-09-03T03:00:00Z"
    assert "5 営業日届いていません" in late["message"]
    assert ALARM in seller.errors
    seller.drops_orders(orders, seen="2026-09-10 13:00", name="again.json")

    assert inbox_at(seller, "2026-09-10 13:30")["state"] == "ok"
    assert told(seller) == [ALARM, ALL_CLEAR]


def test_nothing_to_watch_is_peace(seller: Seller) -> None:
    """
    All orders are shipped and the release is out: no file is missed for months.
    """
    orders = watched(seller)
    seller.drops_orders([order.but(status="SHIPPED") for order in orders], seen="2026-09-14", name="shipped.json")
    seller.checks("2026-09-14 12:30")

    assert inbox_at(seller, "2026-12-24 12:30")["state"] == "ok"
    assert told(seller) == []


def test_a_complete_empty_answer_is_peace(seller: Seller) -> None:
    """
    A header-only report, with no open order in memory, says that all is quiet.
    """
    seller.drops_report([], seen="2026-09-03")

    found = inbox_at(seller, "2026-09-03 12:30")

    assert found["state"] == "ok"
    assert "未出荷の注文はありません" in found["message"]


def test_a_listed_release_ahead_is_waited_for(seller: Seller) -> None:
    """
    A seller who lists a release and never drops a file is told so after four business days; before the list nothing is expected.
    """
    seller.checks("2026-08-03 12:30")
    seller.lists_release("2026-09-14", seen="2026-08-17")
    assert inbox_at(seller, "2026-08-17 12:30")["state"] == "ok"

    late = inbox_at(seller, "2026-08-24 12:30")

    assert (late["state"], late["last_saw_ship_dates_at"]) == ("silent", None)
    assert told(seller) == [ALARM]


def test_windows_that_vanish_from_the_answer_are_an_emergency(seller: Seller) -> None:
    """
    As on 26 August 2026: the orders come, the ship-by window does not. Nothing is wiped, and the seller is told at once.
    """
    orders = watched(seller)
    blind = [order.but(ship_by=None) if order.number <= 7 else order for order in orders]
    seller.drops_orders(blind, seen="2026-09-04", name="blind.json")

    found = inbox_at(seller, "2026-09-04 12:30")

    assert found["state"] == "silent"
    assert "14 件のうち 7 件で" in found["message"]
    assert told(seller) == [ALARM]
    seller.drops_orders(orders, seen="2026-09-05", name="well.json")
    assert inbox_at(seller, "2026-09-05 12:30")["state"] == "ok"
    assert told(seller) == [ALARM, ALL_CLEAR]


def test_orders_that_never_had_a_window_are_no_blindness(seller: Seller) -> None:
    """
    "No date yet" is said in the coverage; nothing went missing.
    """
    seller.lists_release("2026-09-14", seen="2026-08-01")
    seller.drops_orders(fourteen(ship_by=None), seen="2026-09-03")

    assert inbox_at(seller, "2026-09-03 12:30")["state"] == "ok"
    assert told(seller) == []


def test_vanished_orders_are_remembered_until_they_are_back(seller: Seller) -> None:
    """
    Seven of fourteen open orders are no longer listed ten days before they must ship; no shipment, no cancellation was seen.

    The next file shows the same half: still blind. The one after shows all: well again.
    """
    orders = watched(seller)
    seller.drops_orders(orders[:7], seen="2026-09-04", name="half.json")
    found = inbox_at(seller, "2026-09-04 12:30")
    assert (found["state"], "14 件のうち 7 件が消えました" in found["message"]) == ("silent", True)
    seller.drops_orders(orders[:7], seen="2026-09-07", name="half again.json")
    assert inbox_at(seller, "2026-09-07 12:30")["state"] == "silent"
    seller.drops_orders(orders, seen="2026-09-08", name="all.json")

    assert inbox_at(seller, "2026-09-08 12:30")["state"] == "ok"
    assert told(seller) == [ALARM, ALARM, ALL_CLEAR]


def test_vanished_orders_shown_as_shipped_are_well(seller: Seller) -> None:
    """
    A later file tells that they were shipped: the alarm ends.
    """
    orders = watched(seller)
    seller.drops_orders(orders[:7], seen="2026-09-04", name="half.json")
    seller.checks("2026-09-04 12:30")
    shipped = [order.but(status="SHIPPED") for order in orders[7:]]
    seller.drops_orders([*orders[:7], *shipped], seen="2026-09-05", name="told.json")

    assert inbox_at(seller, "2026-09-05 12:30")["state"] == "ok"


def test_orders_that_leave_when_they_ship_are_no_blindness(seller: Seller) -> None:
    """
    On the day before they must leave, all orders are shipped and leave the report: that is what a good day looks like.
    """
    orders = watched(seller)
    seller.drops_orders(orders[:2], seen="2026-09-13", name="leaving.json")

    assert inbox_at(seller, "2026-09-13 12:30")["state"] == "ok"


def test_blindness_is_never_a_finding(seller: Seller) -> None:
    """
    It stands under ``sources``, on the screen and in the coverage, and nowhere among the findings.
    """
    orders = watched(seller)
    seller.drops_orders(orders[:3], seen="2026-09-04", name="few.json")
    shown = seller.checks("2026-09-04 12:30")

    assert shown["findings"] == []
    assert [source["state"] for source in shown["sources"]] == ["silent"]
    assert all("（見えていません）" in seller.runs(screen) for screen in ("flagged", "coverage"))
