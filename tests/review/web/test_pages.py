"""
Every page of the review in both languages, what it leads to, and what is decided on it.
"""

from __future__ import annotations

import io
import re
import sqlite3
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.architecture.source import ROOT, modules
from watchdog.review.web.texts import TEXTS, told

if TYPE_CHECKING:
    from tests.review.web.browsing import Visitor
    from tests.stories.seller import Seller

PAGES = (
    *("/", "/orders", "/orders?standing=all&sort=newest&q=B0SAMPLE01&from=2026-09-01", "/orders?page=999999&state=nonsense&from=yesterday"),
    *("/cases/PW-0001", "/cases/PW-0002", "/cases/250-0000000-0000001", "/cases/PW-0002/letters/ticket", "/cases/PW-0001/letters/note"),
    *("/cases/PW-0002/letters/buyer-inform?lang=en", "/cases/PW-0002/letters/buyer-cancel?price_now=1500&price_paid=1980"),
    *(
        "/products",
        "/products?q=DVD",
        "/health",
        "/plan",
        "/plan?kind=defect&lang=en",
        "/messages",
        "/messages?page=99",
        "/intake",
        "/program",
        "/program?examine=1",
    ),
)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_is_shown_in_both_languages(visitor: Visitor, language: str) -> None:
    """
    It answers, says in which language it is, and nothing went wrong behind it.
    """
    visitor.cookies.set("lang", language)

    shown = {path: visitor.sees(path) for path in PAGES}

    assert {path: answer.status_code for path, answer in shown.items() if answer.status_code != 200} == {}
    assert all(f'<html lang="{language}">' in answer.text for answer in shown.values())
    assert visitor.log == []


def test_no_link_of_the_page_leads_nowhere(visitor: Visitor) -> None:
    """
    Whatever is clicked answers; the only links that leave lead to Seller Central.
    """
    links = {link for path in PAGES if "lang=" not in path for link in visitor.links(path)}
    own = {link.partition("?")[0] for link in links if link.startswith("/")}

    assert {link for link in own if visitor.sees(link).status_code != 200} == set()
    assert {link.split("/")[2] for link in links if "://" in link} == {"sellercentral.amazon.co.jp"}


def test_every_text_is_there_and_none_is_left_over() -> None:
    """
    What templates and code name stands in the table, filled alike in both languages; nothing stands there for nobody.
    """
    templates = {path.name: path.read_text("utf-8") for path in (ROOT / "watchdog/review/web/templates").iterdir()}
    sources = {name: (ROOT / name).read_text("utf-8") for name in modules("watchdog/review/web") if "texts" not in name}
    said = {code for text in (*templates.values(), *sources.values()) for code in re.findall(r'["\'](\w+)["\']', text)}
    begun = {start for text in (*templates.values(), *sources.values()) for start in re.findall(r'["\'](\w+_)["\'] ~', text)}
    begun |= {"web_"}
    named = {code for text in templates.values() for code in re.findall(r'\bt\("(\w+[a-z])"[,)]', text)}

    assert named - TEXTS.keys() == set()
    assert {code for code in TEXTS.keys() - said if not code.startswith(tuple(begun))} == set()
    assert [code for code, (ja, en) in TEXTS.items() if set(re.findall(r"{(\w+)}", ja)) != set(re.findall(r"{(\w+)}", en))] == []


