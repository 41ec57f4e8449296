"""
The queue over a real server: long polling rings, what is not acknowledged comes back, what nobody reads moves aside.
"""

from __future__ import annotations

import contextlib
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING

import pytest

from tests.sources.sqs.queues import MemoryClient
from tests.sources.sqs.servers import KEY, SECRET, Sqs, sqs
from watchdog.sources.queue import Queue, QueueAwayError, arn_of, client_of, region_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["sqs"]


def bodies(queue: Queue) -> list[str]:
    """
    Return what lies in the queue, without acknowledging it.
    """
    return [each.body for taken in queue.take() for each in taken]


@contextlib.contextmanager
def listening(queue: Queue, ring: Event) -> Iterator[None]:
    """
    Listen to the queue while the test lasts.
    """
    stopped = Event()
    Thread(target=queue.listen, args=(stopped, ring.set), daemon=True).start()
    try:
        yield
    finally:
        stopped.set()


def test_what_was_acknowledged_is_gone_and_the_rest_is_hidden(sqs: Sqs) -> None:
    """
    Twelve messages come in two lists; none is handed out twice while it is being worked on.
    """
    queue = sqs.queue()
    for number in range(12):
        sqs.client().send_message(QueueUrl=queue.url, MessageBody=f"message {number}")
    lists = list(queue.take())
    queue.acknowledge(lists[0])

    assert sum(map(len, lists)) == 12
    assert bodies(queue) == []
    shown = sqs.client().get_queue_attributes(QueueUrl=queue.url, AttributeNames=["ApproximateNumberOfMessagesNotVisible"])
    assert int(shown["Attributes"]["ApproximateNumberOfMessagesNotVisible"]) == 12 - len(lists[0])


def test_an_unacknowledged_message_moves_to_the_dead_letter_queue(sqs: Sqs) -> None:
    """
    After it was handed out twice in vain; how often is counted.
    """
    queue, dead = sqs.queue_with_dead_letters(after=2)
    sqs.client().send_message(QueueUrl=queue.url, MessageBody="rubbish")
    times = []
    for _ in range(3):
        for taken in queue.take():
            times += [each.times for each in taken]
            for each in taken:
                sqs.client().change_message_visibility(QueueUrl=queue.url, ReceiptHandle=each.receipt, VisibilityTimeout=0)

    assert (times, bodies(dead)) == ([1, 2], ["rubbish"])


def test_a_message_rings_at_once(sqs: Sqs) -> None:
    """
    The long poll is answered when something comes, not when it is over; then the message lies ready without another request.
    """
    queue, ring = sqs.queue(), Event()
    with listening(queue, ring):
        sent = monotonic()
        sqs.client().send_message(QueueUrl=queue.url, MessageBody="now")

        assert ring.wait(15)
        assert monotonic() - sent < 15  # a long poll that was not answered would take twenty
        assert bodies(queue) == ["now"]


def test_a_wrong_key_and_a_queue_that_is_gone_are_named_by_their_code() -> None:
    """
    No library's text, no key.
    """
    client = client_of("http://127.0.0.1:9/123456789012/orders", key_id=KEY, secret=SECRET)
    with pytest.raises(QueueAwayError) as away:
        list(Queue(client, "http://127.0.0.1:9/123456789012/orders").take())

    assert str(away.value) == "EndpointConnectionError"


def test_a_queue_that_is_away_is_listened_to_again() -> None:
    """
    The trouble stands while it lasts, is told once, and so is its end.
    """
    client, told = MemoryClient(away=True), []
    queue = Queue(client, "http://127.0.0.1/123456789012/orders", lambda event, _fields: told.append(event))
    stopped = _Stop(lambda: client.__dict__.update(away=False, bodies=["back"]))
    queue.listen(stopped, stopped.set)

    assert (told, queue.trouble, bodies(queue)) == (["queue.away", "queue.back"], None, ["back"])


def test_a_patrol_that_does_not_come_does_not_fill_the_memory() -> None:
    """
    At most two thousand messages are held; the others wait in the queue.
    """
    client = MemoryClient(bodies=["x"] * 3_000)
    queue = Queue(client, "http://127.0.0.1/123456789012/orders")
    stopped = _Stop(None)
    queue.listen(stopped, lambda: None)

    assert len(client.bodies) == 1_000
    assert len(bodies(queue)) == 2_000


class _Stop(Event):
    """
    An event that nobody waits for in vain: instead of waiting something happens.
    """

    def __init__(self, meanwhile: Callable[[], None] | None) -> None:
        super().__init__()
        self._meanwhile = meanwhile or self.set

    def wait(self, timeout: float | None = None) -> bool:
        self._meanwhile()
        return self.is_set()


@pytest.mark.parametrize(
    ("url", "region", "arn"),
    [
        ("https://sqs.us-west-2.amazonaws.com/123456789012/orders", "us-west-2", "arn:aws:sqs:us-west-2:123456789012:orders"),
        ("http://127.0.0.1:5000/123456789012/orders", "us-east-1", "arn:aws:sqs:us-east-1:123456789012:orders"),
    ],
    ids=["amazon", "here"],
)
def test_a_queues_url_names_its_region_and_arn(url: str, region: str, arn: str) -> None:
    """
    Nobody has to type them apart.
    """
    assert (region_of(url), arn_of(url)) == (region, arn)
