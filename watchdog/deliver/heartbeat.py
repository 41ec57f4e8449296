"""
The heartbeat out: a dead-man's switch elsewhere is told that a turn began, really saw data, or failed; silence is its alarm.

The addresses are those of healthchecks (https://healthchecks.io/docs/http_api/): the URL itself, ``/start`` and ``/fail``.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import httpx

from watchdog.deliver.posting import Poster, Response
from watchdog.terms.message import Fate, Receipt

if TYPE_CHECKING:
    import ssl


class Beat(StrEnum):
    """
    What is told, as the end of the address.
    """

    START = "/start"
    OK = ""
    FAIL = "/fail"


class Heartbeat:
    """
    Pings one address; a ping that does not arrive changes nothing here.
    """

    def __init__(
        self,
        url: str,
        *,
        timeout: float = 5,
        allow_private: bool = False,
        transport: httpx.BaseTransport | None = None,
        tls: ssl.SSLContext | None = None,
        proxy: str | None = None,
    ) -> None:
        """
        Keep the URL to itself.
        """
        self._poster = Poster(url.rstrip("/"), timeout=timeout, allow_private=allow_private, transport=transport, tls=tls, proxy=proxy)

    def ping(self, beat: Beat) -> Receipt:
        """
        Tell the switch, and return whether it heard.
        """
        answer = self._poster.post(b"", {"Content-Type": "text/plain"}, path=beat.value)
        if isinstance(answer, Response):
            return Receipt(Fate.SENT if httpx.codes.is_success(answer.status) else Fate.POSTPONED, f"HTTP {answer.status}")
        return answer
