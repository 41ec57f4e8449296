"""
Login with Amazon: the refresh token becomes an access token, renewed early and once, however many ask.
"""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from watchdog.sources.spapi.throttle import Bucket
from watchdog.sources.spapi.troubles import Later, Refused
from watchdog.sources.spapi.wire import NoAnswerError
from watchdog.terms.look import Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from watchdog.sources.spapi.wire import Reply, Wire

#: An access token lives an hour; it is renewed while it is still good for this long (Amazon's sample: 30 s; a long turn needs more).
_EARLY = timedelta(minutes=5)
_USUAL_LIFE = 3600
_LONGEST_LIFE = 86_400
#: What only a person can change is asked again no sooner than this.
REFUSED_PAUSE = timedelta(hours=1)
#: Errors of LWA that pass by themselves (reference spapi.md §2).
_PASSING = frozenset({"server_error", "temporarily_unavailable", "slow_down"})
_OK, _TOO_MANY, _SERVER = 200, 429, 500


@dataclass(frozen=True, slots=True)
class Credentials:
    """
    Who we are to Amazon; never shown, not even by ``repr``.
    """

    client_id: str
    client_secret: str = field(repr=False)
    refresh_token: str = field(repr=False)

    @property
    def digest(self) -> str:
        """
        A short digest that tells other credentials from these, so that a refusal is forgotten once they were replaced.
        """
        joined = f"{self.client_id}\n{self.client_secret}\n{self.refresh_token}"
        return hashlib.blake2b(joined.encode(), digest_size=8, person=b"credentials").hexdigest()


class Tokens:
    """
    Hands out the access token.
    """

    def __init__(self, credentials: Credentials, *, url: str, agent: str, wire: Wire, draw: Callable[[], float], scope: str = "") -> None:
        """
        Take who we are and where tokens are given; nothing is asked yet.

        With a ``scope`` the tokens are the application's own (Amazon calls it grantless), not the seller's.
        """
        self._scope = scope
        self._credentials = credentials
        self._url = url
        self._agent = agent
        self._wire = wire
        self._draw = draw
        self._lock = threading.Lock()
        self._token = ""
        self._renew_at: datetime | None = None
        self._pause = Bucket(rate=1.0, burst=60, tokens=60.0)
        self._refused: tuple[Reason, datetime] | None = None  #: why, and until when nobody is asked

    def access(self, now: datetime, *, instead_of: str = "") -> str:
        """
        Return a token that is good for some more minutes; another one than ``instead_of``, which Amazon did not take.

        Raises:
            Later: LWA can't be reached or asks for patience.
            Refused: the credentials or the authorisation are not valid; asked again no sooner than in an hour.
        """
        with self._lock:
            if self._token and self._token != instead_of and self._renew_at is not None and now < self._renew_at:
                return self._token
            if self._refused is not None and now < self._refused[1]:
                raise Refused(*self._refused, whole=True)
            if (free_at := self._pause.free_at(now)) > now:
                raise Later(Reason("spapi_no_token", {"problem": "asked too often"}), free_at, asked=False)
            return self._fetch(now)

    def known(self) -> tuple[str, ...]:
        """
        Return every secret held here, so that none is ever shown.
        """
        own = (self._credentials.client_secret, self._credentials.refresh_token, self._token)
        return tuple(secret for secret in own if secret)

    def recall(self, mark: Any) -> None:
        """
        Take over a refusal of these very credentials from before a restart, so that nobody storms the door.
        """
        try:
            if mark["of"] == self._credentials.digest and self._refused is None:
                again_at = datetime.fromisoformat(mark["again_at"])
                self._refused = Reason(str(mark["code"]), dict(mark["values"])), again_at
        except (KeyError, TypeError, ValueError):
            return

    def as_mark(self) -> dict[str, Any] | None:
        """
        Return the refusal that stands, as JSON can hold it.
        """
        if self._refused is None:
            return None
        reason, again_at = self._refused
        return {"of": self._credentials.digest, "code": reason.code, "values": dict(reason.values), "again_at": again_at.isoformat()}

    def _fetch(self, now: datetime) -> str:
        self._pause.take(now)
        grant = {"grant_type": "refresh_token", "refresh_token": self._credentials.refresh_token}
        own = {"grant_type": "client_credentials", "scope": self._scope}
        body = {
            **(own if self._scope else grant),
            "client_id": self._credentials.client_id,
            "client_secret": self._credentials.client_secret,
        }
        headers = {
            "content-type": "application/x-www-form-urlencoded;charset=UTF-8",
            "accept": "application/json",
            "user-agent": self._agent,
        }
        try:
            reply = self._wire.send("POST", self._url, headers=headers, content=urlencode(body).encode())
        except NoAnswerError as error:
            raise self._later(now, str(error)) from None
        return self._taken(reply, now)

    def _taken(self, reply: Reply, now: datetime) -> str:
        said = _fields(reply.body)
        token, life = said.get("access_token"), said.get("expires_in")
        if reply.status == _OK and isinstance(token, str) and token:
            self._token = token
            lasts = timedelta(seconds=life if isinstance(life, int) and 0 < life <= _LONGEST_LIFE else _USUAL_LIFE)
            self._renew_at = now + max(lasts - _EARLY, lasts / 2)
            self._pause.went_well()
            self._refused = None
            return token
        fault = said.get("error")
        passing = reply.status in {_OK, _TOO_MANY} or reply.status >= _SERVER or fault in _PASSING
        if passing or not isinstance(fault, str):
            raise self._later(now, f"HTTP {reply.status}", asked=_seconds(reply.headers.get("retry-after")))
        raise self._refuse(fault, now)

    def _later(self, now: datetime, problem: str, asked: float | None = None) -> Later:
        again_at = self._pause.failed(now, draw=self._draw(), asked=asked)
        return Later(Reason("spapi_no_token", {"problem": problem}), again_at, asked=True)

    def _refuse(self, fault: str, now: datetime) -> Refused:
        self._token = ""
        if fault == "invalid_grant":
            reason = Reason("spapi_reauthorise")
        elif fault in {"invalid_client", "unauthorized_client"}:
            reason = Reason("spapi_client_wrong")
        else:
            reason = Reason("spapi_login_refused", {"problem": fault[:40] if fault.isidentifier() else "unknown"})
        self._refused = reason, now + REFUSED_PAUSE
        return Refused(*self._refused, whole=True)


def _fields(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _seconds(text: str | None) -> float | None:
    return float(text) if text and text.isascii() and text.isdigit() else None
