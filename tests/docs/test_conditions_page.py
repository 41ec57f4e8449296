"""
The page on warnings names every condition of the account, in both languages.
"""

from __future__ import annotations

import re

import pytest

from tests.docs.pages import text_of
from watchdog.terms.condition import ConditionKind


@pytest.mark.parametrize(
    ("page", "heading"), [("docs/warnings.md", "What is said of the account"), ("docs/warnings.ja.md", "アカウントと監視")]
)
def test_every_condition_is_described(page: str, heading: str) -> None:
    """
    The first column of the section's table holds all kinds and nothing else.
    """
    section = text_of(page).split(f"\n## {heading}")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]

    assert sorted(re.findall(r"`(\w+)`", " ".join(rows))) == sorted(ConditionKind)
