"""
What the tests of channels share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.deliver.servers import Certificate, make_certificate

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """
    A certificate for localhost that only tests trust.
    """
    folder: Path = tmp_path_factory.mktemp("certificate")
    return make_certificate(folder)
