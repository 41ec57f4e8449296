"""
What is true of the account is said once when it begins, louder when it gets worse, again while it is urgent, and once when it is over.
"""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.stories.seller import Seller, fourteen, noon
from watchdog.assemble import Attention, House, build
from watchdog.routines.points import Point
from watchdog.store import conditions, migrate, open_store, outbox
from watchdog.terms.account import Account
from watchdog.terms.condition import Condition, ConditionKind
from watchdog.terms.finding import Severity
from watchdog.terms.look import Reason
from watchdog.terms.message import Fate, Message, Receipt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from watchdog.store import Transaction

START = datetime(2026, 9, 1, 1, tzinfo=UTC)
SILENT = Condition(
    ConditionKind.SOURCE_SILENT,
    "spapi:orders",
    Severity.URGENT,
    Reason("silent_no_answer", {"source": "spapi:orders", "answered_at": "2026-09-01T00:00:00Z", "minutes": 15}),
)
DUE = Condition(
    ConditionKind.SECRET_EXPIRES,
    "client_secret",
    Severity.WARNING,
    Reason("secret_expires", {"made_on": "2026-03-19", "ends_on": "2026-09-15", "days": 14}),
)


@dataclass
class Weather:
    """
    A watcher that observes what the test says.
    """

    observed: list[Condition] = field(default_factory=list)
    kinds: tuple[ConditionKind, ...] = (ConditionKind.SOURCE_SILENT, ConditionKind.SECRET_EXPIRES)

    def observe(self, tx: Transaction, now: datetime) -> Iterable[Condition]:
        """
        Yield it.
        """
        del tx, now
        return tuple(self.observed)


@dataclass
class Postbox:
    """
    A channel that keeps what it was handed.
    """

    name: str = "console"
    taken: list[Message] = field(default_factory=list)

    def send(self, message: Message) -> Receipt:
        """
        Keep it.
        """
        self.taken.append(message)
        return Receipt(Fate.SENT, "kept")

    @property
    def subjects(self) -> list[str]:
        """
        What arrived, in order.
        """
        return [message.notice.subject for message in self.taken]


