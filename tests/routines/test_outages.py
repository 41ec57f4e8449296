"""
Outages of seconds to three days on the real wire: nothing is lost, the other channel is on time, urgent ones leave at night.
"""

from __future__ import annotations

import contextlib
import socket
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import pytest

from tests.deliver.mail_server import PASSWORD, Mailbox, serving
from tests.deliver.servers import Answering, Certificate, Reply, answering, free_port, make_certificate, speaking
from tests.routines.makers_post import NOON, TOKYO, a_notice
from watchdog.deliver.email import Smtp
from watchdog.deliver.slack import SlackWebhook
from watchdog.deliver.timetable import QuietHours, Timetable, retry_at
from watchdog.routines.postman import Channel, Postman
from watchdog.store import Store, open_temporary, outbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchdog.terms.message import Message, Receipt

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
#: Short, an afternoon, a long weekend.
LENGTHS = {"1 s": SECOND, "10 min": 600 * SECOND, "5 h": 5 * HOUR, "72 h": 72 * HOUR}


@dataclass
class Outage:
    """
    A channel that meets another world until an instant.
    """

    name: str
    well: Channel
    ill: Channel
    until: datetime
    now: Callable[[], datetime]
    asked: list[datetime] = field(default_factory=list)

    def send(self, message: Message) -> Receipt:
        """
        Send through the world of now.
        """
        self.asked.append(self.now())
        return (self.ill if self.now() < self.until else self.well).send(message)


@contextlib.contextmanager
def slack_that(reply: Reply) -> Iterator[Channel]:
    """
    A Slack that answers so.
    """
    with answering(reply) as server:
        yield SlackWebhook(server.url(), allow_private=True, timeout=5)


@contextlib.contextmanager
def slack_that_speaks(talk: Callable[[socket.socket], None]) -> Iterator[Channel]:
    """
    A Slack whose bytes are these.
    """
    with speaking(talk) as port:
        yield SlackWebhook(f"http://127.0.0.1:{port}/services/hush", allow_private=True, timeout=0.2)


def _reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")


