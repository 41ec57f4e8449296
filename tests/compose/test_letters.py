"""
Letters: which there are, what they need, what they may say.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.compose.makers_compose import (
    NOW,
    RELEASE,
    REPLY_BY,
    a_file,
    a_product_finding,
    a_subject,
    an_order_finding,
    first_sight,
)
from watchdog.compose.composer import TEMPLATES, Composer
from watchdog.compose.facts import FACTS
from watchdog.compose.letters import LETTERS
from watchdog.compose.words import FACTS as LABELS
from watchdog.terms.errors import UsageError
from watchdog.terms.finding import Cause, Finding, Siblings
from watchdog.terms.letter import Letter, LetterKind
from watchdog.terms.sentences import say


def ticket(composer: Composer, finding: Finding, *, language: str = "ja") -> Letter:
    """
    Return the ticket for the finding.
    """
    return composer.letter(LetterKind.TICKET, a_file(finding), language=language, now=NOW, reply_by=REPLY_BY)


@pytest.mark.parametrize("cause", Cause)
def test_each_cause_has_exactly_one_letter(cause: Cause) -> None:
    """
    A reset has its ticket, a product its note.
    """
    assert sum(cause in form.causes for form in LETTERS.values()) == 1


@pytest.mark.parametrize("form", LETTERS.values(), ids=lambda form: form.kind.value)
def test_each_letter_has_templates_and_known_needs(composer: Composer, form: object) -> None:
    """
    Each row names templates that exist in both languages, and facts that exist and have a plain word.
    """
    row = next(each for each in LETTERS.values() if each is form)
    needed = {name for cause in row.causes for name in row.needs(cause)}

    assert {f"ja/{row.template}", f"en/{row.template}"} <= set(TEMPLATES)
    assert needed <= set(FACTS)
    assert needed <= set(LABELS)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(
    ("missing", "finding"),
    [
        ("order_id", replace(an_order_finding(), subject=a_subject(None))),
        ("product", replace(an_order_finding(), title=None, asin=None, sku=None)),
        ("ship_by", replace(an_order_finding(), ship_by=None)),
        ("corrected_date", replace(first_sight(an_order_finding()), release_date=None, siblings=Siblings())),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_ticket_without_a_required_fact_does_not_print(composer: Composer, missing: str, finding: Finding, language: str) -> None:
    """
    The text is empty, and the missing fact is named in the letter's language.
    """
    letter = ticket(composer, finding, language=language)

    assert letter.text == ""
    assert getattr(LABELS[missing], language) in letter.missing


def test_a_ticket_without_a_deadline_does_not_print(composer: Composer) -> None:
    """
    A ticket that does not say by when is no ticket.
    """
    letter = composer.letter(LetterKind.TICKET, a_file(), language="ja", now=NOW, reply_by=None)

    assert letter.missing == ("Amazonの回答期限",)


@pytest.mark.parametrize(
    ("missing", "finding"),
    [
        ("product", replace(a_product_finding(), title=None, asin=None, sku=None)),
        ("ship_by", replace(a_product_finding(), ship_by=None)),
        ("orders", replace(a_product_finding(), orders=())),
        ("corrected_date", replace(a_product_finding(), release_date=None, previous_ship_by=None)),
        ("release_change_new", replace(a_product_finding(Cause.RELEASE_MOVED), evidence=())),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_note_without_a_required_fact_does_not_print(composer: Composer, missing: str, finding: Finding) -> None:
    """
    The text is empty, and the missing fact is named.
    """
    letter = composer.letter(LetterKind.NOTE, a_file(finding), language="en", now=NOW, reply_by=None)

    assert letter.text == ""
    assert letter.missing == (LABELS[missing].en,)


@pytest.mark.parametrize("kind", [kind for kind in LetterKind if kind not in LETTERS])
def test_a_letter_that_is_not_written_yet_names_those_that_are(composer: Composer, kind: LetterKind) -> None:
    """
    The error says which letters exist.
    """
    with pytest.raises(UsageError) as caught:
        composer.letter(kind, a_file(), language="ja", now=NOW, reply_by=REPLY_BY)

    assert "ticket, note" in say(caught.value.code, "ja", caught.value.values)


def test_a_ticket_is_refused_for_a_product_and_names_the_note(composer: Composer) -> None:
    """
    A product's trouble is the seller's own to correct first.
    """
    with pytest.raises(UsageError) as caught:
        ticket(composer, a_product_finding())

    assert caught.value.code == "letter_not_for_case"
    assert caught.value.values["kinds"] == "note"


def test_the_ticket_asks_first_for_the_date_and_the_exclusion(composer: Composer) -> None:
    """
    What is asked stands before every fact.
    """
    text = ticket(composer, an_order_finding()).text

    asked = text.index("出荷予定日を2016年9月14日(水)に訂正してください")
    assert asked < text.index("出荷遅延率の集計から除外") < text.index("■対象の注文")


def test_the_corrected_date_is_the_others_date_where_they_have_one(composer: Composer) -> None:
    """
    Siblings that ship on the 15th prove the 15th.
    """
    finding = replace(an_order_finding(), siblings=Siblings(12, date(2016, 9, 15)))

    assert "出荷予定日を2016年9月15日(木)に訂正" in ticket(composer, finding).text


def test_the_corrected_date_is_never_a_date_long_before_release(composer: Composer) -> None:
    """
    Siblings that are too early themselves prove nothing: the release date is asked for.
    """
    finding = replace(first_sight(an_order_finding()), siblings=Siblings(12, date(2016, 9, 9)))

    assert "出荷予定日を2016年9月14日(水)に訂正" in ticket(composer, finding).text


def test_the_corrected_date_is_the_date_before_the_move_where_that_was_after_release(composer: Composer) -> None:
    """
    An order that had to ship after a holiday gets that date back, not an earlier one.
    """
    finding = replace(an_order_finding(), siblings=Siblings(), previous_ship_by=date(2016, 9, 16))

    assert "出荷予定日を2016年9月16日(金)に訂正" in ticket(composer, finding).text


def test_the_corrected_date_is_the_release_date_else(composer: Composer) -> None:
    """
    Without siblings and without a seen move the release date is all there is.
    """
    finding = replace(first_sight(an_order_finding()), siblings=Siblings(), release_date=RELEASE)

    assert "出荷予定日を2016年9月14日(水)に訂正" in ticket(composer, finding).text


def test_a_language_without_texts_is_answered_in_english(composer: Composer) -> None:
    """
    A German marketplace's ticket is written in English, and says so.
    """
    letter = ticket(composer, an_order_finding(), language="de")

    assert letter.language == "en"
    assert "Dear Seller Support team" in letter.text


def test_the_signature_stands_at_the_end(composer: Composer) -> None:
    """
    The seller's own name replaces the blank.
    """
    letter = composer.letter(LetterKind.TICKET, a_file(), language="ja", now=NOW, reply_by=REPLY_BY, signature="青波レコード")

    assert letter.text.endswith("青波レコード\n")
    assert "ご記入ください】\n" not in letter.text[-40:]


def test_a_title_can_not_break_the_subject_line(composer: Composer) -> None:
    """
    Line breaks and control characters in a title never reach a subject.
    """
    finding = replace(a_product_finding(), title="CD\r\nBcc: someone\x00 else")

    letter = composer.letter(LetterKind.NOTE, a_file(finding), language="en", now=NOW, reply_by=None)
    assert letter.subject.startswith("CD Bcc: someone else: dates to change")
