"""
The first impression: what years of old reports would have shown, month by month, before anything is set up.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from watchdog.assemble import House
    from watchdog.review.months import Month
    from watchdog.review.terminal import Terminal
    from watchdog.routines.patrol import Turn
    from watchdog.sources.replay import Replay
    from watchdog.store.casebook import ListedFinding

#: Files that lie further apart are shown month by month.
LONG = timedelta(days=60)
_FEW = 10


def reports(files: Replay) -> list[datetime]:
    """
    Return the moment of every file that is no release list, which is as old as it is.
    """
    from watchdog.sources.files import is_release_list

    return [file.as_of for file in files.files if not is_release_list(file.path, files.reading)]


def is_long(seen: list[datetime]) -> bool:
    """
    Say whether the reports span more than two months.
    """
    return bool(seen) and max(seen) - min(seen) > LONG


def progress(total: int) -> Callable[[int], None]:
    """
    Return what shows how far it is, on a terminal's stderr alone.
    """
    if not sys.stderr.isatty():
        return lambda _done: None

    def told(done: int) -> None:
        sys.stderr.write(f"\r{done}/{total} " if done < total else "\r\033[K")
        sys.stderr.flush()

    return told


def show(house: House, seen: list[datetime], turn: Turn, *, now: datetime, as_json: bool, dated: bool) -> int:
    """
    Write the findings that would have rung and the months; return the exit code: 1 where a file could not be read.

    Args:
        house: of the replay, after its last turn.
        seen: the moment of every report.
        turn: all turns as one.
        now: of the last turn.
        as_json: one document for programs, the usual one with ``months``.
        dated: a release list was given.
    """
    from watchdog.commands import speech
    from watchdog.commands.shown import terminal_of, troubles
    from watchdog.review.listing import document
    from watchdog.review.months import by_month, months_of
    from watchdog.store import casebook, listings

    with house.store.reading() as tx:
        findings = casebook.findings(tx, everything=True)
        coverage, unlisted = listings.coverage(tx), listings.unlisted(tx)
        sources = house.sources(tx, now)
    months = by_month(findings, seen, house.account.home.zone)
    if as_json:
        whole = document(findings, rows=turn.rows, coverage=coverage, unlisted=unlisted, sources=sources)
        speech.write_json(whole | {"months": months_of(months)})
    else:
        screen = terminal_of(house, now=now)
        _tell(screen, findings, months, len(seen))
        screen.unlisted(unlisted, in_log=False)
        rows = turn.rows
        screen.line("rows_line", read=rows.read, used=rows.used, unchanged=rows.unchanged, rejected=rows.rejected, ignored=rows.ignored)
        if not dated and not coverage and not any(month.caught for month in months):
            screen.line("months_blind")
    return troubles(house, turn)


def _tell(screen: Terminal, findings: tuple[ListedFinding, ...], months: tuple[Month, ...], files: int) -> None:
    rung = [each for each in findings if each.case_no is not None]
    screen.findings(sorted(rung, key=lambda each: (each.first_seen_at, each.case_no or 0)))
    if len(rung) < len(findings):
        screen.line("months_notices", count=len(findings) - len(rung))
    screen.paper("")
    if months:
        total, urgent = sum(month.caught for month in months), sum(month.urgent for month in months)
        ends = {"first": f"{months[0].first:%Y-%m}", "last": f"{months[-1].first:%Y-%m}"}
        screen.line("months_intro", files=files, caught=total, urgent=urgent, **ends)
        screen.months(months)


def warn(house: House, seen: list[datetime]) -> None:
    """
    Say on stderr where most reports claim the same day, as copies do that have lost their times.
    """
    from watchdog.review.texts import text

    days = Counter(moment.date() for moment in seen)
    if len(seen) >= _FEW and days.most_common(1)[0][1] > len(seen) / 2:
        sys.stderr.write(text("months_same_time", house.account.language, files=len(seen)) + "\n")
