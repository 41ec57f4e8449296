"""
The log on both databases: SQLite in a file, PostgreSQL in a cluster of the tests' own.
"""

from __future__ import annotations

import getpass
import shutil
import socket
import subprocess
import tempfile
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, make_url, text

from watchdog.store import Store, open_store
from watchdog.terms.identity import AccountId

if TYPE_CHECKING:
    from collections.abc import Iterator

_BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
_accounts = count(1)


def _as_postgres(*command: str | Path) -> list[str]:
    """
    Return the command as user postgres where we are root: PostgreSQL refuses to run as root.
    """
    drop = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] if getpass.getuser() == "root" else []
    return [*drop, *map(str, command)]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """
    A PostgreSQL cluster on a free local port; yields its URL without a database name. Stopped by its own process id.
    """
    if not _BINARIES:
        pytest.skip("initdb is not installed")
    binaries, folder, port = _BINARIES[-1], Path(tempfile.mkdtemp(prefix="preorder-pg-")), _free_port()
    if getpass.getuser() == "root":
        shutil.chown(folder, "postgres", "postgres")
    data, quiet = folder / "data", subprocess.DEVNULL
    subprocess.run(_as_postgres(binaries / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "-N"), check=True, stdout=quiet, cwd="/")
    options = f"-F -p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c full_page_writes=off"
    start = ("-D", data, "-l", folder / "log", "-w", "-o", options, "start")
    subprocess.run(_as_postgres(binaries / "pg_ctl", *start), check=True, stdout=quiet, cwd="/")
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}"
    finally:
        stop = ("-D", data, "-m", "immediate", "-w", "stop")
        subprocess.run(_as_postgres(binaries / "pg_ctl", *stop), check=True, stdout=quiet, cwd="/")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_url(cluster: str) -> str:
    """
    The cluster's own database; tests that share it are accounts of their own.
    """
    return f"{cluster}/postgres"


@pytest.fixture(scope="session")
def sqlite_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """
    One database file; tests that share it are accounts of their own.
    """
    return f"sqlite:///{tmp_path_factory.mktemp('store')}/watchdog.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """
    An empty log of a new account, once on each database.
    """
    url = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    opened = open_store(url, AccountId(next(_accounts)), create=True)
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """
    The URL of a database that holds nothing yet, once of each kind.
    """
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/watchdog.db"
    name = f"empty_{next(_accounts)}"
    url = make_url(request.getfixturevalue("postgres_url")).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return f"{request.getfixturevalue('cluster')}/{name}"


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """
    An empty log in a file of its own.
    """
    opened = open_store(f"sqlite:///{tmp_path}/watchdog.db", create=True)
    yield opened
    opened.close()
