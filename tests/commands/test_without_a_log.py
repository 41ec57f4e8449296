"""
Commands that only read never make a database; where there is none, or one of another version, they say so.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.stories.seller import Seller

READING = (
    ("flagged",),
    ("flagged", "--all", "--json"),
    ("show", "PW-0001"),
    ("show", "PW-0001", "--json"),
    ("coverage",),
    ("coverage", "--json"),
    ("health",),
    ("health", "--json"),
    ("plan", "--form", "plan-form.txt"),
    ("evidence", "PW-0001", "--to", "evidence"),
    ("letter", "PW-0001", "ticket"),
    ("db", "check"),
)
DECIDING = (("ack", "PW-0001"), ("note", "PW-0001", "rang Amazon"), ("undo", "PW-0001"))
CHECKING = (("check",), ("check", "--json", "--no-deliver"))
WORKING = (*CHECKING, ("run",))


def outdated(seller: Seller, version: str = "0000") -> str:
    """
    Make the log say that it belongs to another version, and return its digest.
    """
    path = seller.state / "watchdog.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("UPDATE alembic_version SET version_num = ?", (version,))
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return digest(path)


def digest(path: Path) -> str:
    """
    Return the file's digest.
    """
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("arguments", [*READING, *DECIDING], ids=" ".join)
def test_a_reading_command_makes_nothing_and_says_where_it_looked(arguments: tuple[str, ...], seller: Seller) -> None:
    """
    A wrong state folder must not look like an empty log.
    """
    seller.inbox.rmdir()
    seller.state.rmdir()

    assert seller.runs(*arguments, expect=1) == ""

    assert seller.errors == (
        f"There is no database at {seller.state / 'watchdog.db'}. `preorder-watchdog check` or `run` makes one; "
        "if it lies elsewhere, set PREORDER_STATE_DIR.\n"
    )
    assert not seller.state.exists()


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_a_reading_command_changes_no_byte_of_the_log(arguments: tuple[str, ...], caught: Seller) -> None:
    """
    Reading is reading, also of the case and its letter.
    """
    path = caught.state / "watchdog.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = digest(path)

    caught.runs(*arguments)

    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert digest(path) == before


@pytest.mark.parametrize("arguments", [*READING, *DECIDING, *WORKING], ids=" ".join)
def test_a_log_of_another_version_is_refused_and_left_as_it_is(arguments: tuple[str, ...], caught: Seller) -> None:
    """
    The sentence names both versions and ``db upgrade``.
    """
    before = outdated(caught)

    assert caught.runs(*arguments, expect=1) == ""

    assert f"{caught.state / 'watchdog.db'} belongs to another version (it has 0000" in caught.errors
    assert "preorder-watchdog db upgrade" in caught.errors
    assert digest(caught.state / "watchdog.db") == before


def test_an_empty_file_in_the_place_of_the_log_is_no_log(seller: Seller) -> None:
    """
    A reading command does not take it for peace.
    """
    path = seller.state / "watchdog.db"
    path.touch()

    assert seller.runs("flagged", expect=1) == ""

    assert str(path) in seller.errors
    assert "db upgrade" in seller.errors


def test_a_file_that_is_no_database_is_said_to_be_none(seller: Seller) -> None:
    """
    With where it lies and what to do; the daemon alone mends it (tests/daemon/test_mending.py).
    """
    path = seller.state / "watchdog.db"
    path.write_bytes(b"this was a shopping list\n" * 100)

    for arguments in (*READING, *CHECKING):
        seller.runs(*arguments, expect=1)

        assert f"{path} is not a usable database" in seller.errors
        assert "restore a backup" in seller.errors
    assert path.read_bytes().startswith(b"this was a shopping list")
