"""
Any table a seller may have (a listing report, a CSV of his own) as named columns, so that release dates can be taken out of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from watchdog.sources.files import HEAD_BYTES, Reading, text_of
from watchdog.sources.formats import tabular
from watchdog.sources.formats.release_list import cell_text, places_in, said_in
from watchdog.terms.look import Defect, Reason, ReleaseSaid

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

#: A line of fewer named columns is a title, not a header.
_LEAST = 2


@dataclass(frozen=True)
class Sheet:
    """
    A table with a line of column names.
    """

    header: tabular.Header
    content: bytes
    encoding: str
    reading: Reading

    @property
    def columns(self) -> tuple[str, ...]:
        """
        The names as they are written; an unnamed column is called by its number.
        """
        cells = tabular.split(self.header, self.header.line)[: len(self.header.names)]
        return tuple(cell_text(cell, self.encoding).strip('"\ufeff ') or f"#{place}" for place, cell in enumerate(cells, 1))

    def guess(self) -> Mapping[str, int]:
        """
        Return the columns whose names speak for themselves: asin, sku, release_date, title, note, marketplace.
        """
        return dict(places_in(replace(self.header, names=tuple(_LISTING.get(name, name) for name in self.header.names))))

    def place(self, name: str) -> int | None:
        """
        Return where the column of that name, or of that number counted from 1, stands; None where there is none.
        """
        wanted = tabular.fold(name)
        if wanted in self.header.names:
            return self.header.names.index(wanted)
        number = wanted.removeprefix("#")
        return int(number) - 1 if number.isdecimal() and 0 < int(number) <= len(self.header.names) else None

    def rows(self) -> Iterator[tuple[int, tuple[str, ...] | Reason]]:
        """
        Yield each line's cells with its number.
        """
        for place, cells in tabular.written_rows(self.header, [self.content]):
            yield place, cells if isinstance(cells, Reason) else tuple(cell_text(cell, self.encoding) for cell in cells)

    def releases(self, places: Mapping[str, int]) -> Iterator[ReleaseSaid | Defect]:
        """
        Yield what each line says of a release, or why it says nothing; an empty date of a listing without one is passed by.
        """
        column = self.columns[places["release_date"]]
        for place, cells in self.rows():
            said = cells if isinstance(cells, Reason) else self._said(cells, places, column)
            if isinstance(said, ReleaseSaid):
                yield said
            elif said.code != "row_release_date_missing":
                yield Defect(place, said)

    def _said(self, cells: tuple[str, ...], places: Mapping[str, int], column: str) -> ReleaseSaid | Reason:
        return said_in({key: cells[place] for key, place in places.items()}, column, self.reading.home)


#: How Amazon's listing reports name what a release list calls asin, sku and title.
_LISTING = {"asin1": "asin", "product-id": "asin", "item-name": "title", "商品id": "asin"}


def open_sheet(path: Path, reading: Reading) -> Sheet | None:
    """
    Return the file as a table, or None where it is none.

    Raises:
        OSError: it can't be read.
    """
    content, encoding = text_of(path, reading)
    if b"\x00" in content[:HEAD_BYTES]:
        return None
    headers = [each for each in tabular.headers(content[:HEAD_BYTES], encoding, dict(reading.aliases)) if len(each.names) >= _LEAST]
    if not headers:
        return None
    # the line with the most columns; of equal ones the first, which data below can't outdo
    best = max(headers, key=lambda each: (sum(map(bool, each.names)), -each.place))
    return Sheet(best, content, encoding, reading)
