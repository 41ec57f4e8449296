"""
The log is opened, and what is said when it can't be.
"""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.makers_store import a_look, absorb, at, seen
from watchdog.store import Store, Transaction, journal, open_store, open_temporary, shown_place
from watchdog.terms.errors import SchemaOutdated, StoreAbsent, StoreBusy, StoreDamaged, StoreError, StoreFull
from watchdog.terms.sentences import say


def _hurried(store: Store, pragma: str) -> None:
    """
    Set something on the store's one pooled connection.
    """
    with store.engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA {pragma}")


def test_reading_never_makes_a_database(tmp_path: Path) -> None:
    """
    An absent file is named and stays absent.
    """
    path = tmp_path / "watchdog.db"

    with pytest.raises(StoreAbsent) as error:
        open_store(f"sqlite:///{path}")

    assert error.value.values == {"path": str(path)}
    assert not path.exists()


def test_a_made_database_is_for_its_owner_and_at_most_its_group_to_read(tmp_path: Path) -> None:
    """
    The seller in the service's group may look into the log; its folder, made where it is missing, lets nobody else in.
    """
    path = tmp_path / "state" / "watchdog.db"
    open_store(f"sqlite:///{path}", create=True).close()

    assert stat.S_IMODE(path.stat().st_mode) & ~0o640 == 0
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_every_connection_is_set_up(sqlite_store: Store) -> None:
    """
    WAL, full synchronisation, foreign keys and patience hold on every connection.
    """
    with sqlite_store.reading() as one, sqlite_store.reading() as other:
        found = [
            [
                tx.connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            ]
            for tx in (one, other)
        ]

    assert found == [["wal", 2, 1, 5000]] * 2


@pytest.mark.parametrize(
    "content", [b"this is no database, but a text that is long enough to be one" * 20, b"SQLite format 3\x00" + b"\xff" * 500]
)
def test_a_file_that_is_no_database_is_damaged(tmp_path: Path, content: bytes) -> None:
    """
    The sentence names the file; nothing is written into it.
    """
    path = tmp_path / "watchdog.db"
    path.write_bytes(content)

    with pytest.raises(StoreDamaged) as error:
        open_store(f"sqlite:///{path}", create=True)

    assert str(path) in say(error.value.code, "en", error.value.values)
    assert path.read_bytes() == content


def test_a_database_of_another_version_is_refused(tmp_path: Path) -> None:
    """
    Found and needed version are named.
    """
    url = f"sqlite:///{tmp_path}/watchdog.db"
    open_store(url, create=True).close()
    with closing(sqlite3.connect(tmp_path / "watchdog.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()

    with pytest.raises(SchemaOutdated) as error:
        open_store(url, create=True)

    assert error.value.values["found"] == "9999"
    assert say(error.value.code, "ja", error.value.values)


def test_another_writer_makes_the_store_busy(sqlite_store: Store) -> None:
    """
    Who can't get the write lock in time is told that the database is held; the whole transaction may be tried again.
    """
    _hurried(sqlite_store, "busy_timeout=10")
    with closing(sqlite3.connect(sqlite_store.where, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(StoreBusy) as error, sqlite_store.writing():
            pass

    assert error.value.exit_code == 75
    assert say(error.value.code, "en", error.value.values)


def test_readers_go_on_while_someone_writes(sqlite_store: Store) -> None:
    """
    WAL: a reader sees the last commit, not the writer.
    """
    with sqlite_store.writing() as writer:
        writer.connection.exec_driver_sql("INSERT INTO ledger VALUES (1, 7, 0, 0)")
        with sqlite_store.reading() as reader:
            seen_now = reader.connection.exec_driver_sql("SELECT count(*) FROM ledger").scalar()

    assert seen_now == 0


def test_a_full_disk_loses_nothing(sqlite_store: Store) -> None:
    """
    What does not fit is refused as a whole; what was there stays, and later it works again.
    """
    absorb(sqlite_store, a_look(at(1)), [seen("o1")])
    _hurried(sqlite_store, "max_page_count=1")

    with pytest.raises(StoreFull) as error:
        absorb(sqlite_store, a_look(at(2)), [seen(f"order-{number}") for number in range(3000)])

    assert say(error.value.code, "ja", error.value.values)
    _hurried(sqlite_store, "max_page_count=1073741823")
    assert absorb(sqlite_store, a_look(at(2)), [seen(f"order-{number}") for number in range(3000)]).used == 3000


def test_a_broken_block_rolls_everything_back(store: Store) -> None:
    """
    A transaction is all or nothing.
    """
    with pytest.raises(ValueError, match="instant"), store.writing() as tx:
        _mark_then_fail(tx)

    with store.reading() as tx:
        assert journal.mark(tx, "inbox") is None


def _mark_then_fail(tx: Transaction) -> None:
    journal.save_mark(tx, "inbox", {"page": 1})
    raise ValueError("an instant too late")


def test_a_temporary_store_is_gone_when_closed() -> None:
    """
    Replay leaves nothing behind.
    """
    store = open_temporary()
    path = Path(str(store.engine.url.database))
    existed = path.exists()
    store.close()

    assert existed
    assert not path.parent.exists()


def test_a_password_is_never_shown() -> None:
    """
    People see where the log lies, not how to get in.
    """
    shown = shown_place("postgresql://seller:secret@127.0.0.1/watchdog")

    assert "secret" not in shown
    assert "127.0.0.1/watchdog" in shown


def test_an_unreachable_server_is_said_plainly() -> None:
    """
    No driver's error reaches the caller, and no password.
    """
    with pytest.raises(StoreError) as error:
        open_store("postgresql://seller:secret@127.0.0.1:1/watchdog")

    assert "secret" not in str(error.value.values)
