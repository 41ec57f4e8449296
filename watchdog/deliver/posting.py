"""
One POST to an address that is a secret: the answer, or the receipt that says in fixed words why there is none.
"""

from __future__ import annotations

import math
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, NamedTuple

import httpx

from watchdog.deliver.targets import TargetForbidden, parse_target
from watchdog.deliver.trouble import trouble
from watchdog.deliver.wire import DeadlineTransport, Unreachable
from watchdog.terms.message import Fate, Receipt

if TYPE_CHECKING:
    import ssl
    from collections.abc import Mapping

_HEADERS = {"Accept-Encoding": "identity", "User-Agent": "preorder-watchdog"}
_TRY_AGAIN = frozenset({408, 425, 429})


class Response(NamedTuple):
    """
    What the other side said.
    """

    status: int
    body: bytes
    headers: httpx.Headers

    @property
    def is_temporary(self) -> bool:
        """
        Say whether the same may be tried again: the server is out of order, or asks for time.
        """
        return self.status >= httpx.codes.INTERNAL_SERVER_ERROR or self.status in _TRY_AGAIN

    @property
    def seconds_asked(self) -> float | None:
        """
        Return the seconds of Retry-After; a date counts from the server's own clock, and without that says nothing.
        """
        asked = self.headers.get("retry-after", "").strip()
        try:
            seconds = float(asked) if asked.isascii() else math.nan
        except ValueError:
            try:
                seconds = (parsedate_to_datetime(asked) - parsedate_to_datetime(self.headers.get("date", ""))).total_seconds()
            except (ValueError, TypeError):
                return None
        return max(seconds, 0.0) if math.isfinite(seconds) else None


class Poster:
    """
    Posts to one place; https only, no redirects, never to a private address unless allowed, ``timeout`` seconds for the whole exchange.
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
    ) -> None:
        """
        Keep the URL to itself; ``transport`` replaces the network.
        """
        self._url = url
        self._allow_private = allow_private
        self._transport = transport or DeadlineTransport(timeout=timeout, allow_private=allow_private, tls=tls, proxy=proxy)

    def post(self, body: bytes, headers: Mapping[str, str], *, path: str = "") -> Response | Receipt:
        """
        Return the answer, or the receipt of a request that had none.
        """
        try:
            parse_target(self._url, allow_private=self._allow_private)
            request = httpx.Request("POST", self._url + path, content=body, headers={**_HEADERS, **headers})
            response = self._transport.handle_request(request)
            return Response(response.status_code, response.read(), response.headers)
        except TargetForbidden as error:
            return Receipt(Fate.REFUSED, str(error))
        except Unreachable as error:
            return Receipt(Fate.POSTPONED, str(error))
        except httpx.InvalidURL:
            return Receipt(Fate.REFUSED, "the address is no https:// URL")
        except (httpx.HTTPError, OSError) as error:
            return Receipt(Fate.POSTPONED, trouble(error))