@dataclass
class Home:
    """
    A seller's program over one log; it can be started anew.
    """

    url: str
    account: Account = field(default_factory=lambda: Account(channels=("console",), language="en"))
    weather: Weather = field(default_factory=Weather)
    box: Postbox = field(default_factory=Postbox)
    spare: Postbox = field(default_factory=lambda: Postbox("spare"))
    house: House = field(init=False)

    def __post_init__(self) -> None:
        """
        Start it.
        """
        self.house = self._built(lambda _point: None)

    def restarts(self, reached: Callable[[Point], None] = lambda _point: None) -> None:
        """
        End the program and start it anew.
        """
        self.house.close()
        self.house = self._built(reached)

    def speaks(self, account: Account) -> None:
        """
        Start it anew for that account.
        """
        self.account = account
        self.restarts()

    def turn(self, hours: float = 0, *, deliver: bool = True) -> None:
        """
        Walk one turn so many hours after the start, and let the postman go.
        """
        now = START + timedelta(hours=hours)
        self.house.patrol.turn(now)
        if deliver:
            self.house.postman.deliver(lambda: now)

    def _built(self, reached: Callable[[Point], None]) -> House:
        attention = Attention(watchers=(self.weather,))
        return build(self.account, open_store(self.url), (), (self.box, self.spare), attention=attention, reached=reached)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    An empty log, made once.
    """
    path = tmp_path_factory.mktemp("empty") / "watchdog.db"
    migrate.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def home(tmp_path: Path, empty: Path) -> Iterator[Home]:
    """
    A program with an empty log.
    """
    home = Home(f"sqlite:///{shutil.copy(empty, tmp_path)}")
    yield home
    home.house.close()


def test_what_stands_is_said_once(home: Home) -> None:
    """
    A condition that begins is one message, however many turns and restarts follow within its first distance.
    """
    home.weather.observed = [SILENT]
    for minutes in (0, 4, 30, 59):
        home.turn(minutes / 60)
        home.restarts()

    assert home.box.subjects == ["[Urgent] the ship-by dates can't be seen (Amazon's orders API)"]


def test_an_urgent_one_is_said_again_at_growing_distances(home: Home) -> None:
    """
    After 1, 3, 6, 12, 24 and again 24 hours: six repeats in three days, each saying since when.
    """
    home.weather.observed = [SILENT]
    for hours in (0, 0.9, 1, 3.9, 4, 9, 10, 21, 22, 45, 46, 69, 70, 71):
        home.turn(hours)
    said_at = [(message.created_at - START) / timedelta(hours=1) for message in home.box.taken]

    assert said_at == [0, 1, 4, 10, 22, 46, 70]
    assert "This has been so since Tue 1 Sep, 10:00 (message 3)." in home.box.taken[2].notice.text


def test_a_warning_is_said_once_and_again_when_it_becomes_urgent(home: Home) -> None:
    """
    A month of the same warning is one message; the day it is urgent is another.
    """
    home.weather.observed = [DUE]
    for day in (0, 1, 7, 29):
        home.turn(24 * day)
    home.weather.observed = [replace(DUE, severity=Severity.URGENT)]
    home.turn(24 * 30)

    assert [message.notice.severity for message in home.box.taken] == [Severity.WARNING, Severity.URGENT]


def test_its_end_is_said_once(home: Home) -> None:
    """
    The all-clear says from when to when it lasted; afterwards nothing is said.
    """
    home.weather.observed = [SILENT]
    home.turn(0)
    home.weather.observed = []
    home.turn(0.5)
    home.turn(0.75)

    assert len(home.box.taken) == 2
    assert home.box.subjects[1].startswith("[All clear] no longer blind to ship-by dates")
    assert "from Tue 1 Sep, 10:00 to Tue 1 Sep, 10:30" in home.box.taken[1].notice.text


def test_what_comes_back_is_a_new_alarm(home: Home) -> None:
    """
    Silent, well, silent: alert, all-clear, alert.
    """
    for hours, observed in ((0, [SILENT]), (0.1, []), (0.2, [SILENT])):
        home.weather.observed = list(observed)
        home.turn(hours)

    assert [message.notice.kind for message in home.box.taken] == ["condition", "condition-ended", "condition"]


def test_unsent_repeats_give_way_to_the_newest(home: Home) -> None:
    """
    Whoever was not reachable for a day gets the all-clear, not five alerts that are over.
    """
    home.weather.observed = [SILENT]
    for hours in (0, 1, 4, 10, 22):
        home.turn(hours, deliver=False)
    home.weather.observed = []
    home.turn(24)

    assert [message.notice.kind for message in home.box.taken] == ["condition-ended"]


def test_one_watcher_ends_nothing_of_another(home: Home) -> None:
    """
    A condition of a kind that was not looked at stands.
    """
    home.weather.observed = [SILENT, DUE]
    home.turn(0)
    home.weather.observed, home.weather.kinds = [], (ConditionKind.SECRET_EXPIRES,)
    home.turn(0.5)

    with home.house.store.reading() as tx:
        assert [each.condition.kind for each in conditions.standing(tx)] == [ConditionKind.SOURCE_SILENT]


def test_a_dead_channel_is_told_over_the_others(home: Home) -> None:
    """
    Nobody is told over the channel that is dead; its recovery goes everywhere.
    """
    home.speaks(Account(channels=("console", "spare"), language="en"))
    dead = Condition(ConditionKind.CHANNEL_DEAD, "console", Severity.URGENT, SILENT.reason)
    home.weather.kinds, home.weather.observed = (ConditionKind.CHANNEL_DEAD,), [dead]
    home.turn(0)
    home.weather.observed = []
    home.turn(1)

    assert (len(home.box.taken), len(home.spare.taken)) == (1, 2)


def test_the_worse_of_two_stands(home: Home) -> None:
    """
    Two observations of one thing are one condition.
    """
    home.weather.observed = [replace(DUE, severity=Severity.URGENT), DUE]
    home.turn(0)

    assert [message.notice.severity for message in home.box.taken] == [Severity.URGENT]


class _Dies(Exception):
    """
    The process ends here.
    """


@pytest.mark.parametrize("point", [Point.JUDGED_UNCOMMITTED, Point.JUDGED])
@pytest.mark.parametrize("ended", [False, True], ids=["begins", "ends"])
def test_a_death_in_the_turn_neither_loses_nor_doubles_it(home: Home, point: Point, *, ended: bool) -> None:
    """
    What was not committed is said by the next turn; what was is not said again.
    """
    if ended:
        home.weather.observed = [SILENT]
        home.turn(0)
    home.weather.observed = [] if ended else [SILENT]

    def die(reached: Point) -> None:
        if reached is point:
            raise _Dies

    home.restarts(die)
    with pytest.raises(_Dies):
        home.turn(1 / 6)
    home.restarts()
    home.turn(0.25)
    home.turn(0.5)

    assert [message.notice.kind for message in home.box.taken] == ["condition"] + ["condition-ended"] * ended


def test_the_log_shows_what_stands_and_what_is_over(home: Home) -> None:
    """
    The view for people has one row per standing.
    """
    home.weather.observed = [SILENT, DUE]
    home.turn(0)
    home.weather.observed = [SILENT]
    home.turn(1)

    with home.house.store.reading() as tx:
        rows = tx.connection.exec_driver_sql("SELECT kind, state, times_said FROM account_conditions ORDER BY kind").all()
        waiting = outbox.waiting(tx)

    assert [tuple(row) for row in rows] == [("secret_expires", "over", 1), ("source_silent", "stands", 2)]
    assert waiting == ()


def test_a_japanese_seller_reads_it_in_japanese(home: Home) -> None:
    """
    Subject, text, mail and blocks speak the seller's language, with local times.
    """
    home.speaks(Account(channels=("console",), language="ja"))
    home.weather.observed = [SILENT]
    home.turn(0)
    (message,) = home.box.taken

    assert message.notice.subject == "【緊急】出荷予定日を確認できていません（Amazonの注文API）"
    assert "完全な回答は 9/1(火) 09:00 が最後です（本来は 15 分ごと）" in message.notice.text
    assert all(title in message.notice.text for title in ("■何が起きているか", "■なぜ重要か", "■次にすること"))
    assert "preorder-watchdog sources" in message.notice.html
    assert message.notice.blocks[0]["type"] == "header"


_TURN = """
import os, signal, sys
from datetime import datetime
from watchdog import assemble
from watchdog.settings import load

