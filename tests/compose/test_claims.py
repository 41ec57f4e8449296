"""
No output claims what was not observed, and none holds what must not leave the house (DOMAIN §5, §8, §9).
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.compose.golden_cases import REPLIES, texts
from tests.compose.makers_compose import (
    ADDRESS,
    CANCEL_REQUEST,
    FIRST,
    LEFT_PENDING,
    MOVE,
    NOW,
    PAYMENT,
    RELEASE_SAID,
    REPLY_BY,
    REPORT_ONLY,
    SIBLINGS,
    STEADY,
    WRONG,
    a_file,
    a_followed_file,
    a_product_finding,
    a_ring,
    an_order_finding,
    prepared,
    shared_composer,
)
from watchdog.compose.letters import LETTERS
from watchdog.terms.case import CaseState
from watchdog.terms.finding import Cause, Confidence, Evidence, EvidenceKind, Finding, Siblings
from watchdog.terms.letter import LetterKind
from watchdog.terms.replies import FollowUp

PARTS = (MOVE, FIRST, PAYMENT, ADDRESS, LEFT_PENDING, SIBLINGS, RELEASE_SAID, STEADY, CANCEL_REQUEST, REPORT_ONLY)
RESETS = (Cause.BUYER_CHANGE, Cause.RESET_UNEXPLAINED, Cause.UNDETERMINED)
PRODUCTS = (Cause.RELEASE_MOVED, Cause.LISTING_RESET, Cause.LISTING_MISDATED)

#: What may be written only where such an observation is there.
CLAIMS = {
    EvidenceKind.ADDRESS: r"住所|お届け先|配送先|address",
    EvidenceKind.PAYMENT: r"支払|決済|payment",
    EvidenceKind.RELEASE_STEADY: r"変更しておりません|変わっておりません|変わっていません|has not changed|not changed",
    EvidenceKind.LEFT_PENDING: r"保留が解除|left pending",
    EvidenceKind.SIBLINGS: r"ほかの予約注文\d|\d other pre-orders",
    EvidenceKind.CANCEL_REQUEST: r"リクエストが届いて|リクエストを確認いたし|from the buyer stands|have received your cancellation request",
    EvidenceKind.SHIPPING_REPORT_ONLY: r"出荷用レポートだけ|only through shipping reports",
}
MOVED = r"変わっておりました|変わっていました|から\S+に変わりました|変更前|when checked on|changed from|before: |before that"
BUYER = r"購入者|buyer"


def everything_said(finding: Finding, *, language: str) -> str:
    """
    Return the letter, the alert in each of its forms and the attachments as one text.
    """
    letter = shared_composer().letter(prepared(finding), a_file(finding), language=language, now=NOW, reply_by=REPLY_BY)
    (notice,) = shared_composer().notices([a_ring(finding)], language=language, now=NOW, reply_by=REPLIES)
    blocks = repr(notice.blocks)
    return "\n".join([letter.subject, letter.text, notice.subject, notice.text, notice.html, blocks, *dict(notice.attachments).values()])


def every_letter(finding: Finding, *, language: str) -> str:
    """
    Return every letter there is for the finding, the buyer having asked where it takes that, as one text.
    """
    letters = [
        shared_composer().letter(form.kind, a_file(finding, state=CaseState.BUYER_ASKED), language=language, now=NOW, reply_by=REPLY_BY)
        for form in LETTERS.values()
        if finding.cause in form.causes and form.kind is not LetterKind.FOLLOW_UP
    ]
    letters += [
        shared_composer().letter(LetterKind.FOLLOW_UP, a_followed_file(kind, finding), language=language, now=NOW, reply_by=REPLY_BY)
        for kind in FollowUp
        if finding.cause in LETTERS[LetterKind.FOLLOW_UP].causes
    ]
    return "\n".join(f"{letter.subject}\n{letter.text}" for letter in letters)


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    """
    Draw an order finding with any part of the evidence, and only what that evidence bears.
    """
    evidence = tuple(draw(st.sets(st.sampled_from(range(len(PARTS)))).map(lambda chosen: [PARTS[n] for n in sorted(chosen)])))
    seen = MOVE in evidence
    base = an_order_finding(draw(st.sampled_from(RESETS)), draw(st.sampled_from(Confidence)))
    return replace(
        base,
        evidence=evidence,
        move_seen=seen,
        previous_ship_by=base.release_date if seen else None,
        siblings=Siblings(12, base.release_date) if SIBLINGS in evidence else Siblings(),
    )


@settings(max_examples=60, deadline=None)
@given(finding=findings(), language=st.sampled_from(["ja", "en"]))
def test_nothing_unobserved_is_claimed(finding: Finding, language: str) -> None:
    """
    Without the observation the words for it do not occur.
    """
    said = everything_said(finding, language=language) + every_letter(finding, language=language)
    observed = {item.kind for item in finding.evidence}

    for kind, words in CLAIMS.items():
        assert kind in observed or not re.search(words, said), kind
    assert finding.move_seen or not re.search(MOVED, said)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("confidence", Confidence)
@pytest.mark.parametrize("cause", [Cause.RESET_UNEXPLAINED, Cause.UNDETERMINED])
def test_the_buyer_is_not_named_without_a_trace(cause: Cause, confidence: Confidence, language: str) -> None:
    """
    A reset without a trace is never put on the buyer.
    """
    finding = an_order_finding(cause, confidence)
    phone = shared_composer().letter(LetterKind.TICKET_PHONE, a_file(finding), language=language, now=NOW, reply_by=REPLY_BY)

    assert not re.search(BUYER, everything_said(finding, language=language) + phone.page)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_buyer_is_never_told_that_a_change_of_his_own_did_it(language: str) -> None:
    """
    Traces are proof for Amazon; the buyer's letters do not speak of payment, address or any change.
    """
    finding = replace(an_order_finding(), evidence=(*an_order_finding().evidence, ADDRESS, LEFT_PENDING))
    letters = [
        shared_composer().letter(kind, a_file(finding, state=CaseState.BUYER_ASKED), language=language, now=NOW, reply_by=REPLY_BY)
        for kind in LetterKind
        if kind.is_to_buyer
    ]

    for letter in letters:
        assert not re.search(rf"{CLAIMS[EvidenceKind.ADDRESS]}|{CLAIMS[EvidenceKind.PAYMENT]}|変更|変わ|chang|reset", letter.text)
        assert not re.search(r"遅延|パフォーマンス|late shipment|metric", letter.text)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("cause", PRODUCTS)
def test_a_product_matter_names_neither_a_buyer_as_cause_nor_a_single_order(cause: Cause, language: str) -> None:
    """
    The evidence of one of its orders is not told as the product's; buyers occur only as those whom Amazon notifies.
    """
    finding = replace(a_product_finding(cause), evidence=(*a_product_finding(cause).evidence, PAYMENT, ADDRESS, LEFT_PENDING, MOVE))
    said = everything_said(finding, language=language)

    for kind in (EvidenceKind.ADDRESS, EvidenceKind.PAYMENT, EvidenceKind.LEFT_PENDING):
        assert not re.search(CLAIMS[kind], said)
    assert not re.search(r"購入者(?!へ通知メール)|(?<!The )buyers?\b", said)
    assert not re.search(r"この注文だけ|only this order", said)


@pytest.mark.parametrize("pair", list(combinations((PAYMENT, ADDRESS), 1)), ids=lambda pair: pair[0].kind.value)
def test_an_observed_trace_is_told_with_its_times(pair: tuple[Evidence, ...]) -> None:
    """
    What was observed is said, with the two moments between which it happened.
    """
    finding = replace(an_order_finding(), evidence=(MOVE, *pair))
    letter = shared_composer().letter(prepared(finding), a_file(finding), language="ja", now=NOW, reply_by=REPLY_BY)

    line = next(row for row in letter.text.splitlines() if re.search(CLAIMS[pair[0].kind], row))
    assert line.startswith("・9/7(水) 10:00から9/8(木) 10:00までの間に")


def test_a_first_sight_says_what_was_seen_first_and_what_the_others_show() -> None:
    """
    Where no move was seen, the date at first sight and the others' date are the proof.
    """
    finding = replace(
        an_order_finding(Cause.RESET_UNEXPLAINED), evidence=(FIRST, SIBLINGS), move_seen=False, previous_ship_by=None, ship_by=WRONG
    )
    letter = shared_composer().letter(prepared(finding), a_file(finding), language="en", now=NOW, reply_by=REPLY_BY)

    assert "When we first saw the order on Thu 8 Sep, 10:00, its ship-by date was already Thursday 8 September 2016." in letter.text
    assert "12 other pre-orders of the same product show a ship-by date of Wednesday 14 September 2016." in letter.text


@pytest.mark.parametrize("name", sorted(texts()))
def test_no_text_holds_an_address_a_phone_number_or_an_emoji(name: str) -> None:
    """
    Neither e-mail addresses nor phone numbers nor emoji nor promises leave the house.
    """
    text = texts()[name]

    assert not re.search(r"[\w.+-]+@[\w-]+\.\w+", text)
    assert not re.search(r"(?<![\d-])0\d{1,4}-\d{1,4}-\d{3,4}(?![\d-])|\+81", text)
    assert not re.search("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]", text)
    assert not re.search(r"必ず(消え|戻り|除外され)|guarantee|will be removed|停止されます", text)


@pytest.mark.parametrize("name", [name for name in sorted(texts()) if name.endswith(".ja.txt")])
def test_japanese_texts_use_full_width_punctuation(name: str) -> None:
    """
    Brackets, colons and commas are full-width; only weekdays, times, amounts, links, commands and sources keep their own.
    """
    own = r"\([月火水木金土日]\)|\d\d:\d\d|\d,\d\d\d|https?://\S+|preorder-watchdog \S+ \S+ ?\S*|attached: \S+|missing: |先方の応答：[^）]+"
    text = re.sub(rf"{own}|SC(-[A-Z]+)?:\w+|^\[(error|warning)\].*$", "", texts()[name], flags=re.MULTILINE)

    assert not re.search(r"[(),:;!?]", text)
    assert not re.search(r"[ｦ-ﾟ]", text)
