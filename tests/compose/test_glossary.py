"""
The glossary knows every word of the house.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest

import watchdog.terms

GLOSSARY = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text(encoding="utf-8")
ROWS = [line for line in GLOSSARY.splitlines() if line.startswith("| ") and not line.startswith("| code")]


def public_classes() -> list[str]:
    """
    Return the names of the classes that ``watchdog.terms`` offers.
    """
    modules = [importlib.import_module(f"watchdog.terms.{found.name}") for found in pkgutil.iter_modules(watchdog.terms.__path__)]
    return sorted(
        name
        for module in modules
        for name, value in vars(module).items()
        if inspect.isclass(value) and value.__module__ == module.__name__ and not name.startswith("_")
    )


@pytest.mark.parametrize("name", public_classes())
def test_every_public_class_of_terms_is_in_the_glossary(name: str) -> None:
    """
    It heads a row of its own.
    """
    assert sum(f"`{name}`" in row.split("|")[1] for row in ROWS) == 1


def test_every_row_has_a_japanese_word_and_a_meaning() -> None:
    """
    No cell of a row is left empty.
    """
    assert all(cell.strip() for row in ROWS for cell in row.strip("|").split("|"))


def test_every_class_the_glossary_names_exists() -> None:
    """
    Words of classes that are gone are gone from the glossary.
    """
    named = {name for row in ROWS for name in re.findall(r"`([A-Z][a-zA-Z]+)`", row.split("|")[1])}

    assert named <= set(public_classes())
