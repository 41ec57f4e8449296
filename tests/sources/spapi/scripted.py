"""
A small HTTP server on loopback that answers as it is told, and keeps what arrived.
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

TOKEN_PATH = "/auth/o2/token"
#: What must never be seen anywhere.
SECRETS = ("amzn1.oa2-cs.v1.hushhush", "Atzr|HushRefresh", "Atza|HushAccess")


@dataclass(frozen=True)
class Reply:
    """
    What is answered to one request.
    """

    status: int = 200
    body: Any = field(default_factory=dict)  #: JSON, or bytes as they are
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Arrived:
    """
    One request as it arrived; header names in small letters.
    """

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


class Scripted(ThreadingHTTPServer):
    """
    Gives tokens, and answers everything else by the script.
    """

    daemon_threads = True

    def __init__(self, script: Callable[[Arrived], Reply]) -> None:
        """
        Listen on a free port.
        """
        super().__init__(("127.0.0.1", 0), _Answers)
        self.script = script
        self.token: Callable[[Arrived], Reply] = self._give
        self.tokens: list[Arrived] = []
        self.requests: list[Arrived] = []

    @property
    def base(self) -> str:
        """
        Where it is reached.
        """
        return f"http://127.0.0.1:{self.server_address[1]}"

    def reply(self, arrived: Arrived) -> Reply:
        """
        Keep the request and return what is answered.
        """
        if arrived.path == TOKEN_PATH:
            self.tokens.append(arrived)
            return self.token(arrived)
        self.requests.append(arrived)
        return self.script(arrived)

    def _give(self, _arrived: Arrived) -> Reply:
        return Reply(200, {"access_token": f"{SECRETS[2]}{len(self.tokens)}", "token_type": "bearer", "expires_in": 3600})

    def handle_error(self, request: Any, client_address: Any) -> None:
        """
        Keep quiet: a client that hangs up is the point of some tests.
        """


class _Answers(BaseHTTPRequestHandler):
    server: Scripted

    def _answer(self) -> None:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self.server.reply(Arrived(self.command, parts.path, dict(parse_qsl(parts.query)), headers, body))
        content = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        pass


@contextlib.contextmanager
def scripted(script: Callable[[Arrived], Reply] = lambda _arrived: Reply()) -> Iterator[Scripted]:
    """
    Run the server while the test lasts.
    """
    with Scripted(script) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
