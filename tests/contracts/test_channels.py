"""
What every channel obeys, whatever the other side does: it answers with a receipt, raises nothing, and gives away no secret.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import traceback
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.deliver.mail_server import Mailbox, serving
from tests.deliver.makers_deliver import a_message
from tests.deliver.servers import Reply, answering, free_port, make_certificate, speaking
from watchdog.deliver.by_apprise import ByApprise
from watchdog.deliver.console import Console
from watchdog.deliver.email import Smtp
from watchdog.deliver.slack import SlackBot, SlackWebhook
from watchdog.deliver.webhook import Webhook
from watchdog.terms.message import Fate, Receipt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from watchdog.terms.message import Message

_LIBRARIES = ("httpcore", "apprise", "urllib3", "requests")
AnyChannel = Console | SlackWebhook | SlackBot | Webhook | ByApprise | Smtp
NOW = datetime(2026, 9, 8, tzinfo=UTC)
#: Apprise's own affair: it imports a module that a later Python drops.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr':DeprecationWarning")

#: Everything that must never leave a channel: the webhook's path, the login, the recipients.
SECRET = "Hush0Hush1Hush2"
PATH = f"/services/T000/B000/{SECRET}"
RECIPIENT = f"{SECRET}.to@example.com"
ECHO = f"no such thing: {PATH} {SECRET} {RECIPIENT}"


@contextlib.contextmanager
def a_console(*, closed: bool = False) -> Iterator[Console]:
    """
    A console whose stream may be gone.
    """
    stream = io.StringIO()
    if closed:
        stream.close()
    yield Console(stream)


@contextlib.contextmanager
def a_slack(*replies: Reply) -> Iterator[SlackWebhook]:
    """
    A webhook whose server answers so.
    """
    with answering(*replies) as server:
        yield SlackWebhook(server.url(PATH), allow_private=True, timeout=5)


@contextlib.contextmanager
def a_slack_at(url: str, *, allow_private: bool = True, transport: httpx.BaseTransport | None = None) -> Iterator[SlackWebhook]:
    """
    A webhook with nobody of ours behind it.
    """
    yield SlackWebhook(url, allow_private=allow_private, timeout=5, transport=transport)


@contextlib.contextmanager
def a_slack_hung_up_on() -> Iterator[SlackWebhook]:
    """
    A webhook whose server hangs up.
    """
    with speaking(lambda connection: connection.close()) as port:
        yield SlackWebhook(f"http://127.0.0.1:{port}{PATH}", allow_private=True, timeout=5)


def _smtp(port: int, **fields: Any) -> Smtp:
    settings: dict[str, Any] = {"security": "none", "timeout": 5, **fields}
    return Smtp("localhost", port, sender=f"{SECRET}@example.com", recipients=(RECIPIENT,), **settings)


@contextlib.contextmanager
def an_smtp(**answers: Any) -> Iterator[Smtp]:
    """
    A mail channel whose server answers so.
    """
    with serving(Mailbox(**answers)) as port:
        yield _smtp(port)


@contextlib.contextmanager
def an_smtp_at(port: int) -> Iterator[Smtp]:
    """
    A mail channel with nobody behind it.
    """
    yield _smtp(port, username=SECRET, password=SECRET)


@contextlib.contextmanager
def an_smtp_that_knows_us_not(password: str = SECRET, **settings: Any) -> Iterator[Smtp]:
    """
    A mail channel whose server refuses the login and quotes it.
    """
    with serving(Mailbox()) as port:
        yield _smtp(port, username=SECRET, password=password, **settings)


@contextlib.contextmanager
def an_smtp_turned_away(greeting: bytes) -> Iterator[Smtp]:
    """
    A mail channel whose server greets so and hangs up.
    """
    with speaking(lambda connection: connection.sendall(greeting)) as port:
        yield _smtp(port, username=SECRET, password=SECRET)


@contextlib.contextmanager
def a_bot(*replies: Reply) -> Iterator[SlackBot]:
    """
    A bot whose Slack answers so.
    """
    with answering(*replies) as server:
        yield SlackBot(f"xoxb-{SECRET}", "C1", api=server.url("/api"), allow_private=True, timeout=5)


@contextlib.contextmanager
def a_webhook(*replies: Reply) -> Iterator[Webhook]:
    """
    A webhook of the seller's own, whose server answers so.
    """
    with answering(*replies) as server:
        yield Webhook(server.url(PATH), clock=lambda: NOW, secret=SECRET, allow_private=True, timeout=5)


@contextlib.contextmanager
def an_apprise(*replies: Reply) -> Iterator[ByApprise]:
    """
    An Apprise service whose server answers so.
    """
    with answering(*replies) as server:
        yield ByApprise(f"json://{SECRET}:{SECRET}@127.0.0.1:{server.server_address[1]}{PATH}", name="apprise-json", allow_private=True)


def _breaking(error: Exception) -> httpx.MockTransport:
    def broken(request: httpx.Request) -> httpx.Response:
        raise error

    return httpx.MockTransport(broken)


#: Slack's answer to a bot, quoting everything.
BOT_ECHO = json.dumps({"ok": False, "error": SECRET, "detail": ECHO})
WORLDS: dict[str, Callable[[], AbstractContextManager[AnyChannel]]] = {
    "console": a_console,
    "console closed": lambda: a_console(closed=True),
    "slack ok": lambda: a_slack(Reply(200, "ok")),
    **{f"slack {status}": partial(a_slack, Reply(status, ECHO)) for status in (200, 204, 302, 400, 403, 404, 410, 429, 500, 503)},
    "slack echo in a header": lambda: a_slack(Reply(429, ECHO, {"Retry-After": ECHO, "Date": ECHO})),
    "slack echo in json": lambda: a_slack(Reply(200, '{"ok": false, "error": "' + SECRET + '"}')),
    "slack rejected blocks": lambda: a_slack(Reply(400, "invalid_blocks")),
    "slack nobody": lambda: a_slack_at(f"http://127.0.0.1:{free_port()}{PATH}"),
    "slack hung up": a_slack_hung_up_on,
    "slack private": lambda: a_slack_at(f"https://127.0.0.1{PATH}", allow_private=False),
    "slack no url": lambda: a_slack_at(f"::{PATH}"),
    "slack odd url": lambda: a_slack_at(f"https://ex\u00e4mple.com:99999{PATH}"),
    "slack broken transport": lambda: a_slack_at(f"https://hooks.slack.com{PATH}", transport=_breaking(httpx.ConnectError(ECHO))),
    "slack broken socket": lambda: a_slack_at(f"https://hooks.slack.com{PATH}", transport=_breaking(OSError(5, ECHO))),
    "bot ok": lambda: a_bot(Reply(200, '{"ok": true, "channel": "C1", "ts": "1.2"}')),
    **{f"bot {status}": partial(a_bot, Reply(status, BOT_ECHO)) for status in (200, 401, 429, 500)},
    "bot odd token": lambda: contextlib.nullcontext(SlackBot(f"xoxb-\u3042{SECRET}\r\n", "C1", timeout=1)),
    **{f"webhook {status}": partial(a_webhook, Reply(status, ECHO)) for status in (200, 302, 410, 422, 429, 503)},
    **{f"apprise {status}": partial(an_apprise, Reply(status, ECHO)) for status in (200, 302, 404, 500)},
    "apprise nonsense": lambda: contextlib.nullcontext(ByApprise(f"nonsense://{SECRET}", name="apprise-nonsense")),
    "email ok": an_smtp,
    "email sender later": lambda: an_smtp(mail_answer=f"450 {ECHO}"),
    "email sender never": lambda: an_smtp(mail_answer=f"550 {ECHO}"),
    "email recipient never": lambda: an_smtp(rcpt_answers={RECIPIENT: f"550 {ECHO}"}),
    "email message never": lambda: an_smtp(data_answer=f"554 {ECHO}"),
    "email nobody": lambda: an_smtp_at(free_port()),
    "email no login": an_smtp_that_knows_us_not,
    "email odd password": lambda: an_smtp_that_knows_us_not(f"ひみつ{SECRET}\r\n"),
    "email no starttls": lambda: an_smtp_that_knows_us_not(security="starttls"),
    "email no tls": lambda: an_smtp_that_knows_us_not(security="tls"),
    "email turned away": lambda: an_smtp_turned_away(f"554 {ECHO}\r\n".encode()),
    "email hung up": lambda: an_smtp_turned_away(b""),
    "email nonsense": lambda: an_smtp_turned_away(f"{ECHO}\r\n".encode()),
}
ODD_MESSAGES = {
    "empty": a_message(subject="", text="", html="", blocks=(), attachments=(), key=""),
    "odd characters": a_message(subject="\x00\ud800\r\nX: y", text="\ud800\x1b[2J\u202e", html="\udfff", attachments=(("", "\ud800"),)),
    "large": a_message(text="予約" * 200_000),
}


@pytest.fixture(params=WORLDS)
def channel(request: pytest.FixtureRequest) -> Iterator[AnyChannel]:
    """
    Every channel in every world it may meet.
    """
    with WORLDS[request.param]() as found:
        yield found


class TestEveryChannel:
    """
    The contract of ``Channel`` (routines.postman).
    """

    def test_it_answers_with_a_receipt_and_keeps_its_secrets(
        self, channel: AnyChannel, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        Nothing is raised; no answer, log line or stray output holds a secret, even where the other side quotes it.
        """
        caplog.set_level(logging.DEBUG)

        receipt = _sent(channel, a_message())

        logged = [repr(vars(record)) for record in caplog.records if _is_ours(record)]
        assert isinstance(receipt, Receipt)
        assert SECRET not in "\n".join([repr(receipt), repr(channel), *logged, *capfd.readouterr()])

    def test_its_answer_is_short_and_on_one_line(self, channel: AnyChannel) -> None:
        """
        It stands in a table of the outbox; seconds are asked for only with a postponement.
        """
        receipt = _sent(channel, a_message())

        assert 0 < len(receipt.answer) <= 160
        assert receipt.answer.isprintable()
        assert receipt.retry_after is None or (receipt.fate is Fate.POSTPONED and receipt.retry_after >= 0)

    def test_the_same_message_twice_has_the_same_fate(self, channel: AnyChannel) -> None:
        """
        After a crash between sending and settling it is sent again.
        """
        first, second = _sent(channel, a_message()), _sent(channel, a_message())

        assert first.fate is second.fate


