"""
The log is opened: an absent one is made only on request, one of another version is refused, and a passing one lives in a temporary file.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import make_url, text

from watchdog.store.database import HEAD, Store, connect, found_schema, place
from watchdog.store.trouble import told_plainly
from watchdog.terms.errors import SchemaOutdated, StoreAbsent, StoreDamaged
from watchdog.terms.identity import AccountId

if TYPE_CHECKING:
    from sqlalchemy.engine import URL


def open_store(url: str, account_id: AccountId = AccountId(1), *, create: bool = False) -> Store:
    """
    Return the log at this URL (``sqlite:///path`` or ``postgresql://…``); only with ``create`` is an absent one made.

    Raises:
        StoreAbsent: there is none, and reading commands never make one.
        SchemaOutdated: it belongs to another version of the program.
        StoreDamaged: the file is no database.
    """
    parsed = make_url(url)
    where = place(parsed)
    if parsed.get_backend_name() == "sqlite":
        _require_file(parsed, where, create=create)
    store = Store(connect(parsed), account_id, where)
    try:
        _require_schema(store, parsed, create=create)
    except BaseException:
        store.close()
        raise
    return store


def open_temporary() -> Store:
    """
    Return an empty log in a temporary file, made by ``create_all``; closing deletes it (a test proves it equals the migrations).
    """
    from watchdog.store.hints import give_hints
    from watchdog.store.views import create_views
    from watchdog.store.whole import metadata

    folder = Path(tempfile.mkdtemp(prefix="preorder-watchdog-"))
    engine = connect(make_url(f"sqlite:///{folder / 'replay.db'}"), lasting=False)
    with engine.begin() as connection:
        metadata.create_all(connection)
        create_views(connection)
        give_hints(connection)
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})
    return Store(engine, AccountId(1), "temporary", lambda: shutil.rmtree(folder, ignore_errors=True))


def _require_file(url: URL, where: str, *, create: bool) -> None:
    path = Path(url.database or "")
    if path.is_file():
        return
    if path.exists():
        raise StoreDamaged(path=where, problem="not a file")
    if not create:
        raise StoreAbsent(path=where)
    with told_plainly(where):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o640))


def _require_schema(store: Store, url: URL, *, create: bool) -> None:
    with told_plainly(store.where), store.engine.connect() as connection:
        found = found_schema(connection)
    if found == HEAD:
        return
    if found is None and create:
        from watchdog.store.migrate import upgrade

        upgrade(url.render_as_string(hide_password=False))
        return
    if found is None and url.get_backend_name() != "sqlite":
        raise StoreAbsent(path=store.where)
    raise SchemaOutdated(path=store.where, found=found or "-", needed=HEAD)
