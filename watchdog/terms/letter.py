"""
Composed texts: for Amazon, for a buyer, for the seller; prepared by the program, sent by people.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LetterKind(StrEnum):
    """
    The letters of DOMAIN §8, spelled as on the command line.
    """

    TICKET = "ticket"
    TICKET_PHONE = "ticket-phone"
    FOLLOW_UP = "follow-up"
    BUYER_INFORM = "buyer-inform"
    BUYER_REPLY = "buyer-reply"
    BUYER_CANCEL = "buyer-cancel"
    BUYER_PHONE = "buyer-phone"
    APPROVE = "approve"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Mark:
    """
    What the guideline linter says of a buyer text.
    """

    level: str  #: error or warning
    rule: str
    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Letter:
    """
    One rendered text; where ``missing`` names a field, ``text`` is empty and nothing may be printed.
    """

    kind: LetterKind
    language: str
    subject: str
    text: str
    missing: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
