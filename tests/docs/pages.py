"""
The pages people read, as text: what they tell the reader to type, what they say comes back, what they link to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.ja.md")
#: Blocks whose lines are typed into a shell: ``console`` with what comes back, ``sh`` without.
_TYPED = {"console", "sh"}
_FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`(preorder-watchdog [^`\n]+)`")
#: Stands in a shown output for lines left out.
LEFT_OUT = "…"


@dataclass(frozen=True, slots=True)
class Block:
    """
    A fenced block of a page.
    """

    page: str
    line: int  #: of its first line, counted from 1
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Typed:
    """
    One line the reader is told to type, and what the page says comes back (None where it does not say).
    """

    page: str
    line: int
    text: str
    shown: tuple[str, ...] | None = None

    @property
    def place(self) -> str:
        """
        Where it stands, for the name of a test.
        """
        return f"{self.page}:{self.line} {self.text}"


@cache
def pages() -> tuple[str, ...]:
    """
    Return every page by its path relative to the root.
    """
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return tuple(sorted(path.relative_to(ROOT).as_posix() for path in found))


@cache
def text_of(page: str) -> str:
    """
    Return the page's text.
    """
    return (ROOT / page).read_text(encoding="utf-8")


@cache
def blocks(page: str) -> tuple[Block, ...]:
    """
    Return the page's fenced blocks in order.
    """
    text = text_of(page)
    return tuple(Block(page, text.count("\n", 0, found.start()) + 2, found[1], found[2]) for found in _FENCE.finditer(text))


def prose(page: str) -> str:
    """
    Return the page without its fenced blocks; line numbers stay.
    """
    return _FENCE.sub(lambda found: "\n" * found[0].count("\n"), text_of(page))


@cache
def typed(page: str) -> tuple[Typed, ...]:
    """
    Return every command line of the page: in shell blocks, and inline where it begins with the program's name.
    """
    inline = (Typed(page, number, span) for number, line in enumerate(prose(page).splitlines(), 1) for span in _INLINE.findall(line))
    return (*(each for block in blocks(page) if block.language in _TYPED for each in _lines(block)), *inline)


def _lines(block: Block) -> Iterator[Typed]:
    if block.language == "sh":
        for number, line in enumerate(block.text.splitlines(), block.line):
            if line.strip() and not line.startswith("#"):
                yield Typed(block.page, number, line)
        return
    number = block.line
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, *output = part.splitlines()
        yield Typed(block.page, number, command, tuple(output) or None)
        number += 1 + len(output)


def headings(page: str) -> list[tuple[int, str]]:
    """
    Return the page's headings as (level, text).
    """
    return [(len(found[1]), found[2]) for found in re.finditer(r"^(#+) (.+)$", prose(page), re.MULTILINE)]


def anchor(heading: str) -> str:
    """
    Return the heading's anchor as code hosts make it: lower case, punctuation dropped, blanks as hyphens.
    """
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
