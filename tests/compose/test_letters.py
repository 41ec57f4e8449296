"""
Letters: which there are, what they need, what they may say.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.compose.makers_compose import (
    CANCEL_REQUEST,
    NOW,
    ORDER,
    PRICE,
    RELEASE,
    REPLY_BY,
    a_file,
    a_finding,
    a_product_finding,
    a_subject,
    an_order_finding,
    first_sight,
    prepared,
)
from watchdog.compose.composer import TEMPLATES, Composer
from watchdog.compose.facts import FACTS
from watchdog.compose.letters import LETTERS
from watchdog.compose.words import FACTS as LABELS
from watchdog.terms.case import CaseState
from watchdog.terms.errors import UsageError
from watchdog.terms.finding import Cause, Confidence, Finding, Rule, Siblings
from watchdog.terms.identity import OrderId
from watchdog.terms.letter import Letter, LetterKind
from watchdog.terms.sentences import say


def ticket(composer: Composer, finding: Finding, *, language: str = "ja") -> Letter:
    """
    Return the ticket for the finding.
    """
    return composer.letter(LetterKind.TICKET, a_file(finding), language=language, now=NOW, reply_by=REPLY_BY)


@pytest.mark.parametrize("cause", Cause)
def test_each_cause_has_the_letter_prepared_with_its_alert(cause: Cause) -> None:
    """
    A reset has its ticket, a product its note; neither waits for anything.
    """
    form = LETTERS[prepared(a_finding(cause, Confidence.LIKELY))]

    assert cause in form.causes
    assert not form.only_if_asked


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


def test_every_letter_there_is_can_be_written() -> None:
    """
    No kind is only a word.
    """
    assert set(LETTERS) == set(LetterKind)


def test_a_ticket_is_refused_for_a_product_and_names_the_note(composer: Composer) -> None:
    """
    A product's trouble is the seller's own to correct first.
    """
    with pytest.raises(UsageError) as caught:
        ticket(composer, a_product_finding())

    assert caught.value.code == "letter_not_for_case"
    assert caught.value.values["kinds"] == "note"


ONLY_IF_ASKED = (LetterKind.BUYER_REPLY, LetterKind.APPROVE)


@pytest.mark.parametrize("kind", ONLY_IF_ASKED)
def test_a_letter_about_a_wish_is_refused_before_the_buyer_asked(composer: Composer, kind: LetterKind) -> None:
    """
    A buyer who did not ask is not told how to cancel, and nothing is approved; the error says what to record first.
    """
    with pytest.raises(UsageError) as caught:
        composer.letter(kind, a_file(), language="ja", now=NOW, reply_by=None)

    assert "buyer-asked" in say(caught.value.code, "en", caught.value.values)
    assert kind.value in say(caught.value.code, "ja", caught.value.values)


@pytest.mark.parametrize(
    ("finding", "state", "said"),
    [
        (
            an_order_finding(),
            CaseState.BUYER_ASKED,
            ("メッセージだけでは、キャンセルの手続きを進めることができません。", "手順2の表示を確かめるまで、キャンセルしないでください。"),
        ),
        (
            replace(an_order_finding(), evidence=(CANCEL_REQUEST,)),
            CaseState.TICKET_SENT,
            ("ご注文のキャンセルリクエストを確認いたしました。", "次の手順で、すぐに承認してください。"),
        ),
        (
            replace(an_order_finding(), rules=(Rule.BUYER_ASKED_CANCEL,)),
            CaseState.OPEN,
            ("メッセージだけでは、キャンセルの手続きを進めることができません。", "手順2の表示を確かめるまで、キャンセルしないでください。"),
        ),
    ],
    ids=["marked", "request", "rule"],
)
def test_a_letter_about_a_wish_is_written_once_the_buyer_asked(
    composer: Composer, finding: Finding, state: CaseState, said: tuple[str, str]
) -> None:
    """
    The seller marked it so, or a request stands: only a request that was seen is confirmed to the buyer and approved at once.
    """
    file = a_file(finding, state=state)
    letters = [composer.letter(kind, file, language="ja", now=NOW, reply_by=None).text for kind in ONLY_IF_ASKED]

    assert [sentence for sentence, text in zip(said, letters, strict=True) if sentence not in text] == []


def test_a_standing_request_is_confirmed_and_not_asked_for_again(composer: Composer) -> None:
    """
    The path is only for a buyer whose request is not there yet.
    """
    stands = replace(an_order_finding(), evidence=(CANCEL_REQUEST,))
    marked = composer.letter(LetterKind.BUYER_REPLY, a_file(state=CaseState.BUYER_ASKED), language="ja", now=NOW, reply_by=None)
    standing = composer.letter(LetterKind.BUYER_REPLY, a_file(stands), language="ja", now=NOW, reply_by=None)

    assert all(step in marked.text for step in ("アカウントサービス", "注文履歴", "キャンセルをリクエスト"))
    assert "アカウントサービス" not in standing.text


NEW = {
    LetterKind.TICKET_PHONE: ("order_id", "product", "ship_by", "corrected_date"),
    LetterKind.BUYER_INFORM: ("order_id", "product", "release_date"),
    LetterKind.BUYER_REPLY: ("order_id", "product"),
    LetterKind.BUYER_CANCEL: ("order_id", "product", "ship_by", "release_date", "gap_days"),
    LetterKind.BUYER_PHONE: ("order_id", "product", "ship_by", "release_date", "gap_days"),
    LetterKind.APPROVE: ("order_id",),
}
WITHOUT = {
    "order_id": replace(an_order_finding(), subject=a_subject(OrderId(""))),
    "product": replace(an_order_finding(), title=None, asin=None, sku=None),
    "ship_by": replace(an_order_finding(), ship_by=None),
    "corrected_date": replace(first_sight(an_order_finding()), release_date=None, siblings=Siblings()),
    "release_date": replace(an_order_finding(), release_date=None),
    "gap_days": replace(an_order_finding(), ship_by=date(2016, 9, 15)),
}


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(("kind", "missing"), [(kind, name) for kind, names in NEW.items() for name in names])
def test_a_letter_without_a_required_fact_does_not_print(composer: Composer, kind: LetterKind, missing: str, language: str) -> None:
    """
    Text and caution are empty, nothing is marked, and the missing fact is named in the letter's language.
    """
    file = a_file(WITHOUT[missing], state=CaseState.BUYER_ASKED)
    letter = composer.letter(kind, file, language=language, now=NOW, reply_by=REPLY_BY)

    assert getattr(LABELS[missing], language) in letter.missing
    assert (letter.page, letter.marks) == ("", ())


def test_a_phone_ticket_without_a_deadline_does_not_print(composer: Composer) -> None:
    """
    The call ends with a time, as the ticket does.
    """
    assert composer.letter(LetterKind.TICKET_PHONE, a_file(), language="en", now=NOW, reply_by=None).missing == (LABELS["reply_by"].en,)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("kind", [kind for kind in LetterKind if kind.is_to_buyer])
def test_a_buyers_text_leaves_the_name_blank_names_the_order_and_is_short(composer: Composer, kind: LetterKind, language: str) -> None:
    """
    Even with the longest title and a price, two thousand characters hold it; the name is for the seller to fill in.
    """
    file = a_file(replace(an_order_finding(), title="長い題名の限定盤" * 30), state=CaseState.BUYER_ASKED)
    letter = composer.letter(kind, file, language=language, now=NOW, reply_by=None, signature="青波レコード", asked=PRICE)

    assert ("〇〇様" if language == "ja" else "[buyer's name]") in letter.text
    assert ORDER in letter.subject + letter.text
    assert len(f"{letter.subject}\n\n{letter.text}") <= 2000


@pytest.mark.parametrize(("language", "longest"), [("ja", 400), ("en", 900)])
@pytest.mark.parametrize("kind", [LetterKind.TICKET_PHONE, LetterKind.BUYER_PHONE])
def test_what_is_said_on_the_phone_takes_about_a_minute(composer: Composer, kind: LetterKind, language: str, longest: int) -> None:
    """
    About four hundred Japanese characters or a hundred and fifty English words.
    """
    letter = composer.letter(kind, a_file(), language=language, now=NOW, reply_by=REPLY_BY, signature="青波レコード", asked=PRICE)
    spoken = letter.text.split("\n\n")[1].split("\n")[1:]

    assert all(line[0] in '「"' for line in spoken)
    assert sum(len(line) for line in spoken) <= longest


def test_a_phone_ticket_reads_numbers_in_groups_and_leaves_room_for_the_answers(composer: Composer) -> None:
    """
    The order's id can be said without a slip, and what is asked has a line to write on.
    """
    letter = composer.letter(LetterKind.TICKET_PHONE, a_file(), language="ja", now=NOW, reply_by=REPLY_BY)

    assert "503 - 123 4567 - 765 4321" in letter.text
    assert "問い合わせ番号（ケースID）：\n担当者名と部署：\n" in letter.text


def test_a_message_tells_no_shipping_day_that_has_gone_by(composer: Composer) -> None:
    """
    Once the right date lies behind, only that it ships when it is ready is said.
    """
    late = datetime(2016, 9, 20, 1, tzinfo=UTC)

    letter = composer.letter(LetterKind.BUYER_INFORM, a_file(), language="ja", now=late, reply_by=None)
    assert "発送予定日：" not in letter.text
    assert "まだ発売されておりません" not in letter.text


def test_the_page_is_the_letter_as_it_is_shown(composer: Composer) -> None:
    """
    Subject and text, as before, where there is no caution.
    """
    letter = ticket(composer, an_order_finding())

    assert letter.page == f"{letter.subject}\n\n{letter.text}"


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


#: Of the ticket in each language: what can't be met, what could not be met, what is asked for.
_TENSES = {
    "ja": (("出荷できません。", "出荷することができません。"), "できませんでした", ("に訂正して",)),
    "en": (("cannot ship", "cannot be shipped"), "could not", ("orrect its ship-by date", "orrect the ship-by date")),
}


@pytest.mark.parametrize("kind", [LetterKind.TICKET, LetterKind.TICKET_PHONE])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_letter_speaks_of_a_past_day_as_past(composer: Composer, kind: LetterKind, language: str) -> None:
    """
    Before the ship-by date it can't be met, afterwards it could not be; a date that lies behind is not asked for any more.
    """
    ahead, behind, asked = _TENSES[language]

    def on(day: int) -> str:
        now = datetime(2016, 9, day, 1, tzinfo=UTC)
        return composer.letter(kind, a_file(an_order_finding()), language=language, now=now, reply_by=REPLY_BY).text

    before, between, after = on(8), on(13), on(15)

    assert any(word in before for word in ahead) and behind not in before
    assert behind in between and behind in after
    assert [any(word in text for word in asked) for text in (before, between, after)] == [True, True, False]


def test_a_ticket_names_every_source_its_dates_come_from(composer: Composer) -> None:
    """
    The date before came from Amazon's interface, the one after from a report; who said the release date stands beside that date.
    """
    finding = an_order_finding()
    first, *rest = finding.evidence
    told = ticket(composer, replace(finding, evidence=(replace(first, source="inbox:orders_2026"), *rest)))
    [line] = [line for line in told.text.splitlines() if "確認に用いたデータ" in line]

    assert line.count("、") == 1 and "未出荷" in line and line.index("、") < line.index("未出荷")
