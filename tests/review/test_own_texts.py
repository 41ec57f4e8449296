"""
The screens of account health, choices and evidence say the same in both languages, and nothing in their tables is left over.
"""

from __future__ import annotations

import string
from pathlib import Path

import pytest

from watchdog.review import choice_texts, evidence_texts, health_texts

TABLES = {"choices": choice_texts.TEXTS, "evidence": evidence_texts.TEXTS, "health": health_texts.TEXTS}
#: Codes that are put together from a part of their own and a word.
_JOINED = ("level_", "trend_")


def placeholders(text: str) -> set[str]:
    """
    Return the names in braces.
    """
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("name", TABLES)
def test_japanese_and_english_are_filled_with_the_same_values(name: str) -> None:
    """
    And neither is empty.
    """
    wrong = [code for code, (ja, en) in TABLES[name].items() if not ja or not en or placeholders(ja) != placeholders(en)]

    assert wrong == []


def test_no_text_is_left_over() -> None:
    """
    Every code of the three tables is spoken somewhere.
    """
    root = Path(health_texts.__file__).parents[1]
    spoken = "".join(
        path.read_text(encoding="utf-8") for folder in ("review", "commands") for path in (root / folder).rglob("*.py")
    ).replace("'", '"')
    left = [code for table in TABLES.values() for code in table if spoken.count(f'"{code}"') < 2 and not code.startswith(_JOINED)]

    assert left == []
