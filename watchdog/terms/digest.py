"""
What the seller is told once a day: his open cases with their next step, what is not watched, how the sources are, what was prevented.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from watchdog.terms.case import CaseFile
from watchdog.terms.finding import Finding
from watchdog.terms.look import Reason
from watchdog.terms.verdict import Coverage

#: Every day of the week by its short name, Monday first.
EVERY_DAY = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class DigestTimes:
    """
    When a digest is written; on no day at all it is never.
    """

    at: time = time(8)  #: of the home marketplace
    days: tuple[str, ...] = EVERY_DAY  #: by their short names
    when_empty: bool = False  #: also where there is nothing to say


@dataclass(frozen=True, slots=True)
class DigestSource:
    """
    How one source is doing.
    """

    name: str
    is_well: bool
    reason: Reason


@dataclass(frozen=True, slots=True)
class Digest:
    """
    Everything one digest may say.
    """

    day: date
    files: tuple[CaseFile, ...] = ()  #: open cases with what is due in them, the most urgent first
    watched: tuple[CaseFile, ...] = ()  #: cases that are over, whose mark is still held against each report
    near: tuple[Finding, ...] = ()  #: products whose healthy pre-orders must leave within a day
    gaps: tuple[Coverage, ...] = ()  #: products that are not fully watched
    sources: tuple[DigestSource, ...] = ()
    troubles: tuple[Reason, ...] = ()  #: what else is true of the account and has not ended
    prevented: int = 0  #: cases that ended before anything counted, ever

    @property
    def is_empty(self) -> bool:
        """
        Say whether there is nothing to do and nothing to know: all is watched, every source is well.
        """
        return not (self.files or self.watched or self.near or self.gaps or self.troubles or any(not each.is_well for each in self.sources))
