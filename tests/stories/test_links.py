"""
The alarm comes to the phone in the shop: one tap opens the page of that case, where it is answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.deliver.mail_server import Mailbox, serving
from tests.deliver.servers import Answering, answering
from tests.review.web.conftest import front_over, visit
from tests.stories.seller import Seller, fourteen
from watchdog.compose.condition_words import TELLINGS
from watchdog.review.web.app import SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

BASE = "https://watch.example"


@pytest.fixture
def webhook(seller: Seller) -> Iterator[Answering]:
    """
    A program of the seller's own that takes what it is sent.
    """
    with answering() as server:
        seller.monkeypatch.setenv("PREORDER_WEBHOOK_URL", server.url("/in"))
        seller.monkeypatch.setenv("PREORDER_ALLOW_PRIVATE_TARGETS", "1")
        yield server


def the_incident(seller: Seller) -> None:
    """
    One of fourteen pre-orders is reset, and put right again.
    """
    seller.lists_release("2026-09-14", seen="2026-08-01")
    orders = fourteen()
    for day, ship_by in (("2026-09-03", "2026-09-14"), ("2026-09-05", "2026-09-08"), ("2026-09-06", "2026-09-14")):
        seller.drops_orders([orders[0].but(ship_by=ship_by, updated=f"{day}T00:00:00Z"), *orders[1:]], seen=day)
        seller.checks(f"{day} 12:30")


def test_alarm_and_all_clear_lead_to_a_page_that_answers(seller: Seller, webhook: Answering) -> None:
    """
    In what a program is told, in Slack, in text and mail: the same address, and behind it the case itself.
    """
    seller.monkeypatch.setenv("PREORDER_REVIEW_BASE_URL", f"{BASE}/")
    mailbox = Mailbox()
    with answering() as slack, serving(mailbox) as port:
        mail = {"EMAIL_FROM": "dog@example.jp", "EMAIL_TO": "me@example.jp", "SMTP_HOST": "127.0.0.1", "SMTP_SECURITY": "none"}
        for name, value in {**mail, "SMTP_PORT": str(port), "SLACK_WEBHOOK_URL": slack.url()}.items():
            seller.monkeypatch.setenv(f"PREORDER_{name}", value)
        the_incident(seller)
    page = f"{BASE}/cases/PW-0001"
    alarm, all_clear = (post.json for post in webhook.posts)

    assert [said["kind"] for said in (alarm, all_clear)] == ["alert", "resolved"]
    assert alarm["links"] == all_clear["links"] == [{"case": "PW-0001", "url": page}]
    assert all(page in said["text"].split() for said in (alarm, all_clear))
    assert all(f"<{page}|" in str(post.json["blocks"]) for post in slack.posts)
    assert all(f'href="{page}"' in _html(letter) for letter in mailbox.letters())
    with front_over(seller.state) as front:
        assert "250-0000000-0000001" in visit(front).sees(page.removeprefix(BASE)).text


def test_every_condition_leads_to_a_page_there_is() -> None:
    """
    The page that shows what is wrong.
    """
    assert {telling.path.partition("#")[0] for telling in TELLINGS.values()} <= SHOWN.keys()


def _html(letter: Any) -> str:
    return str(letter.get_body(("html",)).get_content())
