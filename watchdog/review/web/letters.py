"""
One letter of a case: the text to copy, what Amazon's guidelines say of it, the language, the short form, the price; never sent from here.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from watchdog.review.web.forms import field
from watchdog.review.web.visit import LANGUAGES
from watchdog.terms.errors import LetterIncomplete, UnknownCase, UsageError
from watchdog.terms.identity import show_case_no
from watchdog.terms.letter import Asked, LetterKind
from watchdog.terms.marketplace import BY_ID
from watchdog.terms.money import Money

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.datastructures import FormData
    from starlette.responses import Response

    from watchdog.review.web.visit import Visit
    from watchdog.terms.case import CaseFile
    from watchdog.terms.letter import Letter

#: The same matter in writing and in one minute on the phone.
_LENGTHS = ((LetterKind.TICKET, LetterKind.TICKET_PHONE), (LetterKind.BUYER_CANCEL, LetterKind.BUYER_PHONE))


@dataclass(frozen=True, slots=True)
class FittingLetter:
    """
    One letter that fits the case.
    """

    kind: LetterKind
    name: str
    missing: str = ""  #: what must be known first


def kinds_for(visit: Visit, file: CaseFile) -> list[FittingLetter]:
    """
    Return the letters that fit the case, with what is still missing for one.
    """
    offline = replace(visit.desk, price_of=None)  # a list of letters is no reason to ask Amazon for a price
    found = []
    for kind in LetterKind:
        missing = ""
        try:
            offline.letter(show_case_no(file.case.no), kind, language=None, now=visit.now)
        except LetterIncomplete as error:
            missing = str(error.values["missing"])
        except UsageError:
            continue
        found.append(FittingLetter(kind, visit.words.letters[kind], missing))
    return found


def page(visit: Visit) -> Response:
    """
    Return the letter, ready to be copied; one that breaks a guideline shows why and waits for the seller's own wish.
    """
    query = visit.request.query_params
    return _page(visit, query, wished=False)


def open_anyway(visit: Visit, form: FormData) -> Response:
    """
    Return the text although it breaks a guideline; that it was opened is noted in the case.
    """
    asked = {name: field(form, name) for name in ("lang", "price_now", "price_paid")}
    return _page(visit, asked, wished=True)


def _page(visit: Visit, query: Mapping[str, str], *, wished: bool) -> Response:
    name, kind = visit.request.path_params["name"], _kind(visit.request.path_params["kind"])
    file = visit.desk.file(name)
    language = query.get("lang") if query.get("lang") in LANGUAGES else None
    problem, letter = "", None
    try:
        letter = visit.desk.letter(name, kind, language=language, now=visit.now, asked=asked_of(visit, file, query))
    except LetterIncomplete as error:
        problem = visit.t("letter_missing", missing=error.values["missing"])
    if wished and letter is not None and letter.is_marked_wrong:
        visit.desk.opened_anyway(name, letter, by=visit.who, now=visit.now)
    return visit.page(
        "letter.html",
        name=show_case_no(file.case.no),
        case=file.case,
        kind=kind,
        letter=letter,
        problem=problem,
        shown=letter is not None and (wished or not letter.is_marked_wrong),
        language=letter.language if letter is not None else language or visit.language,
        lengths=next((pair for pair in _LENGTHS if kind in pair), ()),
        priced=kind.names_a_saving,
        asked={name: query.get(name, "")[:20] for name in ("price_now", "price_paid")},
        letters=kinds_for(visit, file),
        rows=_rows(letter),
    )


def _rows(letter: Letter | None) -> int:
    return min(40, max(8, len(letter.text.splitlines()) + len(letter.text) // 60 // 2 + 1)) if letter is not None else 0


def _kind(text: str) -> LetterKind:
    try:
        return LetterKind(text)
    except ValueError as error:
        raise UnknownCase(name=text[:40]) from error


def asked_of(visit: Visit, file: CaseFile, query: Mapping[str, str]) -> Asked:
    """
    Return the prices the seller has typed.

    Raises:
        UsageError: one is no amount.
    """
    seen, paid = (amount_asked(file, query.get(name, "")) for name in ("price_now", "price_paid"))
    return Asked(price_now=seen, price_seen_at=visit.now if seen is not None else None, price_paid=paid)


def amount_asked(file: CaseFile, text: str) -> Money | None:
    """
    Return the amount in the marketplace's currency; None where nothing was typed.

    Raises:
        UsageError: it is no amount.
    """
    plain = unicodedata.normalize("NFKC", text).replace(",", "").strip().strip("¥$€£円 ")
    if not plain:
        return None
    try:
        amount = Decimal(plain)
    except InvalidOperation as error:
        raise UsageError("amount_unreadable", text=text[:20]) from error
    if not amount.is_finite() or not 0 <= amount < 10**9:
        raise UsageError("amount_unreadable", text=text[:20])
    return Money(amount, BY_ID[file.case.subject.marketplace_id].currency)
