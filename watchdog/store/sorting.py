"""
The rows of a batch are sorted: unchanged, rejected, ignored, or to be written; only what is new by its digest is read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from watchdog.store import listings
from watchdog.store.lines import Line, known_lines, same_line
from watchdog.store.memory import shown_rows
from watchdog.store.schema import sightings
from watchdog.terms.identity import WHOLE_ORDER, ProductId
from watchdog.terms.look import Defect, Ignored, Keeping, Row, RowCounts, WatchList
from watchdog.terms.observation import Observation
from watchdog.terms.product import Product

if TYPE_CHECKING:
    from watchdog.store.database import Transaction
    from watchdog.store.progress import Progress, RowTally

Read = Callable[[Row], Observation | Defect | Ignored]
Keep = Callable[[Observation, WatchList], Keeping]


@dataclass(slots=True)
class Kept:
    """
    One row to be written, with its line where that is known.
    """

    row: Row
    said: Observation
    line: Line | None


def sort_rows(tx: Transaction, progress: Progress, rows: Sequence[Row], read: Read, keep: Keep, *, tally: RowTally) -> list[Kept]:
    """
    Count the rows that need no writing and return the others.
    """
    partial = not progress.look.complete and not progress.late
    fresh = _news_of_page(tx, progress, rows, tally) if partial else _news(progress, rows, tally)
    observed = _observed(fresh, read, tally)
    return _kept(tx, progress, observed, keep, tally) if observed else []


def _news(progress: Progress, rows: Sequence[Row], tally: RowTally) -> list[Row]:
    """
    Count the rows of a complete look that say nothing new and return the others.
    """
    fresh = []
    unchanged = ignored = dated = 0
    seen, find, was_passed = progress.digests, progress.known.find, progress.known.was_passed
    remembers = bool(progress.known.passed)
    for row in rows:
        digest = row.digest
        shelf = find(digest)
        if shelf is not None and digest not in shelf.stale:
            unchanged += 1
            dated += digest not in shelf.undated
        elif digest in seen:
            unchanged += 1
        elif remembers and was_passed(digest):
            ignored += 1
        else:
            fresh.append(row)
    tally.rows += RowCounts(unchanged=unchanged, ignored=ignored)
    tally.passed += ignored
    tally.dated += dated
    return fresh


def _news_of_page(tx: Transaction, progress: Progress, rows: Sequence[Row], tally: RowTally) -> list[Row]:
    """
    Note a sighting of each unchanged row of a partial look and return the others.
    """
    shelves = progress.shelves.of(progress.look.source).values()
    shown = shown_rows(tx, shelves, {row.digest for row in rows})
    fresh, seen = [], set()
    for row in rows:
        line_id, stale, dated = shown.get(row.digest, (0, True, False))
        if stale and row.digest not in progress.digests:
            fresh.append(row)
            continue
        tally.count("unchanged")
        tally.dated += dated
        tally.digests.add(row.digest)
        if line_id:
            seen.add(line_id)
    note_sightings(tx, progress, seen)
    return fresh


def note_sightings(tx: Transaction, progress: Progress, line_ids: Iterable[int]) -> None:
    """
    Note that a partial look showed these lines unchanged.
    """
    tx.add(sightings, [{"line_id": line_id, "look_no": progress.number} for line_id in sorted(line_ids)])


def _observed(fresh: Sequence[Row], read: Read, tally: RowTally) -> list[tuple[Row, Observation]]:
    observed: list[tuple[Row, Observation]] = []
    for row in fresh:
        said = read(row)
        if isinstance(said, Observation):
            (tally.orders if said.line == WHOLE_ORDER else observed).append((row, said))
            tally.dated += said.facts.ship_by is not None
            tally.places.add(said.marketplace_id)
        elif isinstance(said, Ignored):
            tally.count("ignored")
            tally.passed_by.append(("", row.digest))
        else:
            tally.count("rejected")
            tally.defects.append(said)
    return observed


def _kept(tx: Transaction, progress: Progress, observed: Sequence[tuple[Row, Observation]], keep: Keep, tally: RowTally) -> list[Kept]:
    """
    Return the rows of known lines, and those the watch list or the batch's own marks ask for.
    """
    known = known_lines(tx, {said.order_id for _row, said in observed})
    marks = _marks(said for _row, said in observed)
    watch = progress.watch = replace(progress.watch, marked=progress.watch.marked | marks)
    kept = []
    named: list[Observation] = []
    for row, said in observed:
        line = same_line(known[said.order_id], said) if said.order_id in known else None
        keeping = Keeping.WATCH if line is not None else keep(said, watch)
        if keeping is Keeping.WATCH:
            kept.append(Kept(row, said, line))
        elif keeping is Keeping.NAME:
            named.append(said)
        else:
            tally.passed_by.append((said.marketplace_id, row.digest))
    _name(tx, progress, named)
    left = len(observed) - len(kept)
    tally.count("ignored", left)
    tally.passed += left
    return kept


def _name(tx: Transaction, progress: Progress, named: Sequence[Observation]) -> None:
    """
    Name the products of rows that look like pre-orders and are on no list.
    """
    keys: list[tuple[str, str]] = [(said.marketplace_id, f"asin:{said.asin}" if said.asin else f"sku:{said.sku}") for said in named]
    rows = Counter(keys)
    products = {
        key: (Product(ProductId(0), said.marketplace_id, said.asin, said.sku, said.title), rows[key])
        for key, said in zip(keys, named, strict=True)
    }
    listings.note_unlisted(tx, progress.number, progress.look.as_of, products)


def _marks(observed: Iterable[Observation]) -> frozenset[tuple[str, str]]:
    """
    Return the products of open orders that Amazon marks as pre-orders, in the words of the watch list.
    """
    marked = [said for said in observed if said.marked and said.facts.status is not None and said.facts.status.is_open]
    by_asin = {(said.marketplace_id, f"asin:{said.asin}") for said in marked if said.asin}
    return frozenset(by_asin | {(said.marketplace_id, f"sku:{said.sku}") for said in marked if said.sku})
