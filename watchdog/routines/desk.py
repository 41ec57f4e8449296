"""
What the seller asks for: a case with its file, a letter; the only way to a letter's text (DESIGN §2).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from watchdog.routines.enact import Clerk
from watchdog.store import Store, casebook
from watchdog.terms.errors import LetterIncomplete, UnknownCase
from watchdog.terms.marketplace import BY_ID

if TYPE_CHECKING:
    from datetime import datetime

    from watchdog.terms.case import CaseFile
    from watchdog.terms.identity import MarketplaceId
    from watchdog.terms.letter import Letter, LetterKind


class Writer(Protocol):
    """
    The room ``compose`` as the desk needs it.
    """

    def letter(
        self, kind: LetterKind, file: CaseFile, *, language: str, now: datetime, reply_by: datetime | None, signature: str | None = None
    ) -> Letter:
        """
        Return the rendered letter, or what is missing.
        """


@dataclass
class Desk:
    """
    Answers the seller from the casebook.
    """

    store: Store
    writer: Writer
    clerk: Clerk
    signature: str | None = None

    def file(self, name: str) -> CaseFile:
        """
        Return the case of that number or order id, with its steps.

        Raises:
            UnknownCase: there is none.
        """
        with self.store.reading() as tx:
            case_no = casebook.find_case(tx, name)
            file = casebook.case_file(tx, case_no) if case_no is not None else None
        if file is None:
            raise UnknownCase(name=name)
        return file

    def letter(self, name: str, kind: LetterKind, *, language: str | None, now: datetime) -> Letter:
        """
        Return the letter in the marketplace's language, or the one asked for.

        Raises:
            UnknownCase: there is no such case.
            LetterIncomplete: a required fact is unknown.
        """
        file = self.file(name)
        spoken = language or letter_language(file.case.subject.marketplace_id)
        reply_by = self.clerk.reply_by(file.case, now=now)
        letter = self.writer.letter(kind, file, language=spoken, now=now, reply_by=reply_by, signature=self.signature)
        if letter.missing:
            raise LetterIncomplete(missing=", ".join(letter.missing))
        return letter


def letter_language(marketplace_id: MarketplaceId) -> str:
    """
    Return the language a marketplace's support is written to: Japanese in Japan, English elsewhere.
    """
    return "ja" if BY_ID[marketplace_id].language == "ja" else "en"
