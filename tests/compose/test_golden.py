"""
Every text is as a person last read and approved it; ``python -m tests.compose.write_golden`` writes them anew.
"""

from __future__ import annotations

import pytest

from tests.compose.golden_cases import FOLDER, texts

MADE = texts()


@pytest.mark.parametrize("name", sorted(MADE))
def test_a_text_is_as_it_was_approved(name: str) -> None:
    """
    The text equals its golden file.
    """
    assert MADE[name] == (FOLDER / name).read_text(encoding="utf-8")


def test_there_is_no_golden_file_without_a_text() -> None:
    """
    Files of texts that no longer exist are gone.
    """
    assert {path.name for path in FOLDER.iterdir()} == set(MADE)