def pass_by(point):
    if point == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)

house = assemble.house(load(), create=True, reached=pass_by)
house.patrol.turn(datetime.fromisoformat(sys.argv[1]))
house.close()
"""


@pytest.mark.parametrize("point", [Point.JUDGED_UNCOMMITTED, Point.JUDGED])
def test_a_kill_of_the_real_program_neither_loses_nor_doubles_it(tmp_path: Path, point: Point, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The inbox is silent; kill -9 in the turn that notices it, then a turn after the restart: one message in all.
    """
    (tmp_path / "seller").mkdir()
    seller = Seller(tmp_path / "seller", monkeypatch)
    seller.lists_release("2026-09-14", seen="2026-08-01")
    seller.drops_orders(fourteen(), seen="2026-09-03")
    seller.checks("2026-09-03 12:30")

    def turn(when: str, dies_at: str) -> int:
        command = [sys.executable, "-c", _TURN, noon(when).isoformat(), dies_at]
        return subprocess.run(command, check=False, timeout=120, cwd=Path(__file__).parents[2]).returncode

    assert turn("2026-09-10 12:30", point) == -signal.SIGKILL
    assert turn("2026-09-10 12:40", "") == 0
    with closing(sqlite3.connect(seller.state / "watchdog.db")) as database:
        keys = [key for (key,) in database.execute("SELECT key FROM messages WHERE kind = 'condition'")]
    assert [key.rpartition("/")[2] for key in keys] == ["1"]
