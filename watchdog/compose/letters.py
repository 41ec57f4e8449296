"""
The letters there are, one row each: for which causes, what they can't be written without, who reads them; and how one is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from watchdog.compose.facts import values
from watchdog.compose.render import subject_and_body
from watchdog.terms.errors import UsageError
from watchdog.terms.finding import Cause
from watchdog.terms.identity import show_case_no
from watchdog.terms.letter import Letter, LetterKind

if TYPE_CHECKING:
    from watchdog.compose.facts import Known
    from watchdog.compose.matter import Matter
    from watchdog.compose.render import Renderer

RESET_CAUSES = frozenset({Cause.BUYER_CHANGE, Cause.RESET_UNEXPLAINED, Cause.UNDETERMINED})
PRODUCT_CAUSES = frozenset({Cause.RELEASE_MOVED, Cause.LISTING_RESET, Cause.LISTING_MISDATED})


@dataclass(frozen=True, slots=True)
class Form:
    """
    What kind of letter it is.
    """

    kind: LetterKind
    template: str  #: file name inside the language's folder
    causes: frozenset[Cause]
    required: tuple[str, ...]  #: facts without which it does not print (DOMAIN §8)
    reader: str
    tone: str
    required_by_cause: Mapping[Cause, tuple[str, ...]]

    def needs(self, cause: Cause) -> tuple[str, ...]:
        """
        Return the facts it can't do without for this cause.
        """
        return (*self.required, *self.required_by_cause.get(cause, ()))


LETTERS: Mapping[LetterKind, Form] = {
    LetterKind.TICKET: Form(
        LetterKind.TICKET,
        "ticket.txt",
        RESET_CAUSES,
        ("order_id", "product", "ship_by", "corrected_date", "reply_by"),
        reader="Amazon Seller Support",
        tone="firm and polite",
        required_by_cause={},
    ),
    LetterKind.NOTE: Form(
        LetterKind.NOTE,
        "note.txt",
        PRODUCT_CAUSES,
        ("product", "ship_by", "orders", "corrected_date"),
        reader="the seller",
        tone="plain steps",
        required_by_cause={Cause.RELEASE_MOVED: ("release_change_new",)},
    ),
}


def form_of(kind: LetterKind, matter: Matter) -> Form:
    """
    Return the letter's row.

    Raises:
        UsageError: there is no such letter, or it is not for this cause; the error names those that are.
    """
    form = LETTERS.get(kind)
    if form is None:
        raise UsageError("letter_not_written", kind=kind.value, kinds=", ".join(LETTERS))
    if matter.finding.cause not in form.causes:
        fitting = ", ".join(row.kind for row in LETTERS.values() if matter.finding.cause in row.causes)
        raise UsageError("letter_not_for_case", kind=kind.value, case_no=show_case_no(matter.case.no), kinds=fitting)
    return form


def own_letter(cause: Cause) -> LetterKind:
    """
    Return the letter that is prepared with the alert: a ticket for a reset, a note for a product.
    """
    return LetterKind.NOTE if cause in PRODUCT_CAUSES else LetterKind.TICKET


def write(form: Form, matter: Matter, renderer: Renderer, *, known: Mapping[str, Known]) -> Letter:
    """
    Return the letter, or one without text that names what is missing in plain words.
    """
    language = matter.words.language
    missing = tuple(matter.words.facts[name] for name in form.needs(matter.finding.cause) if name not in known)
    if missing:
        return Letter(form.kind, language, "", "", missing)
    subject, body = subject_and_body(renderer.render(f"{language}/{form.template}", values(known)))
    return Letter(form.kind, language, subject, body)


def file_name(kind: LetterKind, case_no: str) -> str:
    """
    Return the name of an attached letter: ``ticket-PW-0001.txt``.
    """
    return f"{kind.value}-{case_no}.txt"
