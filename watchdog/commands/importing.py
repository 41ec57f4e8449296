"""
Release dates out of any table: which column is which, what is new, what differs; nothing of the seller's is replaced unasked.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from watchdog.terms.errors import UsageError
from watchdog.terms.look import ReleaseSaid

if TYPE_CHECKING:
    from watchdog.assemble import House
    from watchdog.settings import Settings
    from watchdog.sources.sheet import Sheet
    from watchdog.terms.look import Defect

_SHOWN = 5
_ASKED = {"asin": "import_ask_asin", "sku": "import_ask_sku", "release_date": "import_ask_date", "title": "import_ask_title"}


@dataclass
class Import:
    """
    One file to import.
    """

    path: Path
    given: Mapping[str, str]  #: columns named on the command line
    replace: bool
    yes: bool

    def run(self) -> int:
        """
        Read, show, ask where there is somebody to ask, write.
        """
        from watchdog import assemble
        from watchdog.commands import speech
        from watchdog.commands.shown import terminal_of

        settings = speech.settings()
        self.asks = not self.yes and sys.stdin.isatty()
        house = assemble.house(settings, create=False)
        self.now = assemble.clock()
        try:
            self.screen = terminal_of(house, now=self.now)
            sheet = self._open(settings)
            places = self._places(sheet)
            self._show(sheet, places)
            return self._take(house, settings, sheet, places)
        finally:
            house.close()

    def _open(self, settings: Settings) -> Sheet:
        from watchdog import assemble
        from watchdog.sources.sheet import open_sheet

        try:
            sheet = open_sheet(self.path, assemble.reading(settings))
        except FileNotFoundError as error:
            raise UsageError("path_absent", path=str(self.path)) from error
        except OSError as error:
            raise UsageError("file_unreadable", name=self.path.name, problem=error.strerror or str(error)) from error
        if sheet is None:
            raise UsageError("import_no_table", name=self.path.name)
        return sheet

    def _places(self, sheet: Sheet) -> Mapping[str, int]:
        """
        Return where each column stands: as named on the command line, as answered, as its header says.
        """
        columns = ", ".join(sheet.columns)
        places = dict(sheet.guess()) | {key: self._place(sheet, name, columns) for key, name in self.given.items()}
        if self.asks and not self.given:
            self.screen.line("import_columns", columns=columns)
            for key, code in _ASKED.items():
                default = sheet.columns[places[key]] if key in places else ""
                answer = click.prompt(self.screen.heading(code), default=default, show_default=bool(default)).strip()
                places.pop(key, None)
                if answer:
                    places[key] = self._place(sheet, answer, columns)
        if "release_date" not in places or not places.keys() & {"asin", "sku"}:
            raise UsageError("import_columns_unclear", name=self.path.name, columns=columns)
        return places

    def _place(self, sheet: Sheet, name: str, columns: str) -> int:
        place = sheet.place(name)
        if place is None:
            raise UsageError("import_column_unknown", name=self.path.name, column=name, columns=columns)
        return place

    def _show(self, sheet: Sheet, places: Mapping[str, int]) -> None:
        from itertools import islice

        wanted = sorted(places.values())
        first = list(islice(((cells for _place, cells in sheet.rows() if isinstance(cells, tuple))), _SHOWN))
        self.screen.line("import_first", name=self.path.name, count=len(first))
        self.screen.rows([sheet.columns[place] for place in wanted], [[cells[place] for place in wanted] for cells in first])

    def _take(self, house: House, settings: Settings, sheet: Sheet, places: Mapping[str, int]) -> int:
        from watchdog.commands.dating import keep, own_dates
        from watchdog.terms.look import Defect

        read = list(sheet.releases(places))
        defects = [each for each in read if isinstance(each, Defect)]
        sorted_out = _sort([each for each in read if not isinstance(each, Defect)], own_dates(house))
        self._sum(sorted_out, defects)
        wanted = self._wanted(sorted_out)
        if not wanted or not self._goes_on():
            self.screen.line("import_all_there" if sorted_out.same and not (wanted or sorted_out.differ) else "import_nothing")
            return 0
        keep(house, wanted, settings, name=self.path.name, now=self.now)
        self.screen.line("import_done", count=len(wanted))
        self.screen.line("release_judged")
        return 0

    def _sum(self, found: _Sorted, defects: list[Defect]) -> None:
        from watchdog.terms.sentences import say

        rejected = len(defects)
        self.screen.line("import_sum", new=len(found.new), same=found.same, differ=len(found.differ), rejected=rejected)
        language = self.screen.words.language
        for each in defects[:_SHOWN]:
            problem = say(each.reason.code, language, each.reason.values)
            self.screen.say("  " + say("row_place", language, {"place": each.place, "problem": problem}))
        for said, old in found.differ[: 2 * _SHOWN]:
            self.screen.line("import_differs", product=said.asin or said.sku, old=old, new=said.release_date)

    def _wanted(self, found: _Sorted) -> list[ReleaseSaid]:
        if not found.differ:
            return found.new
        replaces = self.replace or (
            self.asks and click.confirm(self.screen.heading("import_ask_replace", count=len(found.differ)), default=False)
        )
        if not replaces:
            self.screen.line("import_kept", count=len(found.differ))
            return found.new
        return [*found.new, *(said for said, _old in found.differ)]

    def _goes_on(self) -> bool:
        return not self.asks or click.confirm(self.screen.heading("import_ask_go"), default=True)


@dataclass
class _Sorted:
    """
    What a file says, held against the seller's own list.
    """

    new: list[ReleaseSaid]
    differ: list[tuple[ReleaseSaid, date]]  #: with the date of the seller's own list
    same: int


def _sort(said: list[ReleaseSaid], own: Mapping[str, date]) -> _Sorted:
    from watchdog.commands.dating import date_of

    found = _Sorted([], [], 0)
    for each in dict.fromkeys(said):
        old = date_of(own, each)
        if old is None:
            found.new.append(each)
        elif old == each.release_date:
            found.same += 1
        else:
            found.differ.append((each, old))
    return found
