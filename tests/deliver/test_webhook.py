"""
The webhook for programs of the seller's own: a documented schema, a signature anybody can check, the same id at every attempt.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from tests.deliver.makers_deliver import a_message
from tests.deliver.servers import Reply, answering
from watchdog.deliver.webhook import Webhook
from watchdog.terms.message import Blame, Fate, Message, MessageKind

if TYPE_CHECKING:
    from tests.deliver.servers import Answering

ROOT = Path(__file__).parents[2]
SECRET = "hush-webhook-secret"
NOW = datetime(2026, 9, 8, 1, 2, 3, tzinfo=UTC)


def hook(server: Answering, **fields: Any) -> Webhook:
    """
    Return the channel to the local server.
    """
    return Webhook(server.url("/in"), clock=lambda: NOW, secret=SECRET, allow_private=True, timeout=5, **fields)


MESSAGES = {
    "alert": a_message(),
    "without case": a_message(case_nos=(), key="condition/source_silent/inbox/2026/1", attachments=()),
    "linked": a_message(links=(("PW-0001", "https://watch.example/cases/PW-0001"),)),
    "linked without case": a_message(case_nos=(), links=(("", "https://watch.example/health"),)),
    "all-clear": replace(a_message(kind=MessageKind.RESOLVED), thread="alert:PW-0001:found"),
}


@pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES)
def test_every_notice_fits_the_documented_schema(message: Message) -> None:
    """
    docs/webhook.schema.json, which other programs are written against.
    """
    schema = json.loads((ROOT / "docs" / "webhook.schema.json").read_text("utf-8"))
    with answering() as server:
        receipt = hook(server).send(message)

    assert receipt.fate is Fate.SENT
    Draft202012Validator(schema).validate(server.posts[0].json)


def test_the_signature_is_that_of_standard_webhooks() -> None:
    """
    HMAC-SHA256 over id, time stamp and body, joined with dots.
    """
    with answering() as server:
        hook(server).send(a_message())

    headers = {name.lower(): value for name, value in server.posts[0].headers.items()}
    signed = (
        f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + json.dumps(server.posts[0].json, ensure_ascii=False).encode()
    )
    expected = base64.b64encode(hmac.new(SECRET.encode(), signed, hashlib.sha256).digest()).decode()

    assert headers["webhook-signature"] == f"v1,{expected}"
    assert headers["webhook-timestamp"] == str(int(NOW.timestamp()))


def test_a_double_is_seen_and_an_all_clear_finds_its_alarm() -> None:
    """
    The id is the same at every attempt; the thread is the id of the alarm.
    """
    alarm = a_message()
    over = replace(a_message(kind=MessageKind.RESOLVED, key="over"), thread=alarm.notice.key)
    with answering() as server:
        for message in (alarm, replace(alarm, attempts=3), over):
            hook(server).send(message)

    first, again, last = (post.json for post in server.posts)
    assert first["id"] == again["id"] != last["id"]
    assert last["thread"] == first["id"] == first["thread"]


@pytest.mark.parametrize(
    ("status", "fate", "blame"),
    [
        (200, Fate.SENT, Blame.CHANNEL),
        (202, Fate.SENT, Blame.CHANNEL),
        (204, Fate.SENT, Blame.CHANNEL),
        (302, Fate.REFUSED, Blame.CHANNEL),
        (401, Fate.REFUSED, Blame.CHANNEL),
        (410, Fate.REFUSED, Blame.CHANNEL),
        (422, Fate.REFUSED, Blame.MESSAGE),
        (429, Fate.POSTPONED, Blame.CHANNEL),
        (503, Fate.POSTPONED, Blame.CHANNEL),
    ],
)
def test_the_status_decides(status: int, fate: Fate, blame: Blame) -> None:
    """
    Any 2xx is a yes; redirects are not followed.
    """
    with answering(Reply(status, "" if status == 204 else "x", {"Location": "http://127.0.0.1:1/"})) as server:
        receipt = hook(server).send(a_message())

    assert (receipt.fate, receipt.blame, receipt.answer[:8]) == (fate, blame, f"HTTP {status}")
