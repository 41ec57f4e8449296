"""
The guideline: each rule finds what it is for, and nothing else; every buyer text is read against it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.compose.makers_compose import NOW, ORDER, PRICE, REPLY_BY, a_composer, a_file, an_order_finding
from tests.compose.write_guideline import PAGE, drawn
from watchdog.compose.draft import Draft
from watchdog.compose.guideline import ERROR, GUIDELINES, WARNING, Guideline, read
from watchdog.terms.case import CaseState
from watchdog.terms.finding import Cause, Finding
from watchdog.terms.letter import LetterKind
from watchdog.terms.marketplace import BY_COUNTRY

if TYPE_CHECKING:
    from watchdog.compose.composer import Composer
    from watchdog.terms.letter import Asked, Letter


def a_letter(
    composer: Composer,
    kind: LetterKind,
    *,
    language: str = "ja",
    state: CaseState = CaseState.OPEN,
    finding: Finding | None = None,
    asked: Asked | None = None,
) -> Letter:
    """
    Return the buyer text for the order of the incident.
    """
    return composer.letter(kind, a_file(finding, state=state), language=language, now=NOW, reply_by=REPLY_BY, asked=asked)


def broken(sentence: str, *, language: str = "ja", asked_first: bool = False, names: tuple[str, ...] = ()) -> list[str]:
    """
    Return the rules a message with this sentence breaks.
    """
    frame = "注文番号：{id}\n\n{text}" if language == "ja" else "Order ID: {id}\n\n{text}"
    text = frame.format(id=ORDER, text=sentence)
    draft = Draft(text, LetterKind.BUYER_INFORM, language, language, ORDER, asked_first=asked_first, names=names)
    return [mark.rule for mark in read(draft, language)]


@pytest.mark.parametrize("row", GUIDELINES, ids=lambda row: row.name)
def test_the_example_of_a_rule_breaks_that_rule_alone(row: Guideline) -> None:
    """
    Each rule is shown by a text that no other rule minds.
    """
    (mark,) = read(row.example, "en")

    assert (mark.rule, mark.level, mark.source, mark.text) == (row.name, row.level, row.source, row.says.en)


def test_every_rule_has_a_name_of_its_own_a_level_a_source_and_both_languages() -> None:
    """
    Errors stand before warnings.
    """
    levels = [row.level for row in GUIDELINES]

    assert len({row.name for row in GUIDELINES}) == len(GUIDELINES)
    assert levels == sorted(levels, key=[ERROR, WARNING].index)
    assert all(row.source and row.says.ja and row.says.en for row in GUIDELINES)


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("お手数ですが、\nご注文のキャンセルを\nお願いいたします。", "asks_to_cancel"),
        ("ご都合がよろしければ、注文履歴からキャンセルをリクエストしていただけないでしょうか。", "asks_to_cancel"),
        ("キャンセルされたほうがよいかと存じます。", "asks_to_cancel"),
        ("ご注文の取り消しをご検討ください。", "asks_to_cancel"),
        ("お急ぎの場合は、キャンセルをお願いします。", "asks_to_cancel"),
        ("https://www.amazon.co.jp/dp/B01ABCDEF1 から購入できます。", "link_away"),
        ("https://amazon.co.jp@example.org/order をご確認ください。", "link_away"),
        ("当店サイト（example.shop）をご覧ください。", "link_away"),
        ("ｓｈｏｐ＠ｅｘａｍｐｌｅ．ｃｏｍ までご連絡ください。", "mail_address"),
        ("お電話は０３－００００－００００です。", "phone_number"),
        ("お電話は(03) 0000-0000です。", "phone_number"),
        ("携帯は09000000000です。", "phone_number"),
        ("+81 90 0000 0000 です。", "phone_number"),
        ("お詫びにポイントを差し上げます。", "incentive"),
        ("メルマガもご覧ください。", "marketing"),
        ("高評価をお願いいたします。", "review_request"),
        ("どうぞお待ちください❤", "emoji"),
        ("ほかの出品者のほうが500円お安くなっております。", "price_comparison"),
        ("当店のパフォーマンスに響きます。", "sellers_metrics"),
        ("こちらでキャンセルしておきます。", "cancels_without_request"),
    ],
)
def test_a_forbidden_sentence_is_found(sentence: str, rule: str) -> None:
    """
    However it is put: over several lines, in wide letters, in other words.
    """
    assert rule in broken(sentence)


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("Could you please submit a cancellation request?", "asks_to_cancel"),
        ("We suggest that you cancel this order.", "asks_to_cancel"),
        ("You should cancel it soon.", "asks_to_cancel"),
        ("Visit www.example.com for more.", "link_away"),
        ("Write to shop@example.com.", "mail_address"),
        ("Call (555) 000-0000.", "phone_number"),
        ("You will get a 10% discount.", "incentive"),
        ("Have a look at our other products.", "marketing"),
        ("We would be glad of five-star feedback.", "review_request"),
        ("It is cheaper elsewhere.", "price_comparison"),
        ("Our late shipment rate would suffer.", "sellers_metrics"),
        ("We will cancel your order.", "cancels_without_request"),
    ],
)
def test_a_forbidden_english_sentence_is_found(sentence: str, rule: str) -> None:
    """
    The rules hold in both languages.
    """
    assert rule in broken(sentence, language="en")


@pytest.mark.parametrize(
    "sentence",
    [
        "キャンセルをご希望の場合は、このメッセージにご返信ください。",
        "キャンセルしないでください。",
        "Amazon.co.jpの注文履歴をご確認ください。",
        "https://www.amazon.co.jp/gp/css/order-history をご確認ください。",
        "発送予定日は2016-09-14、または14-09-2016です。",
        "JANコードは4900000000000です。",
        "発売日は9月14日です。\n\n\nお待ちください。",
        "新曲「夜★明け♪」の発売日です。",
    ],
)
def test_a_harmless_sentence_is_not_marked(sentence: str) -> None:
    """
    A wish that is only asked about, a date, a link to the order and a plain sign are fine.
    """
    assert broken(sentence) == []


@pytest.mark.parametrize("sentence", ["If you wish to cancel, please reply to this message.", "There is no need to cancel."])
def test_a_harmless_english_sentence_is_not_marked(sentence: str) -> None:
    """
    What to do if the buyer wishes it is no request.
    """
    assert broken(f"{sentence} You will then get a word about your request.", language="en") == []


def test_asking_is_fine_once_the_buyer_asked_first() -> None:
    """
    The official path may be named in reply.
    """
    assert broken("キャンセルをリクエストしてください。", asked_first=True) == []


def test_the_products_name_is_not_read_for_words() -> None:
    """
    A disc called after a review is not a request for one; the same word of ours is.
    """
    sentence = "レビュー特典付きセール盤についてのご案内です。"

    assert broken(sentence, names=("レビュー特典付きセール盤",)) == []
    assert broken(sentence) == ["incentive", "marketing", "review_request"]


def test_a_short_name_hides_nothing() -> None:
    """
    A product called like a part of a forbidden word does not make it vanish.
    """
    assert broken("キャンセルをお願いします。", names=("セル",)) == ["asks_to_cancel"]


@pytest.mark.parametrize(
    ("text", "language", "buyers", "is_wrong"),
    [
        ("発売日は9月14日です。", "ja", "ja", False),
        ("The release date is 14 September.", "ja", "ja", True),
        ("The release date is 14 September.", "en", "de", True),
        ("The release date is 14 September. アオナミ", "en", "en", False),
    ],
)
def test_the_language_is_the_marketplaces(text: str, language: str, buyers: str, *, is_wrong: bool) -> None:
    """
    As declared and as really written; a name in another script is no language.
    """
    draft = Draft(f"{ORDER}\n{text}", LetterKind.BUYER_INFORM, language, buyers, ORDER, asked_first=False)

    assert ("wrong_language" in [mark.rule for mark in read(draft, "en")]) is is_wrong


@pytest.mark.parametrize("cause", [Cause.BUYER_CHANGE, Cause.RESET_UNEXPLAINED, Cause.UNDETERMINED])
@pytest.mark.parametrize(("kind", "state"), [(LetterKind.BUYER_INFORM, CaseState.OPEN), (LetterKind.BUYER_REPLY, CaseState.BUYER_ASKED)])
def test_our_message_and_our_reply_carry_no_mark(composer: Composer, kind: LetterKind, state: CaseState, cause: Cause) -> None:
    """
    In the marketplace's language neither breaks anything, and neither needs a caution.
    """
    letter = a_letter(composer, kind, state=state, finding=an_order_finding(cause))

    assert (letter.marks, letter.caution, letter.is_marked_wrong) == ((), "", False)


@pytest.mark.parametrize(("kind", "state"), [(LetterKind.BUYER_INFORM, CaseState.OPEN), (LetterKind.BUYER_REPLY, CaseState.BUYER_ASKED)])
def test_our_english_message_and_reply_carry_no_mark_where_buyers_read_english(kind: LetterKind, state: CaseState) -> None:
    """
    The English texts keep to the rules, too.
    """
    subject = replace(an_order_finding().subject, marketplace_id=BY_COUNTRY["GB"].id)
    finding = replace(an_order_finding(), subject=subject, title="Seven Seas")

    assert a_letter(a_composer(), kind, language="en", state=state, finding=finding).marks == ()


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(
    ("kind", "errors"),
    [(LetterKind.BUYER_CANCEL, {"asks_to_cancel"}), (LetterKind.BUYER_PHONE, {"asks_to_cancel", "phone_contact"})],
)
def test_a_cancellation_script_carries_its_error_and_its_caution(
    composer: Composer, kind: LetterKind, errors: set[str], language: str
) -> None:
    """
    The caution stands above the text, names the rule, and is no part of what the buyer gets.
    """
    letter = a_letter(composer, kind, language=language)

    assert {mark.rule for mark in letter.marks if mark.level == ERROR} == errors
    assert letter.is_marked_wrong
    assert letter.page.startswith(letter.caution)
    assert "SC-JP:G1701" in letter.caution
    assert letter.caution not in letter.text


def test_the_phone_script_stays_marked_after_the_buyer_asked(composer: Composer) -> None:
    """
    A call is against the rules even then.
    """
    letter = a_letter(composer, LetterKind.BUYER_PHONE, state=CaseState.BUYER_ASKED)

    assert [mark.rule for mark in letter.marks] == ["phone_contact"]


def test_a_named_saving_is_a_warning(composer: Composer) -> None:
    """
    The seller sees that the price may be taken as leading the buyer away.
    """
    letter = a_letter(composer, LetterKind.BUYER_CANCEL, asked=PRICE)

    assert "price_comparison" in {mark.rule for mark in letter.marks if mark.level == WARNING}


def test_a_sellers_own_text_is_read_like_ours() -> None:
    """
    An override can lose neither the marks nor the caution.
    """
    own = "件名\n\n{{ order_id }}\nキャンセルしてください。詳しくは www.example.com へ。"
    composer = a_composer({"ja/buyer-inform.txt": own, "ja/buyer-cancel.txt": own})

    rules = {mark.rule for mark in a_letter(composer, LetterKind.BUYER_INFORM).marks}
    assert rules == {"asks_to_cancel", "link_away"}
    assert a_letter(composer, LetterKind.BUYER_CANCEL).caution


@pytest.mark.parametrize(
    ("language", "said"), [("en", "asks the buyer to cancel"), ("ja", "キャンセルを依頼しています"), (None, "キャンセルを依頼")]
)
def test_marks_and_caution_are_in_the_sellers_language(language: str | None, said: str) -> None:
    """
    An English-speaking seller is warned in English of his Japanese letter; without a language the letter's own is used.
    """
    letter = a_letter(a_composer(language=language), LetterKind.BUYER_CANCEL)

    assert said in letter.marks[0].text
    assert ("BEFORE YOU USE THIS" in letter.caution) is (language == "en")


def test_a_letter_to_the_seller_or_to_amazon_is_not_read(composer: Composer) -> None:
    """
    The ticket speaks of the late shipment rate and links nowhere a buyer goes.
    """
    assert a_letter(composer, LetterKind.TICKET_PHONE).marks == ()
    assert a_letter(composer, LetterKind.APPROVE, state=CaseState.BUYER_ASKED).marks == ()


def test_the_page_about_the_guideline_is_drawn_from_the_table() -> None:
    """
    ``python -m tests.compose.write_guideline`` writes it anew.
    """
    assert PAGE.read_text(encoding="utf-8") == drawn()
