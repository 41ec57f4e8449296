"""
Rows that speak of a whole order (an answer without items): what they say is told of each of its lines that the log knows (ADR 0011).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from watchdog.store.lines import Line, known_lines
from watchdog.store.progress import Progress, RowTally
from watchdog.store.sorting import Kept
from watchdog.store.writing import write_rows
from watchdog.terms.look import Defect, Reason, Row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from watchdog.store.database import Transaction
    from watchdog.terms.observation import Observation

_SIGNED = 1 << 63
_SPREAD = 0x9E3779B97F4A7C15  # 2^64 / golden ratio: neighbouring line numbers give digests far apart


def tell_orders(tx: Transaction, progress: Progress, tally: RowTally) -> None:
    """
    Write what the batch's rows say of whole orders and count each row once.

    A row is used if it was news for one of the order's lines. Of an order that no other source has shown, the product is unknown:
    an open one is rejected by name, so that nobody takes silence for watching; any other is ignored.
    """
    if not tally.orders:
        return
    known = known_lines(tx, {said.order_id for _row, said in tally.orders})
    apart = RowTally(digests=tally.digests, removed=tally.removed, line_ids=tally.line_ids)
    told: dict[int, list[Kept]] = {}
    for row, said in tally.orders:
        its = [line for line in known.get(said.order_id, ()) if line.marketplace_id == said.marketplace_id]
        if not its:
            _leave(row, said, tally)
        elif row.digest in told:
            tally.count("unchanged")
        else:
            told[row.digest] = [_of_line(row, said, line) for line in its]
    write_rows(tx, progress, _unknown(progress, told, apart), apart)
    used = sum(any(each.row.digest in apart.news for each in its) for its in told.values())
    tally.count("used", used)
    tally.count("unchanged", len(told) - used)


def _leave(row: Row, said: Observation, tally: RowTally) -> None:
    status = said.facts.status
    if status is None or status.is_open:
        tally.count("rejected")
        tally.defects.append(Defect(row.place, Reason("row_order_without_items")))
    else:
        tally.count("ignored")


def _of_line(row: Row, said: Observation, line: Line) -> Kept:
    """
    Return the row as if it named this line; its digest is that of row and line together.
    """
    digest = ((row.digest ^ (line.id * _SPREAD)) + _SIGNED) % (2 * _SIGNED) - _SIGNED
    return Kept(row._replace(digest=digest), replace(said, line=line.key, asin=line.asin, sku=line.sku), line)


def _unknown(progress: Progress, told: Mapping[int, Sequence[Kept]], apart: RowTally) -> list[Kept]:
    """
    Return those the source has not shown before in just this way.
    """
    news = []
    for its in told.values():
        for each in its:
            shelf = progress.known.find(each.row.digest)
            if shelf is None or each.row.digest in shelf.stale:
                news.append(each)
            else:
                apart.digests.add(each.row.digest)
    return news
