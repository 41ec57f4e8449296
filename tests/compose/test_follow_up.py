"""
Follow-ups reopen the same ticket, each by what Amazon has answered; after its final no none is written.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.compose.makers_compose import (
    ANSWERED,
    NOW,
    ORDER,
    REPLY_BY,
    TICKET,
    a_case,
    a_file,
    a_followed_file,
    a_product_finding,
    a_promise,
    a_step,
    a_subject,
    an_order_finding,
)
from watchdog.terms.case import CaseEvent, CaseFile, CaseState
from watchdog.terms.errors import UsageError
from watchdog.terms.finding import Severity
from watchdog.terms.letter import LetterKind
from watchdog.terms.message import Ring
from watchdog.terms.replies import FollowUp, follow_up_of, is_refused, last_answer, promised_at

if TYPE_CHECKING:
    from watchdog.compose.composer import Composer
    from watchdog.terms.letter import Letter

REFUSED = a_step(CaseEvent.AMAZON_REFUSED, ANSWERED, CaseState.REFUSED)
#: What only this follow-up says, in both languages.
WORDS = {
    FollowUp.NO_REPLY: ("ご回答をまだ確認できておりません", "have not seen one yet"),
    FollowUp.UNSETTLED: ("まだご回答をいただけておりません", "are still open"),
    FollowUp.PROVE: ("集計から除外済みであること", "That order 503-1234567-7654321 is excluded"),
    FollowUp.NOT_CORRECTED: ("2016年9月8日(木)のままです", "is still Thursday 8 September 2016"),
    FollowUp.STILL_COUNTED: ("出荷遅延として数えられたまま", "still appear to count it"),
}


def follow_up(composer: Composer, file: CaseFile, *, language: str = "ja") -> Letter:
    """
    Return the follow-up of this file.
    """
    return composer.letter(LetterKind.FOLLOW_UP, file, language=language, now=NOW, reply_by=REPLY_BY)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("kind", FollowUp)
def test_each_answer_has_its_follow_up_for_the_same_ticket(composer: Composer, kind: FollowUp, language: str) -> None:
    """
    The ticket's number stands in the subject and in the text, and nothing of another variant.
    """
    letter = follow_up(composer, a_followed_file(kind), language=language)
    at = ("ja", "en").index(language)

    assert "11223344550" in letter.subject and "11223344550" in letter.text
    assert [each for each, words in WORDS.items() if words[at] in letter.text] == [kind]


def test_the_figures_stand_in_the_letter_that_holds_them_against_amazons_word(composer: Composer) -> None:
    """
    Both windows with their dates, counts and rates.
    """
    text = follow_up(composer, a_followed_file(FollowUp.STILL_COUNTED)).text

    assert "2016年9月13日(火)時点、10日間：出荷遅延1件／21件（4.76%）" in text
    assert "30日間：出荷遅延1件／58件（1.72%）。この注文の出荷予定日を過ぎる前は0件" in text


def test_figures_of_before_the_answer_prove_nothing(composer: Composer) -> None:
    """
    It asks to prove the exclusion as long as no later report contradicts it.
    """
    file = a_followed_file(FollowUp.PROVE)
    early = a_promise()
    early = replace(early, checks=tuple(replace(check, as_of=TICKET.at) for check in early.checks))

    assert WORDS[FollowUp.PROVE][0] in follow_up(composer, replace(file, promise=early)).text


def test_an_answer_taken_back_was_never_given() -> None:
    """
    Typed by mistake: nothing has come.
    """
    excluded = a_step(CaseEvent.AMAZON_EXCLUDED, ANSWERED, CaseState.VERIFYING)
    undone = a_step(CaseEvent.UNDO, NOW, undone=CaseEvent.AMAZON_EXCLUDED.value)
    steps = (TICKET, excluded, undone)

    assert last_answer(steps) is None and promised_at(steps) is None
    assert follow_up_of(steps) is FollowUp.NO_REPLY


def test_without_its_number_a_ticket_is_not_followed_up(composer: Composer) -> None:
    """
    It says what is missing and how to note it.
    """
    file = a_followed_file(FollowUp.NO_REPLY)
    letter = follow_up(composer, replace(file, case=replace(file.case, ticket_no=None)))

    assert letter.text == ""
    assert "ticket-sent" in letter.missing[0]


def test_before_a_ticket_there_is_nothing_to_follow_up(composer: Composer) -> None:
    """
    The ticket goes first.
    """
    with pytest.raises(UsageError) as refused:
        follow_up(composer, a_file())

    assert refused.value.code == "letter_before_ticket"


@pytest.mark.parametrize("kind", [LetterKind.TICKET, LetterKind.FOLLOW_UP])
def test_after_amazons_final_no_the_same_desk_is_written_to_no_more(composer: Composer, kind: LetterKind) -> None:
    """
    Also where the case has moved on since.
    """
    file = CaseFile(replace(a_case(state=CaseState.OPEN), ticket_no="11223344550"), (TICKET, REFUSED))
    with pytest.raises(UsageError) as refused:
        composer.letter(kind, file, language="ja", now=NOW, reply_by=REPLY_BY)

    assert refused.value.code == "letter_after_refusal"
    assert is_refused(file.steps)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (LetterKind.TICKET_PHONE, "新しい問い合わせは作成せず、送信済みの問い合わせ（11223344550）の件として話してください。"),
        (LetterKind.BUYER_INFORM, "このままお待ちいただける場合、お手続きは必要ございません。"),
    ],
)
def test_the_other_ways_stay_open(composer: Composer, kind: LetterKind, said: str) -> None:
    """
    The phone, about the same ticket, and the buyer, who is asked for nothing.
    """
    file = CaseFile(replace(a_case(state=CaseState.REFUSED), ticket_no="11223344550"), (TICKET, REFUSED))

    assert said in composer.letter(kind, file, language="ja", now=NOW, reply_by=REPLY_BY).text


def test_when_amazon_takes_it_up_again_a_follow_up_is_written_again(composer: Composer) -> None:
    """
    After the no came a call: excluded after all.
    """
    excluded = a_step(CaseEvent.AMAZON_EXCLUDED, NOW, CaseState.VERIFYING)
    file = CaseFile(replace(a_case(state=CaseState.VERIFYING), ticket_no="11223344550"), (TICKET, REFUSED, excluded))

    assert WORDS[FollowUp.PROVE][0] in follow_up(composer, file).text


@pytest.mark.parametrize(
    ("event", "file", "attached", "severity"),
    [
        (CaseEvent.REPLY_OVERDUE, a_followed_file(FollowUp.NO_REPLY), ["follow-up-PW-0001.txt"], Severity.URGENT),
        (CaseEvent.FOLLOW_UP_DUE, a_followed_file(FollowUp.NO_REPLY), ["follow-up-PW-0001.txt"], Severity.URGENT),
        (CaseEvent.COUNTED_LATE, a_followed_file(FollowUp.STILL_COUNTED), ["follow-up-PW-0001.txt"], Severity.URGENT),
        (CaseEvent.VERIFICATION_DUE, a_followed_file(FollowUp.PROVE), [], Severity.WARNING),
        (CaseEvent.DEADLINE_NEAR, a_followed_file(FollowUp.NO_REPLY), ["ticket-PW-0001.txt"], Severity.WARNING),
        (CaseEvent.BUYER_CONTACT_DUE, a_followed_file(FollowUp.NO_REPLY), [], Severity.WARNING),
    ],
    ids=lambda value: value.value if isinstance(value, CaseEvent) else "",
)
def test_a_ring_brings_the_letter_it_asks_for_and_silence_is_louder(
    composer: Composer, event: CaseEvent, file: CaseFile, attached: list[str], severity: Severity
) -> None:
    """
    A warning becomes urgent where Amazon is silent or has broken its word; a missing figure disturbs no night.
    """
    warning = replace(file.case.finding, severity=Severity.WARNING)
    ring = Ring(replace(file.case, finding=warning), event, warning, event.value, replace(file, case=replace(file.case, finding=warning)))
    (notice,) = composer.notices([ring], language="ja", now=NOW, reply_by={ring.case.no: REPLY_BY})

    assert [name for name, _text in notice.attachments] == attached
    assert notice.severity is severity


@pytest.mark.parametrize("kind", [LetterKind.APPROVE, LetterKind.BUYER_REPLY])
def test_one_order_inside_a_products_case_has_its_buyers_letters(composer: Composer, kind: LetterKind) -> None:
    """
    They need its number and its buyer's wish, whatever is wrong with the product; the product itself has none.
    """
    product = a_product_finding()
    one = replace(product, subject=a_subject(ORDER), ship_by=None, evidence=())
    letter = composer.letter(kind, a_file(one, state=CaseState.BUYER_ASKED), language="ja", now=NOW, reply_by=REPLY_BY)

    assert ORDER in letter.text
    with pytest.raises(UsageError):
        composer.letter(kind, a_file(product, state=CaseState.BUYER_ASKED), language="ja", now=NOW, reply_by=REPLY_BY)


def test_a_ring_after_a_reopened_case_asks_to_reopen_the_old_ticket(composer: Composer) -> None:
    """
    One case per issue: a second ticket is never proposed.
    """
    file = CaseFile(replace(a_case(an_order_finding()), ticket_no="11223344550"), (TICKET,))
    ring = Ring(file.case, CaseEvent.RESET_AGAIN, file.case.finding, "reset_again", file)
    (notice,) = composer.notices([ring], language="ja", now=NOW, reply_by={file.case.no: REPLY_BY})

    assert "送信済みの問い合わせ（11223344550）を再開し" in notice.text
