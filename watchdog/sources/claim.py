"""
A file is claimed by an atomic rename, so that it is read once even where two programs look at the same folder.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from watchdog.sources.archive import free_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CLAIMED = ".claimed"


@contextmanager
def claimed(path: Path) -> Iterator[Path | None]:
    """
    Move the file into a folder of its own below ``.claimed`` and yield it there; None where somebody else was faster.

    The file's lock tells the living from the dead: what is claimed and not locked was left behind by a crash. A file that
    nobody moved on goes back to where it lay.

    Raises:
        OSError: it can't be opened now.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except FileNotFoundError:
        yield None
        return
    try:
        taken = _taken(path, handle)
        try:
            yield taken
        finally:
            if taken is not None:
                put_back(taken, path.parent)
    finally:
        os.close(handle)


def _taken(path: Path, handle: int) -> Path | None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(handle).st_ino != path.stat().st_ino:
            return None
        own = path.parent / CLAIMED / secrets.token_hex(4)
        own.mkdir(mode=0o700)
        return path.rename(own / path.name)
    except (BlockingIOError, FileNotFoundError):
        return None


def put_back(taken: Path, folder: Path) -> None:
    """
    Return a claimed file to the folder, under a free name, and drop the claim; nothing happens where it was moved on.
    """
    with suppress(FileNotFoundError):
        taken.rename(free_name(folder / taken.name))
    with suppress(OSError):
        taken.parent.rmdir()


def restore(folder: Path) -> None:
    """
    Put back every claimed file whose claimer is gone.
    """
    for left in sorted((folder / CLAIMED).glob("*/*")):
        with suppress(OSError):
            handle = os.open(left, os.O_RDONLY | os.O_NOFOLLOW)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                put_back(left, folder)
            finally:
                os.close(handle)
