"""
The database itself: one engine per store, one account in every statement, short transactions; SQLite by default, PostgreSQL alike.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, select, table, text
from sqlalchemy import column as sql_column

from watchdog.store.bulk import bulk_insert
from watchdog.store.trouble import told_plainly
from watchdog.terms.identity import AccountId

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Table
    from sqlalchemy.engine import URL

#: The schema this program speaks: the newest migration. ``migrate`` and a test hold it against migrations/versions.
HEAD = "0002"
_BUSY_MS = 5_000
_WRITER = "watchdog_writer"
_CACHE_KIB = 64 * 1024
_PAGE = 8192


@dataclass(frozen=True, slots=True)
class Transaction:
    """
    One running transaction of one account; every statement of the room goes through it.
    """

    connection: Connection
    account_id: AccountId

    def bulk(self, name: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        """
        Insert many rows whose values are already as stored.
        """
        if rows:
            bulk_insert(self.connection, name, columns, rows)

    def add(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """
        Insert the rows of this account; those whose key is there already are left as they are.
        """
        self._insert(table, rows, None)

    def put(self, table: Table, rows: Sequence[Mapping[str, Any]], *names: str) -> None:
        """
        Insert the rows of this account; where the key is there already, the named columns are renewed.
        """
        self._insert(table, rows, names)

    def _insert(self, table: Table, rows: Sequence[Mapping[str, Any]], renewed: Sequence[str] | None) -> None:
        if not rows:
            return
        from sqlalchemy.dialects import postgresql, sqlite

        insert: Any = sqlite.insert if self.connection.dialect.name == "sqlite" else postgresql.insert
        statement = insert(table)
        keys = list(table.primary_key.columns)
        if renewed is None:
            statement = statement.on_conflict_do_nothing(index_elements=keys)
        else:
            statement = statement.on_conflict_do_update(index_elements=keys, set_={name: statement.excluded[name] for name in renewed})
        self.connection.execute(statement, [{"account_id": self.account_id, **row} for row in rows])


@dataclass(frozen=True)
class Store:
    """
    One account's log in one database.
    """

    engine: Engine
    account_id: AccountId
    where: str  #: path, or URL with the password masked
    _discard: Callable[[], None] = field(default=lambda: None, repr=False)
    #: told before (False) and after (True) every commit; the program does nothing there, tests stop the process
    committing: Callable[[bool], None] = field(default=lambda _done: None, repr=False)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """
        Hold the only writing transaction of the account; committed at the end, rolled back on any exception.

        Raises:
            StoreBusy: another program has been writing for longer than five seconds.
            StoreFull: the disk is full or read-only.
            StoreDamaged: the file is broken.
        """
        with told_plainly(self.where), self.engine.connect() as connection:
            writer = connection.execution_options(**{_WRITER: True})
            with writer.begin():
                _lock_account(writer, self.account_id)
                yield Transaction(writer, self.account_id)
                self.committing(False)  # noqa: FBT003 - not yet
        self.committing(True)  # noqa: FBT003 - done

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """
        Hold one consistent picture of the log; nothing is written.
        """
        with told_plainly(self.where), self.engine.connect() as connection, connection.begin():
            yield Transaction(connection, self.account_id)

    def close(self) -> None:
        """
        Let go of every connection; a temporary store is gone afterwards.
        """
        self.engine.dispose()
        self._discard()


def _lock_account(connection: Connection, account_id: AccountId) -> None:
    """
    Let one transaction write at a time per account, as SQLite does for the whole file: numbers may then be "the highest + 1".
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL lock_timeout = {_BUSY_MS}"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:room, :account)"), {"room": 0x5057, "account": account_id})


def shown_place(url: str) -> str:
    """
    Return how the database of this URL is named to people: its path, or its URL without the password.
    """
    return place(make_url(url))


def place(url: URL) -> str:
    """
    Return the same of a parsed URL.
    """
    if url.get_backend_name() == "sqlite":
        return url.database or ":memory:"
    return url.render_as_string(hide_password=True)


def connect(url: URL, *, lasting: bool = True) -> Engine:
    """
    Return an engine whose every connection has the house's settings; nothing is opened yet.
    """
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url, lasting=lasting)
    return create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True)


def _sqlite_engine(url: URL, *, lasting: bool) -> Engine:
    engine = create_engine(url, connect_args={"timeout": _BUSY_MS / 1000})
    pragmas = (
        f"busy_timeout={_BUSY_MS}",
        f"page_size={_PAGE}",  # of a new file: fewer, larger pages take in a big report faster
        f"journal_mode={'WAL' if lasting else 'MEMORY'}",
        f"synchronous={'FULL' if lasting else 'OFF'}",
        "foreign_keys=ON",
        f"cache_size=-{_CACHE_KIB}",
    )

    @event.listens_for(engine, "connect")
    def settle(raw: Any, _record: object) -> None:
        raw.isolation_level = None  # else the driver opens transactions by itself, and only before the first write
        for pragma in pragmas:
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writer = connection.get_execution_options().get(_WRITER, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writer else "BEGIN")

    return engine


def found_schema(connection: Connection) -> str | None:
    """
    Return the version the database says it has; None where it holds no tables of ours.
    """
    if not inspect(connection).has_table("alembic_version"):
        return None
    versions = table("alembic_version", sql_column("version_num"))
    return connection.execute(select(versions.c.version_num)).scalar()
