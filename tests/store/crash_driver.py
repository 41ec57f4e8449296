"""
Takes in a file in a process of its own, which kills itself at its n-th statement.

``python -m tests.store.crash_driver PATH COUNT``: the log at PATH, the file of ``second_file``.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from sqlalchemy import event

from tests.store.makers_store import RESET, a_look, absorb, at, seen
from watchdog.store import open_store
from watchdog.terms.observation import Observation, Status

ORDERS = 2_000
ROWS_PER_BATCH = 150


def first_file() -> list[Observation]:
    """
    Return two thousand healthy orders.
    """
    return [seen(f"order-{number:05d}") for number in range(ORDERS)]


def second_file() -> list[Observation]:
    """
    Return the same orders a day later: some moved, some shipped, some gone, some new.
    """
    rows = []
    for number in range(ORDERS + 300):
        order = f"order-{number:05d}"
        if number % 17 == 0:
            rows.append(seen(order, RESET))
        elif number % 23 == 0:
            rows.append(seen(order, status=Status.SHIPPED))
        elif number % 29:
            rows.append(seen(order))
    return rows


def count_statements(engine: Any, upto: int) -> list[int]:
    """
    Kill this process at the statement of that number (0: never) and return the running count.
    """
    count = [0]

    @event.listens_for(engine, "before_cursor_execute")
    def _count(*_ignored: object) -> None:
        count[0] += 1
        if count[0] == upto:
            os.kill(os.getpid(), signal.SIGKILL)

    return count


def main(path: str, upto: str) -> None:
    """
    Take in the second file.
    """
    store = open_store(f"sqlite:///{path}")
    count_statements(store.engine, int(upto))
    absorb(store, a_look(at(2), content="second"), second_file(), size=ROWS_PER_BATCH)
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
