"""
Slack with a bot token: ``chat.postMessage`` as Slack documents it, threads, and answers that come as words with status 200.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.deliver.makers_deliver import a_message
from tests.deliver.servers import Answering, Reply, answering
from watchdog.deliver.slack import SlackBot
from watchdog.deliver.slack_words import WORDS
from watchdog.terms.message import Blame, Fate, MessageKind

if TYPE_CHECKING:
    from watchdog.terms.message import Message, Receipt

TOKEN = "xoxb-hush-hush-hush"
OK = json.dumps({"ok": True, "channel": "C123ABC456", "ts": "1503435956.000247", "message": {"text": "…"}})


def said(error: str) -> Reply:
    """
    Return Slack's no.
    """
    return Reply(200, json.dumps({"ok": False, "error": error}))


def sent(server: Answering, message: Message) -> Receipt:
    """
    Send it to the local Slack.
    """
    return SlackBot(TOKEN, "#alerts", api=server.url("/api"), allow_private=True, timeout=5).send(message)


def test_a_notice_is_posted_with_token_channel_text_and_blocks() -> None:
    """
    The token stands in the header alone; Slack's name for the message is kept for its thread.
    """
    with answering(Reply(200, OK)) as server:
        receipt = sent(server, a_message())

    post = server.posts[0]
    assert (receipt.fate, receipt.reference) == (Fate.SENT, "C123ABC456 1503435956.000247")
    assert (post.path, post.headers["Authorization"]) == ("/api/chat.postMessage", f"Bearer {TOKEN}")
    assert (post.json["channel"], "thread_ts" in post.json) == ("#alerts", False)
    assert a_message().id in post.json["text"] and a_message().id in json.dumps(post.json["blocks"])


def test_what_follows_answers_in_the_thread_and_is_shown_in_the_channel() -> None:
    """
    In the channel Slack named, at the time stamp it gave.
    """
    over = replace(a_message(kind=MessageKind.RESOLVED), thread="first", thread_reference="C123ABC456 1503435956.000247")
    with answering(Reply(200, OK)) as server:
        sent(server, over)

    told = server.posts[0].json
    assert (told["channel"], told["thread_ts"], told["reply_broadcast"]) == ("C123ABC456", "1503435956.000247", True)


def test_a_thread_that_is_gone_is_no_reason_to_be_silent() -> None:
    """
    Somebody deleted the first message: the all-clear comes on its own.
    """
    over = replace(a_message(), thread="first", thread_reference="C1 1.2")
    with answering(said("thread_not_found"), Reply(200, OK)) as server:
        receipt = sent(server, over)

    assert receipt.fate is Fate.SENT
    assert "thread_ts" not in server.posts[1].json


@pytest.mark.parametrize(
    "error", ["invalid_auth", "account_inactive", "not_in_channel", "channel_not_found", "missing_scope", "is_archived"]
)
def test_what_somebody_must_mend_is_refused_with_its_meaning(error: str) -> None:
    """
    Trying again can't help; the channel is to blame, so its messages wait.
    """
    with answering(said(error)) as server:
        receipt = sent(server, a_message())

    assert (receipt.fate, receipt.blame) == (Fate.REFUSED, Blame.CHANNEL)
    assert WORDS[error] in receipt.answer


@pytest.mark.parametrize(
    "reply",
    [
        said("internal_error"),
        said("service_unavailable"),
        said("ratelimited"),
        Reply(503, "upstream"),
        said("something_new"),
        Reply(429, json.dumps({"ok": False, "error": "ratelimited"}), {"Retry-After": "30"}),
    ],
    ids=["internal", "unavailable", "rate", "503", "unknown word", "429"],
)
def test_what_passes_by_itself_is_tried_again(reply: Reply) -> None:
    """
    Slack's 429 says how long.
    """
    with answering(reply) as server:
        receipt = sent(server, a_message())

    assert receipt.fate is Fate.POSTPONED
    assert receipt.retry_after == (30 if reply.status == 429 else None)


def test_blocks_slack_does_not_accept_are_left_out() -> None:
    """
    Also in a thread.
    """
    over = replace(a_message(), thread="first", thread_reference="C1 1.2")
    with answering(said("invalid_blocks"), said("invalid_blocks"), Reply(200, OK)) as server:
        receipt = sent(server, over)

    assert receipt.fate is Fate.SENT
    assert "blocks" not in server.posts[-1].json


def test_a_message_too_long_lies_with_the_message() -> None:
    """
    Others get through.
    """
    with answering(said("msg_too_long")) as server:
        receipt = sent(server, a_message(blocks=()))

    assert (receipt.fate, receipt.blame) == (Fate.REFUSED, Blame.MESSAGE)
