"""
Notices: bundled per product and kind, readable at a glance, within every channel's limits.
"""

from __future__ import annotations

import json
import random
from dataclasses import replace
from html.parser import HTMLParser
from time import process_time
from typing import TYPE_CHECKING

import pytest

from tests.compose.golden_cases import REPLIES, special_rings
from tests.compose.makers_compose import (
    NOW,
    ORDER,
    a_composer,
    a_product_finding,
    a_resolved_ring,
    a_ring,
    a_subject,
    an_order_finding,
    many_rings,
)
from watchdog.terms.case import CaseState, Outcome
from watchdog.terms.finding import Rule, Severity
from watchdog.terms.identity import MarketplaceId, OrderId
from watchdog.terms.marketplace import BY_ID, JAPAN
from watchdog.terms.message import MessageKind, Notice, Ring

if TYPE_CHECKING:
    from watchdog.compose.composer import Composer


def notices(composer: Composer, *rings: Ring, language: str = "ja") -> tuple[Notice, ...]:
    """
    Return the notices of these rings.
    """
    return composer.notices(rings, language=language, now=NOW, reply_by=REPLIES)


def test_forty_resets_of_one_product_are_one_message_with_forty_lines(composer: Composer) -> None:
    """
    The subject counts them, the body has a line for each, and each has its ticket.
    """
    (notice,) = notices(composer, *many_rings(40))

    assert "40件" in notice.subject
    assert sum(line.startswith("PW-") for line in notice.text.splitlines()) == 40
    assert [name for name, _text in notice.attachments] == [f"ticket-PW-{number:04}.txt" for number in range(1, 41)]
    assert notice.case_nos == tuple(range(1, 41))


def test_a_storm_is_capped_and_counted(composer: Composer) -> None:
    """
    Of 73 orders fifty are listed, the other 23 are counted, and no more than fifty tickets are attached.
    """
    (notice,) = notices(composer, *many_rings(73))

    assert "73件" in notice.subject
    assert sum(line.startswith("PW-") for line in notice.text.splitlines()) == 50
    assert "ほか23件は、記録をご覧ください" in notice.text
    assert len(notice.attachments) == 50


def test_two_products_are_two_messages(composer: Composer) -> None:
    """
    One message speaks of one product.
    """
    other = replace(an_order_finding(), subject=a_subject(OrderId("503-0000000-0000002"), product=2))

    made = notices(composer, a_ring(), a_ring(other, no=2))

    assert [notice.product_id for notice in made] == [1, 2]


def test_warnings_and_all_clears_of_a_product_are_two_messages(composer: Composer) -> None:
    """
    Good and bad news are not mixed.
    """
    made = notices(composer, a_ring(), a_resolved_ring(Outcome.RESTORED, no=2, order_id=OrderId("503-0000000-0000002")))

    assert {notice.kind for notice in made} == {MessageKind.ALERT, MessageKind.RESOLVED}


def test_the_same_rings_always_have_the_same_key(composer: Composer) -> None:
    """
    The key does not depend on order, language or time, and another ring changes it.
    """
    rings = list(many_rings(5))
    shuffled = random.Random(7).sample(rings, 5)

    (first,), (second,), (fewer,) = notices(composer, *rings), notices(composer, *shuffled, language="en"), notices(composer, *rings[:4])
    assert first.key == second.key
    assert first.key != fewer.key


def test_the_subject_of_one_order_names_severity_order_product_and_both_dates(composer: Composer) -> None:
    """
    All of it within about sixty characters.
    """
    (notice,) = notices(composer, a_ring())

    assert notice.subject == "【緊急】出荷予定日9/8（発売日9/14） 503-1234567-7654321 七つの海へ 初回限定盤"
    assert len(notice.subject) <= 60


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", sorted(special_rings()))
def test_a_subject_is_one_short_line(composer: Composer, name: str, language: str) -> None:
    """
    Even with a very long title: near sixty characters in Japanese; English needs more for the same.
    """
    rings = [replace(ring, finding=replace(ring.finding, title="とても長い商品名" * 40)) for ring in special_rings()[name]]

    (notice,) = notices(composer, *rings, language=language)
    assert len(notice.subject) <= (64 if language == "ja" else 88)
    assert "\n" not in notice.subject


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", sorted(special_rings()))
def test_every_alert_says_what_why_and_the_one_next_step(composer: Composer, name: str, language: str) -> None:
    """
    Link, case number, commands and the warning about early confirmation are in each.
    """
    (notice,) = notices(composer, *special_rings()[name], language=language)

    assert "https://sellercentral.amazon.co.jp/orders-v3/order/" in notice.text
    assert "preorder-watchdog show PW-" in notice.text
    assert ("出荷通知は送らないでください" if language == "ja" else "Never confirm a shipment") in notice.text
    for heading in (
        ("何が起きたか", "原因の見立て", "次にすること") if language == "ja" else ("WHAT HAPPENED", "WHY WE THINK SO", "WHAT TO DO NEXT")
    ):
        assert heading in notice.text


