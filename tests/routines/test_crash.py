"""
Kill -9 at every named point of a turn: nothing is lost, nothing is doubled but one message at most (DESIGN §1).
"""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.stories.seller import Seller, fourteen, noon
from watchdog.routines.points import Point

if TYPE_CHECKING:
    from datetime import datetime

_NOW = noon("2026-09-05 12:30")
#: A message that a dead process has claimed is free again when its lease is over.
_LATER = noon("2026-09-05 12:40")
#: A turn passes the points of a batch once per file: three files lie in the inbox.
_STRIKES = [*((point, 1) for point in Point), (Point.BATCH_READ, 2), (Point.BATCH_ABSORBED, 2), (Point.BATCH_ABSORBED, 3)]
_TOLD = (
    "SELECT case_no, state, outcome, severity, ship_by, previous_ship_by, cause FROM flagged_orders ORDER BY case_no",
    "SELECT case_no, step, event, state_after FROM case_timeline ORDER BY case_no, step",
    "SELECT order_id, ship_by, status, seen_at_utc, source FROM order_history ORDER BY order_id, seen_at_utc, source",
)


@dataclass
class Ending:
    """
    What is left when all is done: the log in the seller's views, and the messages that went out.
    """

    log: list[list[tuple[object, ...]]]
    sent: list[str]


def a_seller_with_news(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Seller:
    """
    Return a seller whose inbox holds a release list, a healthy dump, and a dump with one reset.
    """
    folder.mkdir()
    seller = Seller(folder, monkeypatch)
    orders = fourteen()
    seller.lists_release("2026-09-14", seen="2026-08-01")
    seller.drops_orders(orders, seen="2026-09-03", name="one.json")
    seller.drops_orders([orders[0].but(ship_by="2026-09-08", status="UNSHIPPED"), *orders[1:]], seen="2026-09-05", name="two.json")
    return seller


def drive(seller: Seller, now: datetime, point: str = "", count: int = 0) -> int:
    """
    Walk one turn in a process of its own and return how it ended.
    """
    arguments = [str(seller.state), now.isoformat(), *([point, str(count)] if point else [])]
    command = [sys.executable, "-m", "tests.routines.crash_driver", *arguments]
    return subprocess.run(command, check=False, timeout=120, cwd=Path(__file__).parents[2]).returncode


def ending(seller: Seller) -> Ending:
    """
    Return what the log and the messages say.
    """
    with closing(sqlite3.connect(seller.state / "watchdog.db")) as database:
        log = [database.execute(query).fetchall() for query in _TOLD]
    return Ending(log, (seller.folder / "sent.txt").read_text().split())


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> Ending:
    """
    How the turn ends when nothing happens to it.
    """
    with pytest.MonkeyPatch.context() as monkeypatch:
        seller = a_seller_with_news(tmp_path_factory.mktemp("unbroken") / "seller", monkeypatch)
        assert drive(seller, _NOW) == 0
        return ending(seller)


@pytest.mark.parametrize(("point", "count"), _STRIKES)
def test_a_kill_at_any_point_loses_and_doubles_nothing(
    point: Point, count: int, unbroken: Ending, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    After the kill the next turn ends as if there had been none; only a message that had left may leave once more.
    """
    seller = a_seller_with_news(tmp_path / "seller", monkeypatch)
    assert drive(seller, _NOW, point, count) == -signal.SIGKILL

    assert drive(seller, _LATER) == 0
    after = ending(seller)

    assert after.log == unbroken.log
    assert set(after.sent) == set(unbroken.sent)
    assert len(after.sent) <= len(unbroken.sent) + (point is Point.MESSAGE_SENT)
