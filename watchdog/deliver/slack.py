"""
The channel Slack, in two forms: an incoming webhook whose URL is a secret, or a bot token, which can answer in threads.

Slack's documented answers: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks (``ok``, else a word that names
the fault) and https://docs.slack.dev/reference/methods/chat.postMessage (JSON with ``ok``, ``ts`` or ``error``).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import httpx

from watchdog.deliver.plain import clean, one_line
from watchdog.deliver.posting import Poster, Response
from watchdog.deliver.slack_words import FAULTS_OF_BLOCKS, FAULTS_OF_MESSAGES, NO_THREAD, TRY_AGAIN, WORDS
from watchdog.terms.message import Blame, Fate, Message, MessageKind, Receipt

if TYPE_CHECKING:
    import ssl
    from collections.abc import Mapping

#: Slack cuts a message's text at 40,000 characters, and takes 50 blocks.
_LONGEST_TEXT = 39_000
_MOST_BLOCKS = 50
_MOST_ELEMENTS = 10
_JSON = {"Content-Type": "application/json; charset=utf-8"}
#: In a thread only its followers are told; these everybody must see.
_LOUD = frozenset({MessageKind.REMINDER, MessageKind.RESOLVED, MessageKind.ALERT, MessageKind.CONDITION, MessageKind.CONDITION_ENDED})


class _Judged(NamedTuple):
    receipt: Receipt
    word: str = ""


class SlackWebhook:
    """
    Posts notices to one incoming webhook; https only, no redirects, never to a private address unless allowed.
    """

    def __init__(
        self,
        url: str,
        *,
        timeout: float = 10,
        allow_private: bool = False,
        transport: httpx.BaseTransport | None = None,
        tls: ssl.SSLContext | None = None,
        proxy: str | None = None,
        name: str = "slack",
    ) -> None:
        """
        Keep the URL to itself; ``timeout`` seconds bound the whole exchange, ``transport`` replaces the network.
        """
        self.name = name
        self._poster = Poster(url, timeout=timeout, allow_private=allow_private, transport=transport, tls=tls, proxy=proxy)

    def send(self, message: Message) -> Receipt:
        """
        Hand the notice over; where Slack rejects its blocks, once more as text alone, so that a fault of layout hides no alarm.
        """
        return _sent(self._post, payload(message))

    def _post(self, said: Mapping[str, Any]) -> _Judged:
        return _judged(self._poster.post(json.dumps(said).encode(), _JSON))


class SlackBot:
    """
    Posts notices with a bot token through ``chat.postMessage``; what follows a notice answers in its thread, and the channel sees it too.
    """

    def __init__(
        self,
        token: str,
        channel: str,
        *,
        api: str = "https://slack.com/api",
        timeout: float = 10,
        allow_private: bool = False,
        transport: httpx.BaseTransport | None = None,
        tls: ssl.SSLContext | None = None,
        proxy: str | None = None,
        name: str = "slack-bot",
    ) -> None:
        """
        Keep the token to itself; ``channel`` is an id or a name, ``api`` the base of Slack's Web API.
        """
        self.name = name
        self._channel = channel
        self._headers = {**_JSON, "Authorization": f"Bearer {token}"}
        self._poster = Poster(api.rstrip("/"), timeout=timeout, allow_private=allow_private, transport=transport, tls=tls, proxy=proxy)

    def send(self, message: Message) -> Receipt:
        """
        Hand the notice over, in the thread of the first of its matter; where that thread is gone, on its own.
        """
        said = {**payload(message), "channel": self._channel, "unfurl_links": False, "unfurl_media": False}
        channel, _, ts = message.thread_reference.partition(" ")
        if not ts:
            return _sent(self._post, said)
        threaded = {**said, "channel": channel, "thread_ts": ts, "reply_broadcast": message.notice.kind in _LOUD}
        judged = self._post(threaded)
        if judged.word in NO_THREAD:
            return _sent(self._post, said)
        return judged.receipt if judged.word not in FAULTS_OF_BLOCKS else _sent(self._post, threaded)

    def _post(self, said: Mapping[str, Any]) -> _Judged:
        try:
            return _judged(self._poster.post(json.dumps(said).encode(), self._headers, path="/chat.postMessage"))
        except (UnicodeError, ValueError):
            return _Judged(Receipt(Fate.REFUSED, "the token holds characters that no token has"))


def payload(message: Message) -> dict[str, Any]:
    """
    Return what Slack is handed: the text phones show, the blocks, and in both the id by which a double is seen.
    """
    said: dict[str, Any] = {"text": _text(message)}
    if message.notice.blocks:
        said["blocks"] = _with_id([dict(block) for block in message.notice.blocks], message.id)
    return said


def _with_id(blocks: list[dict[str, Any]], id_: str) -> list[dict[str, Any]]:
    element = {"type": "mrkdwn", "text": f"ID {id_}"}
    last = blocks[-1]
    if last.get("type") == "context" and len(last["elements"]) < _MOST_ELEMENTS:
        return [*blocks[:-1], {**last, "elements": [*last["elements"], element]}]
    return [*blocks[: _MOST_BLOCKS - 1], {"type": "context", "elements": [element]}]


def _text(message: Message) -> str:
    notice = message.notice
    text = clean(f"{one_line(notice.subject)}\n\n{notice.text}".strip())
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    shown = escaped if len(escaped) <= _LONGEST_TEXT else f"{escaped[:_LONGEST_TEXT]}…"
    return f"{shown}\n\nID {message.id}"


def _sent(post: Any, said: Mapping[str, Any]) -> Receipt:
    judged: _Judged = post(said)
    if judged.word in FAULTS_OF_BLOCKS and "blocks" in said:
        judged = post({name: value for name, value in said.items() if name != "blocks"})
        if judged.receipt.fate is Fate.SENT:
            return Receipt(Fate.SENT, "ok, as text alone: Slack did not accept the blocks", reference=judged.receipt.reference)
    return judged.receipt


def _judged(answer: Response | Receipt) -> _Judged:
    if isinstance(answer, Receipt):
        return _Judged(answer)
    word, told = _word(answer.body)
    if answer.status == httpx.codes.OK and word == "ok":
        return _Judged(Receipt(Fate.SENT, "ok", reference=_reference(told)))
    known = f": {word} — {WORDS[word]}" if word in WORDS else ""
    said = f"HTTP {answer.status}{known}"
    if answer.is_temporary or word in TRY_AGAIN:
        return _Judged(Receipt(Fate.POSTPONED, said, answer.seconds_asked), word)
    if httpx.codes.is_redirect(answer.status):
        return _Judged(Receipt(Fate.REFUSED, f"{said}: the address leads elsewhere, and redirects are not followed"))
    if answer.status == httpx.codes.OK and word not in WORDS:
        return _Judged(Receipt(Fate.POSTPONED, "HTTP 200 without Slack's ok: something else answers there"), word)
    blame = Blame.MESSAGE if word in FAULTS_OF_MESSAGES else Blame.CHANNEL
    return _Judged(Receipt(Fate.REFUSED, said, blame=blame), word)


def _word(body: bytes) -> tuple[str, Mapping[str, Any]]:
    """
    Return Slack's word, the body itself or ``error`` of a JSON answer, and the whole answer.
    """
    text, told = body.decode("utf-8", "replace").strip(), {}
    if text.startswith("{"):
        try:
            told = json.loads(text)
        except (ValueError, RecursionError):
            return "", {}
        text = "ok" if told.get("ok") is True else str(told.get("error", ""))
    return text.lower(), told


def _reference(told: Mapping[str, Any]) -> str:
    """
    Return channel and time stamp of the posted message, by which Slack knows it.
    """
    channel, ts = told.get("channel"), told.get("ts")
    return f"{channel} {ts}" if isinstance(channel, str) and isinstance(ts, str) else ""
