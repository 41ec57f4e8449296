"""
The letters there are, one row each: for which causes, what they can't be written without, who reads them; and how one is written.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from watchdog.compose.cautions import caution
from watchdog.compose.draft import Draft
from watchdog.compose.facts import values
from watchdog.compose.guideline import read
from watchdog.compose.render import subject_and_body
from watchdog.terms.case import CaseEvent
from watchdog.terms.errors import UsageError
from watchdog.terms.finding import Cause
from watchdog.terms.identity import show_case_no
from watchdog.terms.letter import Letter, LetterKind
from watchdog.terms.replies import FollowUp, first_ticket, is_refused

if TYPE_CHECKING:
    from watchdog.compose.facts import Known
    from watchdog.compose.matter import Matter
    from watchdog.compose.render import Renderer

RESET_CAUSES = frozenset({Cause.BUYER_CHANGE, Cause.RESET_UNEXPLAINED, Cause.UNDETERMINED})
PRODUCT_CAUSES = frozenset({Cause.RELEASE_MOVED, Cause.LISTING_RESET, Cause.LISTING_MISDATED})

#: Written to Seller Support: after its final no the same desk is written to no more (DOMAIN §7).
_TO_SUPPORT = frozenset({LetterKind.TICKET, LetterKind.FOLLOW_UP})
#: With these a follow-up is due.
_FOLLOWED = frozenset({CaseEvent.REPLY_OVERDUE, CaseEvent.FOLLOW_UP_DUE, CaseEvent.COUNTED_LATE})
_FOLLOW_UP_NEEDS: Mapping[FollowUp, tuple[str, ...]] = {
    FollowUp.NO_REPLY: ("ship_by", "corrected_date", "ticket_sent_at"),
    FollowUp.UNSETTLED: ("ship_by", "corrected_date", "answered_at"),
    FollowUp.PROVE: ("answered_at",),
    FollowUp.NOT_CORRECTED: ("ship_by", "corrected_date", "answered_at"),
    FollowUp.STILL_COUNTED: ("answered_at", "checks"),
}


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
    of_any_order: bool = False  #: also of one order inside a product's case

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
    Form(
        LetterKind.FOLLOW_UP,
        RESET_CAUSES,
        ("order_id", "product", "ticket_no", "reply_by"),
        reader="Amazon Seller Support, in the same ticket",
        tone="firm, polite, short",
    ),
    Form(LetterKind.BUYER_INFORM, RESET_CAUSES, ("order_id", "product", "release_date"), reader="the buyer", tone="courteous, neutral"),
    Form(
        LetterKind.BUYER_REPLY,
        RESET_CAUSES,
        ("order_id", "product"),
        reader="the buyer who wishes to cancel",
        tone="courteous, helpful",
        only_if_asked=True,
        of_any_order=True,
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
    Form(LetterKind.APPROVE, RESET_CAUSES, ("order_id",), reader="the seller", tone="plain steps", only_if_asked=True, of_any_order=True),
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
        UsageError: it is not for this case, not yet, or no more; the error says which letters are, or what comes first.
    """
    form = LETTERS[kind]
    cause, case_no = matter.finding.cause, show_case_no(matter.case.no)
    if cause not in form.causes and not (form.of_any_order and matter.is_order):
        fitting = ", ".join(row.kind for row in LETTERS.values() if cause in row.causes)
        raise UsageError("letter_not_for_case", kind=kind.value, case_no=case_no, kinds=fitting)
    if form.only_if_asked and not matter.buyer_asked:
        raise UsageError("letter_before_buyer_asked", kind=kind.value, case_no=case_no)
    if kind in _TO_SUPPORT and is_refused(matter.steps):
        raise UsageError("letter_after_refusal", kind=kind.value, case_no=case_no)
    if kind is LetterKind.FOLLOW_UP and first_ticket(matter.steps) is None:
        raise UsageError("letter_before_ticket", kind=kind.value, case_no=case_no)
    return form


def needs(form: Form, matter: Matter) -> tuple[str, ...]:
    """
    Return the facts the letter can't do without in this matter.
    """
    more = _FOLLOW_UP_NEEDS[matter.follow_up] if form.kind is LetterKind.FOLLOW_UP else ()
    return (*form.needs(matter.finding.cause), *more)


def own_letter(matter: Matter, events: Collection[CaseEvent]) -> LetterKind:
    """
    Return the letter that is prepared with the alert: a note for a product, for a reset a ticket, or a follow-up to the one that was sent.
    """
    if matter.finding.cause in PRODUCT_CAUSES:
        return LetterKind.NOTE
    sent = first_ticket(matter.steps) is not None
    return LetterKind.FOLLOW_UP if sent and not _FOLLOWED.isdisjoint(events) else LetterKind.TICKET


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
    missing = tuple(matter.words.facts[name] for name in needs(form, matter) if name not in known)
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
