"""
Composed texts: for Amazon, for a buyer, for the seller; prepared by the program, sent by people.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from watchdog.terms.money import Money


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

    @property
    def is_to_buyer(self) -> bool:
        """
        Say whether a buyer reads or hears it, so that Amazon's guidelines for messages hold.
        """
        return self in {LetterKind.BUYER_INFORM, LetterKind.BUYER_REPLY, LetterKind.BUYER_CANCEL, LetterKind.BUYER_PHONE}

    @property
    def names_a_saving(self) -> bool:
        """
        Say whether it tells a buyer what he would pay now.
        """
        return self in {LetterKind.BUYER_CANCEL, LetterKind.BUYER_PHONE}

    @property
    def is_to_seller(self) -> bool:
        """
        Say whether the seller himself reads it: it is written in his language, not in the marketplace's.
        """
        return self in {LetterKind.APPROVE, LetterKind.NOTE}


@dataclass(frozen=True, slots=True)
class Asked:
    """
    What the seller says when he asks for a letter; nothing of it is kept.

    The price now is another offer's of the same product on the same marketplace, with shipping, less points. It is told only to a buyer
    whose letter names a saving, and only for an hour after it was seen.
    """

    price_now: Money | None = None
    price_seen_at: datetime | None = None
    price_paid: Money | None = None  #: with shipping; without it the price now is told, but no saving


@dataclass(frozen=True, slots=True)
class Mark:
    """
    What the guideline linter says of a buyer text.
    """

    level: str  #: error or warning
    rule: str
    source: str  #: where Amazon says so, by the page's id
    text: str  #: what is wrong and what to do, in the seller's language


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
    caution: str = ""  #: for the seller, to be shown above the text and never sent

    @property
    def is_marked_wrong(self) -> bool:
        """
        Say whether the linter found an error: opening it must be the seller's own wish.
        """
        return any(mark.level == "error" for mark in self.marks)

    @property
    def page(self) -> str:
        """
        The letter as it is shown: the caution if there is one, subject, text.
        """
        return "\n\n".join(part for part in (self.caution, self.subject, self.text) if part)
