"""
Papers that were handed in, as they were: improvement plans and letters.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select

from watchdog.store.schema import looks
from watchdog.store.schema_papers import plans, sent_letters
from watchdog.terms.identity import CaseNo, MarketplaceId
from watchdog.terms.letter import LetterKind
from watchdog.terms.plan import PlanKind, Submission

if TYPE_CHECKING:
    from sqlalchemy import Row

    from watchdog.store.database import Transaction
    from watchdog.terms.letter import Letter
    from watchdog.terms.plan import PlanAnswers, PlanFacts


@dataclass(frozen=True, slots=True)
class SentLetter:
    """
    A letter as it was when the seller marked it sent.
    """

    kind: LetterKind
    language: str
    sent_at: datetime
    by: str
    text: str
    sha256: str


def digest(text: str) -> str:
    """
    Return the SHA-256 of a text in UTF-8, as hexadecimal digits.
    """
    return hashlib.sha256(text.encode()).hexdigest()


def submit(tx: Transaction, facts: PlanFacts, answers: PlanAnswers, text: str, *, language: str, by: str, now: datetime) -> int:
    """
    Keep a plan as it was handed in and return its number; the very same text is kept once.
    """
    mine = plans.c.account_id == tx.account_id
    same = tx.connection.execute(select(plans.c.plan_no).where(mine, plans.c.sha256 == digest(text))).scalar()
    if same is not None:
        return int(same)
    number = tx.connection.execute(select(func.coalesce(func.max(plans.c.plan_no), 0)).where(mine)).scalar_one() + 1
    row = {
        "plan_no": number,
        "marketplace_id": facts.marketplace_id,
        "kind": facts.kind,
        "language": language,
        "submitted_at": now,
        "by": by,
        "facts": facts,
        "answers": answers,
        "text": text,
        "sha256": digest(text),
    }
    tx.connection.execute(insert(plans).values(account_id=tx.account_id, **row))
    return int(number)


def submissions(tx: Transaction, *, marketplace_id: MarketplaceId | None = None, kind: PlanKind | None = None) -> tuple[Submission, ...]:
    """
    Return the plans handed in so far, oldest first.
    """
    query = select(plans).where(plans.c.account_id == tx.account_id)
    if marketplace_id is not None:
        query = query.where(plans.c.marketplace_id == marketplace_id)
    if kind is not None:
        query = query.where(plans.c.kind == kind)
    return tuple(_submission(row) for row in tx.connection.execute(query.order_by(plans.c.plan_no)))


def _submission(row: Row[Any]) -> Submission:
    return Submission(
        no=row.plan_no,
        kind=row.kind,
        marketplace_id=MarketplaceId(row.marketplace_id),
        language=row.language,
        submitted_at=row.submitted_at,
        by=row.by,
        facts=row.facts,
        answers=row.answers,
        text=row.text,
        sha256=row.sha256,
    )


def keep_letter(tx: Transaction, case_no: CaseNo, letter: Letter, *, by: str, now: datetime) -> None:
    """
    Keep a letter as it is now, because the seller says that it was sent.
    """
    mine = (sent_letters.c.account_id == tx.account_id, sent_letters.c.case_no == case_no)
    number = tx.connection.execute(select(func.coalesce(func.max(sent_letters.c.letter_no), 0)).where(*mine)).scalar_one() + 1
    text = f"{letter.subject}\n\n{letter.text}"
    row = {"kind": letter.kind, "language": letter.language, "sent_at": now, "by": by, "text": text, "sha256": digest(text)}
    tx.connection.execute(insert(sent_letters).values(account_id=tx.account_id, case_no=case_no, letter_no=number, **row))


def take_letter_back(tx: Transaction, case_no: CaseNo, *, sent_at: datetime) -> None:
    """
    Forget the last letter that was noted as sent at that moment, because the seller has taken his word back: it was not sent.
    """
    then = (sent_letters.c.account_id == tx.account_id, sent_letters.c.case_no == case_no, sent_letters.c.sent_at == sent_at)
    last = select(func.max(sent_letters.c.letter_no)).where(*then).scalar_subquery()
    tx.connection.execute(delete(sent_letters).where(*then, sent_letters.c.letter_no == last))


def letters_of(tx: Transaction, case_no: CaseNo) -> tuple[SentLetter, ...]:
    """
    Return the letters of a case as they were sent, oldest first.
    """
    mine = (sent_letters.c.account_id == tx.account_id, sent_letters.c.case_no == case_no)
    query = select(sent_letters).where(*mine).order_by(sent_letters.c.letter_no)
    return tuple(SentLetter(row.kind, row.language, row.sent_at, row.by, row.text, row.sha256) for row in tx.connection.execute(query))


def watched_since(tx: Transaction) -> datetime | None:
    """
    Return the moment of the first look that showed ship dates, since when they are on record.
    """
    dated = (looks.c.account_id == tx.account_id, looks.c.rows_dated > 0, looks.c.finished_at.is_not(None))
    found: datetime | None = tx.connection.execute(select(func.min(looks.c.as_of)).where(*dated)).scalar()
    return found
