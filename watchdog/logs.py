"""
What the program tells its operator: one line per event on standard error, and never a secret or a buyer's data.

Events are static and read ``noun.past_participle`` (``patrol.finished``); everything that varies is a field. Fields are hidden by name,
known secret values wherever they stand, also in what libraries say and in tracebacks.
"""

from __future__ import annotations

import base64
import contextlib
import json
import logging
import re
import sys
import threading
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TextIO, cast
from urllib.parse import quote, quote_plus

import structlog
from structlog.contextvars import bound_contextvars

if TYPE_CHECKING:
    from structlog.typing import FilteringBoundLogger, Processor

HIDDEN = "***"

#: A field is hidden if one of these stands in its name as a word of its own: ``buyer_name`` is, ``hostname`` is not.
_HIDDEN_WORDS = frozenset(
    "address addresses authorization body buyer cookie credential credentials email emails mail name names password passwords "
    "passphrase phone phones postal postcode recipient recipients secret secrets sender tel token tokens uri url urls username webhook "
    "webhooks zip".split()
)
#: A title may hide what a terminal would obey; line ends stay for tracebacks.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
#: What is secret or a buyer's by its looks: webhook addresses, Amazon's tokens, passwords inside URLs, e-mail addresses.
_SUSPECT = re.compile(r"https?://hooks\.slack[^\s\"']*|Atz[ar]\|[^\s\"']+|(?<=://)[^/\s:@]*:[^/\s@]+(?=@)|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
#: A shorter secret would be found inside ordinary words; it is hidden only where it stands alone.
_SHORTEST_INSIDE = 6
_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}


def configure(level: str = "info", format: str = "auto", secrets: Iterable[str] = (), stream: TextIO | None = None) -> None:  # noqa: A002 - the option's name
    """
    Set how everything is logged from now on; also what libraries say at warning and above.

    Args:
        level: debug, info, warning or error.
        format: json, console, or auto: console where the stream is a terminal.
        secrets: values that never appear, in whatever field or sentence.
        stream: where to; standard error unless given, and never standard output.
    """
    stream = stream or sys.stderr
    console = format == "console" or (format == "auto" and stream.isatty())
    structlog.configure(
        processors=_processors(_pattern(secrets), console=console, colors=console and stream.isatty()),
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[level]),
        logger_factory=_Lines(stream),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    for old in [handler for handler in root.handlers if isinstance(handler, _Relay)]:
        root.removeHandler(old)
    root.addHandler(_Relay(logging.WARNING))
    root.setLevel(logging.WARNING)


def get(name: str) -> FilteringBoundLogger:
    """
    Return the logger of a part of the program; what it says is marked with ``part``.
    """
    if not structlog.is_configured():
        configure("warning")  # structlog's own default writes to standard output
    return cast("FilteringBoundLogger", structlog.get_logger(part=name))


#: Binds fields to every line logged inside: ``with bound(patrol=7): …``.
bound = bound_contextvars


def _processors(secret: re.Pattern[str], *, console: bool, colors: bool) -> list[Processor]:
    def redact_fields(_: Any, __: str, event: Any) -> Any:
        return _redacted(event, secret)

    def redact_line(_: Any, __: str, line: Any) -> Any:
        return secret.sub(HIDDEN, line)

    renderer: Processor = structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
    if console:
        renderer = structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=structlog.dev.plain_traceback)
    return [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,  # plain text: richer forms print local variables
        redact_fields,
        renderer,
        redact_line,
    ]


def _pattern(secrets: Iterable[str]) -> re.Pattern[str]:
    """
    Return what finds each secret as it is, and as URLs, JSON, Python and SMTP spell it; longest first.
    """
    spelled = {spelling for secret in secrets if secret for spelling in _spellings(secret)}
    if not spelled:
        return re.compile(r"(?!)")
    return re.compile("|".join(_found(spelling) for spelling in sorted(spelled, key=len, reverse=True)))


def _spellings(secret: str) -> tuple[str, ...]:
    plain = secret.encode("utf-8", "replace")
    return (
        secret,
        quote(secret, safe="", errors="replace"),
        quote_plus(secret, errors="replace"),
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
        repr(secret)[1:-1],
        base64.b64encode(plain).decode(),
    )


def _found(spelling: str) -> str:
    literal = re.escape(spelling)
    return literal if len(spelling) >= _SHORTEST_INSIDE else rf"(?<!\w){literal}(?!\w)"


def _redacted(value: Any, secret: re.Pattern[str]) -> Any:
    match value:
        case str():
            return _CONTROL.sub("?", _SUSPECT.sub(HIDDEN, secret.sub(HIDDEN, value)))
        case bool() | int() | float() | None:
            return value
        case Mapping():
            return {str(key): HIDDEN if _is_hidden(str(key)) else _redacted(inner, secret) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_redacted(inner, secret) for inner in value]
        case _:
            return _redacted(str(value), secret)


def _is_hidden(name: str) -> bool:
    return any(word.lower() in _HIDDEN_WORDS for word in _WORD.findall(name))


class _Lines:
    """
    Writes whole lines to one stream; a stream that is gone (``… | head``) stops the log, never the program.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def __call__(self, *_: Any) -> _Lines:
        return self

    def write(self, line: str) -> None:
        with self._lock, contextlib.suppress(OSError, ValueError):
            try:
                self._stream.write(f"{line}\n")
            except UnicodeEncodeError:
                self._stream.write(f"{line.encode('ascii', 'backslashreplace').decode()}\n")
            self._stream.flush()

    debug = info = warning = error = critical = exception = msg = log = write


class _Relay(logging.Handler):
    """
    Takes what libraries log the usual way, so that it is redacted and looks like the rest.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """
        Log the library's sentence as a field of one static event.
        """
        try:
            said = record.getMessage()
        except Exception:  # noqa: BLE001 - a library's broken format string is not worth a crash
            said = str(record.msg)
        level = min(max(record.levelno, logging.DEBUG), logging.CRITICAL) // 10 * 10
        structlog.get_logger(part=record.name).log(level, "library.spoken", said=said, exc_info=record.exc_info or None)
