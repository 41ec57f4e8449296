"""
Old databases become new ones: alembic, used programmatically and without a configuration file; imported only when needed.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import make_url, text

from watchdog.store.database import _WRITER, HEAD, Store, connect, found_schema, place
from watchdog.store.trouble import told_plainly
from watchdog.terms.errors import SchemaOutdated, StoreDamaged, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alembic.config import Config
    from sqlalchemy import Connection, Engine

__all__ = ["HEAD", "backup", "check_whole", "current", "downgrade", "require_known", "scripts", "upgrade"]

#: What has no foreign key (schema.py says why): table, the table it belongs to, by which column.
_STRAYS = (
    ("lines", "products", "product_id"),
    ("states", "lines", "line_id"),
    ("states", "looks", "look_no"),
    ("listings", "lines", "line_id"),
)
_LOCK = 0x50570001  #: any number, the same in every process


def scripts() -> Path:
    """
    Return the folder of migrations: inside the installed wheel, else beside the package.
    """
    package = Path(str(files("watchdog")))
    shipped = package / "_migrations"
    return shipped if shipped.is_dir() else package.parent / "migrations"


def upgrade(target: Store | str) -> None:
    """
    Bring the database to this program's schema; one process at a time, all or nothing per migration.
    """
    from alembic import command

    with _configured(target) as config:
        command.upgrade(config, "head")


def require_known(target: Store | str, found: str) -> None:
    """
    Refuse a schema version this program has no migration of.

    Raises:
        SchemaOutdated: it is a newer version's.
    """
    if not any(path.name.startswith(f"{found}_") for path in (scripts() / "versions").iterdir()):
        raise SchemaOutdated(path=_where(target), found=found, needed=HEAD)


def downgrade(target: Store | str, to: str) -> None:
    """
    Take the database back to an older schema (``base``: none at all).
    """
    from alembic import command

    with _configured(target) as config:
        command.downgrade(config, to)


def current(target: Store | str) -> str | None:
    """
    Return the database's schema version, None where there is none.
    """
    with _engine(target) as engine, told_plainly(_where(target)), engine.connect() as connection:
        return found_schema(connection)


def backup(target: Store | str, path: Path) -> None:
    """
    Write a consistent copy of the SQLite database to ``path``, while others go on reading and writing.

    Raises:
        StoreError: it is not SQLite (use pg_dump), or the path exists already.
    """
    url = target.engine.url if isinstance(target, Store) else make_url(target)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise StoreError(path=_where(target), problem="only SQLite files are copied here; use pg_dump")
    if path.exists():
        raise StoreError(path=str(path), problem="exists already")
    path.touch(mode=0o600)
    with told_plainly(str(path)), closing(sqlite3.connect(url.database)) as source, closing(sqlite3.connect(path)) as copy:
        source.backup(copy)


def check_whole(store: Store) -> None:
    """
    Look through the whole database for damage, and for rows that belong to nothing where no foreign key watches.

    Raises:
        StoreDamaged: something in it is broken.
    """
    with store.reading() as tx:
        if store.engine.dialect.name == "sqlite":
            found = tx.connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
            if found != "ok":
                raise StoreDamaged(path=store.where, problem=str(found))
        for child, parent, key in _STRAYS:
            stray = f"SELECT 1 FROM {child} c LEFT JOIN {parent} p USING (account_id, {key}) WHERE p.account_id IS NULL LIMIT 1"
            if tx.connection.exec_driver_sql(stray).first() is not None:
                raise StoreDamaged(path=store.where, problem=f"a row of {child} belongs to no row of {parent}")


def _where(target: Store | str) -> str:
    return target.where if isinstance(target, Store) else place(make_url(target))


@contextmanager
def _engine(target: Store | str) -> Iterator[Engine]:
    """
    Hold the store's engine, or one of our own that leaves no connection behind.
    """
    if isinstance(target, Store):
        yield target.engine
        return
    engine = connect(make_url(target))
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _configured(target: Store | str) -> Iterator[Config]:
    from alembic.config import Config

    with _engine(target) as engine, told_plainly(_where(target)), engine.connect() as connection:
        writer = connection.execution_options(**{_WRITER: True})
        _unbind(writer)
        with writer.begin():
            _take_turns(writer)
            config = Config()
            config.set_main_option("script_location", str(scripts()).replace("%", "%%"))
            config.attributes["connection"] = writer
            yield config


def _unbind(connection: Connection) -> None:
    """
    Switch foreign keys off for this connection: SQLite rebuilds tables, and the switch does nothing inside a transaction.
    """
    if connection.dialect.name == "sqlite":
        raw = connection.connection.dbapi_connection
        if raw is not None:
            raw.cursor().execute("PRAGMA foreign_keys=OFF")
        connection.detach()  # the switch must not come back through the pool


def _take_turns(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
