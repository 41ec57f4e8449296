"""
The same bytes dropped again: what a file says, it says of the moment it was last changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.stories.seller import Order

if TYPE_CHECKING:
    from tests.stories.seller import Seller


def _report(seller: Seller, ship_by: str, *, seen: str, name: str = "report.txt") -> None:
    seller.drops_report([Order(1, ship_by, left_pending="2026-09-01"), Order(2, left_pending="2026-09-01")], seen="2026-09-01", name=name)
    seller.drops(name, (seller.inbox / name).read_bytes(), seen=seen)


def _reset_and_back(seller: Seller) -> None:
    for day, ship_by in (("2026-09-01", "2026-09-14"), ("2026-09-02", "2026-09-08"), ("2026-09-03", "2026-09-14")):
        _report(seller, ship_by, seen=day)
        seller.checks(f"{day} 12:01")


def test_a_report_that_reads_again_as_before_the_reset_resolves_the_case(seller: Seller) -> None:
    """
    Monday 14, Tuesday 8, Wednesday 14 again: the third file is the first one to the byte, and says that all is well.
    """
    seller.lists_release("2026-09-14", seen="2026-08-01")
    _reset_and_back(seller)

    found = seller.flags("2026-09-03 12:02")

    assert [(finding["order_id"], finding["resolved"]) for finding in found] == [(Order(1).order_id, "restored")]


def test_the_same_healthy_report_every_few_days_is_no_silence(seller: Seller) -> None:
    """
    Nothing has changed in a fortnight, and the seller has looked every other day: the inbox was never blind.
    """
    seller.lists_release("2026-09-14", seen="2026-08-01")
    documents = []
    for day in range(1, 15, 2):
        _report(seller, "2026-09-14", seen=f"2026-08-{day:02d}")
        documents.append(seller.checks(f"2026-08-{day:02d} 12:01"))

    assert {source["state"] for document in documents for source in document["sources"]} == {"ok"}
    assert documents[-1]["rows"] == {"read": 2, "used": 0, "unchanged": 2, "rejected": 0, "ignored": 0}


def test_the_very_same_file_moved_in_again_says_nothing(seller: Seller) -> None:
    """
    It is as old as it was: last week's reset, already restored, opens nothing.
    """
    seller.lists_release("2026-09-14", seen="2026-08-01")
    _reset_and_back(seller)
    _report(seller, "2026-09-08", seen="2026-09-02", name="moved in again.txt")

    document = seller.checks("2026-09-03 12:30")

    assert document["rows"]["read"] == 0
    assert [finding["resolved"] for finding in document["findings"] if finding["severity"] != "notice"] == ["restored"]
