"""
One HTTP exchange with Amazon: within one deadline, with an answer of bounded size, without redirects, without a log of addresses.

httpx' transport is used without its client: the client logs each URL, and the URL of a report's document is a secret.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

import httpx

#: Seconds for connecting, and for each single read or write.
_STEP = 15.0
#: Seconds for the whole exchange.
DEADLINE = 60.0
#: A page of 100 orders has 300 kB; a report of a large seller some hundred MB compressed.
_PAGE_BYTES = 32 << 20
DOCUMENT_BYTES = 512 << 20
#: Seconds for the whole of a document, and how much of it is held at once.
_DOCUMENT_DEADLINE = 300.0
_PIECE = 1 << 16


class NoAnswerError(Exception):
    """
    Nothing came back, or not all of it; the words are fixed ones and may be shown.
    """


@dataclass(frozen=True, slots=True)
class Reply:
    """
    What came back, whatever its status.
    """

    status: int
    headers: Mapping[str, str]  #: names in small letters
    body: bytes


class Wire:
    """
    Holds the open connections of one session.
    """

    def __init__(self, *, deadline: float = DEADLINE, proxy: str | None = None, transport: httpx.BaseTransport | None = None) -> None:
        """
        Prepare; nothing is connected yet. TLS 1.2 is the least Amazon allows; through a ``proxy`` it is spoken end to end.
        """
        self._proxy = proxy
        self._deadline = deadline
        self._transport = transport

    def send(self, method: str, url: str, *, headers: Mapping[str, str], content: bytes = b"", most: int = _PAGE_BYTES) -> Reply:
        """
        Return the answer.

        Raises:
            NoAnswerError: none came in time, or it was cut off or too long.
        """
        started = time.monotonic()
        timeout = dict.fromkeys(("connect", "read", "write", "pool"), min(_STEP, self._deadline))
        request = httpx.Request(method, url, headers=dict(headers), content=content, extensions={"timeout": timeout})
        try:
            response = self._carrier().handle_request(request)
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise NoAnswerError(_words(error)) from None
        try:
            return self._whole(response, started, most)
        except (httpx.HTTPError, httpx.StreamError, OSError) as error:
            raise NoAnswerError(_words(error)) from None
        finally:
            response.close()

    def _whole(self, response: httpx.Response, started: float, most: int) -> Reply:
        body = bytearray()
        for piece in response.iter_bytes():
            body += piece
            if len(body) > most:
                raise NoAnswerError("the answer is too long")
            if time.monotonic() - started > self._deadline:
                raise NoAnswerError("no whole answer in time")
        return Reply(response.status_code, {name.lower(): value for name, value in response.headers.items()}, bytes(body))

    def fetch(self, url: str, *, headers: Mapping[str, str], into: BinaryIO) -> Reply:
        """
        Write the answer's body into ``into`` piece by piece, as it comes, and return the rest of the answer.

        Raises:
            NoAnswerError: none came in time, or it was cut off or too long.
        """
        started = time.monotonic()
        timeout = dict.fromkeys(("connect", "read", "write", "pool"), _STEP)
        request = httpx.Request("GET", url, headers=dict(headers), extensions={"timeout": timeout})
        try:
            response = self._carrier().handle_request(request)
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise NoAnswerError(_words(error)) from None
        try:
            written = 0
            for piece in response.iter_bytes(_PIECE):
                written += into.write(piece)
                if written > DOCUMENT_BYTES or time.monotonic() - started > _DOCUMENT_DEADLINE:
                    raise NoAnswerError("the answer is too long")
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise NoAnswerError(_words(error)) from None
        finally:
            response.close()
        return Reply(response.status_code, {name.lower(): value for name, value in response.headers.items()}, b"")

    def _carrier(self) -> httpx.BaseTransport:
        if self._transport is None:
            trust = ssl.create_default_context()
            trust.minimum_version = ssl.TLSVersion.TLSv1_2
            self._transport = httpx.HTTPTransport(verify=trust, trust_env=False, proxy=self._proxy)
        return self._transport

    def close(self) -> None:
        """
        Close every connection.
        """
        if self._transport is not None:
            self._transport.close()


def _words(error: Exception) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "no answer in time"
    if isinstance(error, httpx.ConnectError):
        return "no connection"
    if isinstance(error, (httpx.ProtocolError, httpx.DecodingError)):
        return "the answer is cut off or no HTTP"
    return "the connection broke"
