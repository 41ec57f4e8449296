"""
The daemon in a process of its own, the ear that systemd would have, and waiting with a bound.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Any

import structlog
from structlog.testing import LogCapture

from tests.stories.seller import TOKYO, Order, Seller

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from structlog.typing import FilteringBoundLogger as Log

ROOT = Path(__file__).parents[2]
#: A daemon must not outlive tests that are killed.
_DIES_WITH_US = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
_MODULE = [sys.executable, "-m", "watchdog"]
#: How the program is started where signals are sent to it: tests in the background inherit, and would hand down, an ignored SIGINT.
PROGRAM = [*_DIES_WITH_US, "env", "--default-signal=INT,HUP,TERM", *_MODULE]


def until(true: Callable[[], object], *, within: float) -> None:
    """
    Return as soon as it is true; fail if that takes longer than so many seconds.
    """
    pause, end = Event(), monotonic() + within
    while not true():
        assert monotonic() < end, f"not within {within} s"
        pause.wait(0.02)


def a_log() -> tuple[Log, list[Any]]:
    """
    Return a logger and the list of what it was told.
    """
    capture = LogCapture()
    wrapper = structlog.make_filtering_bound_logger(0)
    return structlog.wrap_logger(None, processors=[capture], wrapper_class=wrapper), capture.entries


@dataclass
class Ear:
    """
    The socket at which a service manager listens.
    """

    address: str
    socket: socket.socket
    heard: list[str] = field(default_factory=list)

    def hears(self, word: str, *, within: float, times: int = 1) -> None:
        """
        Wait until the word was said so many times.
        """
        until(lambda: self.all_heard().count(word) >= times, within=within)

    def all_heard(self) -> list[str]:
        """
        Return every line said so far.
        """
        with contextlib.suppress(BlockingIOError):
            while True:
                self.heard += self.socket.recv(4096).decode().splitlines()
        return self.heard


@contextlib.contextmanager
def listening(folder: Path) -> Iterator[Ear]:
    """
    Listen in that folder while the test lasts.
    """
    address = str(folder / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(address)
        ear.setblocking(False)
        yield Ear(address, ear)


@dataclass
class Daemon:
    """
    A running ``preorder-watchdog run``.
    """

    process: subprocess.Popen[bytes]
    folder: Path
    ear: Ear
    seconds_to_ready: float = 0

    @property
    def log(self) -> str:
        """
        What it has logged so far.
        """
        return (self.folder / "log.txt").read_text()

    def stops(self, by: signal.Signals = signal.SIGTERM, *, within: float = 10) -> int:
        """
        Send the signal and return the exit code.
        """
        self.process.send_signal(by)
        return self.process.wait(within)


@contextlib.contextmanager
def running(folder: Path, *, ignored: str = "", **environment: str) -> Iterator[Daemon]:
    """
    Start the daemon with the environment of this process, wait until it is ready, and end it with the test.

    ``ignored`` names signals that whoever starts it has set to be ignored, as ``INT,HUP``.
    """
    before = monotonic()
    with listening(folder) as ear, (folder / "log.txt").open("wb") as log:
        given = os.environ | {"PREORDER_LOG_LEVEL": "info", "NOTIFY_SOCKET": ear.address, "PYTHONPATH": str(ROOT)} | environment
        command = [*_DIES_WITH_US, "env", f"--ignore-signal={ignored}", *_MODULE, "run"] if ignored else [*PROGRAM, "run"]
        process = subprocess.Popen(command, cwd=folder, env=given, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        daemon = Daemon(process, folder, ear)
        try:
            until(lambda: process.poll() is not None or "READY=1" in ear.all_heard(), within=30)
            assert process.poll() is None, daemon.log
            daemon.seconds_to_ready = monotonic() - before
            yield daemon
        finally:
            if process.poll() is None:
                process.kill()
            process.wait(10)


def program(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """
    Run one command of the program beside the daemon.
    """
    command = [sys.executable, "-m", "watchdog", *arguments]
    given = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=given, capture_output=True, encoding="utf-8", check=False, timeout=60)


def reset_today(seller: Seller) -> Order:
    """
    Drop, as of now, a release list and a dump in which one of fourteen orders is due twenty days before its release; return that order.
    """
    now = datetime.now(UTC).astimezone(TOKYO)
    release, seen = f"{now + timedelta(days=30):%Y-%m-%d}", f"{now:%Y-%m-%d %H:%M:%S}"
    fields: dict[str, Any] = {
        "bought": f"{now - timedelta(days=9):%Y-%m-%d}",
        "updated": f"{now.astimezone(UTC) - timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}",
    }
    orders = [Order(number, ship_by=release, **fields) for number in range(1, 15)]
    orders[4] = orders[4].but(ship_by=f"{now + timedelta(days=10):%Y-%m-%d}", status="UNSHIPPED")
    seller.lists_release(release, seen=seen)
    seller.drops_orders(orders, seen=seen)
    return orders[4]
