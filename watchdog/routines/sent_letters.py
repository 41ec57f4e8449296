"""
When the seller says that a ticket was sent, its text is kept as it was prepared at that moment: what was asked can be proved later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from watchdog.store import Transaction, papers
from watchdog.terms.case import CaseEvent, standing_steps
from watchdog.terms.errors import UsageError
from watchdog.terms.letter import LetterKind
from watchdog.terms.marketplace import BY_ID

if TYPE_CHECKING:
    from datetime import datetime

    from watchdog.terms.case import CaseFile
    from watchdog.terms.letter import Letter


class LetterWriter(Protocol):
    """
    The room ``compose`` as this routine needs it.
    """

    def letter(
        self, kind: LetterKind, file: CaseFile, *, language: str, now: datetime, reply_by: datetime | None, signature: str | None = None
    ) -> Letter:
        """
        Return the rendered letter, or what is missing.
        """


def keep_sent(
    tx: Transaction, writer: LetterWriter, file: CaseFile, *, by: str, now: datetime, reply_by: datetime | None, signature: str | None
) -> None:
    """
    Keep the ticket (or, once one was sent, the follow-up) as it stands before the decision is written; nothing where none can be written.
    """
    was_sent = any(step.event is CaseEvent.SEND_TICKET for step in standing_steps(file.steps))
    kind = LetterKind.FOLLOW_UP if was_sent else LetterKind.TICKET
    language = "ja" if BY_ID[file.case.subject.marketplace_id].language == "ja" else "en"
    try:
        letter = writer.letter(kind, file, language=language, now=now, reply_by=reply_by, signature=signature)
    except UsageError:
        return  # a case of another kind has no such letter: the seller has written his own
    if not letter.missing:
        papers.keep_letter(tx, file.case.no, letter, by=by, now=now)


def take_back(tx: Transaction, file: CaseFile) -> None:
    """
    Forget the letter kept with the last ticket noted in the file, because that decision is taken back.
    """
    sent = [step for step in standing_steps(file.steps) if step.event is CaseEvent.SEND_TICKET]
    if sent:
        papers.take_letter_back(tx, file.case.no, sent_at=sent[-1].happened_at)