def test_the_language_is_chosen_and_kept(visitor: Visitor) -> None:
    """
    The button switches to the other language and comes back to the same page.
    """
    answer = visitor.sends("/language", {"lang": "en", "back": "/orders?standing=all"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/orders?standing=all")
    assert told("orders_title", "en") in visitor.sees("/orders").text


def test_a_ticket_that_was_sent_is_noted_with_its_number(owner: Visitor) -> None:
    """
    The case stands at "ticket sent", shows the number and by when an answer is due; the next step follows.
    """
    owner.sends("/name", {"by": "田中"})
    answer = owner.decides("PW-0003", "send_ticket", ticket_no="１２３４５６７８９０１", at="2026-09-06T09:15")
    page = owner.sees(answer.headers["location"]).text

    assert answer.status_code == 303
    assert "12345678901" in page
    assert "問い合わせ中" in page
    assert "9/6(日) 09:15" in page, "when it was really sent"
    assert "田中" in page
    assert told("do_amazon_excluded", "ja") in page


def test_every_decision_that_is_offered_can_be_taken(owner: Visitor) -> None:
    """
    Each form of the page is accepted as it is, filled with what it asks for.
    """
    forms = {form.values["event"]: form for form in owner.forms("/cases/PW-0003") if "event" in form.values}
    offered = forms.keys() - {"undo"}
    given = {"until": "2026-09-07T09:00", "reason": "確認済み", "text": "メモ"}
    version = int(forms["note"].values["version"])
    taken = []

    for event in sorted(offered):
        answer = owner.posts(forms[event].action, {**forms[event].values, **given, "version": str(version)})
        taken += [event] if answer.status_code == 303 else [f"{event}: {answer.text}"]
        if event not in {"note", "acknowledge"}:
            owner.posts(forms[event].action, {**forms[event].values, "event": "undo", "version": str(version + 1)})
            version += 1
        version += 1

    assert taken == sorted(offered)
    assert offered >= {"acknowledge", "snooze", "send_ticket", "contact_buyer", "buyer_asked", "dismiss", "note"}


def test_what_is_not_possible_says_why(visitor: Visitor) -> None:
    """
    An answer of Amazon's can't be noted before the ticket; the page says so in the place of the button.
    """
    page = visitor.sees("/cases/PW-0003").text

    assert told("do_amazon_excluded", "ja") in page
    assert told("why_no_ticket", "ja") in page


def test_two_tabs_cannot_overwrite_each_other(owner: Visitor) -> None:
    """
    The second tab was made for the case as it was before: it is told to look again, and nothing is written.
    """
    second = next(form for form in owner.forms("/cases/PW-0003") if form.values.get("event") == "dismiss")
    owner.decides("PW-0003", "send_ticket", ticket_no="1")

    answer = owner.posts(second.action, {**second.values, "reason": "x"})

    assert answer.status_code == 409
    assert told("moved_meanwhile", "ja") in answer.text
    assert "問い合わせ中" in owner.sees("/cases/PW-0003").text


def test_a_form_that_makes_no_sense_changes_nothing(owner: Visitor) -> None:
    """
    It is answered in plain words, and the case stands where it stood.
    """
    senseless = [
        *({"until": text} for text in ("2026-09-01T09:00", "tomorrow", "0001-01-01", "x" * 3000)),
        *({"version": text} for text in ("", "9" * 30, "-1")),
        *({"event": text} for text in ("found", "rm")),
    ]

    answers = [owner.decides("PW-0003", "snooze", **values).status_code for values in senseless]

    assert answers == [422] * len(senseless)
    assert "未対応" in owner.sees("/cases/PW-0003").text


def test_a_letter_that_breaks_a_rule_is_opened_on_purpose_only(owner: Visitor) -> None:
    """
    First the rule stands there and no text; the seller's own wish shows it, and the case's timeline remembers.
    """
    closed = owner.sees("/cases/PW-0002/letters/buyer-cancel").text
    form = next(
        form
        for form in owner.forms("/cases/PW-0002/letters/buyer-cancel")
        if form.action.endswith("buyer-cancel") and form.method == "post"
    )

    opened = owner.posts(form.action, form.values).text

    assert "<textarea" not in closed
    assert told("mark_error", "ja") in closed
    assert "<textarea" in opened
    assert "購入者へのキャンセル相談文" in owner.sees("/cases/PW-0002").text.partition(told("timeline_title", "ja"))[2]


def test_a_release_date_is_entered_and_judged_by_at_the_next_turn(owner: Visitor, seller: Seller) -> None:
    """
    The DVD nobody dated gets its date; the page says so, and the next turn watches it.
    """
    answer = owner.sends("/products/release", {"product": "B0SAMPLE03", "day": "2026-12-01"})
    seller.checks("2026-09-06 13:00")

    assert answer.headers["location"] == "/products?done=B0SAMPLE03"
    assert "12/1(火)" in owner.sees("/products?q=DVD").text


def test_an_uploaded_report_is_read_as_of_its_download(owner: Visitor, seller: Seller) -> None:
    """
    The file lies in the inbox with the time it was downloaded, and the next turn finds in it what it would have found anyway.
    """
    content = b"asin,release_date\r\nB0SAMPLE03,2026-11-30\r\n"

    answer = owner.sends("/intake", {"seen": "2026-09-06T09:15"}, files={"file": ("my list.csv", content, "text/csv")})
    (dropped,) = [path for path in seller.inbox.iterdir() if path.is_file()]
    modified = dropped.stat().st_mtime
    seller.checks("2026-09-06 13:00")

    assert answer.headers["location"] == "/intake?done=1"
    assert (dropped.name, modified) == ("my_list.csv", 1788653700.0)
    assert "my_list.csv" in owner.sees("/intake").text


def test_a_message_is_dropped_by_hand(owner: Visitor, seller: Seller) -> None:
    """
    What waits can be dropped; a second click on the same button is told that it is gone.
    """
    with sqlite3.connect(seller.state / "watchdog.db") as log:
        log.execute("UPDATE messages SET waiting = 1, sent_at = NULL")
    log.close()
    waiting = [form for form in owner.forms("/messages") if ("act", "drop") in form.buttons]
    first = owner.posts(waiting[0].action, {**waiting[0].values, "act": "drop"})

    again = owner.posts(waiting[0].action, {**waiting[0].values, "act": "drop"})

    assert (first.status_code, again.status_code) == (303, 422)


def test_a_case_that_is_over_no_longer_shouts(visitor: Visitor) -> None:
    """
    How it ended stands in the place of the urgency.
    """
    over = next(link for link in visitor.links("/orders?standing=closed") if link.startswith("/cases/PW-"))
    head = visitor.sees(over).text.partition('<header class="case-head')[2].partition("</header>")[0]

    assert "badge urgent" not in head
    assert "badge change" in head


def test_the_evidence_is_saved_as_one_archive(visitor: Visitor) -> None:
    """
    The page, every observation, and the list of digests, in a folder of the case's name.
    """
    answer = visitor.sees("/cases/PW-0003/evidence.zip")
    names = set(zipfile.ZipFile(io.BytesIO(answer.content)).namelist())

    assert 'filename="PW-0003-evidence.zip"' in answer.headers["content-disposition"]
    assert names >= {"PW-0003/evidence.md", "PW-0003/observations.csv", "PW-0003/SHA256SUMS"}


def test_the_list_is_saved_for_excel_as_it_is_filtered(visitor: Visitor) -> None:
    """
    The CSV holds what the page shows, under the same headings as on the command line; a formula is no formula.
    """
    every, some = (
        visitor.sees(path).content.decode("utf-8-sig").splitlines() for path in ("/orders.csv?standing=all", "/orders.csv?q=B0SAMPLE02")
    )

    assert len(every) > len(some) == 2
    assert every[0].startswith("案件,緊急度,注文番号 / 商品")
