"""
``test-alert``: does a warning arrive? Tried over each channel, and the other side's answer is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.deliver.mail_server import Mailbox, serving
from tests.deliver.servers import Reply, answering, free_port

if TYPE_CHECKING:
    from tests.stories.seller import Seller


@pytest.fixture
def mailing(seller: Seller, monkeypatch: pytest.MonkeyPatch) -> Seller:
    """
    A seller with Slack and mail addresses; the servers are the test's.
    """
    monkeypatch.setenv("PREORDER_ALLOW_PRIVATE_TARGETS", "1")
    for name, value in {
        "EMAIL_FROM": "dog@example.jp",
        "EMAIL_TO": "me@example.jp",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_SECURITY": "none",
    }.items():
        monkeypatch.setenv(f"PREORDER_{name}", value)
    return seller


def test_with_nothing_set_up_the_console_shows_it(seller: Seller) -> None:
    """
    On stderr, where alerts go; the answer on stdout.
    """
    told = seller.runs("test-alert")

    assert told.startswith("console: sent")
    assert "test" in seller.errors.lower()
    assert not (seller.state / "watchdog.db").exists(), "no log is needed to try a channel"


def test_every_channel_gets_one_message_marked_as_a_test(mailing: Seller, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Slack and mail, each with its answer.
    """
    mailbox = Mailbox()
    with answering() as slack, serving(mailbox) as port:
        monkeypatch.setenv("PREORDER_SLACK_WEBHOOK_URL", slack.url())
        monkeypatch.setenv("PREORDER_SMTP_PORT", str(port))
        told = mailing.runs("test-alert").splitlines()

    assert [line.partition(" (")[0] for line in told] == ["slack: sent", "email: sent"]
    assert len(slack.posts) == len(mailbox.got) == 1
    assert "test" in str(slack.posts[0].json).lower()
    assert "test" in str(mailbox.letters()[0]["Subject"]).lower()


def test_one_channel_can_be_tried_alone(mailing: Seller, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The other one is left in peace.
    """
    mailbox = Mailbox()
    with answering() as slack, serving(mailbox) as port:
        monkeypatch.setenv("PREORDER_SLACK_WEBHOOK_URL", slack.url())
        monkeypatch.setenv("PREORDER_SMTP_PORT", str(port))
        mailing.runs("test-alert", "--channel", "email")

    assert (len(slack.posts), len(mailbox.got)) == (0, 1)


def test_a_channel_that_does_not_take_it_fails_and_the_other_is_tried_all_the_same(
    mailing: Seller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    The webhook was revoked; the secret in its address is not told.
    """
    mailbox = Mailbox()
    with answering(Reply(404, "no_service")) as slack, serving(mailbox) as port:
        monkeypatch.setenv("PREORDER_SLACK_WEBHOOK_URL", slack.url())
        monkeypatch.setenv("PREORDER_SMTP_PORT", str(port))
        told = mailing.runs("test-alert", expect=1).splitlines()

    assert told[0].startswith("slack: refused (")
    assert told[1].startswith("email: sent (")
    assert "hushhushhush" not in "".join(told) + mailing.errors


def test_a_mail_server_that_is_not_there_is_told(mailing: Seller, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Nobody listens on that port.
    """
    monkeypatch.setenv("PREORDER_SMTP_PORT", str(free_port()))

    assert mailing.runs("test-alert", expect=1).startswith("email: postponed (")


def test_an_unknown_channel_is_answered_with_those_that_are_set_up(mailing: Seller, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Exit code 2, and nothing is sent.
    """
    mailing.runs("test-alert", "--channel", "pigeon", expect=2)

    assert "pigeon" in mailing.errors
    assert "email" in mailing.errors
