"""
One account's conversation with Amazon: who asks, how often it may be asked, and what its refusals mean.

It never sleeps, and no secret leaves it.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from watchdog.sources.spapi.addresses import LWA_URL, url_of, user_agent
from watchdog.sources.spapi.answer import Answer, asked_pause, first_error
from watchdog.sources.spapi.operations import CREATE_RESTRICTED_TOKEN, Operation
from watchdog.sources.spapi.throttle import Buckets
from watchdog.sources.spapi.token import Credentials, Tokens
from watchdog.sources.spapi.troubles import Later, Refused, Rejected, Unreadable
from watchdog.sources.spapi.wire import DEADLINE, NoAnswerError, Reply, Wire
from watchdog.terms.look import Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import httpx

#: A missing role is asked for again this often: granting it takes a person.
_ROLE_PAUSE = timedelta(minutes=30)
_MALFORMED_PAUSE = timedelta(minutes=1)
_LONGEST_PROBLEM = 200
_OK, _MULTIPLE, _UNAUTHORISED, _FORBIDDEN, _NOT_FOUND, _TOO_MANY, _SERVER = 200, 300, 401, 403, 404, 429, 500


class Session:
    """
    Asks one operation at a time; a request that can't be sent now, or was refused, raises one of ``troubles``.
    """

    def __init__(
        self,
        credentials: Credentials,
        *,
        host: str,
        draw: Callable[[], float],
        lwa_url: str = LWA_URL,
        scope: str = "",
        deadline: float = DEADLINE,
        proxy: str | None = None,
        transport: httpx.BaseTransport | None = None,
        told: Callable[[str, Mapping[str, object]], None] = lambda _event, _fields: None,
    ) -> None:
        """
        Take who asks and whom.

        Args:
            credentials: of the seller's own application.
            host: base URL, see ``addresses.host_of``.
            draw: a random number from 0 to 1, for jitter.
            lwa_url: the full URL of the token endpoint.
            scope: asks as the application itself instead of the seller, for the few operations that want it so.
            deadline: seconds for one exchange.
            proxy: ``http://host:port`` through which Amazon is reached.
            transport: replaces the network in tests.
            told: hears of every answer (operation, status, Amazon's request id); never of a secret.
        """
        self.host = host.rstrip("/")
        self.agent = user_agent()
        self._draw = draw
        self._told = told
        self.wire = Wire(deadline=deadline, proxy=proxy, transport=transport)
        self._tokens = Tokens(credentials, url=lwa_url, agent=self.agent, wire=self.wire, draw=draw, scope=scope)
        self._buckets = Buckets()

    def request(
        self,
        operation: Operation,
        *,
        now: datetime,
        path: Mapping[str, str] | None = None,
        query: Mapping[str, str | Sequence[str]] | None = None,
        body: Any = None,
        restricted: str | None = None,
    ) -> Answer:
        """
        Return Amazon's answer.

        Args:
            operation: a row of the table.
            now: the turn's time.
            path: values of the placeholders in the operation's path.
            query: parameters; several values of one are joined with commas; empty ones are left out.
            body: of a POST, sent as JSON.
            restricted: a restricted data token, sent in the place of the access token.

        Raises:
            Later: the bucket is empty (``asked`` is False), or Amazon is busy or out of reach.
            Refused: credentials, authorisation or role are missing; a fresh token was tried once.
            Rejected: Amazon does not take this request (400 and its like).
            Unreadable: a success that is no JSON.
        """
        bucket = self._buckets.of(operation)
        if (free_at := bucket.free_at(now)) > now:
            raise Later(Reason("spapi_waiting", {"operation": operation.name}), free_at, asked=False)
        url = url_of(self.host, operation, path or {}, query or {})
        content = b"" if body is None else json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        token = restricted or self._tokens.access(now)
        reply = self._sent(operation, url, content, token=token, now=now)
        if reply.status in {_UNAUTHORISED, _FORBIDDEN} and restricted is None and bucket.free_at(now) <= now:
            token = self._tokens.access(now, instead_of=token)
            reply = self._sent(operation, url, content, token=token, now=now)
        return self._judged(operation, reply, now)

    def restricted_token(self, resource: str, *, now: datetime) -> str:
        """
        Return a restricted data token for reading one resource's path.

        Raises:
            Later, Refused, Rejected, Unreadable: as ``request`` does.
        """
        wanted = {"restrictedResources": [{"method": "GET", "path": resource}]}
        answer = self.request(CREATE_RESTRICTED_TOKEN, now=now, body=wanted)
        token = answer.fields.get("restrictedDataToken")
        if not isinstance(token, str) or not token:
            raise self.unreadable(CREATE_RESTRICTED_TOKEN, now)
        return token

    def left(self, operation: Operation, now: datetime) -> int:
        """
        Return how many requests of the operation may be sent at once.
        """
        bucket = self._buckets.of(operation)
        return int(bucket.left(now) + 1e-9) if (bucket.until or now) <= now else 0

    def free_at(self, operation: Operation, now: datetime) -> datetime:
        """
        Return from when on the operation may be asked.
        """
        return self._buckets.of(operation).free_at(now)

    def reopen(self, operation: Operation) -> None:
        """
        Let the operation be asked again at once, although it was refused: the next request is another one.
        """
        self._buckets.of(operation).went_well()

    def rate(self, operation: Operation) -> float:
        """
        Return the operation's rate as documented or learned, requests a second.
        """
        return self._buckets.of(operation).rate

    def unreadable(self, operation: Operation, now: datetime) -> Unreadable:
        """
        Return the trouble of a success that is not what the model describes, and note it as a failure of the operation.
        """
        again_at = max(self._buckets.of(operation).failed(now, draw=self._draw()), now + _MALFORMED_PAUSE)
        return Unreadable(Reason("spapi_unreadable", {"operation": operation.name}), again_at)

    def as_mark(self, operations: Iterable[Operation]) -> dict[str, Any]:
        """
        Return what must survive a restart: these operations' buckets, and a refusal of the credentials.
        """
        return {"buckets": self._buckets.as_mark(operations), "refused": self._tokens.as_mark()}

    def recall(self, mark: Any) -> None:
        """
        Take over what ``as_mark`` gave before a restart; what this process has learned since stays.
        """
        if isinstance(mark, dict):
            buckets = mark.get("buckets")
            self._buckets.recall(buckets if isinstance(buckets, dict) else {})
            self._tokens.recall(mark.get("refused"))

    def close(self) -> None:
        """
        Close the connections.
        """
        self.wire.close()

    def _sent(self, operation: Operation, url: str, content: bytes, *, token: str, now: datetime) -> Reply:
        bucket = self._buckets.of(operation)
        bucket.take(now)
        headers = {"x-amz-access-token": token, "user-agent": self.agent, "accept": "application/json"}
        if content:
            headers["content-type"] = "application/json"
        try:
            reply = self.wire.send(operation.method, url, headers=headers, content=content)
        except NoAnswerError as error:
            self._told("spapi.unanswered", {"operation": operation.name, "reason": str(error)})
            again_at = bucket.failed(now, draw=self._draw())
            raise Later(Reason("spapi_down", {"operation": operation.name, "problem": str(error)}), again_at, asked=True) from None
        request_id = reply.headers.get("x-amzn-requestid", "")[:64]
        self._told("spapi.answered", {"operation": operation.name, "status": reply.status, "request": request_id})
        bucket.learn(reply.headers.get("x-amzn-ratelimit-limit"))
        return reply

    def _judged(self, operation: Operation, reply: Reply, now: datetime) -> Answer:
        bucket, status = self._buckets.of(operation), reply.status
        request_id = reply.headers.get("x-amzn-requestid", "")[:64]
        if status == _NOT_FOUND:
            bucket.went_well()
            return Answer(status, None, request_id)
        if _OK <= status < _MULTIPLE:
            return self._read(operation, reply, request_id, now)
        if status == _TOO_MANY or status >= _SERVER:
            asked = asked_pause(reply.headers.get("retry-after"), now)
            again_at = bucket.failed(now, draw=self._draw(), asked=asked, emptied=status == _TOO_MANY)
            code = "spapi_busy" if status == _TOO_MANY else "spapi_down"
            raise Later(Reason(code, {"operation": operation.name, "problem": f"HTTP {status}"}), again_at, asked=True)
        problem = self._problem(reply)
        if status in {_UNAUTHORISED, _FORBIDDEN}:
            bucket.shut(now + _ROLE_PAUSE)
            values = {"operation": operation.name, "role": operation.role, "problem": problem}
            raise Refused(Reason("spapi_role_missing", values), now + _ROLE_PAUSE, whole=False)
        bucket.went_well()
        raise Rejected(Reason("spapi_rejected", {"operation": operation.name, "problem": problem}), status=status)

    def _read(self, operation: Operation, reply: Reply, request_id: str, now: datetime) -> Answer:
        try:
            body = json.loads(reply.body)
        except (ValueError, RecursionError):
            raise self.unreadable(operation, now) from None
        self._buckets.of(operation).went_well()
        return Answer(reply.status, body, request_id)

    def _problem(self, reply: Reply) -> str:
        """
        Return Amazon's words about a refusal, short, on one line, and without anything secret in them.
        """
        said = f"HTTP {reply.status}{first_error(reply.body)}"
        for secret in self._tokens.known():
            said = said.replace(secret, "***")
        return "".join(sign if sign.isprintable() else " " for sign in said)[:_LONGEST_PROBLEM]