@pytest.mark.parametrize("message", ODD_MESSAGES.values(), ids=ODD_MESSAGES)
@pytest.mark.parametrize("world", ["console", "slack ok", "bot ok", "webhook 200", "apprise 200", "email ok"])
def test_odd_messages_are_sent_all_the_same(world: str, message: Message) -> None:
    """
    What a title or a letter holds never keeps an alarm from leaving.
    """
    with WORLDS[world]() as channel:
        receipt = _sent(channel, message)

    assert receipt.fate is Fate.SENT


def test_the_login_stays_secret_where_the_server_quotes_it(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """
    A real login over TLS, refused in words that hold user name and password.
    """
    caplog.set_level(logging.DEBUG, logger="watchdog")
    certificate = make_certificate(tmp_path)
    with serving(Mailbox(), starttls=certificate.server_side(), login=True) as port:
        receipt = _smtp(port, security="starttls", username=SECRET, password=SECRET, tls=certificate.trusted()).send(a_message())

    assert receipt == Receipt(Fate.REFUSED, "login refused (535 5.7.8)")
    assert SECRET not in caplog.text


def _is_ours(record: logging.LogRecord) -> bool:
    """
    Leave out the mail server's own log, and what libraries tell below WARNING: ``logs`` hears them from there on.
    """
    return record.name != "mail.log" and not (record.name.startswith(_LIBRARIES) and record.levelno < logging.WARNING)


def _sent(channel: AnyChannel, message: Message) -> Receipt:
    """
    Send, and show what was raised without its secret where something was.
    """
    try:
        return channel.send(message)
    except Exception as error:  # noqa: BLE001 - the contract is that there is none
        pytest.fail(f"{type(error).__name__} at {traceback.extract_tb(error.__traceback__)[-1]}")
