"""
A queue of Amazon SQS: long polling in a thread that only rings, messages handed on in small lists, acknowledged after the commit.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from threading import Event

#: Messages of one call, Amazon's most.
_LARGEST = 10
#: Seconds of one long poll, Amazon's most.
_LONG = 20
#: Seconds for which a message taken is shown to nobody else; after a crash it comes back.
_HIDDEN = 300
#: So many messages are held in memory at most; the rest waits in the queue.
_HELD = 2_000
#: Seconds until the next try where the queue can't be reached: doubled each time, up to the last.
_FIRST_PAUSE, _LONGEST_PAUSE = 2.0, 300.0


class QueueAwayError(Exception):
    """
    The queue can't be reached, or refuses us; the words may be shown.
    """


class Taken(NamedTuple):
    """
    One message.
    """

    receipt: str  #: to acknowledge it with
    body: str
    times: int  #: how often it was handed out


class Client(Protocol):
    """
    What is used of boto3's client.
    """

    def receive_message(self, **wishes: Any) -> dict[str, Any]:
        """
        Return at most ten messages.
        """

    def delete_message_batch(self, **wishes: Any) -> dict[str, Any]:
        """
        Delete at most ten messages.
        """


@dataclass
class Queue:
    """
    One queue; in the daemon a thread listens to it, elsewhere it is asked when the source is polled.
    """

    client: Client
    url: str
    told: Callable[[str, dict[str, object]], None] = lambda _event, _fields: None
    trouble: str | None = None  #: why it can't be reached now
    _held: deque[list[Taken]] = field(default_factory=deque)
    _listened_to: bool = False

    def listen(self, stopped: Event, ring: Callable[[], None]) -> None:
        """
        Fetch and ring until stopped; a queue that is away is tried again with growing pauses, and polling Amazon goes on meanwhile.
        """
        self._listened_to, pause = True, _FIRST_PAUSE
        while not stopped.is_set():
            if sum(map(len, self._held)) >= _HELD:
                stopped.wait(1)
                continue
            try:
                found = self._receive(wait=_LONG)
            except QueueAwayError as error:
                self._note(str(error))
                stopped.wait(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
                continue
            self._note(None)
            pause = _FIRST_PAUSE
            if found:
                self._held.append(found)
                ring()

    def take(self) -> Iterator[list[Taken]]:
        """
        Yield what has come in, a few messages at a time.

        Raises:
            QueueAwayError: nobody listens, and the queue can't be reached.
        """
        while self._held:
            yield self._held.popleft()
        fetched = 0
        while not self._listened_to and fetched < _HELD:
            found = self._receive(wait=0)
            self.trouble = None
            if not found:
                return
            fetched += len(found)
            yield found

    def acknowledge(self, taken: Sequence[Taken]) -> None:
        """
        Let the queue forget these messages; one it can't be told of comes back and changes nothing.
        """
        if not taken:
            return
        entries = [{"Id": str(place), "ReceiptHandle": each.receipt} for place, each in enumerate(taken)]
        try:
            self.client.delete_message_batch(QueueUrl=self.url, Entries=entries)
        except Exception as error:  # noqa: BLE001 - boto3's errors have no common class of ours; the message comes back by itself
            self.told("queue.unacknowledged", {"reason": type(error).__name__})

    def _receive(self, *, wait: int) -> list[Taken]:
        try:
            answer = self.client.receive_message(
                QueueUrl=self.url,
                MaxNumberOfMessages=_LARGEST,
                WaitTimeSeconds=wait,
                VisibilityTimeout=_HIDDEN,
                AttributeNames=["ApproximateReceiveCount"],
            )
        except Exception as error:  # noqa: BLE001 - same; whatever it is, Amazon is still asked by polling
            raise QueueAwayError(_words(error)) from None
        return [
            Taken(each["ReceiptHandle"], each["Body"], int(each.get("Attributes", {}).get("ApproximateReceiveCount", 1)))
            for each in answer.get("Messages", [])
        ]

    def _note(self, trouble: str | None) -> None:
        if (trouble is None) != (self.trouble is None):
            self.told("queue.away" if trouble else "queue.back", {"reason": trouble or ""})
        self.trouble = trouble


class LazyClient:
    """
    A client that is made when it is first needed: commands that never look into the queue don't load AWS's library.
    """

    def __init__(self, make: Callable[[], Client]) -> None:
        """
        Keep how it is made.
        """
        self._make = make
        self._made: Client | None = None

    def receive_message(self, **wishes: Any) -> dict[str, Any]:
        """
        Return at most ten messages.
        """
        return self._client().receive_message(**wishes)

    def delete_message_batch(self, **wishes: Any) -> dict[str, Any]:
        """
        Delete at most ten messages.
        """
        return self._client().delete_message_batch(**wishes)

    def _client(self) -> Client:
        if self._made is None:
            self._made = self._make()
        return self._made


def client_of(url: str, *, key_id: str | None = None, secret: str | None = None, proxy: str | None = None) -> Client:
    """
    Return boto3's client for the queue's own host and region; without a key AWS's usual places are searched.

    Through a ``proxy`` (``http://user:password@host:port``) it reaches every queue but one on this machine.
    """
    import boto3
    from botocore.config import Config

    parts = urlsplit(url)
    through = {"https": proxy} if proxy is not None and parts.scheme == "https" else None
    limits = Config(connect_timeout=5, read_timeout=_LONG + 5, retries={"max_attempts": 1, "mode": "standard"}, proxies=through)
    client: Client = boto3.client(
        "sqs",
        endpoint_url=f"{parts.scheme}://{parts.netloc}",
        region_name=region_of(url),
        aws_access_key_id=key_id,
        aws_secret_access_key=secret,
        config=limits,
    )
    return client


def region_of(url: str) -> str:
    """
    Return the region in a queue's URL (``https://sqs.us-west-2.amazonaws.com/…``); a queue elsewhere is said to be in us-east-1.
    """
    labels = (urlsplit(url).hostname or "").split(".")
    return labels[1] if len(labels) > 2 and labels[0] == "sqs" else "us-east-1"  # noqa: PLR2004 - sqs.<region>.<rest>


def arn_of(url: str) -> str:
    """
    Return the ARN Amazon is told of: ``arn:aws:sqs:us-west-2:123456789012:orders``.

    Raises:
        ValueError: the URL's path is not ``/<account>/<name>``.
    """
    account, name = urlsplit(url).path.strip("/").split("/")
    return f"arn:aws:sqs:{region_of(url)}:{account}:{name}"


def _words(error: Exception) -> str:
    """
    Return AWS's own short code for what is wrong, or the kind of error; never its text, which may quote a key.
    """
    answer = getattr(error, "response", None)
    code = answer.get("Error", {}).get("Code") if isinstance(answer, dict) else None
    return code if isinstance(code, str) else type(error).__name__
