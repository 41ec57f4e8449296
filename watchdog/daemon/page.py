"""
Two pages for other programs, on this machine only: ``/metrics`` for Prometheus and ``/health`` for whoever asks whether all is well.
"""

from __future__ import annotations

import json
import socket
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

from watchdog.terms.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from structlog.typing import FilteringBoundLogger as Log

#: Status, type, body.
Answer = tuple[HTTPStatus, str, bytes]
_LOOPBACK = "127.0.0.1"
_TEXT = "text/plain; version=0.0.4; charset=utf-8"


class FiguresPage:
    """
    Answers in threads of its own; a question that fails is answered with 503 and disturbs nothing.
    """

    def __init__(self, port: int, *, metrics: Callable[[], bytes], health: Callable[[], dict[str, object]], log: Log) -> None:
        """
        Prepare the pages; they answer once started. Port 0 takes any free one.

        Raises:
            OSError: the port is taken.
        """
        pages: dict[str, Callable[[], Answer]] = {
            "/metrics": lambda: (HTTPStatus.OK, _TEXT, metrics()),
            "/health": lambda: _health(health()),
        }
        self._server = ThreadingHTTPServer((_LOOPBACK, port), _asking(pages))
        self._server.daemon_threads = True
        self._log = log
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 3600}, name="figures", daemon=True)

    @property
    def port(self) -> int:
        """
        The port it answers on.
        """
        return int(self._server.server_address[1])

    def start(self) -> None:
        """
        Begin to answer.
        """
        self._thread.start()
        self._log.info("figures.served", port=self.port)

    def stop(self) -> None:
        """
        Answer no more; a question under way may still be answered.
        """
        Thread(target=self._server.shutdown, daemon=True).start()
        with suppress(OSError), socket.create_connection((_LOOPBACK, self.port), timeout=1):
            pass  # it sleeps until somebody asks
        self._thread.join(2)
        self._server.server_close()


def _health(told: dict[str, object]) -> Answer:
    status = HTTPStatus.OK if told["status"] == "ok" else HTTPStatus.SERVICE_UNAVAILABLE
    return status, "application/json", json.dumps(told, ensure_ascii=False, indent=2).encode() + b"\n"


def _asking(pages: dict[str, Callable[[], Answer]]) -> type[BaseHTTPRequestHandler]:
    class Asking(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = pages.get(self.path.partition("?")[0])
            self._answer(*(_tried(answer) if answer else (HTTPStatus.NOT_FOUND, _TEXT, b"/metrics or /health\n")))

        def _answer(self, status: HTTPStatus, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *_: object) -> None:  # noqa: A002 - the base class's name
            del format  # a scrape every few seconds is no event

    return Asking


def _tried(answer: Callable[[], Answer]) -> Answer:
    try:
        return answer()
    except StoreError as error:
        return HTTPStatus.SERVICE_UNAVAILABLE, _TEXT, f"{error.code}\n".encode()
