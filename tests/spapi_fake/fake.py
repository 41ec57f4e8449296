"""
The fake itself: a request goes through token, bucket, model and world, the answer back through the model.
"""

from __future__ import annotations

import json
import re
import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx

from tests.spapi_fake.asked import Answer, Asked, Refusal
from tests.spapi_fake.buckets import Buckets
from tests.spapi_fake.clock import Clock
from tests.spapi_fake.faults import Fault, Faults
from tests.spapi_fake.lwa import Lwa
from tests.spapi_fake.reports import DOCUMENTS, Desk
from tests.spapi_fake.routes import Route, routes
from tests.spapi_fake.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

TOKEN_PATH = "/auth/o2/token"
_USER_AGENT = re.compile(r"\S.{0,200}/\S.*\((?=.*Language=).*\)")
_LONGEST_USER_AGENT = 500


class ConnectionCut(Exception):
    """
    The connection is closed without an answer.
    """


@dataclass
class FakeSpapi:
    """
    One Amazon with one seller in it; what it saw and what was wrong with it can be read off afterwards.
    """

    clock: Clock
    world: World = field(default_factory=World)
    lwa: Lwa = field(default_factory=Lwa)
    desk: Desk = field(default_factory=Desk)
    faults: Faults = field(default_factory=Faults)
    speed: float = 1.0  #: buckets refill so many times as fast
    base: str = "http://127.0.0.1"  #: where it is reached
    asked: list[Asked] = field(default_factory=list)  #: every request that was recognised, tokens included
    throttled: Counter[str] = field(default_factory=Counter)  #: answers of 429 by operation
    answered: Counter[tuple[str, int]] = field(default_factory=Counter)  #: by operation and status
    violations: list[str] = field(default_factory=list)  #: what no model and no documented rule allows, on either side
    buckets: Buckets = field(init=False)

    def __post_init__(self) -> None:
        """
        Fill the buckets.
        """
        self.buckets = Buckets(self.speed)
        self.routes = routes(self.lwa, self.desk)
        self._lock = threading.Lock()

    @property
    def endpoint(self) -> str:
        """
        What PREORDER_SPAPI_ENDPOINT is set to.
        """
        return self.base

    @property
    def lwa_endpoint(self) -> str:
        """
        What PREORDER_LWA_ENDPOINT is set to.
        """
        return self.base + TOKEN_PATH

    def calls(self, operation: str) -> int:
        """
        Return how often the operation was asked for, refused calls included.
        """
        return sum(asked.operation == operation for asked in self.asked)

    def answer(self, method: str, target: str, headers: Mapping[str, str], content: bytes = b"") -> Answer:
        """
        Return what is answered to one request.

        Raises:
            ConnectionCut: nothing is.
        """
        with self._lock:
            now = self.clock.now()
            self.world.come_to(now)
            return self._answer(method, target, {name.lower(): value for name, value in headers.items()}, content)

    def transport(self) -> httpx.MockTransport:
        """
        Return the fake as httpx' transport: the same answers without a socket between, for long simulations.
        """

        def carry(request: httpx.Request) -> httpx.Response:
            try:
                answer = self.answer(request.method, str(request.url), request.headers, request.read())
            except ConnectionCut:
                raise httpx.RemoteProtocolError("Server disconnected without sending a response.") from None
            return httpx.Response(answer.status, headers=dict(answer.headers), content=content_of(answer))

        return httpx.MockTransport(carry)

    def _answer(self, method: str, target: str, headers: Mapping[str, str], content: bytes) -> Answer:
        parts = urlsplit(target)
        path = unquote(parts.path)
        if (method, path) == ("POST", TOKEN_PATH):
            form = dict(parse_qsl(content.decode(), keep_blank_values=True))
            asked = Asked("token", method, path, {}, {}, headers, form, self.clock.now(), self.base)
            return self._noted(asked, self._troubled("token", asked, lambda: self.lwa.token(asked)))
        if method == "GET" and path.startswith(DOCUMENTS):
            asked = Asked("document", method, path, {}, {}, headers, None, self.clock.now(), self.base)
            self.violations += ["document: our token is shown to the host of documents"] * ("x-amz-access-token" in headers)
            return self._noted(asked, self._troubled("document", asked, lambda: self.desk.download(asked)))
        found = next(((route, values) for route in self.routes if (values := route.values(method, path)) is not None), None)
        if found is None:
            self.violations.append(f"no operation: {method} {path}")
            return Refusal(404, "NotFound", "The resource was not found.").answer
        route, values = found
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        if len(dict(pairs)) != len(pairs):
            self.violations.append(f"{route.operation}: a parameter is given twice: {parts.query}")
        asked = Asked(route.operation, method, path, values, dict(pairs), headers, _json(content), self.clock.now(), self.base)
        return self._noted(asked, self._troubled(route.operation, asked, lambda: self._judged(route, asked)))

    def _noted(self, asked: Asked, answer: Answer) -> Answer:
        self.asked.append(asked)
        self.answered[asked.operation, answer.status] += 1
        self.throttled[asked.operation] += answer.status == 429
        return answer

    def _troubled(self, operation: str, asked: Asked, make: Callable[[], Answer]) -> Answer:
        """
        Return the answer, or what a fault makes of it.
        """
        fault = self.faults.of(operation, asked)
        if fault is None:
            return make()
        if fault.cut:
            self.asked.append(asked)
            raise ConnectionCut
        if fault.status is not None:
            error = {"error": fault.code, "error_description": fault.message}
            body = error if operation == "token" else Refusal(fault.status, fault.code, fault.message).answer.body
            return Answer(fault.status, body, fault.headers)
        answer: Answer = make()
        spoilt = fault.spoil(asked, answer.body) if fault.spoil else answer.body
        return Answer(answer.status, spoilt, {**answer.headers, **fault.headers})

    def _judged(self, route: Route, asked: Asked) -> Answer:
        self.violations += _wrong_headers(asked)
        try:
            self.lwa.admit(asked.headers, asked.path, asked.at, grantless=route.grantless)
            self._take(route, asked)
            self._hold_against_model(route, asked)
            answer = route.answer(self.world, asked)
        except Refusal as refusal:
            answer = refusal.answer
        contract = route.contract
        if contract is not None:
            self.violations += [f"answer: {problem}" for problem in contract.problems_of_answer(answer.status, answer.body)]
        rate = {"x-amzn-RateLimit-Limit": f"{route.rate * self.speed:g}"} if answer.status in {200, 201, 202, 400, 404} else {}
        return Answer(answer.status, answer.body, {**answer.headers, **rate, "x-amzn-RequestId": f"fake-{len(self.asked):06d}"})

    def _take(self, route: Route, asked: Asked) -> None:
        if not self.buckets.take(route.operation, route.rate, route.burst, asked.at):
            raise Refusal(429, "QuotaExceeded", "You exceeded your quota for the requested resource.")

    def _hold_against_model(self, route: Route, asked: Asked) -> None:
        if route.contract is None:
            return
        problems = list(route.contract.problems_of_request(asked.values, asked.query, asked.body))
        if problems:
            self.violations += [f"request: {problem}" for problem in problems]
            raise Refusal(400, "InvalidInput", "; ".join(problems)[:500])


def content_of(answer: Answer) -> bytes:
    """
    Return the answer's bytes as they go over the wire.
    """
    if answer.body is None:
        return b""
    return answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body, ensure_ascii=False).encode()


def _json(content: bytes) -> Any:
    return json.loads(content) if content else None


def _wrong_headers(asked: Asked) -> Iterator[str]:
    agent = asked.headers.get("user-agent", "")
    if not _USER_AGENT.fullmatch(agent) or len(agent) > _LONGEST_USER_AGENT:
        yield f"{asked.operation}: the user agent breaks Amazon's rule: {agent[:100]}"
    if "authorization" in asked.headers:
        yield f"{asked.operation}: an authorization header is sent"


__all__ = ["ConnectionCut", "FakeSpapi", "Fault", "content_of"]
