"""
The log: one line per event on the stream it was given, in two forms, and never a secret.
"""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import structlog

from watchdog import logs

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRETS = ("hunter2-pass/word+", "ひみつの鍵", "quo\"te'd\\secret", "https://hooks.slack.com/services/T0/B0/hush", "ab1")


class _Terminal(io.StringIO):
    """
    A stream that says it is a terminal.
    """

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _put_back() -> Iterator[None]:
    """
    Leave no log set up behind.
    """
    root = logging.getLogger()
    level = root.level
    yield
    root.setLevel(level)
    for relay in [handler for handler in root.handlers if isinstance(handler, logs._Relay)]:
        root.removeHandler(relay)
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def configured(level: str = "info", form: str = "json", stream: io.StringIO | None = None) -> io.StringIO:
    """
    Set the log up for a stream of the test's own.
    """
    stream = stream or io.StringIO()
    logs.configure(level, form, SECRETS, stream)
    return stream


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    """
    Return what was logged as JSON.
    """
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_one_line_of_json_with_its_fields() -> None:
    """
    Event, level, time, part, what was bound, what was said.
    """
    stream = configured()

    with logs.bound(patrol=7):
        logs.get("patrol").info("patrol.finished", took_ms=12, title="夏の終わりのうた")

    line = lines(stream)[0]
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "patrol.finished",
        "level": "info",
        "part": "patrol",
        "patrol": 7,
        "took_ms": 12,
        "title": "夏の終わりのうた",
    }


@pytest.mark.parametrize(
    ("form", "stream", "is_json"),
    [
        ("auto", io.StringIO(), True),
        ("auto", _Terminal(), False),
        ("json", _Terminal(), True),
        ("console", io.StringIO(), False),
    ],
    ids=["a file", "a terminal", "asked for json", "asked for console"],
)
def test_the_form_follows_the_stream_unless_said(form: str, stream: io.StringIO, is_json: bool) -> None:
    """
    People read a terminal, programs a journal.
    """
    configured(form=form, stream=stream)

    logs.get("patrol").info("patrol.finished")

    assert stream.getvalue().startswith("{") is is_json
    assert "patrol.finished" in stream.getvalue()


@pytest.mark.parametrize(("level", "heard"), [("debug", 4), ("info", 3), ("warning", 2), ("error", 1)])
def test_the_level_leaves_out_what_is_below(level: str, heard: int) -> None:
    """
    Four levels, from chatter to "someone must look".
    """
    stream = configured(level)
    log = logs.get("patrol")

    for say in (log.debug, log.info, log.warning, log.error):
        say("patrol.finished")

    assert len(lines(stream)) == heard


@pytest.mark.parametrize(
    "name",
    (
        "password smtp_password access_token token client_secret authorization webhook webhook_url url address shipAddress recipients "
        "buyer_name name email buyer-email phone phoneNumber postal postal_code body"
    ).split(),
)
@pytest.mark.parametrize("form", ["json", "console"])
def test_a_field_is_hidden_by_its_name(name: str, form: str) -> None:
    """
    At any depth, whatever it holds.
    """
    stream = configured(form=form)

    logs.get("patrol").warning("file.rejected", **{name: "山田太郎"}, rows=[{"order": {name: ["山田太郎", 1]}}])

    assert "山田太郎" not in stream.getvalue()
    assert stream.getvalue().count(logs.HIDDEN) == 2


@pytest.mark.parametrize(
    "name", ["order_id", "asin", "case_no", "rule", "reason", "source", "channel", "attempt", "took_ms", "hostname", "file"]
)
def test_the_fields_of_the_house_are_shown(name: str) -> None:
    """
    Hiding too much would make the log useless.
    """
    stream = configured()

    logs.get("patrol").info("case.opened", **{name: "seen"})

    assert lines(stream)[0][name] == "seen"


def _as_field(secret: str) -> None:
    logs.get("postman").warning("message.postponed", reason=f"said {secret}.")


def _as_key(secret: str) -> None:
    logs.get("postman").warning("message.postponed", told={secret: 1})


def _bound(secret: str) -> None:
    with logs.bound(reason=secret):
        logs.get("postman").warning("message.postponed")


def _deep(secret: str) -> None:
    logs.get("postman").warning("message.postponed", told=[{"why": (secret, ValueError(secret), secret.encode())}])


def _as_event(secret: str) -> None:
    logs.get("postman").warning(secret)


def _fail(secret: str) -> None:
    raise ValueError(secret) from OSError(5, secret)


def _raised(secret: str) -> None:
    try:
        _fail(secret)
    except ValueError:
        logs.get("postman").exception("message.postponed")


def _by_a_library(secret: str) -> None:
    logging.getLogger("httpx").warning("HTTP Request: POST %s", secret)


def _raised_in_a_library(secret: str) -> None:
    try:
        _fail(secret)
    except ValueError:
        logging.getLogger("apscheduler.executors").exception("Job raised %s", secret)


