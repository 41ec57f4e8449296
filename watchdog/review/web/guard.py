"""
What no request passes: a foreign host name, a form of another site, too many bytes; and the headers that every answer carries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from watchdog.review.web.address import Address

#: A report of a busy seller has some tens of megabytes.
LARGEST_UPLOAD = 100 * 2**20
LARGEST_FORM = 256 * 2**10
UPLOAD_PATH = "/intake"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}


class _TooLargeError(Exception):
    pass


class Guard:
    """
    The outermost layer: refuses, and says so in the log; adds the headers.
    """

    def __init__(self, app: ASGIApp, *, address: Address, refused: Callable[[str, dict[str, Any]], None]) -> None:
        """
        Stand before the application; ``refused`` hears of every refusal with its reason.
        """
        self.app = app
        self.address = address
        self.refused = refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """
        Answer the request, or let it through.
        """
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        limit = LARGEST_UPLOAD if scope["path"] == UPLOAD_PATH else LARGEST_FORM
        answer = _Answer(send, secure=self.address.is_secure, lasting=scope["path"].startswith("/assets/"))
        wrong = self._wrong(scope["method"], headers, limit)
        if wrong is not None:
            await self._refuse(wrong, scope, receive, answer)
            return
        try:
            await self.app(scope, _Counted(receive, limit), answer)
        except _TooLargeError:
            if not answer.begun:
                await self._refuse((413, "too_large"), scope, receive, answer)

    def _wrong(self, method: str, headers: Headers, limit: int) -> tuple[int, str] | None:
        """
        Return status and reason of a refusal, None where all is well.
        """
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self.address.is_own(hosts[0]):
            return 421, "host"
        if method not in {"GET", "HEAD"} and self._is_foreign(headers, hosts[0]):
            return 403, "other_site"
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit() or int(length) > limit:
            return 413, "too_large"
        return None

    def _is_foreign(self, headers: Headers, host: str) -> bool:
        """
        Say whether another site has made the browser send this.
        """
        if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
            return True
        origin = headers.get("origin")
        if origin is None:
            return False
        own = {host.lower(), urlsplit(self.address.base_url or "").netloc.lower()} - {""}
        return urlsplit(origin).netloc.lower() not in own

    async def _refuse(self, wrong: tuple[int, str], scope: Scope, receive: Receive, answer: _Answer) -> None:
        status, reason = wrong
        client = scope.get("client") or ("-", 0)
        self.refused(reason, {"method": scope["method"], "path": scope["path"][:200], "client": client[0]})
        await PlainTextResponse(f"{status} refused: {reason}\n", status)(scope, receive, answer)


class _Counted:
    """
    Hands on what is received, up to the limit; a length that was announced may be a lie.
    """

    def __init__(self, receive: Receive, limit: int) -> None:
        self.receive = receive
        self.left = limit

    async def __call__(self) -> Message:
        message = await self.receive()
        self.left -= len(message.get("body", b""))
        if self.left < 0:
            raise _TooLargeError
        return message


class _Answer:
    """
    Adds the headers to the answer.
    """

    def __init__(self, send: Send, *, secure: bool, lasting: bool) -> None:
        self.send = send
        self.secure = secure
        self.lasting = lasting
        self.begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            headers["Cache-Control"] = "no-cache" if self.lasting else "no-store"
            if self.secure:
                headers["Strict-Transport-Security"] = "max-age=31536000"
        await self.send(message)
