"""
The intake page says of each file what became of it, in plain words: whole, in part, not at all, or typed by hand.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.review.web.conftest import front_over, visit
from tests.stories.seller import Seller, noon

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_release_list_is_not_counted_in_order_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A list with a row nobody can read is done but for that row; what was typed says so; a photo is no order data of Amazon's.
    """
    seller = Seller(tmp_path, monkeypatch)
    seller.drops("releases.csv", "sku,発売日\nCD-01,2026-09-14\nCD-02,いつか\n".encode(), seen="2026-08-01")
    seller.drops("photo.jpg", b"\xff\xd8\xff\xe0" * 200, seen="2026-08-01")
    seller.runs("check", "--now", noon("2026-09-06 12:00").isoformat())
    seller.runs("releases", "set", "CD-09", "2026-12-24")
    with front_over(seller.state) as parts:
        page = visit(parts).sees("/intake").text
    rows = {name: row for row in page.split("<tr>")[2:] for name in re.findall('class="title">([^<]*)<', row)}

    assert "完了（一部の行を除く）" in rows["releases.csv"] and ">–<" in rows["releases.csv"]
    assert "手入力（releases set）" in rows
    assert "種類の分からないファイル" in rows["photo.jpg"] and "Amazonの注文データ" not in page
