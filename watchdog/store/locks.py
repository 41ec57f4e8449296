"""
Locks between processes: one daemon, one patrol at a time; the kernel lets go when a process dies (DESIGN law 6).
"""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from threading import Event
from typing import TYPE_CHECKING

from watchdog.terms.errors import Busy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_STEP = 0.05


@contextmanager
def hold(path: Path, *, wait: float) -> Iterator[None]:
    """
    Hold the lock while the block runs.

    Raises:
        Busy: another process holds it for longer than ``wait`` seconds.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(handle, path, wait)
        yield
    finally:
        os.close(handle)


def _take(handle: int, path: Path, wait: float) -> None:
    nobody = Event()
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            wait -= _STEP
            if wait < 0:
                raise Busy(path=str(path)) from None
            nobody.wait(_STEP)
        else:
            return
