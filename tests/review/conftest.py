"""
What the review's tests look at: a log in which everything happened that fills a screen.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tests.stories.seller import Order, Seller, fourteen

if TYPE_CHECKING:
    from pathlib import Path

_LONG = "見本交響楽団 第九交響曲 初回生産限定盤 豪華化粧箱入り 特典ブックレット・応募券・ポスターつき完全版(4枚組)" * 2
_UNBROKEN = "超長題名" * 20


def _orders(first: int, count: int, **fields: Any) -> list[Order]:
    return [Order(number, **fields) for number in range(first, first + count)]


@pytest.fixture(scope="session")
def eventful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    The state folder of a seller with a reset, a restored one, a product case of sixty orders, one of no known release, long names.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("PREORDER_")]:
            patch.delenv(name)
        seller = Seller(tmp_path_factory.mktemp("eventful"), patch)
        first = fourteen(title=_LONG)
        listing = _orders(201, 60, asin="B0SAMPLE02", sku="S" * 40, title=_UNBROKEN)
        unknown = _orders(301, 2, asin="B0SAMPLE03", sku="DVD-03", title="見本DVD")
        lines = ["asin,sku,発売日", "B0SAMPLE01,CD-01,2026-09-14", f"B0SAMPLE02,{'S' * 40},2026-09-14"]
        seller.drops("releases.csv", "\r\n".join(lines).encode("cp932"), seen="2026-08-01")
        seller.drops_orders([*first, *listing, *unknown], seen="2026-09-03")
        seller.checks("2026-09-03 12:30")
        reset = [first[0].but(ship_by="2026-09-08"), first[1].but(ship_by="2026-09-07"), *first[2:]]
        moved = [order.but(ship_by="2026-09-07") for order in listing]
        seller.drops_orders([*reset, *moved, *unknown], seen="2026-09-05")
        seller.checks("2026-09-05 12:30")
        seller.drops_orders([first[0].but(updated="2026-09-06T00:00:00Z"), *reset[1:], *moved, *unknown], seen="2026-09-06")
        seller.checks("2026-09-06 12:30")
        return seller.state


@pytest.fixture
def seller(eventful: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Seller:
    """
    That seller, with a log of his own.
    """
    seller = Seller(tmp_path, monkeypatch)
    shutil.copytree(eventful, seller.state, dirs_exist_ok=True)
    return seller
