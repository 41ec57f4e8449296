"""
Everything the page is handed, because it composes nothing, sets nothing and reads no setting itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

from watchdog.assemble import House
from watchdog.review.evidence import Testimony
from watchdog.review.web.address import Address
from watchdog.review.web.sessions import Sessions, Tries
from watchdog.review.words import Words
from watchdog.terms.look import Reason, ReleaseSaid
from watchdog.terms.plan import PlanAnswers, PlanFacts, PlanKind


class Setting(NamedTuple):
    """
    One option as it stands; a secret's value is masked.
    """

    name: str
    value: str
    came_from: str
    meaning: str
    group: str  #: the heading it stands under

    @property
    def is_set(self) -> bool:
        """
        Say whether somebody has set it.
        """
        return self.came_from != "default"


class Ailment(NamedTuple):
    """
    One thing the doctor has looked at.
    """

    level: str  #: ok, note, failed, skipped
    name: str
    told: str
    remedy: str


class Question(NamedTuple):
    """
    One field of an improvement plan: its name, its heading, what helps to fill it in.
    """

    name: str
    title: str
    hint: str


@dataclass(frozen=True, slots=True)
class PlanWords:
    """
    The improvement plan in words.
    """

    questions: Callable[[PlanKind, str], Sequence[Question]]  #: of a kind, by language
    known: Callable[[PlanFacts, str], Sequence[str]]  #: what the log puts in
    answered: Callable[[PlanAnswers, str, str], PlanAnswers]  #: with one field filled in
    afterwards: Callable[[str], Sequence[str]]  #: where it goes and what happens then


class PageLog(Protocol):
    """
    The page's log.
    """

    def info(self, event: str, **fields: object) -> object:
        """
        Note what happened.
        """

    def warning(self, event: str, **fields: object) -> object:
        """
        Note what was refused.
        """

    def exception(self, event: str, **fields: object) -> object:
        """
        Note what someone must look at, with the exception that is being handled.
        """


@dataclass(frozen=True)
class Front:
    """
    One account's house as the page shows it, and the words and hands it needs.
    """

    house: House
    words: Callable[[str], Words]
    clock: Callable[[], datetime]
    log: PageLog
    settings: Callable[[str], Sequence[Setting]]  #: by language
    release: Callable[[str, str, datetime], ReleaseSaid]  #: product, date: what was typed, written down as the seller's own word
    said: Callable[[Reason, str, datetime], str]  #: a condition's reason in plain words
    testimony: Callable[[str], Testimony]  #: everything on record of a case
    plan_words: PlanWords
    address: Address
    who: str  #: decides where nobody gives a name
    password: str | None = None  #: its scrypt digest
    examine: Callable[[str], Sequence[Ailment]] | None = None  #: the doctor, by language
    sessions: Sessions = field(default_factory=Sessions)
    tries: Tries = field(default_factory=Tries)
