"""
A turn of the patrol: every source is asked, what it says is absorbed batch by batch, then all that is new or due is judged at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from watchdog.detect import Watching
from watchdog.routines.enact import Enacted
from watchdog.routines.judgement import Judgement
from watchdog.routines.points import Point, Reached, pass_by
from watchdog.store import Store, journal, looks
from watchdog.terms.errors import SourceError, WatchdogError
from watchdog.terms.look import Batch, Look, Mark, Reason, RowCounts

if TYPE_CHECKING:
    from watchdog.terms.identity import OrderKey


class Source(Protocol):
    """
    Something that can be asked for orders or release dates; it never sleeps and never needs the store (DESIGN law 2).
    """

    @property
    def name(self) -> str:
        """
        The stable name under which the journal keeps its mark.
        """

    def poll(self, mark: Mark | None, now: datetime) -> Iterator[Batch]:
        """
        Yield what is new; resumed only after the batch before was committed.
        """

    def look(self, keys: Sequence[OrderKey], now: datetime) -> Iterator[Batch]:
        """
        Yield what these orders look like now; nothing where the source can't be asked.
        """

    def again(self, content: str) -> Iterator[Batch]:
        """
        Yield the kept answer of that content digest once more; nothing where it is gone.
        """


@dataclass(frozen=True, slots=True)
class Turn:
    """
    What one turn did.
    """

    at: datetime
    rows: RowCounts = field(default_factory=RowCounts)
    looks: int = 0
    enacted: Enacted = field(default_factory=Enacted)
    troubles: tuple[WatchdogError, ...] = ()  #: sources that could not be asked; the others were
    refused: tuple[Reason, ...] = ()  #: files that could not be used; the others were

    def __add__(self, other: Turn) -> Turn:
        """
        Return both turns as one that ended with the other.
        """
        return Turn(
            other.at,
            self.rows + other.rows,
            self.looks + other.looks,
            self.enacted + other.enacted,
            self.troubles + other.troubles,
            self.refused + other.refused,
        )


@dataclass
class Patrol:
    """
    Walks one turn after another; everything it needs was handed in by ``assemble``.
    """

    store: Store
    sources: Sequence[Source]
    keep: Watching
    judgement: Judgement
    reached: Reached = pass_by
    told: Callable[[str, Mapping[str, object]], None] = field(default=lambda _event, _fields: None)

    def turn(self, now: datetime) -> Turn:
        """
        Ask every source, absorb, judge. One deaf source never stops the others (DESIGN law 7).
        """
        intake = _Intake(self, now)
        troubles = tuple(filter(None, (self._ask(source, intake) for source in self.sources)))
        intake.read_again()
        self.reached(Point.SOURCES_ABSORBED)
        enacted = self.judge(now)
        return Turn(now, intake.rows, intake.looks, enacted, troubles, tuple(intake.refused))

    def _ask(self, source: Source, intake: _Intake) -> WatchdogError | None:
        try:
            with self.store.reading() as tx:
                mark = journal.mark(tx, source.name)
            for batch in source.poll(mark, intake.now):
                intake.absorb(batch, source.name)
        except SourceError as error:
            self.told("source.unavailable", {"source": source.name, "reason": error.code})
            return error
        return None

    def judge(self, now: datetime) -> Enacted:
        """
        Judge everything beyond ``judged_upto`` and all that is due, in one transaction.
        """
        with self.store.writing() as tx:
            enacted = self.judgement.pass_on(tx, now)
            self.reached(Point.JUDGED_UNCOMMITTED)
        self.reached(Point.JUDGED)
        return enacted


class _Intake:
    """
    The absorbing half of a turn: one look at a time, its digests held while it lasts.
    """

    def __init__(self, patrol: Patrol, now: datetime) -> None:
        self.patrol = patrol
        self.now = now
        self.rows = RowCounts()
        self.looks = 0
        self.refused: list[Reason] = []
        self._look: Look | None = None
        self._absorption: looks.Absorption | None = None

    def absorb(self, batch: Batch, source: str) -> None:
        """
        Commit one batch: its rows, release dates, defects and the source's next mark.
        """
        self.patrol.reached(Point.BATCH_READ)
        if batch.look is not self._look:
            self._begin(batch.look)
        if self._absorption is not None:
            counts = self._absorption.take(batch, self.patrol.keep, now=self.now)
            self.rows += counts
        if batch.refused is not None:
            self.refused.append(batch.refused)
            self.patrol.told("file.rejected", {"source": batch.look.source, "reason": batch.refused.code})
        if batch.mark is not None:
            with self.patrol.store.writing() as tx:
                journal.save_mark(tx, source, batch.mark)
        self.patrol.reached(Point.BATCH_ABSORBED)

    def _begin(self, look: Look) -> None:
        self._look, self.looks = look, self.looks + 1
        self._absorption = looks.begin(self.patrol.store, look, now=self.now)

    def read_again(self) -> None:
        """
        Read the newest kept file of each source again where the watch list has grown since (DESIGN §2).
        """
        with self.patrol.store.reading() as tx:
            outdated = looks.outdated(tx)
        for _source, content in outdated:
            for source in self.patrol.sources:
                for batch in source.again(content):
                    self.absorb(batch, source.name)
