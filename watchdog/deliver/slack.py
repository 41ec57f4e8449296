"""
The channel Slack: one incoming webhook, whose URL is a secret and never appears in an answer.

Slack's documented answers: https://api.slack.com/changelog/2016-05-17-changes-to-errors-for-incoming-webhooks and
https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks (``ok``, else a word that names the fault).
"""

from __future__ import annotations

import json
import math
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import httpx

from watchdog.deliver.plain import clean, one_line
from watchdog.deliver.targets import TargetForbidden, parse_target
from watchdog.deliver.trouble import trouble
from watchdog.deliver.wire import Unreachable, Wire
from watchdog.terms.message import Fate, Message, Notice, Receipt

if TYPE_CHECKING:
    import ssl

#: Slack cuts a message's text at 40,000 characters.
_LONGEST_TEXT = 39_000

_HEADERS = {"Content-Type": "application/json; charset=utf-8", "Accept-Encoding": "identity", "User-Agent": "preorder-watchdog"}

#: Slack's words and what they mean for the operator; any other word is never quoted, it could echo what was sent.
WORDS = {
    "action_prohibited": "an administrator has restricted posting",
    "channel_is_archived": "the channel is archived",
    "channel_not_found": "the channel does not exist",
    "invalid_blocks": "Slack does not accept the message's blocks",
    "invalid_blocks_format": "Slack does not accept the message's blocks",
    "invalid_payload": "Slack does not understand the message",
    "invalid_token": "the webhook's URL is not valid any more",
    "invalid_auth": "the webhook's URL is not valid any more",
    "method_not_supported": "the address is no incoming webhook",
    "missing_text_or_fallback_or_attachments": "Slack misses the message's text",
    "msg_blocks_too_long": "the message's blocks are too long",
    "msg_too_long": "the message is too long",
    "no_active_hooks": "the webhook is switched off",
    "no_service": "the webhook was removed or switched off",
    "no_service_id": "the webhook's URL is not complete",
    "no_team": "the workspace does not exist",
    "no_text": "Slack misses the message's text",
    "posting_to_general_channel_denied": "only administrators may post to this channel",
    "ratelimited": "too many messages",
    "rate_limited": "too many messages",
    "rollup_error": "Slack failed inside",
    "team_disabled": "the workspace is switched off",
    "token_revoked": "the webhook was revoked",
    "too_many_attachments": "the message has too many attachments",
    "user_not_found": "the user does not exist",
}
#: The text alone may pass where these are said.
_FAULTS_OF_BLOCKS = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"})
_TRY_AGAIN_WORDS = frozenset({"ratelimited", "rate_limited", "rollup_error"})
_TRY_AGAIN_STATUSES = frozenset({408, 425, 429})


class _Answer(NamedTuple):
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
        name: str = "slack",
    ) -> None:
        """
        Keep the URL to itself; ``timeout`` seconds bound the whole exchange, ``transport`` replaces the network.
        """
        self.name = name
        self._url = url
        self._allow_private = allow_private
        self._transport = transport or Wire(timeout=timeout, allow_private=allow_private, tls=tls)

    def send(self, message: Message) -> Receipt:
        """
        Hand the notice over; where Slack rejects its blocks, once more as text alone, so that a fault of layout hides no alarm.
        """
        answer = self._post(_payload(message.notice))
        if answer.word in _FAULTS_OF_BLOCKS and message.notice.blocks:
            answer = self._post({"text": _text(message.notice)})
            if answer.receipt.fate is Fate.SENT:
                return Receipt(Fate.SENT, "ok, as text alone: Slack did not accept the blocks")
        return answer.receipt

    def _post(self, payload: dict[str, Any]) -> _Answer:
        try:
            parse_target(self._url, allow_private=self._allow_private)
            request = httpx.Request(
                "POST",
                self._url,
                content=json.dumps(payload).encode(),
                headers=_HEADERS,
            )
            response = self._transport.handle_request(request)
            body = response.read()
        except TargetForbidden as error:
            return _Answer(Receipt(Fate.REFUSED, str(error)))
        except Unreachable as error:
            return _Answer(Receipt(Fate.POSTPONED, str(error)))
        except httpx.InvalidURL:
            return _Answer(Receipt(Fate.REFUSED, "the address is no https:// URL"))
        except (httpx.HTTPError, OSError) as error:
            return _Answer(Receipt(Fate.POSTPONED, trouble(error)))
        return _judged(response.status_code, body, response.headers)


def _payload(notice: Notice) -> dict[str, Any]:
    payload: dict[str, Any] = {"text": _text(notice)}
    if notice.blocks:
        payload["blocks"] = [dict(block) for block in notice.blocks]
    return payload


def _text(notice: Notice) -> str:
    text = clean(f"{one_line(notice.subject)}\n\n{notice.text}".strip())
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped if len(escaped) <= _LONGEST_TEXT else f"{escaped[:_LONGEST_TEXT]}…"


def _judged(status: int, body: bytes, headers: httpx.Headers) -> _Answer:
    word = _word(body)
    if status == httpx.codes.OK:
        if word == "ok":
            return _Answer(Receipt(Fate.SENT, "ok"))
        if word not in WORDS:
            return _Answer(Receipt(Fate.POSTPONED, "HTTP 200 without Slack's ok: something else answers there"))
    known = f": {word} — {WORDS[word]}" if word in WORDS else ""
    said = f"HTTP {status}{known}"
    if status >= httpx.codes.INTERNAL_SERVER_ERROR or status in _TRY_AGAIN_STATUSES or word in _TRY_AGAIN_WORDS:
        return _Answer(Receipt(Fate.POSTPONED, said, _seconds_asked(headers)), word)
    if httpx.codes.is_redirect(status):
        return _Answer(Receipt(Fate.REFUSED, f"{said}: the address leads elsewhere, and redirects are not followed"))
    return _Answer(Receipt(Fate.REFUSED, said), word)


def _word(body: bytes) -> str:
    """
    Return Slack's word: the body itself, or ``error`` of a JSON answer.
    """
    text = body.decode("utf-8", "replace").strip()
    if text.startswith("{"):
        try:
            told = json.loads(text)
        except (ValueError, RecursionError):
            return ""
        text = "ok" if told.get("ok") is True else str(told.get("error", ""))
    return text.lower()


def _seconds_asked(headers: httpx.Headers) -> float | None:
    """
    Return the seconds of Retry-After; a date counts from the server's own clock, and without that says nothing.
    """
    asked = headers.get("retry-after", "").strip()
    try:
        seconds = float(asked) if asked.isascii() else math.nan
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(asked) - parsedate_to_datetime(headers.get("date", ""))).total_seconds()
        except (ValueError, TypeError):
            return None
    return max(seconds, 0.0) if math.isfinite(seconds) else None
