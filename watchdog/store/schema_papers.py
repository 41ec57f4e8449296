"""
The tables of papers that were handed in: improvement plans, and letters as they were when the seller marked them sent.
"""

from __future__ import annotations

from sqlalchemy import Index, Table, Text

from watchdog.store.columns import Json, UtcInstant, Word
from watchdog.store.keys import account, belongs, key, metadata, must
from watchdog.terms.letter import LetterKind
from watchdog.terms.plan import PlanAnswers, PlanFacts, PlanKind

plans = Table(
    "plans",
    metadata,
    account(),
    key("plan_no"),
    must("marketplace_id", Text),
    must("kind", Word(PlanKind)),
    must("language", Text),
    must("submitted_at", UtcInstant),
    must("by", Text),
    must("facts", Json(PlanFacts)),
    must("answers", Json(PlanAnswers)),
    must("text", Text),
    must("sha256", Text),  #: of the text, UTF-8
    Index(None, "account_id", "submitted_at"),
)

sent_letters = Table(
    "sent_letters",
    metadata,
    account(),
    key("case_no"),
    key("letter_no"),
    must("kind", Word(LetterKind)),
    must("language", Text),
    must("sent_at", UtcInstant),
    must("by", Text),
    must("text", Text),
    must("sha256", Text),  #: of the text, UTF-8
    belongs("cases", "case_no"),
)
