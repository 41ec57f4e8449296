"""
A complete look is over: what it left out is noted as absent, and that it covered its marketplaces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, select

from watchdog.store import listings, memory, weaving
from watchdog.store.chunks import chunks
from watchdog.store.lines import lines_by_id
from watchdog.store.schema import lines, looks, states
from watchdog.store.shelves import add_sweep

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from watchdog.store.database import Transaction
    from watchdog.store.progress import Progress, RowTally


def finish(tx: Transaction, progress: Progress, tally: RowTally) -> None:
    """
    Finish a look with its last batch. It covered the marketplaces it had rows of, or all of the source's if it had no row at all.

    A partial look leaves nothing out; a look without order rows covers nothing.
    """
    if not progress.look.complete or progress.look.interface is None:
        return
    total = progress.total.figures(tally)
    source = progress.look.source
    places = progress.places | tally.places | progress.known.places()
    if total.rows.read == 0:
        places = set(progress.shelves.of(source))
    progress.require_shelves(tx, places)
    for place, shelf_no in progress.shelves.of(source).items():
        if place in places:
            missing = _missing_late(tx, progress, place, tally) if progress.late else _missing(tx, progress, shelf_no)
            _omit(tx, progress, missing)
            add_sweep(tx, shelf_no, progress.number, progress.look.as_of, sure=total.passed == 0)
    listings.forget_unlisted(tx, progress.number, progress.look)
    _remember_passed(tx, progress, tally)


def _remember_passed(tx: Transaction, progress: Progress, tally: RowTally) -> None:
    if progress.late:
        return
    for place, digest in tally.passed_by:
        progress.known.pass_by(place, digest)
    memory.save_passed(tx, progress.known, progress.look.source, progress.watch.version)


def _missing(tx: Transaction, progress: Progress, shelf_no: int) -> Iterator[int]:
    """
    Yield the lines of the shelf of which no row was met.
    """
    left = (digest for shelf in progress.known.shelves if shelf.number == shelf_no for digest in shelf.digests.left_over())
    for part in chunks(left):
        for line_id, _stale, _dated in memory.shown_rows(tx, [shelf_no], part).values():
            yield line_id


def _missing_late(tx: Transaction, progress: Progress, place: str, tally: RowTally) -> Iterator[int]:
    """
    Yield the lines the source had shown up to this look's moment and that it did not show now.
    """
    look = progress.look
    query = (
        select(states.c.line_id)
        .distinct()
        .join(looks, and_(looks.c.account_id == states.c.account_id, looks.c.look_no == states.c.look_no))
        .join(lines, and_(lines.c.account_id == states.c.account_id, lines.c.line_id == states.c.line_id))
        .where(states.c.account_id == tx.account_id, looks.c.source == look.source)
        .where(states.c.as_of <= look.as_of, lines.c.marketplace_id == place)
    )
    met = progress.line_ids | tally.line_ids
    yield from (line_id for line_id in tx.connection.execute(query).scalars().all() if line_id not in met)


def _omit(tx: Transaction, progress: Progress, line_ids: Iterable[int]) -> None:
    last_states: dict[int, int] = {}
    for part in chunks(dict.fromkeys(line_ids)):
        found = lines_by_id(tx, part)
        strands = weaving.load(tx, found.values(), since=progress.since, look_no=progress.number, sweeps=progress.sweeps)
        for strand in strands.values():
            told = weaving.absent(progress.look.source, progress.interface, progress.number, progress.look.as_of)
            strand.chronicle.omit(told)
        last_states |= weaving.write(tx, strands.values(), progress.shelves, progress.look.source).last_states
    weaving.touch_products(tx, last_states)
