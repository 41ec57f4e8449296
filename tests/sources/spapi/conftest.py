"""
The fake for these tests, without a socket: the same answers, simulated weeks in seconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sources.spapi.watched import BEGIN
from tests.spapi_fake.clock import Clock
from tests.spapi_fake.fake import FakeSpapi
from tests.spapi_fake.models import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def fake() -> Iterator[FakeSpapi]:
    """
    A fresh fake; the test fails if either side ever broke a model or a documented rule.
    """
    if not FOLDER.exists():
        pytest.skip("Amazon's models (../shared/sp-api-models) are not here")
    made = FakeSpapi(Clock(BEGIN))
    yield made
    assert made.violations == []
