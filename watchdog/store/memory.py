"""
What one look remembers of its source while it lasts: digests shown before, digests met, rows passed by.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, not_, or_, select

from watchdog.store.chunks import chunks
from watchdog.store.known import KnownDigests, pack, unpack
from watchdog.store.schema import listings, passed_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from watchdog.store.database import Transaction

_PAGE = 20_000


@dataclass(slots=True)
class Shelf:
    """
    One shelf as the source last showed it.
    """

    place: str
    number: int
    digests: KnownDigests
    stale: set[int]  #: an equal row is news: another source says otherwise since, or the line got a state from this very look
    undated: frozenset[int]  #: rows without ship-by


@dataclass(slots=True)
class Memory:
    """
    A complete look's memory of its source's shelves.
    """

    shelves: list[Shelf] = field(default_factory=list)
    passed: list[tuple[str, KnownDigests]] = field(default_factory=list)  #: by marketplace; rows passed by under the same watch list
    passed_now: dict[str, set[int]] = field(default_factory=dict)

    def find(self, digest: int) -> Shelf | None:
        """
        Return the shelf that showed the row before; it counts as met from now on.
        """
        for shelf in self.shelves:
            if shelf.digests.meet(digest):
                return shelf
        return None

    def was_met(self, digest: int) -> bool:
        """
        Say whether the row was shown before and has been met in this look.
        """
        return any(shelf.digests.was_met(digest) for shelf in self.shelves)

    def was_passed(self, digest: int) -> bool:
        """
        Say whether the row was passed by last time under the same watch list, so that it need not be read.
        """
        return any(digests.meet(digest) for _place, digests in self.passed)

    def pass_by(self, place: str, digest: int) -> None:
        """
        Remember a row that nobody watches.
        """
        self.passed_now.setdefault(place, set()).add(digest)

    def places(self) -> set[str]:
        """
        Return the marketplaces of which a known row was met.
        """
        met = {shelf.place for shelf in self.shelves if shelf.digests.any_met()}
        return met | {place for place, digests in self.passed if place and digests.any_met()}


def load(tx: Transaction, shelves: dict[str, int], source: str, watch_version: int) -> Memory:
    """
    Return what the source's shelves show now.
    """
    memory = Memory([_shelf(tx, place, number) for place, number in sorted(shelves.items())])
    mine = (passed_rows.c.account_id == tx.account_id, passed_rows.c.source == source, passed_rows.c.watch_version == watch_version)
    for place, packed in tx.connection.execute(select(passed_rows.c.marketplace_id, passed_rows.c.digests).where(*mine)):
        memory.passed.append((place, unpack(packed)))
    return memory


def _shelf(tx: Transaction, place: str, number: int) -> Shelf:
    here = (listings.c.account_id == tx.account_id, listings.c.shelf_no == number)
    odd = select(listings.c.digest, listings.c.stale, listings.c.dated).where(*here, or_(listings.c.stale, not_(listings.c.dated)))
    rows = tx.connection.execute(odd).all()
    stale = {digest for digest, is_stale, _dated in rows if is_stale}
    return Shelf(place, number, KnownDigests(_ordered(tx, number)), stale, frozenset(digest for digest, _stale, dated in rows if not dated))


def _ordered(tx: Transaction, number: int) -> Iterator[int]:
    query = select(listings.c.digest).where(listings.c.account_id == tx.account_id, listings.c.shelf_no == number)
    streamed = tx.connection.execution_options(yield_per=_PAGE).execute(query.order_by(listings.c.digest))
    for page in streamed.scalars().partitions():
        yield from page


def save_passed(tx: Transaction, memory: Memory, source: str, watch_version: int) -> None:
    """
    Remember the rows this complete look passed by, those it did not even have to read included.
    """
    tx.connection.execute(delete(passed_rows).where(passed_rows.c.account_id == tx.account_id, passed_rows.c.source == source))
    again = {place: digests.met() for place, digests in memory.passed}
    for place in again.keys() | memory.passed_now.keys():
        digests = pack([*again.get(place, ()), *memory.passed_now.get(place, ())])
        row = {"source": source, "marketplace_id": place, "watch_version": watch_version, "digests": digests}
        tx.connection.execute(insert(passed_rows).values(account_id=tx.account_id, **row))


def shown_rows(tx: Transaction, shelves: Iterable[int], digests: Iterable[int]) -> dict[int, tuple[int, bool, bool]]:
    """
    Return of these rows those the shelves show now: digest → (line, stale, dated).
    """
    numbers = list(shelves)
    found: dict[int, tuple[int, bool, bool]] = {}
    for part in chunks(digests):
        here = (listings.c.account_id == tx.account_id, listings.c.shelf_no.in_(numbers), listings.c.digest.in_(part))
        query = select(listings.c.digest, listings.c.line_id, listings.c.stale, listings.c.dated).where(*here)
        found |= {digest: (line_id, stale, dated) for digest, line_id, stale, dated in tx.connection.execute(query)}
    return found
