"""
The fake as pytest hands it out; a test folder takes it over in its conftest: ``pytest_plugins`` is not needed, an import is enough.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.spapi_fake.clock import Clock
from tests.spapi_fake.fake import FakeSpapi
from tests.spapi_fake.models import FOLDER
from tests.spapi_fake.server import Host

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Where most tests begin: ten in the morning in Japan.
BEGIN = datetime(2026, 8, 1, 1, tzinfo=UTC)
needs_models = pytest.mark.skipif(not FOLDER.exists(), reason="Amazon's models (../shared/sp-api-models) are not here")


@pytest.fixture(scope="session")
def spapi_host() -> Iterator[Host]:
    """
    One listening socket for all tests of a worker.
    """
    with Host().listening() as host:
        yield host


@pytest.fixture
def fake_spapi(spapi_host: Host) -> Iterator[FakeSpapi]:
    """
    A fresh fake on loopback; the test fails if either side ever broke a model or a documented rule.
    """
    with spapi_host.showing(FakeSpapi(Clock(BEGIN))) as fake:
        yield fake
    if fake.violations:  # an assert outside of a test's own file would not show what it compares
        pytest.fail("\n".join(fake.violations))
