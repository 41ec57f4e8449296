"""
Slack's webhook against a real HTTP server: every documented answer, and servers that misbehave.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.deliver.makers_deliver import BLOCKS, SUBJECT, a_message
from tests.deliver.servers import Certificate, Reply, answering, free_port, speaking
from watchdog.deliver.slack import SlackWebhook
from watchdog.deliver.slack_words import WORDS
from watchdog.deliver.wire import DeadlineTransport
from watchdog.terms.message import Fate, Receipt

if TYPE_CHECKING:
    from collections.abc import Iterator

REFUSALS = [
    (400, "invalid_payload"),
    (400, "invalid_token"),
    (400, "no_text"),
    (400, "too_many_attachments"),
    (400, "user_not_found"),
    (403, "action_prohibited"),
    (403, "posting_to_general_channel_denied"),
    (403, "invalid_token"),
    (403, "team_disabled"),
    (404, "channel_not_found"),
    (404, "no_service"),
    (404, "no_team"),
    (404, "no_active_hooks"),
    (410, "channel_is_archived"),
]


def sent_to(*replies: Reply) -> Receipt:
    """
    Send one message to a server that replies so.
    """
    with answering(*replies) as server:
        return SlackWebhook(server.url(), allow_private=True, timeout=5).send(a_message())


def test_an_accepted_notice_is_sent_with_text_and_blocks() -> None:
    """
    Slack's ``ok`` is the only yes; the text is what phones show of a message with blocks.
    """
    with answering(Reply(200, "ok")) as server:
        receipt = SlackWebhook(server.url(), allow_private=True).send(a_message())

    assert receipt == Receipt(Fate.SENT, "ok")
    assert server.posts[0].json["blocks"][:-1] == list(BLOCKS)
    assert server.posts[0].json["text"].startswith(SUBJECT)


def test_a_title_can_not_call_the_whole_channel() -> None:
    """
    ``<!channel>`` in a product's title is text, not a command.
    """
    with answering() as server:
        SlackWebhook(server.url(), allow_private=True).send(a_message(text="CD <!channel> & more\x1b[2J", blocks=()))

    assert "CD &lt;!channel&gt; &amp; more[2J" in server.posts[0].json["text"]
    assert "blocks" not in server.posts[0].json


@pytest.mark.parametrize(("status", "word"), REFUSALS)
def test_a_documented_refusal_is_final_and_named(status: int, word: str) -> None:
    """
    Trying again can't help, and the operator reads which fault it is.
    """
    receipt = sent_to(Reply(status, word))

    assert receipt.fate is Fate.REFUSED
    assert receipt.answer == f"HTTP {status}: {word} — {WORDS[word]}"


def test_an_unknown_refusal_is_final_and_its_body_is_not_quoted() -> None:
    """
    A foreign server's words could echo what was sent.
    """
    assert sent_to(Reply(404, "<html>/services/T000/B000/hushhushhush not found</html>")) == Receipt(Fate.REFUSED, "HTTP 404")


def test_a_rate_limit_postpones_for_as_long_as_slack_asks() -> None:
    """
    429 carries Retry-After in seconds.
    """
    receipt = sent_to(Reply(429, "ratelimited", {"Retry-After": "30"}))

    assert receipt == Receipt(Fate.POSTPONED, "HTTP 429: ratelimited — too many messages", 30.0)


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        pytest.param("Tue, 08 Sep 2026 01:02:00 GMT", 120.0, id="a date"),
        pytest.param("-5", 0.0, id="negative"),
        pytest.param("nan", None, id="no number"),
        pytest.param("inf", None, id="endless"),
        pytest.param("soon", None, id="words"),
        pytest.param("", None, id="empty"),
    ],
)
def test_retry_after_is_read_carefully(asked: str, seconds: float | None) -> None:
    """
    A date counts from the server's own clock; nonsense asks for nothing.
    """
    headers = {"Retry-After": asked, "Date": "Tue, 08 Sep 2026 01:00:00 GMT"}
    transport = httpx.MockTransport(lambda _: httpx.Response(503, headers=headers))

    assert SlackWebhook("https://hooks.slack.com/services/x", transport=transport).send(a_message()).retry_after == seconds


@pytest.mark.parametrize(("status", "body"), [(500, "rollup_error"), (502, ""), (503, "down"), (504, ""), (408, ""), (400, "ratelimited")])
def test_a_passing_trouble_postpones(status: int, body: str) -> None:
    """
    Slack's own failures pass; the notice waits.
    """
    assert sent_to(Reply(status, body)).fate is Fate.POSTPONED


def test_a_yes_that_is_not_slacks_is_none() -> None:
    """
    A proxy's friendly page says 200, too: the notice is not taken for sent.
    """
    assert sent_to(Reply(200, "<html>Welcome</html>")).fate is Fate.POSTPONED


@pytest.mark.parametrize(
    ("body", "fate"),
    [('{"ok":true}', Fate.SENT), ('{"ok":false,"error":"no_service"}', Fate.REFUSED), ("{broken", Fate.POSTPONED), ("OK\n", Fate.SENT)],
)
def test_answers_in_json_are_understood(body: str, fate: Fate) -> None:
    """
    Slack's newer addresses answer in JSON.
    """
    assert sent_to(Reply(200, body)).fate is fate


@pytest.mark.parametrize("word", ["invalid_blocks", "invalid_blocks_format", "msg_too_long"])
def test_rejected_blocks_are_sent_once_more_as_text(word: str) -> None:
    """
    A fault of layout hides no alarm.
    """
    with answering(Reply(400, word), Reply(200, "ok")) as server:
        receipt = SlackWebhook(server.url(), allow_private=True).send(a_message())

    assert receipt.fate is Fate.SENT
    assert [sorted(post.json) for post in server.posts] == [["blocks", "text"], ["text"]]


def test_text_that_is_rejected_too_is_refused_after_two_tries() -> None:
    """
    No third try.
    """
    with answering(Reply(400, "invalid_blocks")) as server:
        receipt = SlackWebhook(server.url(), allow_private=True).send(a_message())

    assert receipt.fate is Fate.REFUSED
    assert len(server.posts) == 2


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_not_followed(status: int) -> None:
    """
    Whoever redirects a webhook gets neither the notice nor another request.
    """
    with answering() as elsewhere, answering(Reply(status, "", {"Location": elsewhere.url()})) as server:
        receipt = SlackWebhook(server.url(), allow_private=True).send(a_message())

    assert receipt.fate is Fate.REFUSED
    assert elsewhere.posts == []


def test_a_dead_port_postpones() -> None:
    """
    Nobody listens: try again later.
    """
    receipt = SlackWebhook(f"http://127.0.0.1:{free_port()}/services/x", allow_private=True).send(a_message())

    assert receipt == Receipt(Fate.POSTPONED, "nobody listens there")


def test_a_dead_name_postpones() -> None:
    """
    A resolver that is down is a passing trouble.
    """

    def no_answer(_host: str, _port: int) -> tuple[str, ...]:
        raise socket.gaierror(socket.EAI_NONAME, "hushhushhush")

    slack = SlackWebhook("https://x.invalid/services/hushhushhush", transport=DeadlineTransport(timeout=5, resolve=no_answer))

    assert slack.send(a_message()) == Receipt(Fate.POSTPONED, "the host name is not known")


def _read_request(connection: socket.socket) -> None:
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    length = int(data.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    body = data.split(b"\r\n\r\n", 1)[1]
    while len(body) < length:
        body += connection.recv(65536)


@contextlib.contextmanager
def dripping(answer: bytes) -> Iterator[int]:
    """
    Run a server that sends its answer one byte every 50 ms, so that no single read ever waits long.
    """
    over = threading.Event()

    def drip(connection: socket.socket) -> None:
        _read_request(connection)
        for place in range(len(answer)):
            if over.wait(0.05):
                return
            connection.sendall(answer[place : place + 1])

    with speaking(drip) as port:
        yield port
        over.set()


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 100 + b"\r\nContent-Length: 2\r\n\r\nok", id="in the head"),
        pytest.param(b"HTTP/1.1 200 OK\r\n\r\n" + b" " * 100 + b"ok", id="in the body"),
    ],
)
def test_a_server_that_drips_is_left_at_the_deadline(answer: bytes) -> None:
    """
    The whole exchange has one deadline; the drip would end in a yes after six seconds.
    """
    with dripping(answer) as port:
        receipt = SlackWebhook(f"http://127.0.0.1:{port}/services/x", allow_private=True, timeout=0.5).send(a_message())

    assert receipt == Receipt(Fate.POSTPONED, "no answer in time")


def test_a_server_that_never_answers_is_left_at_the_deadline() -> None:
    """
    Silence postpones.
    """
    over = threading.Event()

    def keep_silent(_: socket.socket) -> None:
        over.wait(30)

    with speaking(keep_silent) as port:
        receipt = SlackWebhook(f"http://127.0.0.1:{port}/services/x", allow_private=True, timeout=0.3).send(a_message())
        over.set()

    assert receipt == Receipt(Fate.POSTPONED, "no answer in time")


def test_a_reset_connection_postpones() -> None:
    """
    The other side hangs up hard in the middle.
    """

    def reset(connection: socket.socket) -> None:
        _read_request(connection)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()

    with speaking(reset) as port:
        receipt = SlackWebhook(f"http://127.0.0.1:{port}/services/x", allow_private=True, timeout=5).send(a_message())

    assert receipt.fate is Fate.POSTPONED


def test_an_answer_that_is_no_http_postpones() -> None:
    """
    Something else listens on that port.
    """

    def greet(connection: socket.socket) -> None:
        _read_request(connection)
        connection.sendall(b"220 mail ready\r\n\r\n")

    with speaking(greet) as port:
        receipt = SlackWebhook(f"http://127.0.0.1:{port}/services/x", allow_private=True, timeout=5).send(a_message())

    assert receipt == Receipt(Fate.POSTPONED, "the connection was cut, or the answer is no HTTP")


def test_an_endless_answer_is_not_read_to_its_end() -> None:
    """
    16 kB are read, then the verdict falls.
    """

    def gush(connection: socket.socket) -> None:
        _read_request(connection)
        connection.sendall(b"HTTP/1.1 500 Oops\r\n\r\n")
        while True:
            connection.sendall(b"x" * 65536)

    with speaking(gush) as port:
        receipt = SlackWebhook(f"http://127.0.0.1:{port}/services/x", allow_private=True, timeout=10).send(a_message())

    assert receipt == Receipt(Fate.POSTPONED, "HTTP 500")


@pytest.mark.parametrize(
    ("url", "allowed", "reason"),
    [
        pytest.param("http://hooks.slack.com/services/x", False, "not encrypted", id="plain http"),
        pytest.param("https://127.0.0.1/services/x", False, "private network", id="this machine"),
        pytest.param("ftp://hooks.slack.com/x", False, "no https:// URL", id="another scheme"),
        pytest.param("https:///services/x", False, "no https:// URL", id="no host"),
        pytest.param("https://hooks.slack.com:x/", False, "no URL", id="no port number"),
        pytest.param("hooks.slack.com/services/x", False, "no https:// URL", id="no scheme"),
        pytest.param("https://user:hush@hooks.slack.com/x", False, "user name", id="with a user"),
    ],
)
def test_a_forbidden_address_is_refused_unsent(url: str, *, allowed: bool, reason: str) -> None:
    """
    Nothing leaves for an address that is not encrypted or not public.
    """
    receipt = SlackWebhook(url, allow_private=allowed).send(a_message())

    assert receipt.fate is Fate.REFUSED
    assert reason in receipt.answer


def test_a_certificate_is_checked_against_the_name(certificate: Certificate) -> None:
    """
    The connection goes to the judged address, the certificate is that of the name.
    """
    with answering(tls=certificate.server_side()) as server:
        trusted = SlackWebhook(server.url(host="localhost"), allow_private=True, tls=certificate.trusted())
        other_name = SlackWebhook(server.url(host="127.0.0.1"), allow_private=True, tls=certificate.trusted())
        stranger = SlackWebhook(server.url(host="localhost"), allow_private=True)
        receipts = [channel.send(a_message()) for channel in (trusted, other_name, stranger)]

    assert receipts[0] == Receipt(Fate.SENT, "ok")
    assert receipts[1:] == [Receipt(Fate.POSTPONED, "the server's certificate is not trusted")] * 2
