"""
One case that rings, with everything a notice may tell of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from watchdog.compose.facts import Known
from watchdog.compose.matter import Matter
from watchdog.terms.letter import LetterKind
from watchdog.terms.message import Ring

if TYPE_CHECKING:
    from watchdog.terms.case import Outcome


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One ring with all that may be told of it.
    """

    ring: Ring
    matter: Matter
    known: Mapping[str, Known]
    own: LetterKind  #: the letter that is prepared with it
    missing: tuple[str, ...] = ()  #: names of the facts its letter lacks
    screen: str = ""  #: the address of its page; empty where nobody could open it
    screen_of_all: str = ""  #: the address of everything flagged of its product

    @property
    def outcome(self) -> Outcome:
        """
        How the case ended; asked only of those that did.
        """
        outcome = self.ring.case.outcome
        if outcome is None:
            raise ValueError("the case is not over")
        return outcome
