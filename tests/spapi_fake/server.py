"""
The fake on a socket of this machine: Starlette, run by uvicorn in a thread of its own.
"""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING, Any

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Route

from tests.spapi_fake.fake import ConnectionCut, FakeSpapi, content_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.requests import Request

_METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH"]


class Host:
    """
    A listening socket behind which one fake at a time stands.
    """

    def __init__(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """
        Make ready to listen; port 0 takes a free one.
        """
        inner = Starlette(routes=[Route("/{path:path}", self._reply, methods=_METHODS)])

        async def app(scope: Any, receive: Any, send: Any) -> None:
            await inner({**scope, "fake.send": send}, receive, send)

        config = uvicorn.Config(app, host=host, port=port, log_level="error", lifespan="off", ws="none", access_log=False)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, name="spapi-fake")
        self._host = host
        self.fake: FakeSpapi | None = None

    @property
    def base(self) -> str:
        """
        Where it listens.
        """
        return f"http://{self._host}:{self._server.servers[0].sockets[0].getsockname()[1]}"

    @contextlib.contextmanager
    def listening(self) -> Iterator[Host]:
        """
        Listen until left.
        """
        self._thread.start()
        try:
            while not self._server.started:
                self._thread.join(0.01)
                if not self._thread.is_alive():
                    raise SystemExit("the port is taken; name another with --port")
            yield self
        finally:
            self._server.should_exit = True
            self._thread.join()

    def wait(self, meanwhile: Callable[[], None]) -> None:
        """
        Return when interrupted; something is done twice a second meanwhile.
        """
        with contextlib.suppress(KeyboardInterrupt):
            while self._thread.is_alive():
                self._thread.join(0.5)
                meanwhile()

    @contextlib.contextmanager
    def showing(self, fake: FakeSpapi) -> Iterator[FakeSpapi]:
        """
        Let this fake answer until left.
        """
        fake.base, self.fake = self.base, fake
        try:
            yield fake
        finally:
            self.fake = None

    async def _reply(self, request: Request) -> Response:
        if self.fake is None:
            return Response(status_code=503)
        content = await request.body()
        target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        try:
            answer = await run_in_threadpool(self.fake.answer, request.method, target, request.headers, content)
        except ConnectionCut:
            return _Cut()
        kind = "application/octet-stream" if isinstance(answer.body, bytes) else "application/json"
        return Response(content_of(answer), answer.status, headers={"content-type": kind, **answer.headers})


class _Cut(Response):
    """
    Closes the connection before a byte was said; uvicorn's own end of it is what Starlette's wrappers hide.
    """

    async def __call__(self, scope: Any, receive: object, send: object) -> None:
        cycle = scope["fake.send"].__self__
        cycle.transport.abort()
        cycle.disconnected = True
