"""
One look while it is taken in: what it remembers between its batches, and what each batch adds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from watchdog.store.chronicle import Confirmation
from watchdog.store.memory import Memory
from watchdog.store.products import Register
from watchdog.store.shelves import Shelves, sweeps_since
from watchdog.terms.identity import LookNo
from watchdog.terms.look import Defect, Look, Row, RowCounts, WatchList
from watchdog.terms.observation import Observation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from watchdog.store.database import Transaction
    from watchdog.terms.observation import Interface


@dataclass
class RowTally:
    """
    What became of the rows of a batch, and what the look must remember of them once they are committed.
    """

    rows: RowCounts = field(default_factory=RowCounts)
    passed: int = 0  #: ignored because nobody watches their product yet
    dated: int = 0  #: rows with a ship-by
    defects: list[Defect] = field(default_factory=list)
    digests: set[int] = field(default_factory=set)  #: of rows shown in this look, those apart that ``Memory`` knows as met
    removed: set[int] = field(default_factory=set)  #: of rows superseded by this look
    line_ids: set[int] = field(default_factory=set)  #: met in a late look
    places: set[str] = field(default_factory=set)  #: marketplaces of rows that were read
    passed_by: list[tuple[str, int]] = field(default_factory=list)
    orders: list[tuple[Row, Observation]] = field(default_factory=list)  #: rows that speak of a whole order and name none of its lines
    news: set[int] = field(default_factory=set)  #: digests of known lines' rows that said something new

    def figures(self, other: RowTally) -> RowTally:
        """
        Return the figures of both; what is remembered is the look's own matter.
        """
        return RowTally(self.rows + other.rows, self.passed + other.passed, self.dated + other.dated)

    def count(self, what: str, number: int = 1) -> None:
        """
        Count rows as used, unchanged, rejected or ignored.
        """
        self.rows += RowCounts(**{what: number})


@dataclass
class Progress:
    """
    The state of one look between its batches.
    """

    look: Look
    number: LookNo
    watch: WatchList
    shelves: Shelves
    known: Memory
    late: bool  #: the source has shown something newer already
    since: datetime | None  #: None: no look speaks of this moment or a later one
    sweeps: Mapping[tuple[str, str], Sequence[Confirmation]]
    total: RowTally = field(default_factory=RowTally)
    digests: set[int] = field(default_factory=set)
    line_ids: set[int] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    register: Register = field(default_factory=Register)
    shown: set[tuple[int, int]] = field(default_factory=set)
    doubtful: bool = False  #: a transaction failed: what it taught is to be forgotten

    @property
    def interface(self) -> Interface:
        """
        Through which interface the rows came.
        """
        if self.look.interface is None:
            raise AssertionError("a look with order rows names its interface")
        return self.look.interface

    def begin_batch(self, tx: Transaction) -> None:
        """
        Forget what a failed transaction may have taught.
        """
        if self.doubtful:
            self.register, self.shown, self.shelves, self.doubtful = Register(), set(), Shelves(tx), False

    def settle(self, tally: RowTally) -> None:
        """
        Remember what a committed batch has taught.
        """
        self.total = self.total.figures(tally)
        self.digests |= tally.digests
        self.line_ids |= tally.line_ids
        self.places |= tally.places
        for shelf in self.known.shelves:
            shelf.stale |= tally.removed
        for place, digest in tally.passed_by:
            self.known.pass_by(place, digest)

    def met(self, tally: RowTally) -> Callable[[int], bool]:
        """
        Return the test whether this look has already shown a row.
        """
        return lambda digest: digest in self.digests or digest in tally.digests or self.known.was_met(digest)

    def require_shelves(self, tx: Transaction, places: Iterable[str]) -> None:
        """
        Make the source's missing shelves; a look that was empty altogether had covered them too, so what came later is asked anew.
        """
        made = self.shelves.require(tx, self.look.source, places, sees_pending=self.interface.sees_pending)
        if made and self.since is not None:
            self.sweeps = sweeps_since(tx, self.since, self.number)
