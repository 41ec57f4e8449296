"""
The letters there are, one row each: for which causes, what they can't be written without, who reads them; and how one is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from watchdog.compose.cautions import caution
from watchdog.compose.draft import Draft
from watchdog.compose.facts import values
from watchdog.compose.guideline import read
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
    causes: frozenset[Cause]
    required: tuple[str, ...]  #: facts without which it does not print (DOMAIN §8)
    reader: str
    tone: str
    required_by_cause: Mapping[Cause, tuple[str, ...]] = field(default_factory=dict)
    only_if_asked: bool = False  #: written only once the buyer has spoken of cancelling

    @property
    def template(self) -> str:
        """
        The template's file name inside the language's folder.
        """
        return f"{self.kind.value}.txt"

    def needs(self, cause: Cause) -> tuple[str, ...]:
        """
        Return the facts it can't do without for this cause.
        """
        return (*self.required, *self.required_by_cause.get(cause, ()))


_FORMS = (
    Form(
        LetterKind.TICKET,
        RESET_CAUSES,
        ("order_id", "product", "ship_by", "corrected_date", "reply_by"),
        reader="Amazon Seller Support",
        tone="firm and polite",
    ),
    Form(
        LetterKind.TICKET_PHONE,
        RESET_CAUSES,
        ("order_id", "product", "ship_by", "corrected_date", "reply_by"),
        reader="Amazon Seller Support, by phone",
        tone="short sentences to read out, then what to ask",
    ),
    Form(LetterKind.BUYER_INFORM, RESET_CAUSES, ("order_id", "product", "release_date"), reader="the buyer", tone="courteous, neutral"),
    Form(
        LetterKind.BUYER_REPLY,
        RESET_CAUSES,
        ("order_id", "product"),
        reader="the buyer who wishes to cancel",
        tone="courteous, helpful",
        only_if_asked=True,
    ),
    Form(
        LetterKind.BUYER_CANCEL,
        RESET_CAUSES,
        ("order_id", "product", "ship_by", "release_date", "gap_days"),
        reader="the buyer",
        tone="humble, leaves the choice",
    ),
    Form(
        LetterKind.BUYER_PHONE,
        RESET_CAUSES,
        ("order_id", "product", "ship_by", "release_date", "gap_days"),
        reader="the buyer, by phone",
        tone="short, humble, leaves the choice",
    ),
    Form(LetterKind.APPROVE, RESET_CAUSES, ("order_id",), reader="the seller", tone="plain steps", only_if_asked=True),
    Form(
        LetterKind.NOTE,
        PRODUCT_CAUSES,
        ("product", "ship_by", "orders", "corrected_date"),
        reader="the seller",
        tone="plain steps",
        required_by_cause={Cause.RELEASE_MOVED: ("release_change_new",)},
    ),
)

LETTERS: Mapping[LetterKind, Form] = {form.kind: form for form in _FORMS}


def form_of(kind: LetterKind, matter: Matter) -> Form:
    """
    Return the letter's row.

    Raises:
        UsageError: there is no such letter, or it is not for this case; the error names those that are.
    """
    form = LETTERS.get(kind)
    if form is None:
        raise UsageError("letter_not_written", kind=kind.value, kinds=", ".join(LETTERS))
    cause, case_no = matter.finding.cause, show_case_no(matter.case.no)
    if cause not in form.causes:
        fitting = ", ".join(row.kind for row in LETTERS.values() if cause in row.causes)
        raise UsageError("letter_not_for_case", kind=kind.value, case_no=case_no, kinds=fitting)
    if form.only_if_asked and not matter.buyer_asked:
        raise UsageError("letter_before_buyer_asked", kind=kind.value, case_no=case_no)
    return form


def own_letter(cause: Cause) -> LetterKind:
    """
    Return the letter that is prepared with the alert: a ticket for a reset, a note for a product.
    """
    return LetterKind.NOTE if cause in PRODUCT_CAUSES else LetterKind.TICKET


def write(form: Form, matter: Matter, renderer: Renderer, *, known: Mapping[str, Known], speech: str | None = None) -> Letter:
    """
    Return the letter, or one without text that names what is missing in plain words.

    Args:
        form: the letter's row.
        matter: what it is about, with the letter's language.
        renderer: the checked templates.
        known: the facts of the matter.
        speech: the seller's language, of what is said to him about the text; the letter's own where none is given.
    """
    language = matter.words.language
    missing = tuple(matter.words.facts[name] for name in form.needs(matter.finding.cause) if name not in known)
    if missing:
        return Letter(form.kind, language, "", "", missing)
    subject, body = subject_and_body(renderer.render(f"{language}/{form.template}", values(known)))
    if not form.kind.is_to_buyer:
        return Letter(form.kind, language, subject, body)
    marks = read(_draft(form.kind, matter, f"{subject}\n\n{body}", known), speech or language)
    return Letter(form.kind, language, subject, body, marks=marks, caution=caution(form.kind, speech or language))


def _draft(kind: LetterKind, matter: Matter, text: str, known: Mapping[str, Known]) -> Draft:
    said = values(known)
    names = tuple(str(said[name]) for name in ("product", "asin", "sku", "order_id_spelled"))
    languages = matter.words.language, matter.store.language
    return Draft(text, kind, *languages, str(said["order_id"]), asked_first=matter.buyer_asked, names=names)


def file_name(kind: LetterKind, case_no: str) -> str:
    """
    Return the name of an attached letter: ``ticket-PW-0001.txt``.
    """
    return f"{kind.value}-{case_no}.txt"
