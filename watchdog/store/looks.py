"""
A look is taken in: unchanged rows write nothing, changed ones become states, what a complete look leaves out is noted as absent.

Three ways, one result. The usual look is the newest of its source: its rows are compared by digest with what the source showed last. A
*late* look (an older one arrives after a newer) holds every row against the history. A partial look (a page of changes) asks for its own
rows only.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from watchdog.store import health, journal, listings, memory
from watchdog.store.absences import finish
from watchdog.store.bulk import uncollected
from watchdog.store.products import learn_pair
from watchdog.store.progress import Progress, RowTally
from watchdog.store.releases import learn_from, version
from watchdog.store.schema import looks, shelves
from watchdog.store.shelves import Shelves, sweeps_since
from watchdog.store.sorting import sort_rows
from watchdog.store.whole_orders import tell_orders
from watchdog.store.writing import write_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from watchdog.store.database import Store, Transaction
    from watchdog.terms.identity import LookNo
    from watchdog.terms.look import Batch, Keeping, Look, RowCounts, WatchList
    from watchdog.terms.observation import Observation

__all__ = ["Absorption", "begin", "is_known", "outdated"]


class Absorption:
    """
    One look being taken in; it holds the known digests of the look's source while it lasts.
    """

    def __init__(self, store: Store, progress: Progress) -> None:
        """
        Keep what ``begin`` has gathered.
        """
        self._store = store
        self._progress = progress

    @property
    def number(self) -> LookNo:
        """
        The look's number in the log.
        """
        return self._progress.number

    def take(self, batch: Batch, keep: Callable[[Observation, WatchList], Keeping], *, now: datetime) -> RowCounts:
        """
        Absorb one batch in one transaction: rows, release dates, defects, a refusal; with the last one also what is absent.

        Returns what became of the batch's order rows. After an error nothing of the batch is kept, and it may be taken again.
        """
        try:
            with self._store.writing() as tx, uncollected():
                tally = self._take(tx, batch, keep, now)
        except BaseException:
            self._progress.doubtful = True
            raise
        self._progress.settle(tally)
        return tally.rows

    def _take(self, tx: Transaction, batch: Batch, keep: Callable[[Observation, WatchList], Keeping], now: datetime) -> RowTally:
        tally, progress = RowTally(), self._progress
        if batch.refused is not None:
            journal.refuse(tx, self.number, batch.refused, now=now)
            return tally
        progress.begin_batch(tx)
        kept = sort_rows(tx, progress, batch.rows, batch.read, keep, tally=tally)
        write_rows(tx, progress, kept, tally)
        tell_orders(tx, progress, tally)
        journal.note_defects(tx, self.number, [*batch.defects, *tally.defects])
        for place, sku, asin in batch.pairs:
            learn_pair(tx, place, sku, asin)
        if batch.releases:
            learn_from(tx, self.number, progress.look, batch.releases)
        health.learn(tx, [replace(figure, source=progress.look.source) for figure in batch.health])
        if batch.last:
            finish(tx, progress, tally)
            journal.finish(tx, self.number, remark=batch.remark, now=now)
        total = progress.total.figures(tally)
        journal.count(tx, self.number, total.rows, passed=total.passed, dated=total.dated)
        return tally


def begin(store: Store, look: Look, *, now: datetime) -> Absorption:
    """
    Write the look down and load what has to be known of its source; a look that a crash cut short begins anew under its number.
    """
    with store.writing() as tx:
        number = journal.enter(tx, look, version(tx), now=now)
        watch = listings.watch(tx)
        shelves = Shelves(tx)
        late = _is_late(tx, look, number)
        known = memory.Memory()
        if look.complete and look.interface is not None and not late:
            known = memory.load(tx, shelves.of(look.source), look.source, watch.version)
        since = look.as_of if _has_later(tx, look, number) else None
        sweeps = {} if since is None else sweeps_since(tx, since, number)
    progress = Progress(look, number, watch=watch, shelves=shelves, known=known, late=late, since=since, sweeps=sweeps)
    return Absorption(store, progress)


def _is_late(tx: Transaction, look: Look, number: LookNo) -> bool:
    """
    Say whether the source has shown something newer already.
    """
    others = (looks.c.account_id == tx.account_id, looks.c.source == look.source, looks.c.look_no != number, looks.c.refused.is_(None))
    return tx.connection.execute(select(looks.c.look_no).where(*others, looks.c.as_of > look.as_of).limit(1)).first() is not None


def _has_later(tx: Transaction, look: Look, number: LookNo) -> bool:
    """
    Say whether any source has spoken of this moment or a later one, so that something could lie beyond what is said now.
    """
    others = (looks.c.account_id == tx.account_id, looks.c.look_no != number, looks.c.as_of >= look.as_of)
    return tx.connection.execute(select(looks.c.look_no).where(*others, looks.c.interface.is_not(None)).limit(1)).first() is not None


def is_known(tx: Transaction, content: str, as_of: datetime | None = None) -> bool:
    """
    Say whether a finished look had this content, and spoke of that moment where one is named, so that it need not be read again.
    """
    finished = (looks.c.finished_at.is_not(None), looks.c.refused.is_(None))
    mine = (looks.c.account_id == tx.account_id, looks.c.content == content)
    then = () if as_of is None else (looks.c.as_of == as_of,)
    return tx.connection.execute(select(looks.c.look_no).where(*mine, *finished, *then).limit(1)).first() is not None


def outdated(tx: Transaction) -> tuple[tuple[str, str], ...]:
    """
    Return (source, content) of each source's newest finished file that passed rows by under an older watch list.
    """
    found = []
    current = version(tx)
    for source in dict.fromkeys(tx.connection.execute(select(shelves.c.source).where(shelves.c.account_id == tx.account_id)).scalars()):
        query = select(looks.c.content, looks.c.watch_version, looks.c.rows_passed).where(
            looks.c.account_id == tx.account_id,
            looks.c.source == source,
            looks.c.finished_at.is_not(None),
            looks.c.refused.is_(None),
            looks.c.content.is_not(None),
        )
        row = tx.connection.execute(query.order_by(looks.c.as_of.desc(), looks.c.look_no.desc()).limit(1)).first()
        if row is not None and row.rows_passed and row.watch_version < current:
            found.append((source, row.content))
    return tuple(found)
