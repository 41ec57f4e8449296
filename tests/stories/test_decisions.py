"""
What the seller decides: acknowledged, reminded later, ticket sent, Amazon answered, the buyer asked; with who and when, by case or order.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from tests.stories.seller import fourteen, noon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.stories.seller import Order, Seller

#: The reset order of these stories.
RESET = "250-0000000-0000005"


@contextmanager
def at(when: str) -> Iterator[None]:
    """
    Let it be that moment, Japanese time, while the seller decides.
    """
    with time_machine.travel(noon(when), tick=False):
        yield


def reset(seller: Seller) -> list[Order]:
    """
    Begin with PW-0001: one of fourteen pre-orders is due on the 8th, found at noon of the 5th.
    """
    orders = fourteen()
    seller.lists_release("2026-09-14", seen="2026-08-01")
    seller.drops_orders(orders, seen="2026-09-03")
    seller.checks("2026-09-03 12:30")
    orders[4] = orders[4].but(ship_by="2026-09-08", status="UNSHIPPED")
    seller.drops_orders(orders, seen="2026-09-05")
    assert [finding["order_id"] for finding in seller.flags("2026-09-05 12:30")] == [RESET]
    return orders


def case(seller: Seller, name: str = "PW-0001") -> Any:
    """
    Return the case as it stands.
    """
    return json.loads(seller.runs("show", name, "--json"))


def test_the_whole_story_of_a_ticket_is_on_record_with_who_and_when(seller: Seller) -> None:
    """
    Hanako sends the ticket, Amazon says "excluded internally"; the timeline says so, and the case waits to see it.
    """
    reset(seller)
    with at("2026-09-05 13:00"):
        sent = seller.runs("ticket-sent", RESET, "12345678901", "--by", "花子")
    with at("2026-09-05 17:00"):
        said = seller.runs("amazon-replied", "PW-0001", "excluded", "--reference", "返信1", "--by", "花子")
        shown = seller.runs("show", "PW-0001")
    told = case(seller)

    assert "PW-0001" in sent and "問い合わせ中" in sent and "9/6(日) 13:00" in sent, "by when the answer is awaited"
    assert "Amazonの対応を確認中" in said and "書面" in said
    assert (told["state"], told["ticket_no"]) == ("verifying", "12345678901")
    assert [(step["event"], step["by"]) for step in told["timeline"]] == [
        ("found", "watchdog"),
        ("send_ticket", "花子"),
        ("amazon_excluded", "花子"),
    ]
    assert "問い合わせ番号：12345678901" in shown and "[花子]" in shown and "返信1" in shown


def test_what_was_done_earlier_is_told_as_of_then(seller: Seller) -> None:
    """
    The ticket left at ten, the answer came at eleven, both are noted at five: Amazon reads its own times, the answer is awaited from ten.
    """
    reset(seller)
    with at("2026-09-06 17:00"):
        told = seller.runs("ticket-sent", "PW-0001", "1", "--at", "2026/9/6 10:00")
        seller.runs("amazon-replied", "PW-0001", "excluded", "--at", "2026-09-06 11:00")
        letter = seller.runs("letter", "PW-0001", "follow-up")
        shown = seller.runs("show", "PW-0001")
        seller.runs("amazon-replied", "PW-0001", "asks", "--at", "2026-09-06 17:30", expect=2)

    assert "9/7(月) 10:00" in told
    assert "10:00" in letter and "11:00" in letter and "17:00" not in letter
    assert "9/6(日) 10:00" in shown
    assert "これからの日時" in seller.errors


def test_what_an_input_method_has_widened_is_understood(seller: Seller) -> None:
    """
    Case, order and ticket number in full width; an e-mail address in full width is refused as any other.
    """
    reset(seller)
    seller.runs("ticket-sent", "ＰＷ－０００１", "１２３４５６７８９０１")
    seller.runs("note", RESET.translate(str.maketrans("0123456789-", "０１２３４５６７８９ー")), "電話した")
    seller.runs("amazon-replied", "PW-0001", "excluded", "--reference", "ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ", expect=2)

    assert "メールアドレスは記録できません" in seller.errors
    assert case(seller)["ticket_no"] == "12345678901"


def test_who_decides_is_the_login_name_unless_another_is_given(seller: Seller) -> None:
    """
    Nobody has to type his name each time.
    """
    reset(seller)
    seller.monkeypatch.setenv("LOGNAME", "mise")
    seller.runs("ack", "1")

    assert case(seller)["timeline"][-1]["by"] == "mise"


def test_a_decision_never_rings(seller: Seller) -> None:
    """
    What the seller does himself he need not be told.
    """
    reset(seller)
    for decision in (("ack", "PW-0001"), ("ticket-sent", "PW-0001"), ("buyer-contacted", "PW-0001"), ("note", "PW-0001", "電話した")):
        with at("2026-09-05 13:00"):
            seller.runs(*decision)
        assert seller.errors == ""
    seller.checks("2026-09-05 13:05")

    assert RESET not in seller.errors


def test_an_acknowledged_case_rings_again_when_it_gets_worse(seller: Seller) -> None:
    """
    The ship date moves still earlier: the case is open once more and says so.
    """
    orders = reset(seller)
    with at("2026-09-05 13:00"):
        seller.runs("ack", "PW-0001")
    orders[4] = orders[4].but(ship_by="2026-09-07")
    seller.drops_orders(orders, seen="2026-09-05 14:00")
    (finding,) = seller.flags("2026-09-05 14:05")

    assert finding["state"] == "open"
    assert RESET in seller.errors


def test_a_reminder_comes_when_it_was_asked_for(seller: Seller) -> None:
    """
    「明日の朝」: quiet until then, then the case is open and rings.
    """
    reset(seller)
    with at("2026-09-05 13:00"):
        told = seller.runs("snooze", "PW-0001", "--until", "2026-09-06")
    seller.checks("2026-09-06 08:30")
    before = seller.errors
    (finding,) = seller.flags("2026-09-06 09:10")

    assert "9/6(日) 09:00" in told
    assert RESET not in before
    assert finding["state"] == "open"
    assert RESET in seller.errors


def test_amazons_silence_is_told_once_when_the_answer_is_overdue(seller: Seller) -> None:
    """
    A day after the ticket nothing has come: the case rings once, and not again at the next turn.
    """
    reset(seller)
    with at("2026-09-05 13:00"):
        seller.runs("ticket-sent", "PW-0001", "12345678901")
    seller.checks("2026-09-06 12:30")
    early = seller.errors
    seller.checks("2026-09-06 13:30")
    late = seller.errors
    seller.checks("2026-09-06 14:30")

    assert "回答期限" not in early
    assert "回答期限" in late and RESET in late
    assert [step["event"] for step in case(seller)["timeline"]].count("reply_overdue") == 1


def test_a_note_at_the_very_moment_does_not_make_a_deadline_forgotten(seller: Seller) -> None:
    """
    The answer is overdue, no turn has seen it yet, and the seller writes a note first.
    """
    reset(seller)
    with at("2026-09-05 13:00"):
        seller.runs("ticket-sent", "PW-0001", "12345678901")
    with at("2026-09-06 13:05"):
        seller.runs("note", "PW-0001", "まだ返事がない")
    seller.checks("2026-09-06 13:30")

    assert "回答期限" in seller.errors


def test_an_answer_by_the_hour_amazon_has_named_is_awaited_till_then(seller: Seller) -> None:
    """
    Amazon said "within two days": nothing rings after one.
    """
    reset(seller)
    with at("2026-09-05 13:00"):
        seller.runs("ticket-sent", "PW-0001", "--reply-by", "2026-09-07 12:00")
    seller.checks("2026-09-06 13:30")
    early = seller.errors
    seller.checks("2026-09-07 12:30")

    assert "回答期限" not in early
    assert "回答期限" in seller.errors


def test_the_buyers_wish_leads_to_approval_and_opens_the_reply(seller: Seller) -> None:
    """
    「購入者からキャンセル希望の連絡が来た」: approve now; the reply, refused before, can be printed.
    """
    reset(seller)
    seller.runs("letter", "PW-0001", "buyer-reply", expect=2)
    told = seller.runs("buyer-asked", RESET)
    reply = seller.runs("letter", "PW-0001", "buyer-reply")

    assert "承認" in told and "letter PW-0001 approve" in told
    assert "表示がなければ" in told and "letter PW-0001 buyer-reply" in told, (
        "a cancellation nobody asked for in Seller Central would count"
    )
    assert RESET in reply


def test_what_is_out_and_about_to_be_cancelled_is_to_be_shipped(seller: Seller) -> None:
    """
    The product was released, Amazon is about to cancel: the case says the same as the alert, whatever Amazon was asked before.
    """
    orders = reset(seller)
    with at("2026-09-05 13:00"):
        seller.runs("ticket-sent", "PW-0001", "1")
    seller.drops_orders(orders, seen="2026-09-16")
    seller.flags("2026-09-16 12:30")
    alert = seller.errors
    with at("2026-09-16 13:00"):
        shown = seller.runs("show", "PW-0001")

    assert "ただちに出荷し、出荷通知を送ってください" in alert
    assert "ただちに出荷し、出荷通知を送ってください" in shown


def test_a_dismissed_case_is_closed_with_its_reason_and_can_be_taken_back(seller: Seller) -> None:
    """
    「8日に出荷できるので問題ない」, and on second thought it is one.
    """
    reset(seller)
    with at("2026-09-05 13:00"):
        told = seller.runs("dismiss", "PW-0001", "--reason", "8日に出荷できるので問題なし")
        gone = seller.runs("flagged")
        back = seller.runs("undo", "PW-0001")

    assert "「対応不要」になりました" in told and "undo PW-0001" in told
    assert RESET not in gone
    assert "未対応" in back
    assert case(seller)["timeline"][1]["detail"]["reason"] == "8日に出荷できるので問題なし"


def test_an_answer_taken_back_leaves_no_certainty_behind(seller: Seller) -> None:
    """
    Amazon's word makes the cause certain; typed by mistake and undone, it is as sure as before.
    """
    reset(seller)
    seller.runs("ticket-sent", "PW-0001")
    seller.runs("amazon-replied", "PW-0001", "corrected", "--cause", "reset_unexplained")
    sure = case(seller)
    seller.runs("undo", "PW-0001")
    undone = case(seller)

    assert (sure["cause"], sure["confidence"]) == ("reset_unexplained", "certain")
    assert (undone["cause"], undone["confidence"], undone["state"]) == ("buyer_change", "likely", "ticket_sent")


@pytest.mark.parametrize(
    ("before", "decision", "state", "hint"),
    [
        ((), ("amazon-replied", "PW-0001", "excluded"), "未対応", "問い合わせ済みにする"),
        ((), ("undo", "PW-0001"), "未対応", "確認済みにする"),
        (("dismiss", "PW-0001", "--reason", "よい"), ("ticket-sent", "PW-0001"), "対応不要", "直前の操作を取り消す"),
        (("ticket-sent", "PW-0001"), ("snooze", "PW-0001", "--hours", "3"), "問い合わせ中", "Amazonの回答"),
    ],
)
def test_an_impossible_decision_says_in_plain_words_what_is_possible(
    seller: Seller, before: tuple[str, ...], decision: tuple[str, ...], state: str, hint: str
) -> None:
    """
    No code word reaches the seller, and nothing is written.
    """
    reset(seller)
    if before:
        seller.runs(*before)
    steps = case(seller)["timeline"]
    seller.runs(*decision, expect=1)

    assert state in seller.errors and "できる操作" in seller.errors and hint in seller.errors
    assert not any(word in seller.errors for word in ("send_ticket", "acknowledge", "dismissed", "amazon_excluded"))
    assert case(seller)["timeline"] == steps


@pytest.mark.parametrize(
    ("decision", "code", "word"),
    [
        (("ack", "PW-0099"), 1, "PW-0099"),
        (("ack", "250-9999999-9999999"), 1, "見つかりません"),
        (("snooze", "PW-0001"), 2, "--hours"),
        (("snooze", "PW-0001", "--hours", "3", "--days", "1"), 2, "どれか一つ"),
        (("snooze", "PW-0001", "--until", "2026-09-01"), 2, "過ぎています"),
        (("snooze", "PW-0001", "--until", "あした"), 2, "あした"),
        (("snooze", "PW-0001", "--hours", "-1"), 2, "--hours"),
        (("dismiss", "PW-0001"), 2, "--reason"),
        (("dismiss", "PW-0001", "--reason", "  "), 2, "理由"),
        (("note", "PW-0001", " "), 2, "本文"),
        (("note", "PW-0001", "長" * 2001), 2, "2000"),
        (("amazon-replied", "PW-0001", "perhaps"), 2, "excluded"),
        (("amazon-replied", "PW-0001", "other"), 2, "本文"),
        (("amazon-replied", "PW-0001", "excluded", "--cause", "magic"), 2, "--cause"),
    ],
)
def test_a_wrong_word_is_refused_in_a_sentence(seller: Seller, decision: tuple[str, ...], code: int, word: str) -> None:
    """
    It says what is wrong and changes nothing.
    """
    reset(seller)
    with at("2026-09-05 13:00"):
        seller.runs(*decision, expect=code)

    assert word in seller.errors
    assert len(case(seller)["timeline"]) == 1


def test_what_was_typed_stays_on_one_line(seller: Seller) -> None:
    """
    A pasted text with line ends or control characters can't upset the screen.
    """
    reset(seller)
    seller.runs("note", "PW-0001", "電話した\n\x1b[31m担当は佐藤さん以外")
    shown = seller.runs("show", "PW-0001")

    assert "\x1b" not in shown
    assert "電話した[31m担当は佐藤さん以外" in "".join(shown.split())


def test_a_case_that_was_taken_over_names_its_successor(seller: Seller) -> None:
    """
    First one order, then the whole listing is reset: the decision belongs to the product's case.
    """
    orders = reset(seller)
    seller.drops_orders([order.but(ship_by="2026-09-08", status="UNSHIPPED") for order in orders], seen="2026-09-05 15:00")
    seller.checks("2026-09-05 15:05")
    merged = case(seller)
    assert merged["resolved"] == "merged"

    seller.runs("ack", "PW-0001", expect=2)

    assert "PW-0002" in seller.errors


def _started(seller: Seller, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "watchdog", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=seller.folder
    )


@pytest.mark.slow
def test_two_people_who_act_at_once_lose_nothing(seller: Seller) -> None:
    """
    Four notes and an acknowledgement at the same moment, each in its own process: all are on record.
    """
    reset(seller)
    seller.monkeypatch.setenv("PYTHONPATH", str(__file__).rpartition("/tests/")[0])
    running = [_started(seller, "note", "PW-0001", f"メモ{n}", "--by", f"担当{n}") for n in range(4)]
    running.append(_started(seller, "ack", RESET, "--by", "花子"))
    codes = [(each.wait(60), each.communicate()[1]) for each in running]
    told = case(seller)

    assert [code for code, _ in codes] == [0] * 5, codes
    assert sorted(step["by"] for step in told["timeline"][1:]) == ["担当0", "担当1", "担当2", "担当3", "花子"]
    assert told["state"] == "acknowledged"


@pytest.mark.slow
def test_of_two_contradicting_decisions_the_second_is_made_on_what_the_first_left(seller: Seller) -> None:
    """
    One dismisses, the other notes the ticket: either both in that order, or the ticket is refused in a sentence.
    """
    reset(seller)
    seller.monkeypatch.setenv("PYTHONPATH", str(__file__).rpartition("/tests/")[0])
    dismissal = _started(seller, "dismiss", "PW-0001", "--reason", "問題なし")
    ticket = _started(seller, "ticket-sent", "PW-0001", "12345678901")
    codes = dismissal.wait(60), ticket.wait(60)
    refusal = ticket.communicate()[1]
    dismissal.communicate()
    events = [step["event"] for step in case(seller)["timeline"]]

    if codes == (0, 0):
        assert events == ["found", "send_ticket", "dismiss"]
    else:
        assert codes == (0, 1) and "できる操作" in refusal
        assert events == ["found", "dismiss"]
