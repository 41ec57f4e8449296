"""
The process is killed in the middle of taking in a file: read again from its start, nothing is lost and nothing doubled.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.store.crash_driver import ROWS_PER_BATCH, count_statements, first_file, second_file
from tests.store.makers_store import a_look, absorb, at
from watchdog.store import Store, journal, looks, migrate, open_store
from watchdog.store.schema import lines, listings, states

ROOT = Path(__file__).parents[2]


def a_log(path: Path) -> Store:
    """
    Return a log that holds the first file.
    """
    store = open_store(f"sqlite:///{path}", create=True)
    absorb(store, a_look(at(1), content="first"), first_file())
    return store


def kept(store: Store) -> dict[str, list[Any]]:
    """
    Return everything the log knows of orders, numbers of arrival apart.
    """
    its = lines.c.order_id
    current = select(its, *(column for column in lines.c if column.name not in {"line_id", "last_state", "order_id"})).order_by(its)
    history = select(its, states.c.as_of, states.c.listed, states.c.late, states.c.digest, states.c.ship_by, states.c.status)
    shown = select(its, listings.c.shelf_no, listings.c.digest, listings.c.stale, listings.c.dated)
    with store.reading() as tx:
        return {
            "lines": [tuple(row) for row in tx.connection.execute(current)],
            "states": sorted(repr(row) for row in tx.connection.execute(history.join(lines, lines.c.line_id == states.c.line_id))),
            "listings": sorted(repr(row) for row in tx.connection.execute(shown.join(lines, lines.c.line_id == listings.c.line_id))),
        }


def die(path: Path, statement: int) -> int:
    """
    Take in the second file in a process that dies at that statement; return how it ended.
    """
    command = [sys.executable, "-m", "tests.store.crash_driver", str(path), str(statement)]
    return subprocess.run(command, check=False, cwd=ROOT, capture_output=True, timeout=120).returncode


@pytest.mark.parametrize("seed", [1, 2])
def test_a_killed_process_loses_and_doubles_nothing(tmp_path: Path, seed: int, proving: bool) -> None:
    """
    Killed again and again at statements drawn by lot, inside transactions and between them; then read once more, to the end.
    """
    clean, torn = a_log(tmp_path / "clean.db"), a_log(tmp_path / "torn.db")
    statements = count_statements(clean.engine, 0)
    absorb(clean, a_look(at(2), content="second"), second_file(), size=ROWS_PER_BATCH)
    lot = random.Random(seed)

    fates = [die(tmp_path / "torn.db", lot.randint(5, statements[0] // 2)) for _ in range(20 if proving else 3)]
    with torn.reading() as tx:
        finished = looks.is_known(tx, "second")
    absorb(torn, a_look(at(2), content="second"), second_file(), size=ROWS_PER_BATCH)

    assert fates[0] == -signal.SIGKILL
    assert not finished
    assert kept(torn) == kept(clean)
    migrate.check_whole(torn)
    with torn.reading() as tx:
        assert journal.rows(tx).read == journal.rows(tx).used + journal.rows(tx).unchanged == len(first_file()) + len(second_file())
        assert [each.name for each in journal.intake(tx, 10)] == ["orders.txt"] * 2
    for store in (clean, torn):
        store.close()
