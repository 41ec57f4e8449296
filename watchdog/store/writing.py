"""
Kept rows are written: plain new lines in bulk, everything else woven into its line's history.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select, update

from watchdog.store import line_rows, releases, weaving
from watchdog.store.chronicle import Statement
from watchdog.store.chunks import chunks
from watchdog.store.lines import Line, as_named, next_line, same_line
from watchdog.store.products import Register, Registered
from watchdog.store.schema import lines, products, showings
from watchdog.store.sorting import Kept, note_sightings
from watchdog.terms.look import Row
from watchdog.terms.observation import Observation

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import Update

    from watchdog.store.database import Transaction
    from watchdog.store.progress import Progress, RowTally


class Placed(NamedTuple):
    """
    One row with its line.
    """

    row: Row
    said: Observation
    line: Line
    is_new: bool


def write_rows(tx: Transaction, progress: Progress, kept: Sequence[Kept], tally: RowTally) -> None:
    """
    Write the rows; afterwards lines, states and what the shelves show are as if everything had come in time.
    """
    if not kept:
        return
    progress.require_shelves(tx, {each.said.marketplace_id for each in kept})
    named = [each.said if each.line is None else as_named(each.said, each.line) for each in kept]
    entries = progress.register.resolve(tx, named, progress.look.as_of)
    _mark(tx, kept, entries)
    _show(tx, progress, kept, entries)
    placed = _place(tx, kept, entries, tally)
    plain, woven = _apart(progress, placed, tally)
    last_states = _add_plain(tx, progress, plain) if plain else {}
    if woven:
        last_states |= _weave(tx, progress, woven, tally)
    weaving.touch_products(tx, last_states)


def _place(tx: Transaction, kept: Sequence[Kept], entries: Sequence[Registered], tally: RowTally) -> list[Placed]:
    """
    Give every row its line, a new one where it has none; a row repeated within the batch is unchanged.
    """
    number = next_line(tx)
    made: dict[str, list[Line]] = {}
    placed = []
    for each, entry in zip(kept, entries, strict=True):
        row, said, line = each.row, each.said, each.line
        if row.digest in tally.digests:
            tally.count("unchanged")
            continue
        tally.digests.add(row.digest)
        is_new = line is None
        if line is None and said.order_id in made:
            line = same_line(made[said.order_id], said)
        if line is None:
            line = Line(
                number, said.marketplace_id, said.order_id, said.line, entry.id, said.asin, said.sku, said.purchased_at, said.marked
            )
            made.setdefault(said.order_id, []).append(line)
            number += 1
        else:
            line.learn(said, entry.id)
        placed.append(Placed(row, said, line, is_new))
    return placed


def _apart(progress: Progress, placed: Sequence[Placed], tally: RowTally) -> tuple[list[Placed], list[Placed]]:
    """
    Part plain rows from those to be woven in: a new line that occurs once, and that no later look can speak of, is plain.
    """
    if progress.late:
        tally.line_ids.update(each.line.id for each in placed)
        return [], list(placed)
    often = {number for number, times in Counter(each.line.id for each in placed).items() if times > 1}
    plain = [each for each in placed if each.is_new and each.line.id not in often]
    tally.count("used", len(plain))
    return plain, [each for each in placed if not each.is_new or each.line.id in often]


def _add_plain(tx: Transaction, progress: Progress, plain: Sequence[Placed]) -> dict[int, int]:
    """
    Insert new lines with their one state; what was said of them is what is known. Return each product's newest state.
    """
    made, appended, listed = [], [], []
    last_states: dict[int, int] = {}
    moment = line_rows.Moment(tx.account_id, progress.number, progress.look.as_of)
    shelf_of = progress.shelves.of(progress.look.source)
    for state_no, (row, said, line, _is_new) in enumerate(plain, line_rows.next_state(tx)):
        line_row, state_row = moment.first_rows(line, said.facts, row.digest, state_no)
        made.append(line_row)
        appended.append(state_row)
        listed.append((tx.account_id, shelf_of[line.marketplace_id], row.digest, line.id, False, said.facts.ship_by is not None))
        last_states[line.product_id] = state_no
    line_rows.add_lines(tx, made)
    line_rows.add_states(tx, appended)
    listed.sort()
    tx.bulk("listings", ("account_id", "shelf_no", "digest", "line_id", "stale", "dated"), listed)
    return last_states


def _weave(tx: Transaction, progress: Progress, placed: Sequence[Placed], tally: RowTally) -> dict[int, int]:
    """
    Weave rows into the histories of their lines; those that turn out to be no news count as unchanged.
    """
    known = {each.line.id: each.line for each in placed if not each.is_new}
    strands = weaving.load(tx, known.values(), since=progress.since, look_no=progress.number, sweeps=progress.sweeps)
    seen = set()
    for row, said, line, _is_new in placed:
        strand = strands.setdefault(line.id, weaving.fresh(line, progress.sweeps))
        strand.changed = True
        look = progress.look
        told = Statement(look.source, progress.interface, progress.number, look.as_of, listed=True, facts=said.facts, digest=row.digest)
        news = strand.tell(told, progress.met(tally))
        tally.count("used" if news else "unchanged")
        if news:
            tally.news.add(row.digest)
        if not news and not look.complete:
            seen.add(line.id)
    written = weaving.write(tx, strands.values(), progress.shelves, progress.look.source)
    tally.removed |= written.removed
    note_sightings(tx, progress, seen)
    _unmark(tx, progress, {each.line.product_id for each in placed if each.line.marked and not each.line.is_open})
    return written.last_states


def _mark(tx: Transaction, kept: Sequence[Kept], entries: Sequence[Registered]) -> None:
    """
    Put products on the watch list that have an open order marked as a pre-order from now on.
    """
    new = set()
    for each, entry in zip(kept, entries, strict=True):
        if each.said.marked and not entry.has_marked and each.said.facts.status is not None and each.said.facts.status.is_open:
            entry.has_marked = True
            new.add(entry.id)
    for part in chunks(new):
        tx.connection.execute(_products(tx, part).values(has_marked=True))
    if new:
        releases.save_version(tx, releases.version(tx) + 1)


def _unmark(tx: Transaction, progress: Progress, product_ids: Collection[int]) -> None:
    """
    Take products off the list of marked ones whose last open marked order is closed.
    """
    closed = []
    for number in product_ids:
        still = (lines.c.account_id == tx.account_id, lines.c.product_id == number, lines.c.marked, lines.c.is_open)
        if tx.connection.execute(select(lines.c.line_id).where(*still).limit(1)).first() is None:
            closed.append(number)
    for part in chunks(closed):
        tx.connection.execute(_products(tx, part).values(has_marked=False))
        progress.register = Register()


def _products(tx: Transaction, part: Sequence[int]) -> Update:
    return update(products).where(products.c.account_id == tx.account_id, products.c.product_id.in_(part))


def _show(tx: Transaction, progress: Progress, kept: Sequence[Kept], entries: Sequence[Registered]) -> None:
    """
    Note which products the source's complete looks list.
    """
    if not progress.look.complete:
        return
    shelf_of = progress.shelves.of(progress.look.source)
    pairs = {(entry.id, shelf_of[each.said.marketplace_id]) for each, entry in zip(kept, entries, strict=True)}
    new = sorted(pairs - progress.shown)
    tx.add(showings, [{"product_id": product_id, "shelf_no": shelf_no} for product_id, shelf_no in new])
    progress.shown.update(new)
