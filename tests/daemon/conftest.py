"""
What the daemon's tests share.
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
    A seller on Amazon.co.jp whose daemon is about to be started.
    """
    return Seller(tmp_path, monkeypatch)
