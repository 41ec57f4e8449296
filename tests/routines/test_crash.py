"""
Kill -9 at every named point of a turn, and anywhere: nothing is lost, one double a crash at most, no all-clear before its alarm.
"""

from __future__ import annotations

import json
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.stories.seller import Seller, fourteen, noon
from watchdog.routines.points import Point

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAYS = [noon(f"2026-09-0{day} 12:30").isoformat() for day in (5, 6)]
_TOLD = (
    "SELECT case_no, state, outcome, severity, ship_by, previous_ship_by, cause FROM flagged_orders ORDER BY case_no",
    "SELECT case_no, step, event, state_after FROM case_timeline ORDER BY case_no, step",
    "SELECT order_id, ship_by, status, seen_at_utc, source FROM order_history ORDER BY order_id, seen_at_utc, source",
)
#: Points no turn of this seller comes to: nothing is asked over the network.
_ELSEWHERE = {Point(name) for name in {point.value for point in Point} if "doubt" in name}
_POINTS = [point for point in Point if point not in _ELSEWHERE]


@dataclass(frozen=True)
class Ending:
    """
    What is left when all is done: the log in the seller's views, and the messages that went out.
    """

    log: list[list[tuple[object, ...]]]
    sent: list[str]

    def wrong_order(self) -> list[str]:
        """
        Return the cases whose all-clear went out before their alarm.
        """
        first: dict[tuple[str, str], int] = {}
        for place, line in enumerate(self.sent):
            _key, kind, cases = line.split(" ")
            for case in cases.split(","):
                first.setdefault((case, kind), place)
        return [case for case, kind in first if kind == "resolved" and first.get((case, "alert"), len(self.sent)) > first[(case, kind)]]


@dataclass(frozen=True)
class World:
    """
    What every death begins with.
    """

    untouched: Path
    driver: Driver
    unbroken: Ending
    took: float  #: seconds the days take


class Driver:
    """
    The process whose children die.
    """

    def __init__(self) -> None:
        """
        Start it.
        """
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.routines.crash_driver"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )

    def lives(self, folder: Path, attempt: int, **how: Any) -> tuple[int, float]:
        """
        Let a child live the days that are left; return how it ended and how long it took.
        """
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps({"folder": str(folder), "days": _DAYS, "attempt": attempt, **how}) + "\n")
        self.process.stdin.flush()
        told = json.loads(self.process.stdout.readline())
        return told["ended"], told["took"]

    def stop(self) -> None:
        """
        Let it go.
        """
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()


@pytest.fixture(scope="module")
def driver() -> Iterator[Driver]:
    """
    One driver for all deaths.
    """
    made = Driver()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    A seller before the first day: an empty log, and the files of two days.
    """
    folder = tmp_path_factory.mktemp("untouched") / "seller"
    folder.mkdir()
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.delenv("PREORDER_PROVE", raising=False)  # made before the test's own environment is cleaned
        seller = Seller(folder, monkeypatch)
        seller.runs("db", "upgrade")
        orders = fourteen()
        reset = [orders[0].but(ship_by="2026-09-08", status="UNSHIPPED"), *orders[1:]]
        seller.lists_release("2026-09-14", seen="2026-08-01")
        seller.drops_orders(orders, seen="2026-09-03", name="0-one.json")
        seller.drops_orders(reset, seen="2026-09-05", name="0-two.json")
        seller.drops_orders(orders, seen="2026-09-06", name="1-three.json")
    (seller.inbox / "releases.csv").rename(seller.inbox / "0-releases.csv")
    (folder / "coming").mkdir()
    (folder / "lived").mkdir()
    for file in seller.inbox.glob("?-*"):
        file.rename(folder / "coming" / file.name)
    return folder


@pytest.fixture(scope="module")
def world(untouched: Path, driver: Driver, tmp_path_factory: pytest.TempPathFactory) -> World:
    """
    The seller, the driver, and how the days end when nothing happens.
    """
    driver.lives(a_copy(untouched, tmp_path_factory.mktemp("warm")), 0, warm=True)
    folder = a_copy(untouched, tmp_path_factory.mktemp("unbroken"))
    ended, took = driver.lives(folder, 0)
    assert ended == 0
    return World(untouched, driver, ending(folder), took)


def a_copy(untouched: Path, into: Path) -> Path:
    """
    Return a seller of one's own.
    """
    return Path(shutil.copytree(untouched, into / "seller"))


def ending(folder: Path) -> Ending:
    """
    Return what the log and the messages say.
    """
    with closing(sqlite3.connect(folder / "state" / "watchdog.db")) as database:
        log = [database.execute(query).fetchall() for query in _TOLD]
    sent = folder / "sent.txt"
    return Ending(log, sent.read_text().splitlines() if sent.exists() else [])


def prove(after: Ending, unbroken: Ending, crashes: int) -> None:
    """
    Nothing lost, at most one double a crash, no all-clear before its alarm, and the log as if nothing had happened.
    """
    doubles = sum(count - 1 for count in Counter(after.sent).values())

    assert after.log == unbroken.log
    assert set(after.sent) == set(unbroken.sent)
    assert doubles <= crashes
    assert after.wrong_order() == []


def test_the_days_bring_an_alarm_and_its_all_clear(world: World) -> None:
    """
    Otherwise there would be nothing to lose.
    """
    kinds = [line.split(" ")[1] for line in world.unbroken.sent]

    assert [kind for kind in kinds if kind in {"alert", "resolved"}] == ["alert", "resolved"]


@pytest.mark.parametrize("point", _POINTS)
def test_a_kill_at_a_named_point_loses_nothing(world: World, point: Point, tmp_path: Path, proving: bool) -> None:
    """
    Killed three times (a hundred under ``make prove``) at one passing of the point or another, then the days end as ever.
    """
    deaths = round_ = 0
    passes = 5  # in an unbroken life, at most: fewer when a life ends before it came by so often
    while deaths < (100 if proving else 3):
        folder = a_copy(world.untouched, tmp_path / str(round_))
        attempt = crashes = 0
        for count in (first := 1 + round_ % passes, 1 + round_ % 2, 1):
            ended, _took = world.driver.lives(folder, attempt, point=point.value, count=count)
            crashes, attempt = crashes + (ended == -signal.SIGKILL), attempt + 1
            assert ended in {0, -signal.SIGKILL}
        assert world.driver.lives(folder, attempt)[0] == 0
        prove(ending(folder), world.unbroken, crashes)
        shutil.rmtree(folder)
        deaths, round_ = deaths + crashes, round_ + 1
        if not crashes:
            passes = first - 1
        assert passes > 0, "a life never comes by this point"


def test_a_kill_at_any_moment_loses_nothing(world: World, tmp_path: Path, proving: bool) -> None:
    """
    Thirty kills (a thousand under ``make prove``) at random moments of the days, several in a row.
    """
    chance = random.Random(20260908)
    deaths = round_ = 0
    while deaths < (1000 if proving else 30):
        folder = a_copy(world.untouched, tmp_path / str(round_))
        attempt = crashes = 0
        for _kill in range(10):
            ended, _took = world.driver.lives(folder, attempt, after=chance.uniform(0.02, world.took))
            crashes, attempt = crashes + (ended == -signal.SIGKILL), attempt + 1
        assert world.driver.lives(folder, attempt)[0] == 0
        prove(ending(folder), world.unbroken, crashes)
        shutil.rmtree(folder)
        deaths, round_ = deaths + crashes, round_ + 1
        assert round_ < 1000
