"""
A warning and its all-clear, as they reach the seller: in one Slack thread, below each other in the mail, once.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.deliver.mail_server import Mailbox, serving
from tests.deliver.servers import Reply, answering
from tests.stories.seller import Seller, fourteen

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

_OK = Reply(200, json.dumps({"ok": True, "channel": "C123ABC456", "ts": "1503435956.000247"}))


def test_the_all_clear_follows_its_alarm_on_every_channel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The order is reset, nobody answers for two hours, then Amazon restores the date.

    Slack: the reminder and the all-clear answer in the alarm's thread. Mail: they refer to the alarm's id. The second list hears after
    two hours, and of the end. The heartbeat out tells of the turns that read a file, and of no other.
    """
    mailbox = Mailbox()
    with answering(_OK) as slack, serving(mailbox) as port:
        settings = {
            "ALLOW_PRIVATE_TARGETS": "1",
            "SLACK_BOT_TOKEN": "xoxb-hush-hush",
            "SLACK_CHANNEL": "C123ABC456",
            "SLACK_API_URL": slack.url("/api"),
            "EMAIL_FROM": "dog@example.jp",
            "EMAIL_TO": "me@example.jp",
            "ESCALATE_EMAIL_TO": "boss@example.jp",
            "SMTP_HOST": "127.0.0.1",
            "SMTP_SECURITY": "none",
            "SMTP_PORT": str(port),
            "HEARTBEAT_URL": slack.url("/ping/hush"),
            "DIGEST_DAYS": "off",
        }
        seller = Seller(tmp_path / "seller", monkeypatch, environment={f"PREORDER_{name}": value for name, value in settings.items()})
        orders = fourteen()
        seller.lists_release("2026-09-14", seen="2026-08-01")
        seller.drops_orders(orders, seen="2026-09-03")
        seller.checks("2026-09-03 12:30")
        seller.drops_orders([orders[0].but(ship_by="2026-09-08", status="UNSHIPPED"), *orders[1:]], seen="2026-09-05")
        seller.checks("2026-09-05 12:30")
        seller.checks("2026-09-05 14:35")
        seller.drops_orders(orders, seen="2026-09-06")
        seller.checks("2026-09-06 12:30")

    posts = [post.json for post in slack.posts if post.path == "/api/chat.postMessage"]
    beats = [post.path.removeprefix("/ping/hush") for post in slack.posts if post.path.startswith("/ping")]
    mails = [(str(mail["To"]), str(mail["Subject"]), mail["Message-ID"], mail["References"]) for mail in mailbox.letters()]
    mine, boss = [[mail for mail in mails if name in mail[0]] for name in ("me@", "boss@")]
    assert ["【緊急】" in posts[0]["text"], "未対応" in posts[1]["text"], "【解決】" in posts[2]["text"]] == [True] * 3
    assert [post.get("thread_ts") for post in posts] == [None, "1503435956.000247", "1503435956.000247"]
    assert [mail[3] for mail in mine] == [None, mine[0][2], mine[0][2]]
    assert len(boss) == 2 and "第2連絡先" in boss[0][1] and "【解決】" in boss[1][1]
    assert beats == ["/start", ""] * 3, "three of the four turns saw something"
    assert "hush" not in seller.errors
