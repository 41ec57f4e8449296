"""
The application's secret must be renewed every 180 days: the seller is reminded before the watch through the API ends by itself.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

    from tests.stories.seller import Seller


def test_the_seller_is_reminded_until_the_secret_is_new(seller: Seller, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Silence before, a warning two weeks ahead, said once; with the new date the all-clear.
    """
    monkeypatch.setenv("PREORDER_SPAPI_SECRET_MADE_ON", "2026-03-19")
    for day in ("2026-08-31", "2026-09-01", "2026-09-02"):
        seller.checks(f"{day} 12:00")
    monkeypatch.setenv("PREORDER_SPAPI_SECRET_MADE_ON", "2026-09-02")
    seller.checks("2026-09-02 13:00")
    with closing(sqlite3.connect(seller.state / "watchdog.db")) as database:
        told = [tuple(row) for row in database.execute("SELECT created_at, subject FROM messages ORDER BY message_no")]

    assert told == [
        ("2026-09-01T03:00:00Z", "【注意】アプリのシークレットの更新期限"),
        ("2026-09-02T04:00:00Z", "【回復】アプリのシークレットは更新済みです"),
    ]


def test_a_date_that_is_none_is_refused_with_its_name(seller: Seller, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A typing error is said at the start, not in half a year.
    """
    monkeypatch.setenv("PREORDER_SPAPI_SECRET_MADE_ON", "19/3/2026")
    seller.runs("check", expect=78)

    assert "PREORDER_SPAPI_SECRET_MADE_ON" in seller.errors
    assert "2026-06-01" in seller.errors