@pytest.mark.parametrize("name", sorted(special_rings()))
def test_slack_blocks_keep_slacks_limits(composer: Composer, name: str) -> None:
    """
    At most 50 blocks, 3,000 characters a section, 150 a header, 10 elements a context; all of it is JSON.
    """
    hostile = "<!channel> & <https://evil.example|x> " * 20
    rings = [replace(ring, finding=replace(ring.finding, title=hostile)) for ring in special_rings()[name]]
    (notice,) = notices(composer, *rings)

    assert len(notice.blocks) <= 50
    for block in json.loads(json.dumps(list(notice.blocks))):
        assert len(block.get("text", {}).get("text", "")) <= (150 if block["type"] == "header" else 3000)
        assert len(block.get("elements", [])) <= 10
    assert "<!channel>" not in json.dumps(list(notice.blocks))


def test_the_mail_body_escapes_what_comes_from_outside(composer: Composer) -> None:
    """
    A title can't bring its own markup into the mail.
    """
    (notice,) = notices(composer, a_ring(replace(an_order_finding(), title="<script>alert(1)</script> & Co")))

    assert "<script>" not in notice.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Co" in notice.html


class Balance(HTMLParser):
    """
    Counts open elements and notes outside requests.
    """

    def __init__(self) -> None:
        """
        Begin with nothing open.
        """
        super().__init__()
        self.open: list[str] = []
        self.outside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """
        Note the element, and what it would load.
        """
        if tag not in {"meta", "br", "hr"}:
            self.open.append(tag)
        self.outside += [value or "" for name, value in attrs if name in {"src", "background"}]

    def handle_endtag(self, tag: str) -> None:
        """
        Close the element that was opened last.
        """
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", sorted(special_rings()))
def test_the_mail_body_is_whole_and_asks_nobody_outside(composer: Composer, name: str, language: str) -> None:
    """
    Every element is closed, nothing is loaded from elsewhere, and a phone is told its width.
    """
    (notice,) = notices(composer, *special_rings()[name], language=language)
    page = Balance()
    page.feed(notice.html)

    assert page.open == []
    assert page.outside == []
    assert "width=device-width" in notice.html


def test_a_bundle_puts_the_buyers_wish_first(composer: Composer) -> None:
    """
    Approving can't wait; the group stands on top and gets no ticket.
    """
    (notice,) = notices(composer, *special_rings()["mixed"])

    assert notice.text.index("キャンセルリクエストを承認する") < notice.text.index("テクニカルサポートへ問い合わせる")
    assert "ticket-PW-0009.txt" not in dict(notice.attachments)


def test_a_bundle_tells_only_what_is_true_of_all_its_orders(composer: Composer) -> None:
    """
    A sentence about one order is not told of forty.
    """
    first, *rest = many_rings(3)
    plain = [replace(ring, finding=replace(ring.finding, evidence=())) for ring in rest]

    (notice,) = notices(composer, first, *plain)
    assert "支払い" not in notice.text


def test_the_ticket_is_in_the_marketplaces_language_whatever_the_alert_speaks(composer: Composer) -> None:
    """
    An English-speaking seller in Japan gets an English alert and a Japanese ticket.
    """
    (notice,) = notices(composer, a_ring(), language="en")

    assert "WHAT HAPPENED" in notice.text
    assert "ご担当者様" in dict(notice.attachments)["ticket-PW-0001.txt"]


