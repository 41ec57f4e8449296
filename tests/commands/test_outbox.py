"""
``outbox``: what has not left can be seen, tried again and dropped.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.deliver.servers import Reply, answering
from tests.stories.seller import Seller, fourteen, noon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.deliver.servers import Answering

HUSH = "hushhushhush"


@pytest.fixture
def slack(monkeypatch: pytest.MonkeyPatch) -> Iterator[Answering]:
    """
    A Slack that does not take anything.
    """
    with answering(Reply(404, "no_service")) as server:
        monkeypatch.setenv("PREORDER_ALLOW_PRIVATE_TARGETS", "1")
        monkeypatch.setenv("PREORDER_SLACK_WEBHOOK_URL", server.url())
        yield server


@pytest.fixture
def stuck(seller: Seller, slack: Answering) -> Seller:
    """
    A seller whose alert does not leave.
    """
    orders = fourteen()
    seller.lists_release("2026-09-14", seen="2026-08-01")
    seller.drops_orders(orders, seen="2026-09-03")
    seller.checks("2026-09-03 12:30")
    seller.drops_orders([orders[0].but(ship_by="2026-09-08", status="UNSHIPPED"), *orders[1:]], seen="2026-09-05")
    seller.checks("2026-09-05 12:30")
    return seller


def alerts(slack: Answering) -> int:
    """
    Return how often the alert was posted.
    """
    return sum(post.json["text"].startswith("[Urgent] ship-by 8 Sep") for post in slack.posts)


def test_a_message_that_does_not_leave_is_listed_with_the_reason(stuck: Seller) -> None:
    """
    For people and for programs: number, channel, subject, and the other side's words; no secret.
    """
    told = stuck.runs("outbox", "list")
    document = json.loads(stuck.runs("outbox", "list", "--json"))

    (message,), (channel,) = document["messages"], document["channels"]
    assert "ship-by 8 Sep" in told and "the webhook was removed" in " ".join(told.split())
    assert (message["channel"], message["attempts"], message["severity"]) == ("slack", 1, "urgent")
    assert (channel["name"], channel["refused"], channel["waiting"]) == ("slack", True, 1)
    assert HUSH not in told + stuck.errors
    assert stuck.runs("outbox") == told


def test_after_a_retry_the_next_delivery_tries_at_once(stuck: Seller, slack: Answering) -> None:
    """
    The webhook is mended; the channel need not rest any longer.
    """
    slack.replies = [Reply(200, "ok")]
    told = stuck.runs("outbox", "retry", "--all")
    stuck.runs("check")

    assert told == "Tried again at the next delivery: 1.\n"
    assert json.loads(stuck.runs("outbox", "list", "--json"))["messages"] == []
    assert alerts(slack) == 2


def test_what_is_dropped_does_not_leave(stuck: Seller, slack: Answering) -> None:
    """
    Only what was named; what has left already is told, with exit code 1.
    """
    slack.replies = [Reply(200, "ok")]
    number = str(json.loads(stuck.runs("outbox", "list", "--json"))["messages"][0]["no"])
    told = stuck.runs("outbox", "drop", number, "77", expect=1)
    empty = stuck.runs("outbox", "list")
    stuck.runs("check", "--now", noon("2026-09-06 12:30").isoformat())

    assert told.splitlines()[1].startswith("77:")
    assert empty.startswith("No message waits.")
    assert alerts(slack) == 1


def test_a_number_that_is_none_is_said_and_nothing_is_promised(stuck: Seller) -> None:
    """
    No "0 tried again" beside it.
    """
    stuck.monkeypatch.setenv("PREORDER_LANGUAGE", "ja")

    assert stuck.runs("outbox", "retry", "999", expect=1) == "999番の通知は、ないか、送信済み・取り下げ済みです。\n"


@pytest.mark.parametrize("arguments", [("retry",), ("drop",), ("retry", "1", "--all")])
def test_nothing_named_is_a_question(seller: Seller, arguments: tuple[str, ...]) -> None:
    """
    Neither numbers nor --all, or both: exit code 2.
    """
    seller.runs("outbox", *arguments, expect=2)

    assert "--all" in seller.errors
