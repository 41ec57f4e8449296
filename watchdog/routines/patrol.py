"""
A turn of the patrol: every source is asked, what it says is absorbed batch by batch, then all that is new or due is judged at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from watchdog.detect import Watching
from watchdog.routines.blindness import remember
from watchdog.routines.doubt import Doubt
from watchdog.routines.enact import Enacted
from watchdog.routines.judgement import Judgement
from watchdog.routines.points import Point, Reached, pass_by
from watchdog.store import Store, journal, looks
from watchdog.terms.errors import SourceError, WatchdogError
from watchdog.terms.look import Batch, Look, Mark, Reason, Rest, RowCounts

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

    def poll(self, mark: Mark | None, now: datetime) -> Iterator[Batch | Rest]:
        """
        Yield what is new, at last perhaps a Rest; resumed only after the batch before was committed.
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
    remarks: tuple[Reason, ...] = ()  #: what should be known of files that were used
    again_at: datetime | None = None  #: a source wants to be asked again then, before the usual round

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
            self.remarks + other.remarks,
            again_at=other.again_at,
        )


class Pulse(Protocol):
    """
    Somebody outside who wants to know that turns really see something.
    """

    def saw(self) -> None:
        """
        A source has said something in this turn.
        """

    def ended(self, turn: Turn | None) -> None:
        """
        The turn is over; None for one that failed.
        """


class Silence:
    """
    Nobody wants to know.
    """

    def saw(self) -> None:
        """
        Say nothing.
        """

    def ended(self, turn: Turn | None) -> None:
        """
        Say nothing.
        """


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

    pulse: Pulse = field(default_factory=Silence)
    doubt: Doubt | None = None  #: asks about single orders; None where nothing but files is read

    def turn(self, now: datetime) -> Turn:
        """
        Ask every source, absorb, judge. One deaf source never stops the others (DESIGN law 7).
        """
        try:
            turn = self._turn(now)
        except Exception:
            self.pulse.ended(None)
            raise
        self.pulse.ended(turn)
        return turn

    def _turn(self, now: datetime) -> Turn:
        intake = _Intake(self, now)
        troubles = tuple(filter(None, (self._ask(source, intake) for source in self.sources)))
        intake.read_again()
        self._confirm(intake)
        self.reached(Point.SOURCES_ABSORBED)
        enacted = self.judge(now)
        return Turn(now, intake.rows, intake.looks, enacted, troubles, tuple(intake.refused), tuple(intake.remarks), intake.again_at)

    def _confirm(self, intake: _Intake) -> None:
        """
        Absorb what is answered about the orders in doubt; nothing that goes wrong here delays the judging.
        """
        if self.doubt is None:
            return
        try:
            for batch in self.doubt.answers(intake.now):
                intake.absorb(batch, self.doubt.source.name)
        except SourceError as error:
            self.told("doubt.unanswered", {"source": self.doubt.source.name, "reason": error.code})

    def _ask(self, source: Source, intake: _Intake) -> WatchdogError | None:
        before = intake.looks
        intake.answered = False
        error = self._asked(source, intake)
        remember(self.store, source.name, error, answered=intake.answered or intake.looks > before, now=intake.now)
        return error

    def _asked(self, source: Source, intake: _Intake) -> SourceError | None:
        try:
            with self.store.reading() as tx:
                mark = journal.mark(tx, source.name)
            for said in source.poll(mark, intake.now):
                if isinstance(said, Rest):
                    intake.rest(said, source.name)
                else:
                    intake.absorb(said, source.name)
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
        self.answered = False  #: the source asked last says that it was answered
        self.refused: list[Reason] = []
        self.again_at: datetime | None = None
        self.remarks: list[Reason] = []
        self._look: Look | None = None
        self._absorption: looks.Absorption | None = None

    def absorb(self, batch: Batch, source: str) -> None:
        """
        Commit one batch: its rows, release dates, defects and the source's next mark.
        """
        self.patrol.reached(Point.BATCH_READ)
        self.patrol.pulse.saw()
        if batch.look is not self._look:
            self._begin(batch.look)
        if self._absorption is not None:
            counts = self._absorption.take(batch, self.patrol.keep, now=self.now)
            self.rows += counts
        if batch.remark is not None:
            self.remarks.append(batch.remark)
        if batch.refused is not None:
            self.refused.append(batch.refused)
            self.patrol.told("file.rejected", {"source": batch.look.source, "reason": batch.refused.code})
        self._keep(batch.mark, source)
        self.patrol.reached(Point.BATCH_ABSORBED)

    def rest(self, said: Rest, source: str) -> None:
        """
        Keep what the source wants to find again, and when it wants to be asked.
        """
        self._keep(said.mark, source)
        self.answered = said.answered
        self.remarks += said.remarks
        if said.again_at is not None:
            self.again_at = min(self.again_at or said.again_at, said.again_at)

    def _keep(self, mark: Mark | None, source: str) -> None:
        if mark is not None:
            with self.patrol.store.writing() as tx:
                journal.save_mark(tx, source, mark)

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
