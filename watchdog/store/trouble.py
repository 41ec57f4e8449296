"""
What a driver's error means to the caller: busy, full, damaged, or something else (style §4.2: grouped by what the caller must do).
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import exc

from watchdog.terms.errors import StoreBusy, StoreDamaged, StoreError, StoreFull

if TYPE_CHECKING:
    from collections.abc import Iterator

_PRIMARY = 0xFF  #: SQLite's extended codes keep the primary one in the low byte
_SQLITE: dict[int, type[StoreError]] = {
    sqlite3.SQLITE_BUSY: StoreBusy,
    sqlite3.SQLITE_LOCKED: StoreBusy,
    sqlite3.SQLITE_FULL: StoreFull,
    sqlite3.SQLITE_READONLY: StoreFull,
    sqlite3.SQLITE_IOERR: StoreFull,
    sqlite3.SQLITE_CANTOPEN: StoreFull,
    sqlite3.SQLITE_PERM: StoreFull,
    sqlite3.SQLITE_CORRUPT: StoreDamaged,
    sqlite3.SQLITE_NOTADB: StoreDamaged,
}
#: Lock not available, deadlock, serialisation · disk full, out of memory, read-only transaction · data or index corrupted.
_POSTGRES: dict[str, type[StoreError]] = {
    "55P03": StoreBusy,
    "40P01": StoreBusy,
    "40001": StoreBusy,
    "53100": StoreFull,
    "53200": StoreFull,
    "25006": StoreFull,
    "XX001": StoreDamaged,
    "XX002": StoreDamaged,
}


@contextmanager
def told_plainly(where: str) -> Iterator[None]:
    """
    Turn a driver's error inside the block into the house's, naming the database.

    Raises:
        StoreBusy: another program holds it; the whole transaction may be tried again.
        StoreFull: it can't be written.
        StoreDamaged: it is no database, or broken.
        StoreError: it can't be reached, or anything else outside our statements.
    """
    try:
        yield
    except exc.DBAPIError as error:
        raise _meaning(error.orig, where) or error from error
    except sqlite3.Error as error:
        raise _meaning(error, where) or error from error


def _meaning(error: BaseException | None, where: str) -> StoreError | None:
    kind = _kind(error)
    return None if kind is None else kind(path=where, problem=_first_line(error))


def _kind(error: BaseException | None) -> type[StoreError] | None:
    if isinstance(error, sqlite3.Error):
        return _SQLITE.get(getattr(error, "sqlite_errorcode", 0) & _PRIMARY)
    state = getattr(error, "sqlstate", None)
    if state is None:
        return StoreError if type(error).__name__ == "OperationalError" else None
    return _POSTGRES.get(state) or (StoreError if state.startswith(("08", "28", "3D", "57")) else None)


def _first_line(error: BaseException | None) -> str:
    return (str(error).strip().splitlines() or [""])[0]
