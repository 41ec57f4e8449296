"""
A shop's own tool writes its own column names: the seller says once what they stand for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.stories.seller import Seller

_HEAD = "注文番号,明細,商品コード,受付日,出荷期限\r\n"
_ROWS = "".join(f"250-0000001-000000{n},{n},CD-01,2026-07-20T12:00:00+09:00,2026-09-{8 if n == 3 else 14:02d}\r\n" for n in range(1, 6))
_NAMES = "注文番号=order-id, 明細=order-item-id、商品コード=sku, 受付日=purchase-date, 出荷期限=promise-date"


def test_a_tool_s_own_export_is_read_once_its_columns_are_named(seller: Seller) -> None:
    """
    Without the names it is said to be unknown; with them the reset order is found in it.
    """
    seller.lists_release("2026-09-14", seen="2026-08-01")
    seller.drops("export.csv", (_HEAD + _ROWS).encode("cp932"), seen="2026-09-05")
    seller.runs("check", "--now", "2026-09-06T12:00:00+09:00", "--json")
    refused = seller.errors
    seller.monkeypatch.setenv("PREORDER_COLUMN_NAMES", _NAMES)
    seller.drops("export.csv", (_HEAD + _ROWS).encode("cp932"), seen="2026-09-05")
    (finding,) = seller.flags("2026-09-06")

    assert "export.csv" in refused
    assert (finding["order_id"], finding["ship_by"]) == ("250-0000001-0000003", "2026-09-08")


@pytest.mark.parametrize("command", [("config", "check"), ("check",)])
def test_a_name_that_stands_for_no_column_is_said(seller: Seller, command: tuple[str, ...]) -> None:
    """
    Written the wrong way round, it would never match anything.
    """
    seller.monkeypatch.setenv("PREORDER_COLUMN_NAMES", "promise-date=出荷期限")
    seller.runs(*command, expect=78)

    assert "PREORDER_COLUMN_NAMES" in seller.errors
    assert "出荷期限" in seller.errors
