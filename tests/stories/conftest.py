"""
Every story has a seller of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.stories.seller import Seller

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def seller(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Seller:
    """
    A seller on Amazon.co.jp with an empty inbox.
    """
    return Seller(tmp_path, monkeypatch)
