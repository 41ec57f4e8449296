"""
The decision in figures as a seller reads it beside a case.
"""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.stories.seller import Seller, fourteen

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    The state folder of a seller with the incident's case and figures of both windows.
    """
    with pytest.MonkeyPatch.context() as patch:
        seller = Seller(tmp_path_factory.mktemp("lived"), patch)
        orders = fourteen()
        reset = orders[6].but(ship_by="2026-09-08", status="UNSHIPPED")
        seller.lists_release("2026-09-14", seen="2026-09-01")
        for day, seventh in (("03", orders[6]), ("05", reset)):
            seller.drops_orders([*orders[:6], seventh, *orders[7:]], seen=f"2026-09-{day}", name=f"orders-{day}.json")
            seller.checks(f"2026-09-{day} 13:00")
        for days, counted, count in ((10, 40, 1), (30, 100, 2)):
            told = ("--days", f"{days}", "--orders", f"{counted}", "--count", f"{count}", "--as-of", "2026-09-05")
            seller.runs("health", "enter", "late", *told)
    return seller.state


@pytest.fixture
def seller(tmp_path: Path, lived: Path, monkeypatch: pytest.MonkeyPatch) -> Seller:
    """
    That seller, with a log of his own.
    """
    seller = Seller(tmp_path / "seller", monkeypatch)
    shutil.copytree(lived, seller.state, dirs_exist_ok=True)
    return seller


def test_the_three_ways_stand_side_by_side(seller: Seller) -> None:
    """
    Rate before and after, room, money, next step, and what is sure; no promise in any of them.
    """
    screen = seller.runs("show", "PW-0001", "--margin", "1,000円", "--price-paid", "2200", "--price-now", "1100")

    assert "2.5% → 5% 目標未達" in screen and "2% → 3%" in screen
    assert "1,000円" in screen and "1,100円" in screen
    assert "認められた場合のみ" in screen and "自動キャンセル" in screen


def test_the_figures_stand_in_the_json(seller: Seller) -> None:
    """
    As numbers, with stable keys.
    """
    told = json.loads(seller.runs("show", "PW-0001", "--json", "--margin", "1000"))["choices"]

    assert told["margin_lost"] == {"amount": "1000", "currency": "JPY"} and told["buyer_saves"] is None
    assert [(each["window_days"], each["rate_before"], each["rate_after"], each["misses_target"]) for each in told["late"]] == [
        (10, 0.025, 0.05, True),
        (30, 0.02, 0.03, False),
    ]


def test_a_closed_case_has_no_choices(seller: Seller) -> None:
    """
    Nothing is left to choose.
    """
    seller.runs("dismiss", "PW-0001", "--reason", "test")

    assert "対応の選択肢" not in seller.runs("show", "PW-0001")
    assert json.loads(seller.runs("show", "PW-0001", "--json"))["choices"] is None
