"""
Real servers on 127.0.0.1 for the channels to meet: one that answers HTTP as told, one that speaks raw bytes, a certificate.
"""

from __future__ import annotations

import contextlib
import json
import socket
import socketserver
import ssl
import subprocess
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(frozen=True)
class Reply:
    """
    What the HTTP server answers to one request.
    """

    status: int = 200
    body: str = "ok"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Post:
    """
    One request as it arrived.
    """

    path: str
    headers: Mapping[str, str]
    json: Any


class Answering(ThreadingHTTPServer):
    """
    Answers each POST with the next reply, the last one over and over; keeps what arrived.
    """

    daemon_threads = True

    def __init__(self, *replies: Reply, tls: ssl.SSLContext | None = None) -> None:
        """
        Listen on a free port.
        """
        super().__init__(("127.0.0.1", 0), _Answers)
        self.replies = list(replies or (Reply(),))
        self.posts: list[Post] = []
        self.scheme = "https" if tls else "http"
        if tls is not None:
            self.socket = tls.wrap_socket(self.socket, server_side=True)

    def url(self, path: str = "/services/T000/B000/hushhushhush", host: str = "127.0.0.1") -> str:
        """
        Return the address of a webhook here.
        """
        return f"{self.scheme}://{host}:{self.server_address[1]}{path}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """
        Keep quiet: a client that hangs up is the point of some tests.
        """


class _Answers(BaseHTTPRequestHandler):
    server: Answering

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.posts.append(Post(self.path, dict(self.headers), json.loads(body) if body else None))
        reply = self.server.replies.pop(0) if len(self.server.replies) > 1 else self.server.replies[0]
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body.encode())))
        self.end_headers()
        self.wfile.write(reply.body.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        pass


@contextlib.contextmanager
def answering(*replies: Reply, tls: ssl.SSLContext | None = None) -> Iterator[Answering]:
    """
    Run the HTTP server while the test lasts.
    """
    with Answering(*replies, tls=tls) as server, _running(server):
        yield server


@contextlib.contextmanager
def speaking(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """
    Run a server that lets ``talk`` have each connection; yields its port.
    """

    class Talking(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with contextlib.suppress(OSError):
                talk(self.request)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Talking) as server, _running(server):
        yield server.server_address[1]


@contextlib.contextmanager
def _running(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()


def free_port() -> int:
    """
    Return a port on which nobody listens.
    """
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass(frozen=True)
class Certificate:
    """
    A certificate for ``localhost`` alone, signed by itself.
    """

    cert: Path
    key: Path

    def server_side(self) -> ssl.SSLContext:
        """
        Return the context of a server that shows it.
        """
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.cert, self.key)
        return context

    def trusted(self) -> ssl.SSLContext:
        """
        Return the context of a client that trusts it and nobody else.
        """
        return ssl.create_default_context(cafile=str(self.cert))


def make_certificate(folder: Path) -> Certificate:
    """
    Make one with the openssl command.
    """
    made = Certificate(folder / "cert.pem", folder / "key.pem")
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"),
            *("-keyout", str(made.key), "-out", str(made.cert), "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
        ],
        check=True,
        capture_output=True,
    )
    return made
