"""
The channel for programs of the seller's own: each notice as JSON (docs/webhook.md), signed as https://www.standardwebhooks.com describes.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import b64encode
from typing import TYPE_CHECKING, Any

import httpx

from watchdog.deliver.plain import clean, one_line
from watchdog.deliver.posting import Poster
from watchdog.terms.identity import show_case_no
from watchdog.terms.message import Blame, Fate, Message, Receipt, public_id
from watchdog.terms.moments import show_instant

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable
    from datetime import datetime

#: Grows when a field changes its meaning; new fields may come at any time.
VERSION = 1
#: What lies with the one message and not with the address.
_FAULTS_OF_MESSAGES = frozenset({400, 413, 415, 422})


class Webhook:
    """
    Posts each notice to one address; any 2xx means taken, 410 means that nobody wants more.
    """

    def __init__(
        self,
        url: str,
        *,
        clock: Callable[[], datetime],
        secret: str | None = None,
        timeout: float = 10,
        allow_private: bool = False,
        transport: httpx.BaseTransport | None = None,
        tls: ssl.SSLContext | None = None,
        proxy: str | None = None,
        name: str = "webhook",
    ) -> None:
        """
        Keep URL and secret to itself; ``clock`` says when an attempt is made, for the signature.
        """
        self.name = name
        self._clock = clock
        self._secret = secret
        self._poster = Poster(url, timeout=timeout, allow_private=allow_private, transport=transport, tls=tls, proxy=proxy)

    def send(self, message: Message) -> Receipt:
        """
        Hand the notice over under an id that is the same at every attempt.
        """
        body = json.dumps(document(message), ensure_ascii=False).encode("utf-8", "replace")
        stamp = str(int(self._clock().timestamp()))
        headers = {"Content-Type": "application/json; charset=utf-8", "webhook-id": message.id, "webhook-timestamp": stamp}
        if self._secret is not None:
            headers["webhook-signature"] = signature(self._secret, message.id, stamp, body)
        answer = self._poster.post(body, headers)
        if isinstance(answer, Receipt):
            return answer
        said = f"HTTP {answer.status}"
        if httpx.codes.is_success(answer.status):
            return Receipt(Fate.SENT, said)
        if answer.is_temporary:
            return Receipt(Fate.POSTPONED, said, answer.seconds_asked)
        if httpx.codes.is_redirect(answer.status):
            return Receipt(Fate.REFUSED, f"{said}: the address leads elsewhere, and redirects are not followed")
        return Receipt(Fate.REFUSED, said, blame=Blame.MESSAGE if answer.status in _FAULTS_OF_MESSAGES else Blame.CHANNEL)


def document(message: Message) -> dict[str, Any]:
    """
    Return the notice as other programs read it; no field is ever missing.
    """
    notice = message.notice
    return {
        "version": VERSION,
        "id": message.id,
        "thread": public_id(message.thread) if message.thread else message.id,
        "kind": notice.kind.value,
        "severity": notice.severity.value,
        "subject": one_line(notice.subject),
        "text": clean(notice.text),
        "cases": [show_case_no(case_no) for case_no in notice.case_nos],
        "created_at": show_instant(message.created_at),
        "attachments": [{"name": one_line(name), "text": clean(text)} for name, text in notice.attachments],
        "links": [{"case": case or None, "url": address} for case, address in notice.links],
    }


def signature(secret: str, id_: str, stamp: str, body: bytes) -> str:
    """
    Return ``v1,`` and the base64 of the HMAC-SHA256 over ``id.timestamp.body``.
    """
    signed = hmac.new(secret.encode(), f"{id_}.{stamp}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{b64encode(signed).decode()}"
