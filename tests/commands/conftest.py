"""
What the commands' tests share: a seller with nothing yet, and one whose log holds the incident.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.stories.seller import Seller, fourteen

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def seller(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Seller:
    """
    A seller on Amazon.co.jp with an empty inbox and no log.
    """
    return Seller(tmp_path, monkeypatch, language="en")


@pytest.fixture(scope="session")
def incident(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    The state folder after the reset was caught.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("PREORDER_")]:
            patch.delenv(name)
        seller = Seller(tmp_path_factory.mktemp("incident"), patch, language="en")
        orders = fourteen()
        seller.lists_release("2026-09-14", seen="2026-08-01")
        seller.drops_orders(orders, seen="2026-09-03")
        seller.checks("2026-09-03 12:30")
        orders[4] = orders[4].but(ship_by="2026-09-08", status="UNSHIPPED", programs=())
        seller.drops_orders(orders, seen="2026-09-05")
        seller.checks("2026-09-05 12:30")
        return seller.state


@pytest.fixture
def caught(seller: Seller, incident: Path) -> Seller:
    """
    A seller whose log holds one case, PW-0001.
    """
    shutil.copytree(incident, seller.state, dirs_exist_ok=True)
    return seller
