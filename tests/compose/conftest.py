"""
What the tests of the compose room share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.compose.makers_compose import shared_composer

if TYPE_CHECKING:
    from watchdog.compose.composer import Composer


@pytest.fixture
def composer() -> Composer:
    """
    Return the composer with the shipped templates.
    """
    return shared_composer()
