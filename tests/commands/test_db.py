"""
The log's database: upgraded, checked, backed up.
"""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from watchdog.store.migrate import HEAD

if TYPE_CHECKING:
    from pathlib import Path

    from tests.stories.seller import Seller


def rows(path: Path, view: str) -> list[tuple[object, ...]]:
    """
    Return what the view holds.
    """
    with closing(sqlite3.connect(path)) as database:
        return sorted(database.execute(f"SELECT * FROM {view}").fetchall(), key=repr)  # noqa: S608 - a name of ours


def test_a_log_that_is_whole_is_said_to_be(caught: Seller) -> None:
    """
    With its place and version.
    """
    assert caught.runs("db", "check") == f"{caught.state / 'watchdog.db'}: ok ({HEAD})\n"


def test_an_absent_log_is_made_and_nobody_else_can_read_it(seller: Seller) -> None:
    """
    Asked for by name, so it may; the seller's group may look, and write nothing.
    """
    assert seller.runs("db", "upgrade").endswith(f"- → {HEAD}\n")

    assert (seller.state / "watchdog.db").stat().st_mode & 0o037 == 0
    assert seller.runs("db", "check")


def test_a_log_of_this_version_stays_as_it_is(caught: Seller) -> None:
    """
    An upgrade too many does no harm.
    """
    before = rows(caught.state / "watchdog.db", "case_timeline")

    assert caught.runs("db", "upgrade").endswith(f"{HEAD} → {HEAD}\n")
    assert rows(caught.state / "watchdog.db", "case_timeline") == before


@pytest.mark.parametrize(
    "view", ["flagged_orders", "case_timeline", "alerts_sent", "order_history", "release_dates", "coverage", "intake", "account_health"]
)
def test_a_backup_holds_what_the_log_held(view: str, caught: Seller) -> None:
    """
    Every view of it, in one file that only its owner can read.
    """
    copy = caught.folder / "copy.db"

    assert caught.runs("db", "backup", str(copy)) == f"{copy}\n"
    assert rows(copy, view) == rows(caught.state / "watchdog.db", view)
    assert copy.stat().st_mode & 0o077 == 0
    assert [path.name for path in caught.folder.glob("copy.db*")] == ["copy.db"]


def test_a_backup_is_restored_by_putting_it_back(caught: Seller) -> None:
    """
    The log is lost; the copy takes its place, and the case goes on.
    """
    copy = caught.folder / "copy.db"
    caught.runs("ack", "PW-0001")
    caught.runs("db", "backup", str(copy))
    for path in caught.state.glob("watchdog.db*"):
        path.unlink()
    copy.rename(caught.state / "watchdog.db")

    assert "PW-0001" in caught.runs("flagged")
    assert caught.runs("db", "check")
    assert caught.flags("2026-09-05 18:30")[0]["case_no"] == "PW-0001"
    assert "PW-0001" not in caught.errors, "what rang before the backup does not ring again"


def test_a_backup_is_whole_while_others_go_on_writing(caught: Seller) -> None:
    """
    Half of a transaction is never in it.
    """
    begun, stop, path = threading.Event(), threading.Event(), caught.state / "watchdog.db"

    def write() -> None:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=10)) as database:
            while not stop.is_set():
                database.execute("BEGIN IMMEDIATE")
                database.execute("UPDATE looks SET name = 'a' WHERE look_no = 1")
                database.execute("UPDATE looks SET name = 'a' WHERE look_no = 2")
                database.execute("COMMIT")
                database.execute("BEGIN IMMEDIATE")
                database.execute("UPDATE looks SET name = 'b' WHERE look_no = 1")
                database.execute("UPDATE looks SET name = 'b' WHERE look_no = 2")
                database.execute("COMMIT")
                begun.set()

    writer = threading.Thread(target=write)
    writer.start()
    copies = [caught.folder / f"copy-{number}.db" for number in range(5)]
    try:
        assert begun.wait(10)
        for copy in copies:
            caught.runs("db", "backup", str(copy))
    finally:
        stop.set()
        writer.join(10)
    names = []
    for copy in copies:
        with closing(sqlite3.connect(copy)) as database:
            names.append({name for (name,) in database.execute("SELECT name FROM looks WHERE look_no IN (1, 2)")})
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)

    assert all(len(name) == 1 for name in names)


def test_a_log_of_another_version_can_be_backed_up(caught: Seller) -> None:
    """
    ``Back it up, then run db upgrade`` must be possible in that order.
    """
    with closing(sqlite3.connect(caught.state / "watchdog.db", isolation_level=None)) as database:
        database.execute("UPDATE alembic_version SET version_num = '0000'")

    assert caught.runs("db", "backup", str(caught.folder / "copy.db"))


def test_a_backup_overwrites_nothing(caught: Seller) -> None:
    """
    Yesterday's backup is not lost to today's.
    """
    copy = caught.folder / "copy.db"
    copy.write_text("yesterday")
    caught.runs("db", "backup", str(copy), expect=2)

    assert f"{copy} exists already. Name another file." in caught.errors
    assert copy.read_text() == "yesterday"


def test_what_is_no_backup_is_not_restored(caught: Seller) -> None:
    """
    A slip in the name and a file of somebody else's: each is said of the copy, and the log stays.
    """
    before = (caught.state / "watchdog.db").read_bytes()
    (caught.folder / "photo.db").write_bytes(b"\x89PNG" * 400)
    caught.runs("db", "restore", str(caught.folder / "absent.db"), expect=2)
    absent = caught.errors
    caught.runs("db", "restore", str(caught.folder / "photo.db"), expect=2)

    assert "There is no backup at" in absent and "absent.db" in absent
    assert "photo.db is no backup of this program" in caught.errors
    assert (caught.state / "watchdog.db").read_bytes() == before


def test_a_backup_into_a_folder_that_is_not_there_is_a_sentence(caught: Seller) -> None:
    """
    It names the place.
    """
    copy = caught.folder / "nowhere" / "copy.db"
    caught.runs("db", "backup", str(copy), expect=1)

    assert str(copy) in caught.errors


def test_a_backup_of_nothing_makes_nothing(seller: Seller) -> None:
    """
    Neither a log nor an empty copy: the sentence says where the log was looked for.
    """
    copy = seller.folder / "copy.db"
    seller.runs("db", "backup", str(copy), expect=1)

    assert str(seller.state / "watchdog.db") in seller.errors
    assert not (seller.state / "watchdog.db").exists()
    assert not copy.exists()


def test_damage_inside_the_log_is_found(caught: Seller) -> None:
    """
    A page of zeros in the middle of the file.
    """
    path = caught.state / "watchdog.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = database.execute("PRAGMA page_size").fetchone()
    whole = bytearray(path.read_bytes())
    whole[page * 3 : page * 12] = b"\xa5" * (page * 9)
    path.write_bytes(whole)
    caught.runs("db", "check", expect=1)

    assert str(path) in caught.errors
    assert "restore a backup" in caught.errors