def _broken_in_a_library(secret: str) -> None:
    record = logging.LogRecord("odd", logging.WARNING, "odd.py", 1, f"%d {secret}", ("no number",), None)
    logging.getLogger().handlers[-1].handle(record)  # ours alone: pytest's own handler raises


def _as_a_library_name(secret: str) -> None:
    logging.getLogger(secret).error("spoken")


PATHS = [
    _as_field,
    _as_key,
    _bound,
    _deep,
    _as_event,
    _raised,
    _by_a_library,
    _raised_in_a_library,
    _broken_in_a_library,
    _as_a_library_name,
]


@pytest.mark.parametrize("say", PATHS, ids=lambda say: say.__name__.strip("_"))
@pytest.mark.parametrize("form", ["json", "console"])
@pytest.mark.parametrize("secret", SECRETS, ids=["plain", "japanese", "quoted", "webhook", "short"])
def test_no_secret_passes_any_path_of_the_log(secret: str, form: str, say: Any) -> None:
    """
    As it is, and as JSON and Python spell it.
    """
    stream = configured(form=form)

    say(f" {secret} ")

    written = stream.getvalue()
    spellings = {
        secret,
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
        repr(secret)[1:-1],
        repr(secret.encode())[2:-1],
    }
    assert written
    assert [spelling for spelling in spellings if spelling in written] == []


@pytest.mark.parametrize(
    "spelled",
    ["hunter2-pass%2Fword%2B", "aHVudGVyMi1wYXNzL3dvcmQr"],
    ids=["in a URL", "in base64"],
)
def test_a_secret_is_found_as_protocols_spell_it(spelled: str) -> None:
    """
    A query string, an SMTP login.
    """
    stream = configured()

    logs.get("postman").warning("message.postponed", reason=f"sent {spelled}")

    assert lines(stream)[0]["reason"] == f"sent {logs.HIDDEN}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("mail to taro@example.co.jp failed", "mail to *** failed"),
        ("POST https://hooks.slack.com/services/T1/B1/other 404", "POST *** 404"),
        ("token Atzr|IwEBIA-abc expired", "token *** expired"),
        ("postgresql://seller:pw@db/orders", "postgresql://***@db/orders"),
        ("order 503-1234567-1234567 at 2026-09-08T10:00:00", "order 503-1234567-1234567 at 2026-09-08T10:00:00"),
        ("grab12 is no ab12", "grab12 is no ab12"),
    ],
)
def test_what_looks_like_a_secret_is_hidden_and_the_rest_is_not(text: str, shown: str) -> None:
    """
    Also where nobody has told the log of it; a short secret is not found inside other words.
    """
    stream = configured()

    logs.get("postman").warning("message.postponed", reason=text)

    assert lines(stream)[0]["reason"] == shown


def test_libraries_are_heard_from_warning_on() -> None:
    """
    Each URL that httpx tells at INFO stays out, whatever our own level.
    """
    stream = configured("debug")

    logging.getLogger("httpx").info("HTTP Request: POST somewhere")
    logging.getLogger("httpx").warning("odd answer")

    assert [(line["event"], line["part"], line["said"]) for line in lines(stream)] == [("library.spoken", "httpx", "odd answer")]


def test_a_title_can_not_steer_the_terminal() -> None:
    """
    Escape sequences are not passed on.
    """
    stream = configured(form="console")

    logs.get("patrol").info("file.rejected", title="A\x1b[2JB\x07")

    assert "\x1b[2J" not in stream.getvalue()
    assert "\x07" not in stream.getvalue()


def test_a_stream_that_is_gone_stops_the_log_and_not_the_program() -> None:
    """
    ``preorder-watchdog run 2>&1 | head`` goes on watching.
    """
    stream = configured()
    log = logs.get("patrol")
    stream.close()

    log.error("patrol.finished")

    assert stream.closed


def test_characters_the_stream_lacks_are_escaped() -> None:
    """
    A journal in ASCII loses no line.
    """
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    logs.configure("info", "json", (), stream)

    logs.get("patrol").info("case.opened", title="夏")

    assert b'"title": "\\u590f"' in raw.getvalue()


def test_configuring_again_replaces_what_was() -> None:
    """
    Each line once, on the new stream; loggers that were taken before follow.
    """
    old = configured()
    log = logs.get("patrol")
    new = configured()

    log.info("patrol.finished")
    logging.getLogger("odd").warning("spoken")

    assert old.getvalue() == ""
    assert [line["event"] for line in lines(new)] == ["patrol.finished", "library.spoken"]


def test_nothing_is_ever_written_on_standard_output() -> None:
    """
    Also not before anything is configured: ``--json`` prints one document there and nothing else.
    """
    program = "from watchdog import logs; logs.get('a').error('b.done'); logs.configure(); logs.get('a').error('b.done')"

    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert ran.stdout == ""
    assert ran.stderr.count("b.done") == 2
