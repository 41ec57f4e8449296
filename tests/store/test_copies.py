"""
Copies of the log: whole, rotated, and put back.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.store.makers_store import a_look, absorb, at, seen
from watchdog.store import Store, copies, open_store
from watchdog.terms.errors import StoreFull, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Store]:
    """
    A log in a file with one order in it.
    """
    store = open_store(f"sqlite:///{tmp_path / 'watchdog.db'}", create=True)
    absorb(store, a_look(at(1)), [seen("a")])
    yield store
    store.close()


def orders(path: Path) -> int:
    """
    Return how many order lines the file holds.
    """
    with closing(sqlite3.connect(path)) as database:
        return int(database.execute("SELECT count(*) FROM lines").fetchone()[0])


def spoil(path: Path) -> None:
    """
    Overwrite the file's pages behind the first.
    """
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xa5" * 8192 * 40)


def test_a_copy_is_one_whole_file_for_its_owner_alone(log: Store, tmp_path: Path) -> None:
    """
    Taken while somebody writes; it holds what was committed.
    """
    with log.writing():
        made = copies.save(log, tmp_path / "backups", now=at(2), daily=7)

    assert made is not None
    assert made.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "backups").iterdir()] == ["watchdog-20260902T010000Z.db"]
    assert orders(made) == 1
    assert copies.examine(made)


def test_a_week_of_days_and_a_month_of_weeks_stay(tmp_path: Path) -> None:
    """
    Eighty days, two copies a day: the newest of seven days, and the newest of each of four weeks.
    """
    moments = [datetime(2026, 9, 20, 12, tzinfo=UTC) - timedelta(hours=12 * n) for n in range(160)]
    for moment in moments:
        (tmp_path / moment.strftime("watchdog-%Y%m%dT%H%M%SZ.db")).touch()
    (tmp_path / "watchdog-mine.db").touch()

    copies.rotate(tmp_path, daily=7)

    assert [f"{moment:%m-%d %H}" for moment in copies.taken(tmp_path)] == [
        "08-30 12",
        "09-06 12",
        "09-13 12",
        *(f"09-{day} 12" for day in range(14, 21)),
    ]
    assert (tmp_path / "watchdog-mine.db").exists()


def test_a_copy_takes_the_place_of_the_log_which_is_kept_aside(log: Store, tmp_path: Path) -> None:
    """
    With the write-ahead log that belonged to it: nothing of it may leak into the restored one.
    """
    made = copies.save(log, tmp_path / "backups", now=at(2), daily=7)
    assert made is not None
    absorb(log, a_look(at(3)), [seen("a"), seen("b")])
    log.close()

    aside = copies.restore(f"sqlite:///{tmp_path / 'watchdog.db'}", made, now=at(4))

    assert orders(tmp_path / "watchdog.db") == 1
    assert aside is not None
    assert orders(aside) == 2


def test_a_broken_copy_is_refused_and_nothing_is_touched(log: Store, tmp_path: Path) -> None:
    """
    Before the log is moved.
    """
    made = copies.save(log, tmp_path / "backups", now=at(2), daily=7)
    assert made is not None
    spoil(made)
    with pytest.raises(UsageError) as broken:
        copies.restore(f"sqlite:///{tmp_path / 'watchdog.db'}", made, now=at(4))
    with pytest.raises(UsageError) as absent:
        copies.restore(f"sqlite:///{tmp_path / 'watchdog.db'}", tmp_path / "none.db", now=at(4))

    assert (broken.value.code, absent.value.code) == ("copy_unusable", "copy_absent")
    assert orders(tmp_path / "watchdog.db") == 1


class _Usage(NamedTuple):
    free: int


def test_without_room_no_copy_is_begun(log: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A copy that fills the disk would stop the watch.
    """
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: _Usage(1000))
    with pytest.raises(StoreFull):
        copies.save(log, tmp_path / "backups", now=at(2), daily=7)

    assert list((tmp_path / "backups").iterdir()) == []


def test_the_write_ahead_log_is_emptied(log: Store, tmp_path: Path) -> None:
    """
    It only ever grows until somebody does.
    """
    absorb(log, a_look(at(3)), [seen(f"order-{n}") for n in range(500)])
    size = copies.truncate_wal(log)

    assert size > 0
    assert (tmp_path / "watchdog.db-wal").stat().st_size == 0
