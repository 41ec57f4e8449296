"""
Where the pages lead.
"""

from __future__ import annotations

import re
from pathlib import Path

from tests.docs.pages import READMES, ROOT, anchor, headings, pages, prose

#: A file or folder of the project, named in running text.
_NAMED = re.compile(r"`((?:[a-z_]+/)+(?:[a-z_0-9]+\.(?:py|md|service))?)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def test_every_relative_link_leads_somewhere() -> None:
    """
    The file exists, and so does the heading behind the ``#``.
    """
    dead = [f"{page}: {target}" for page in pages() for target in _LINK.findall(prose(page)) if not _leads(page, target)]

    assert dead == []


def _leads(page: str, target: str) -> bool:
    if "://" in target:
        return True
    name, _, place = target.partition("#")
    path = (ROOT / page).parent / name if name else ROOT / page
    if not path.exists():
        return False
    return not place or place in {anchor(text) for _, text in headings(path.resolve().relative_to(ROOT).as_posix())}


def test_every_page_is_in_the_index() -> None:
    """
    ``docs/README.md`` leads to everything in ``docs``.
    """
    linked = {Path(target.partition("#")[0]).as_posix() for target in _LINK.findall(prose("docs/README.md"))}
    there = {page.removeprefix("docs/") for page in pages() if page.startswith("docs/")}

    assert {page for page in there - {"README.md"} if page not in linked and not page.startswith("adr/0")} == set()


def test_both_readmes_have_the_same_sections() -> None:
    """
    Whoever reads the other language misses nothing.
    """
    levels = [[level for level, _ in headings(page)] for page in READMES]

    assert levels[0] == levels[1]


def test_every_file_the_journey_names_is_there() -> None:
    """
    A newcomer is not sent to a file that has moved; paths begin at the root or in the package.
    """
    named = [name for page in ("docs/journey.md", "CONTRIBUTING.md") for name in _NAMED.findall(prose(page))]

    assert [name for name in named if not any((root / name).exists() for root in (ROOT, ROOT / "watchdog"))] == []