def _drip(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    with contextlib.suppress(OSError):
        while connection.recv(65_536):
            connection.sendall(b"X")


@contextlib.contextmanager
def mail_that(**answers: Any) -> Iterator[Channel]:
    """
    A mail server that answers so.
    """
    with serving(Mailbox(**answers)) as port:
        yield _smtp(port)


def _smtp(port: int, host: str = "localhost", **fields: Any) -> Smtp:
    settings: dict[str, Any] = {"security": "none", "timeout": 5, **fields}
    return Smtp(host, port, sender="dog@example.com", recipients=("shop@example.com",), **settings)


@contextlib.contextmanager
def mail_without(*, certificate: Certificate, password: str) -> Iterator[Channel]:
    """
    A mail server that knows another password, behind STARTTLS.
    """
    with serving(Mailbox(), starttls=certificate.server_side(), login=True) as port:
        yield _smtp(port, security="starttls", username="dog", password=password, tls=certificate.trusted())


FAULTS: dict[str, tuple[str, Callable[[Certificate], contextlib.AbstractContextManager[Channel]], str]] = {
    "429": ("slack", lambda _c: slack_that(Reply(429, "rate_limited", {"Retry-After": "120"})), "10 min"),
    "500": ("slack", lambda _c: slack_that(Reply(500, "oh")), "5 h"),
    "webhook gone": ("slack", lambda _c: slack_that(Reply(404, "no_service")), "72 h"),
    "reset": ("slack", lambda _c: slack_that_speaks(_reset), "1 s"),
    "slow drip": ("slack", lambda _c: slack_that_speaks(_drip), "10 min"),
    "421": ("email", lambda _c: mail_that(mail_answer="421 4.3.2 shutting down"), "5 h"),
    "450": ("email", lambda _c: mail_that(rcpt_answers={"shop@example.com": "450 4.2.0 greylisted"}), "10 min"),
    "535": ("email", lambda c: mail_without(certificate=c, password="wrong"), "72 h"),
    "no TLS": ("email", lambda _c: contextlib.nullcontext(_smtp(free_port(), security="tls", timeout=1)), "1 s"),
    "dead DNS": ("email", lambda _c: contextlib.nullcontext(_smtp(25, host="mail.invalid")), "5 h"),
}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """
    A certificate for localhost that only tests trust.
    """
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(autouse=True)
def _names(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Let the name of the dead DNS be unknown without asking anybody.
    """
    known = socket.getaddrinfo

    def look_up(host: Any, *rest: Any, **more: Any) -> Any:
        if host == "mail.invalid":
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return known(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)


@dataclass
class World:
    """
    A postman with a Slack and a mail server, one of which is out for a while.
    """

    postman: Postman
    ill: Outage
    slack: Answering
    mailbox: Mailbox
    now: datetime = NOON

    def passes(self, step: timedelta) -> None:
        """
        Let time pass and deliver.
        """
        self.now += step
        self.postman.deliver(lambda: self.now)

    def arrived(self, channel: str) -> Counter[str]:
        """
        Return the alerts that arrived there, by number.
        """
        if channel == "slack":
            texts = [post.json["text"] for post in self.slack.posts]
        else:
            texts = [str(mail["Subject"]) for mail in self.mailbox.letters()]
        return Counter(text.split()[0].removeprefix("【至急】") for text in texts if text.startswith("【至急】"))


@contextlib.contextmanager
def a_world(fault: str, length: timedelta, certificate: Certificate) -> Iterator[World]:
    """
    Open it; the outage begins at once.
    """
    name, ill, _usual = FAULTS[fault]
    mailbox = Mailbox()
    with contextlib.ExitStack() as stack:
        slack = stack.enter_context(answering())
        port = stack.enter_context(serving(mailbox, starttls=certificate.server_side(), login=True))
        well: dict[str, Channel] = {
            "slack": SlackWebhook(slack.url(), allow_private=True, timeout=5),
            "email": _smtp(port, security="starttls", username="dog", password=PASSWORD, tls=certificate.trusted()),
        }
        worlds: list[World] = []
        outage = Outage(name, well[name], stack.enter_context(ill(certificate)), NOON + length, lambda: worlds[0].now)
        other = well["email" if name == "slack" else "slack"]
        hours = Timetable(TOKYO, quiet=QuietHours.parse("22:00-07:00"))
        book = open_temporary()
        stack.callback(book.close)
        postman = Postman(book, [outage, other], _retry_at, owner="postman", ask=lambda pending, now: hours.ruling(pending, now=now))
        worlds.append(World(postman, outage, slack, mailbox))
        yield worlds[0]


def _retry_at(attempts: int, now: datetime, asked: float | None, since: datetime) -> datetime | None:
    return retry_at(attempts, now=now, asked=asked, draw=0.5, since=since)


@pytest.mark.parametrize("fault", FAULTS)
def test_an_outage_costs_no_alert(fault: str, certificate: Certificate, proving: bool) -> None:
    """
    A dozen urgent alerts through one length of outage (a thousand through every length under ``make prove``).

    The other channel has them at the first walk, also those of the night; when the world is well again all that waited arrives, once.
    """
    for length in LENGTHS.values() if proving else [LENGTHS[FAULTS[fault][2]]]:
        many = 1000 if proving else 12
        with a_world(fault, length, certificate) as world:
            with world.postman.store.writing() as tx:
                for number in range(many):
                    outbox.enqueue(tx, a_notice(f"{number}", number + 1), ("slack", "email"), now=world.now)
            expected = Counter(str(number) for number in range(many))
            other = "email" if world.ill.name == "slack" else "slack"
            world.passes(timedelta())
            on_time = world.arrived(other)
            while world.now < NOON + length + 2 * HOUR:
                world.passes(max(length / 12, timedelta(minutes=5)))
            knocks = sum(at < world.ill.until for at in world.ill.asked)

            assert on_time == expected
            assert world.arrived(world.ill.name) == expected
            assert knocks <= 14, "one message knocks at a time, and seldom"


def test_what_is_written_while_one_channel_hangs_leaves_over_the_other_within_two_seconds() -> None:
    """
    The mail server takes the connection and says nothing: the walk waits for it, Slack does not.
    """
    hangs, ends = Event(), Event()

    def talk(_connection: socket.socket) -> None:
        hangs.set()
        ends.wait(60)

    with contextlib.closing(open_temporary()) as book, answering() as slack, speaking(talk) as port:
        channels: list[Channel] = [SlackWebhook(slack.url(), allow_private=True), _smtp(port, timeout=60)]
        postman = Postman(book, channels, _retry_at, owner="postman")
        _write(book, "before")
        walk = Thread(target=postman.deliver, args=(lambda: NOON,))
        walk.start()
        assert hangs.wait(60)
        _write(book, "meanwhile")
        began = time.monotonic()
        while len(slack.posts) < 2 and time.monotonic() - began < 60:
            ends.wait(0.01)
        took = time.monotonic() - began
        still_hanging = walk.is_alive()
        ends.set()
        walk.join()

    assert still_hanging
    assert took <= 2


def _write(book: Store, key: str) -> None:
    with book.writing() as tx:
        outbox.enqueue(tx, a_notice(key), ("slack", "email"), now=NOON)