def test_a_marketplace_elsewhere_shows_its_own_dates_and_link(composer: Composer) -> None:
    """
    A German order is shown in Berlin's time with its own Seller Central, and its ticket is English.
    """
    place = MarketplaceId("A1PA6795UKMFR9")
    finding = replace(an_order_finding(), subject=a_subject(marketplace_id=place))

    (notice,) = notices(composer, a_ring(finding), language="en")
    assert "https://sellercentral.amazon.de/orders-v3/order/" in notice.text
    assert "Thu 8 Sep, 03:00" in notice.text
    assert "Dear Seller Support team" in dict(notice.attachments)["ticket-PW-0001.txt"]


def test_an_order_that_misses_facts_gets_no_ticket_but_hears_what_is_missing(composer: Composer) -> None:
    """
    Nothing half-written is attached; the missing fact is named in the seller's language.
    """
    (notice,) = notices(composer, *special_rings()["ticket-incomplete"], language="en")

    assert notice.attachments == ()
    assert "this is unknown: right ship-by date" in notice.text


def test_a_message_known_only_from_shipping_reports_says_so(composer: Composer) -> None:
    """
    The seller is not led to believe that these are all of the product's pre-orders.
    """
    (notice,) = notices(composer, *special_rings()["shipping-report-only"])

    assert "出荷用レポートだけで確認しています" in notice.text


def test_a_product_case_attaches_its_note(composer: Composer) -> None:
    """
    Which dates to change where comes with the message.
    """
    (notice,) = notices(composer, a_ring(a_product_finding()))

    assert [name for name, _text in notice.attachments] == ["note-PW-0001.txt"]


def test_a_product_without_any_believed_date_is_not_told_an_empty_one(composer: Composer) -> None:
    """
    The step speaks of the right date where none is known.
    """
    (notice,) = notices(composer, a_ring(replace(a_product_finding(), release_date=None, previous_ship_by=None, move_seen=False)))

    assert "出品情報の発売日を正しい日付に直し" in notice.text


def test_an_order_near_its_automatic_cancellation_is_shipped_once_it_may_be(composer: Composer) -> None:
    """
    After the release the one thing to do is to ship.
    """
    finding = replace(an_order_finding(), rules=(Rule.SHIP_BY_BEFORE_RELEASE, Rule.PAST_SHIP_BY, Rule.AUTO_CANCEL_NEAR))

    later = NOW.replace(day=20)
    (notice,) = composer.notices([a_ring(finding)], language="ja", now=later, reply_by=REPLIES)
    assert "ただちに出荷し、出荷通知を送ってください" in notice.text


def test_an_all_clear_never_breaks_the_quiet_hours(composer: Composer) -> None:
    """
    Good news waits for the morning.
    """
    (notice,) = notices(composer, a_resolved_ring(Outcome.RESTORED))

    assert notice.severity is Severity.WARNING
    assert notice.attachments == ()


def test_an_alert_is_as_loud_as_its_worst_ring(composer: Composer) -> None:
    """
    One urgent order makes the bundle urgent, and stands on top.
    """
    quiet = replace(an_order_finding(), severity=Severity.WARNING, subject=a_subject(OrderId("503-0000000-0000002")))

    (notice,) = notices(composer, a_ring(quiet, no=1), a_ring(no=2))
    assert notice.severity is Severity.URGENT
    assert notice.text.index(ORDER) < notice.text.index("503-0000000-0000002")


def test_a_case_that_is_resolved_without_an_outcome_is_still_a_warning(composer: Composer) -> None:
    """
    An ending nobody has seen is never told as one.
    """
    (notice,) = notices(composer, a_ring(state=CaseState.RESOLVED))

    assert notice.kind is MessageKind.ALERT


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_test_message_says_that_it_is_one(composer: Composer, language: str) -> None:
    """
    Nobody takes it for a warning, and each has its own key.
    """
    first = composer.test_notice(language=language, now=NOW, place=BY_ID[JAPAN])
    second = composer.test_notice(language=language, now=NOW.replace(minute=1), place=BY_ID[JAPAN])

    assert first.kind is MessageKind.TEST
    assert ("テスト" if language == "ja" else "Test") in first.subject
    assert first.key != second.key


def test_forty_rings_are_composed_quickly() -> None:
    """
    A storm is written in far less than a turn takes: 50 ms on a quiet machine, several times that on a busy one.
    """
    composer = a_composer()
    rings = many_rings(40)
    notices(composer, rings[0])
    start = process_time()
    notices(composer, *rings)

    assert process_time() - start < 0.25
