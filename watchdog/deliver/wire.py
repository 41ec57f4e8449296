"""
One HTTP request over a watched connection: to a judged address, within one deadline, with a short answer, without redirects.

Nothing of httpx' client is used: it logs each URL, and the URL of a webhook is a secret.
"""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit

import httpcore
import httpx

from watchdog.deliver.targets import Target, TargetForbidden, permitted_addresses
from watchdog.deliver.trouble import trouble

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable

    from watchdog.deliver.targets import Resolver

#: No channel answers at length; what lies beyond is not read.
_LONGEST_ANSWER = 16_384
_SLICE = 16_384


class Unreachable(httpx.TransportError):
    """
    No answer came; the words are fixed ones and may be shown.
    """


class DeadlineTransport(httpx.BaseTransport):
    """
    Carries each request over a connection of its own; the whole exchange takes at most ``timeout`` seconds.

    A server that sends one byte a second keeps every single read short: only a deadline over all of them ends that.
    """

    def __init__(
        self,
        *,
        timeout: float,
        allow_private: bool = False,
        tls: ssl.SSLContext | None = None,
        resolve: Resolver | None = None,
        proxy: str | None = None,
    ) -> None:
        """
        Take the limits; ``tls`` replaces the usual trust in public authorities.

        Through a ``proxy`` (``http://host:port``) it is the proxy that connects: the target is judged by what this machine knows of its
        name, and where it knows nothing, by its spelling alone.
        """
        self._proxy = None if proxy is None else _Proxy.parse(proxy)
        self._timeout = timeout
        self._allow_private = allow_private
        self._tls = tls
        self._resolve = resolve

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """
        Return the answer, its body cut at 16 kB.

        Raises:
            Unreachable: no whole answer came in time.
            TargetForbidden: the host's addresses may not be connected to.
        """
        target = Target(request.url.host, request.url.port or (443 if request.url.scheme == "https" else 80), request.url.scheme == "https")
        try:
            with self._pool(target) as pool:
                return _exchange(pool, request)
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError, OSError) as error:
            raise Unreachable(_words(error)) from None

    def _pool(self, target: Target) -> httpcore.ConnectionPool:
        deadline = time.monotonic() + self._timeout
        if self._proxy is None:
            backend = _Backend(target, deadline=deadline, allow_private=self._allow_private, resolve=self._resolve)
            return httpcore.ConnectionPool(ssl_context=self._tls, network_backend=backend)
        self._judge(target)
        backend = _Backend(self._proxy.target, deadline=deadline, allow_private=True, resolve=self._resolve)
        return httpcore.HTTPProxy(self._proxy.url, proxy_auth=self._proxy.login, ssl_context=self._tls, network_backend=backend)

    def _judge(self, target: Target) -> None:
        try:
            permitted_addresses(target, allow_private=self._allow_private, resolve=self._resolve)
        except OSError:  # a machine behind a proxy often knows no names of the outside
            if not target.encrypted:
                raise TargetForbidden("the address is not encrypted (https:// is required outside this machine)") from None


class _Proxy(NamedTuple):
    """
    The operator's own proxy: it may lie in a private network, and the way to it is not encrypted.
    """

    url: httpcore.URL
    target: Target
    login: tuple[str, str] | None

    @classmethod
    def parse(cls, text: str) -> _Proxy:
        """
        Return the proxy of ``http://user:password@host:port``.
        """
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port or 80
        login = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
        url = httpcore.URL(scheme=b"http", host=host.encode(), port=port, target=b"/")
        return cls(url, Target(host, port, encrypted=True), login)


def _exchange(pool: httpcore.ConnectionPool, request: httpx.Request) -> httpx.Response:
    url = httpcore.URL(scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port, target=request.url.raw_path)
    body = b""
    with pool.stream(request.method, url, headers=request.headers.raw, content=request.read()) as answer:
        for piece in answer.iter_stream():
            body += piece
            if len(body) >= _LONGEST_ANSWER:
                break
        headers = [(name, value) for name, value in answer.headers if name.lower() in {b"retry-after", b"date", b"content-type"}]
        return httpx.Response(answer.status, headers=headers, content=body[:_LONGEST_ANSWER], request=request)


def _words(error: Exception) -> str:
    if isinstance(error, httpcore.TimeoutException):
        return "no answer in time"
    if isinstance(error, httpcore.ProxyError):
        return "the proxy does not let us through"
    if isinstance(error, httpcore.ProtocolError):
        return "the connection was cut, or the answer is no HTTP"
    return trouble(error)


class _Backend(httpcore.NetworkBackend):
    """
    Connects to judged addresses only, and hands out streams that keep the deadline.
    """

    def __init__(self, target: Target, *, deadline: float, allow_private: bool, resolve: Resolver | None) -> None:
        self._target = target
        self._deadline = deadline
        self._allow_private = allow_private
        self._resolve = resolve
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - httpcore's signature; here one deadline decides
        local_address: str | None = None,  # noqa: ARG002 - same
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 - same
    ) -> httpcore.NetworkStream:
        target = self._target._replace(host=host, port=port)
        addresses = permitted_addresses(target, allow_private=self._allow_private, resolve=self._resolve)
        for address in addresses[:-1]:
            with contextlib.suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return self._stream(address, port, share=2)
        return self._stream(addresses[-1], port)

    def _stream(self, address: str, port: int, *, share: int = 1) -> httpcore.NetworkStream:
        left = _left(self._deadline) / share
        return _Stream(self._plain.connect_tcp(address, port, timeout=left), self._deadline)


class _Stream(httpcore.NetworkStream):
    """
    A stream whose every step may take only what is left until the deadline.
    """

    def __init__(self, inner: httpcore.NetworkStream, deadline: float) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - httpcore's signature
        return self._inner.read(max_bytes, timeout=_left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - same
        for start in range(0, len(buffer), _SLICE):
            self._inner.write(buffer[start : start + _SLICE], timeout=_left(self._deadline))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - same
    ) -> httpcore.NetworkStream:
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, timeout=_left(self._deadline)), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout
    return left
