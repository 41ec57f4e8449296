"""
One stream of text for people, at the width of their terminal: lines, tables, dates in their language; rich counts Japanese as two columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from watchdog.review.texts import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from typing import TextIO

    from watchdog.review.words import Words


class Screen:
    """
    Writes for people onto one stream; colour only where it is a terminal.
    """

    def __init__(self, stream: TextIO, words: Words, *, year: int | None = None) -> None:
        """
        Measure the terminal: its own width, or 80 columns where there is none; dates of another year than ``year`` show theirs.
        """
        console = Console(file=stream, highlight=False, soft_wrap=False)
        self.console = console if console.is_terminal else Console(file=stream, highlight=False, width=max(80, console.width))
        self.words = words
        self.year = year

    def line(self, code: str, **values: object) -> None:
        """
        Write one line of the screen texts.
        """
        self.say(text(code, self.words.language, **values))

    def say(self, sentence: str) -> None:
        """
        Write a sentence as it is.
        """
        self.console.print(Text(sentence), soft_wrap=self.keeps_whole(sentence))

    def keeps_whole(self, sentence: str) -> bool:
        """
        Say whether the terminal itself must break the line: Japanese has no blanks to break at, and a command or link is to be copied.
        """
        return self.words.language == "ja" or "`" in sentence or "://" in sentence

    def paper(self, lines: str) -> None:
        """
        Write a letter as it will be pasted: no line is broken that was not.
        """
        self.console.print(Text(lines), soft_wrap=True)

    def heading(self, code: str, **values: object) -> str:
        """
        Return the heading of a column or a field, or a question.
        """
        return text(code, self.words.language, **values)

    def day(self, day: date | None) -> str:
        """
        Return the date as short as it can be told, or that it is unknown.
        """
        if day is None:
            return self.heading("unknown")
        return self.words.short_day(day) if self.year in {None, day.year} else f"{day:%Y/%m/%d}"

    def rows(self, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """
        Write somebody's own table as it is.
        """
        grid = table()
        for name in head:
            grid.add_column(Text(name), overflow="fold")
        for row in rows:
            grid.add_row(*(Text(cell) for cell in row))
        self.console.print(grid)


def table() -> Table:
    """
    Return an empty table as narrow as can be read.
    """
    return Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
