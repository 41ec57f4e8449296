"""
A house with a throw-away memory: what would have been flagged, file by file (DESIGN §2).
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from watchdog.assemble.building import House, build
from watchdog.assemble.clock import clock
from watchdog.assemble.handed import reading_of, templates_of
from watchdog.assemble.parts import Stationery
from watchdog.assemble.settled import account_of
from watchdog.store import open_temporary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from watchdog.routines.patrol import Turn
    from watchdog.settings import Settings
    from watchdog.sources.replay import Replay


def replay_house(settings: Settings, paths: Sequence[str], *, releases: Path | None) -> tuple[House, Replay]:
    """
    Return a house with a throw-away memory, a passing key and no channels, and the files it is to read (DESIGN §2).
    """
    from watchdog.sources.replay import replay

    account = replace(account_of(settings), channels=())
    reading = reading_of(account, secrets.token_bytes(32), columns=settings.column_names)
    files = replay(paths, reading=reading, releases=releases, language=account.language)
    paper = Stationery(templates=templates_of(settings.templates_dir))
    return build(account, open_temporary(), [files], (), stationery=paper, year_end=settings.year_end_closed), files


def replayed(house: House, files: Replay, *, end: datetime | None, told: Callable[[int], None] = lambda _done: None) -> Turn:
    """
    Walk one turn per file, each at its file's time, and one more at ``end``; return them as one.

    ``told`` hears how many files are done.
    """
    whole: Turn | None = None
    for done, (at, source) in enumerate(files.turns(), 1):
        house.patrol.sources = [source]
        turn = house.patrol.turn(at if whole is None else max(at, whole.at))
        whole = turn if whole is None else whole + turn
        told(done)
    if whole is None or end is not None:
        house.patrol.sources = []
        last = house.patrol.turn(end or clock())
        whole = last if whole is None else whole + last
    return whole
