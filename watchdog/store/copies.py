"""
Copies of the log: consistent while others write, looked through before they count, rotated, and put back again.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import make_url

from watchdog.store.database import place
from watchdog.store.migrate import backup
from watchdog.store.trouble import told_plainly
from watchdog.terms.errors import StoreAbsent, StoreDamaged, StoreFull, UsageError
from watchdog.terms.retention import WEEKLY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from watchdog.store.database import Store

_STAMP = "watchdog-%Y%m%dT%H%M%SZ.db"
#: Beside the copy itself, so much must stay free: the log grows meanwhile.
_SPARE = 64 * 1024 * 1024


def save(store: Store, folder: Path, *, now: datetime, daily: int) -> Path | None:
    """
    Copy the log into the folder, look the copy through, drop the copies that are no longer wanted; return the new one.

    None where the log is no SQLite file: its server has its own ways.

    Raises:
        StoreFull: there is no room for another copy.
        StoreDamaged: the copy is not whole, so the log is damaged.
    """
    if store.engine.dialect.name != "sqlite":
        return None
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _require_room(Path(store.where), folder)
    copy, part = folder / now.strftime(_STAMP), folder / f".{now.strftime(_STAMP)}.part"
    part.unlink(missing_ok=True)
    try:
        backup(store, part)
        _settle(part)
        examine(part)
        part.rename(copy)
    finally:
        part.unlink(missing_ok=True)
    rotate(folder, daily=daily)
    return copy


def _require_room(log: Path, folder: Path) -> None:
    needed = log.stat().st_size + _SPARE
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise StoreFull(path=str(folder), problem=f"{free // 2**20} MB free, {needed // 2**20} MB needed")


def _settle(part: Path) -> None:
    """
    Make the copy one file that needs no other beside it.
    """
    with told_plainly(str(part)), closing(sqlite3.connect(part)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")
    with part.open("rb") as file:
        os.fsync(file.fileno())


def examine(path: Path) -> str:
    """
    Look the copy through and return its schema version.

    Raises:
        StoreAbsent: there is no such file.
        StoreDamaged: it is no whole log.
    """
    if not path.is_file():
        raise StoreAbsent(path=str(path))
    with told_plainly(str(path)), closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as copy:
        found = str(copy.execute("PRAGMA quick_check(1)").fetchone()[0])
        if found != "ok":
            raise StoreDamaged(path=str(path), problem=found)
        if copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone() is None:
            raise StoreDamaged(path=str(path), problem="not a log of this program")
        return str(copy.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def taken(folder: Path) -> dict[datetime, Path]:
    """
    Return the copies in the folder by the moment they were made, oldest first; what others put there is left out.
    """
    found = {}
    for path in sorted(folder.glob("watchdog-*.db")):
        with suppress(ValueError):
            found[datetime.strptime(path.name, _STAMP).replace(tzinfo=UTC)] = path
    return found


def wanted(moments: Iterable[datetime], *, daily: int) -> set[datetime]:
    """
    Return which copies stay: the newest of each of the newest days, and the newest of each of the newest weeks.
    """
    newest_first = sorted(moments, reverse=True)
    days = {moment.date(): moment for moment in reversed(newest_first)}
    weeks = {moment.isocalendar()[:2]: moment for moment in reversed(newest_first)}
    return {*sorted(days.values(), reverse=True)[:daily], *sorted(weeks.values(), reverse=True)[:WEEKLY]}


def rotate(folder: Path, *, daily: int) -> None:
    """
    Delete the copies that are no longer wanted.
    """
    copies = taken(folder)
    for moment in copies.keys() - wanted(copies, daily=daily):
        copies[moment].unlink(missing_ok=True)


def restore(url: str, copy: Path, *, now: datetime) -> Path | None:
    """
    Put a copy in the place of the log; return where the log lies now that was there, None where there was none.

    The caller holds the daemon's lock: nobody else may have the log open. A copy of an older version is upgraded afterwards.

    Raises:
        UsageError: there is no such copy, or it is no whole log.
    """
    try:
        examine(copy)
    except StoreAbsent as error:
        raise UsageError("copy_absent", path=str(copy)) from error
    except StoreDamaged as error:
        raise UsageError("copy_unusable", path=str(copy), problem=str(error.values["problem"])) from error
    log = Path(place(make_url(url)))
    with told_plainly(str(log)):
        part = log.with_name(f".{log.name}.part")
        shutil.copyfile(copy, part)
        part.chmod(0o600)
        aside = put_aside(log, now) if log.exists() else None
        part.rename(log)
    return aside


def put_aside(log: Path, now: datetime) -> Path:
    """
    Move the log away with what belongs to it: left behind, its write-ahead log would be taken for the restored one's.
    """
    aside = log.with_name(f"{log.name}.before-{now:%Y%m%dT%H%M%SZ}")
    for suffix in ("-wal", "-shm"):
        beside = log.with_name(log.name + suffix)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + suffix))
    return log.rename(aside)


def truncate_wal(store: Store) -> int:
    """
    Write what lies in the write-ahead log into the file, make it empty, and return how many bytes it had.

    While a reader holds an older picture it can't be emptied; the next time it can.
    """
    if store.engine.dialect.name != "sqlite":
        return 0
    wal = Path(f"{store.where}-wal")
    size = wal.stat().st_size if wal.exists() else 0
    with told_plainly(store.where), store.engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        if raw is not None:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return size
