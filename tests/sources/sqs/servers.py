"""
A server that speaks SQS on this machine.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from moto.server import ThreadedMotoServer

from watchdog.sources.queue import Queue, client_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_names = count(1)
KEY, SECRET = "FAKEKEY", "hush-aws-hush"


@dataclass(frozen=True)
class Sqs:
    """
    Where it is reached.
    """

    base: str

    def client(self) -> Any:
        """
        Return boto3's whole client.
        """
        return client_of(f"{self.base}/123456789012/any", key_id=KEY, secret=SECRET)

    def queue(self, **attributes: str) -> Queue:
        """
        Return a new queue.
        """
        client = self.client()
        url = client.create_queue(QueueName=f"orders-{os.getpid()}-{next(_names)}", Attributes=attributes)["QueueUrl"]
        return Queue(client, url)

    def queue_with_dead_letters(self, *, after: int) -> tuple[Queue, Queue]:
        """
        Return a queue and the one to which it gives what was handed out so often in vain.
        """
        dead = self.queue()
        found = self.client().get_queue_attributes(QueueUrl=dead.url, AttributeNames=["QueueArn"])
        arn = found["Attributes"]["QueueArn"]
        return self.queue(RedrivePolicy=json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": str(after)})), dead


@contextlib.contextmanager
def running() -> Iterator[Sqs]:
    """
    Run the server until left.
    """
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        _host, port = server.get_host_and_port()
        yield Sqs(f"http://127.0.0.1:{port}")
    finally:
        server.stop()


@pytest.fixture(scope="session")
def sqs() -> Iterator[Sqs]:
    """
    One server for all tests of a worker; each makes queues of its own.
    """
    with running() as found:
        yield found
