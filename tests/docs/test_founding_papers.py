"""
A section the code names is there to be read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.docs.pages import ROOT, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

PAPERS = {name: f"docs/founding/{name}.md" for name in ("DOMAIN", "DESIGN", "spapi", "columns")}
_SECTION = re.compile(r"\b(DOMAIN|DESIGN|spapi)(?:\.md)?`*,? §§?(\d+(?:\.\d+)?)")
_LAW = re.compile(r"\bDESIGN law (\d+)")
_POINT = re.compile(r"\bcolumns\.md, point (\d+)")


def _code() -> Iterator[tuple[str, str]]:
    for folder in ("watchdog", "tests", "migrations", "benchmarks", "docs/adr"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".py", ".md"}:
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
    yield "pyproject.toml", (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def _missing(named: re.Pattern[str], stands: dict[str, set[str]], paper: str = "") -> list[str]:
    found = ((where, match) for where, text in _code() for match in named.finditer(text))
    return [f"{where}: {match[0]}" for where, match in found if match.groups()[-1] not in stands[paper or match[1]]]


def _headings(name: str) -> set[str]:
    return set(re.findall(r"^#{2,3} (\d+(?:\.\d+)?)[. ]", text_of(PAPERS[name]), re.MULTILINE))


def _numbered(name: str, begins: str) -> set[str]:
    _before, _, after = text_of(PAPERS[name]).partition(begins)
    return set(re.findall(r"^(\d+)\. ", after.partition("\n## ")[0], re.MULTILINE))


def test_every_section_named_in_the_code_exists() -> None:
    """
    ``DOMAIN §5`` leads a reader to a heading of that number.
    """
    assert _missing(_SECTION, {name: _headings(name) for name in ("DOMAIN", "DESIGN", "spapi")}) == []


@pytest.mark.parametrize(("named", "paper", "begins"), [(_LAW, "DESIGN", "\nLaws\n"), (_POINT, "columns", "## What a reader must accept")])
def test_every_law_and_point_named_in_the_code_exists(named: re.Pattern[str], paper: str, begins: str) -> None:
    """
    They are counted in one list each.
    """
    assert _numbered(paper, begins)
    assert _missing(named, {paper: _numbered(paper, begins)}, paper) == []
