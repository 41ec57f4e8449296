"""
The migrations make what the program speaks, on both databases, and can be taken back.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import delete, inspect, make_url

from tests.routines.makers_post import a_notice
from tests.store.makers_store import a_look, absorb, at, seen
from watchdog.store import Store, migrate, open_store, open_temporary, outbox
from watchdog.store.database import HEAD, connect
from watchdog.store.schema import lines, listings, states
from watchdog.store.views import VIEWS, create_views, drop_views
from watchdog.store.whole import metadata
from watchdog.terms.errors import SchemaOutdated, StoreDamaged, StoreError

if TYPE_CHECKING:
    from pathlib import Path


def _drift(url: str) -> list[Any]:
    engine = connect(make_url(url))
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
    engine.dispose()
    return list(found)


def _names(url: str) -> set[str]:
    engine = connect(make_url(url))
    found = inspect(engine)
    names = {*found.get_table_names(), *found.get_view_names()} - {"alembic_version"}
    engine.dispose()
    return names


def _views(url: str) -> dict[str, str]:
    engine = connect(make_url(url))
    found = inspect(engine)
    definitions = {name: found.get_view_definition(name) for name in found.get_view_names()}
    engine.dispose()
    return definitions


def test_the_migrations_make_the_schema_the_program_speaks(empty_url: str) -> None:
    """
    Nothing is missing and nothing is left over.
    """
    migrate.upgrade(empty_url)

    assert _drift(empty_url) == []
    assert _names(empty_url) == {*metadata.tables, *VIEWS}
    assert migrate.current(empty_url) == HEAD


def test_the_views_of_the_migrations_are_those_of_the_program(empty_url: str) -> None:
    """
    Making every view anew changes none.
    """
    migrate.upgrade(empty_url)
    migrated = _views(empty_url)
    engine = connect(make_url(empty_url))
    with engine.begin() as connection:
        drop_views(connection)
        create_views(connection)
    engine.dispose()

    assert _views(empty_url) == migrated


def test_a_migration_can_be_taken_back(empty_url: str) -> None:
    """
    Down to nothing and up again, also with rows in the tables.
    """
    store = open_store(empty_url, create=True)
    absorb(store, a_look(at(1)), [seen("o1")])
    store.close()
    migrate.downgrade(empty_url, "base")
    left = _names(empty_url)
    migrate.upgrade(empty_url)

    assert left == set()
    assert _names(empty_url) == {*metadata.tables, *VIEWS}


def test_a_log_of_the_release_before_is_brought_forward_with_what_waits_in_it(empty_url: str) -> None:
    """
    A message written then leaves now; until then the program says what to do.
    """
    store = open_store(empty_url, create=True)
    with store.writing() as tx:
        outbox.enqueue(tx, a_notice("alarm", 1), ("slack",), now=at(1))
    store.close()
    migrate.downgrade(empty_url, "0001")
    with pytest.raises(SchemaOutdated):
        open_store(empty_url)
    migrate.upgrade(empty_url)

    store = open_store(empty_url)
    with store.writing() as tx:
        claimed = outbox.claim(tx, "slack", now=at(2), owner="postman", lease=timedelta(minutes=5))
    store.close()
    assert claimed is not None and claimed.notice.key == "alarm"


def test_upgrading_twice_changes_nothing(empty_url: str) -> None:
    """
    What is new enough stays as it is.
    """
    store = open_store(empty_url, create=True)
    absorb(store, a_look(at(1)), [seen("o1")])
    migrate.upgrade(empty_url)

    assert absorb(store, a_look(at(2)), [seen("o1")]).unchanged == 1
    store.close()


def test_the_program_needs_the_newest_migration() -> None:
    """
    ``HEAD`` names the end of the one line of migrations.
    """
    config = Config()
    config.set_main_option("script_location", str(migrate.scripts()))

    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def _sqlite_schema(path: str) -> dict[str, str]:
    """
    Return every object of a SQLite file as its statement, white space and quotes apart.
    """
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name != 'alembic_version'").fetchall()
        hints = connection.execute("SELECT tbl, idx, stat FROM sqlite_stat1").fetchall()
    plain = {name: _plain(sql) for name, sql in rows}
    return plain | {f"hint {table} {index}": figures for table, index, figures in hints}


def _plain(sql: str) -> str:
    """
    Return the statement with its columns and constraints in a fixed order: alembic writes constraints in another.
    """
    flat = re.sub(r"\s+", " ", sql.replace('"', ""))
    if not flat.startswith("CREATE TABLE"):
        return flat
    inner, _, tail = flat.partition("(")[2].rpartition(")")
    return ", ".join([*sorted(part.strip() for part in re.split(r",(?![^()]*\))", inner)), tail.strip()])


def test_the_temporary_store_equals_the_migrated_one(sqlite_store: Store) -> None:
    """
    ``create_all`` and the migrations make the same tables, indexes, views and planner's hints.
    """
    temporary = open_temporary()
    by_metadata = _sqlite_schema(str(temporary.engine.url.database))
    temporary.close()

    assert _sqlite_schema(sqlite_store.where) == by_metadata


def test_account_id_leads_every_key_and_index() -> None:
    """
    A fleet of sellers needs no rebuilt tables (DESIGN law 8).
    """
    keys = [[column.name for column in table.primary_key.columns] for table in metadata.tables.values()]
    indexes = [[column.name for column in index.columns] for table in metadata.tables.values() for index in table.indexes]

    assert [key for key in (*keys, *indexes) if key[0] != "account_id"] == []


def test_no_column_could_hold_a_buyer() -> None:
    """
    The schema has no place for a name, an address, a phone, an e-mail or a postal code; ``address`` is a keyed fingerprint.
    """
    columns = {f"{table.name}.{column.name}" for table in metadata.tables.values() for column in table.columns}
    personal = re.compile(r"buyer|recipient|phone|mail|postal|zip|city|street|address")

    assert {name for name in columns if personal.search(name)} == {"states.address"}


def test_a_backup_is_whole_while_others_write(sqlite_store: Store, tmp_path: Path) -> None:
    """
    The copy is a log of its own; an existing file is never overwritten.
    """
    absorb(sqlite_store, a_look(at(1)), [seen("o1")])
    copy = tmp_path / "copy.db"
    with sqlite_store.writing():
        migrate.backup(sqlite_store, copy)

    restored = open_store(f"sqlite:///{copy}")
    migrate.check_whole(restored)
    assert absorb(restored, a_look(at(2)), [seen("o1")]).unchanged == 1
    restored.close()
    with pytest.raises(StoreError):
        migrate.backup(sqlite_store, copy)


def test_a_row_that_belongs_to_nothing_is_found(store: Store) -> None:
    """
    ``db check`` looks where no foreign key watches.
    """
    absorb(store, a_look(at(1)), [seen("o1")])
    migrate.check_whole(store)
    with store.writing() as tx:
        tx.connection.execute(delete(lines).where(lines.c.account_id == store.account_id))

    with pytest.raises(StoreDamaged) as error:
        migrate.check_whole(store)

    with store.writing() as tx:
        for table in (states, listings):
            tx.connection.execute(delete(table).where(table.c.account_id == store.account_id))
    assert "states" in str(error.value.values["problem"])
