"""
What is true of the account is said once when it begins, louder when it gets worse, again while it is urgent, and once when it is over.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from watchdog.assemble.building import House, build
from watchdog.routines.points import Point
from watchdog.store import Store, conditions, migrate, open_store, outbox
from watchdog.terms.account import Account
from watchdog.terms.condition import Condition, ConditionKind
from watchdog.terms.finding import Severity
from watchdog.terms.look import Reason
from watchdog.terms.message import Fate, Message, Receipt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

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
    A seller's program that is started anew for every turn, as after a restart.
    """

    url: str
    weather: Weather = field(default_factory=Weather)
    box: Postbox = field(default_factory=Postbox)
    spare: Postbox = field(default_factory=lambda: Postbox("spare"))
    channels: tuple[str, ...] = ("console",)
    language: str = "en"

    @contextmanager
    def house(self, reached: Callable[[Point], None] = lambda _point: None) -> Iterator[House]:
        """
        Open the program.
        """
        account = Account(channels=self.channels, language=self.language)
        book: Store = open_store(self.url)
        built = build(account, book, (), (self.box, self.spare), watchers=(self.weather,), reached=reached)
        try:
            yield built
        finally:
            built.close()

    def turn(self, hours: float = 0, *, deliver: bool = True) -> None:
        """
        Walk one turn so many hours after the start, and let the postman go.
        """
        now = START + timedelta(hours=hours)
        with self.house() as house:
            house.patrol.turn(now)
            if deliver:
                house.postman.deliver(lambda: now)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """
    A program with an empty log.
    """
    url = f"sqlite:///{tmp_path / 'watchdog.db'}"
    migrate.upgrade(url)
    return Home(url)


def test_what_stands_is_said_once(home: Home) -> None:
    """
    A condition that begins is one message, however many turns and restarts follow within its first distance.
    """
    home.weather.observed = [SILENT]
    for minutes in (0, 4, 30, 59):
        home.turn(minutes / 60)

    assert home.box.subjects == ["[Urgent] the ship-by dates can't be seen (Amazon's orders API)"]


def test_an_urgent_one_is_said_again_at_growing_distances(home: Home) -> None:
    """
    After 1, 3, 6, 12, 24 and again 24 hours: six repeats in three days, each saying since when.
    """
    home.weather.observed = [SILENT]
    with home.house() as house:
        for hour in range(72):
            now = START + timedelta(hours=hour)
            house.patrol.turn(now)
            house.postman.deliver(lambda now=now: now)  # type: ignore[misc]
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
    assert home.box.subjects[1].startswith("[All clear] the ship-by dates can be seen again")
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

    with home.house() as house, house.store.reading() as tx:
        assert [each.condition.kind for each in conditions.standing(tx)] == [ConditionKind.SOURCE_SILENT]


def test_a_dead_channel_is_told_over_the_others(home: Home) -> None:
    """
    Nobody is told over the channel that is dead; its recovery goes everywhere.
    """
    home.channels = ("console", "spare")
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

    with home.house(die) as house, pytest.raises(_Dies):
        house.patrol.turn(START + timedelta(minutes=10))
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

    with home.house() as house, house.store.reading() as tx:
        rows = tx.connection.exec_driver_sql("SELECT kind, state, times_said FROM account_conditions ORDER BY kind").all()
        waiting = outbox.waiting(tx)

    assert [tuple(row) for row in rows] == [("secret_expires", "over", 1), ("source_silent", "stands", 2)]
    assert waiting == ()


def test_a_japanese_seller_reads_it_in_japanese(home: Home) -> None:
    """
    Subject, text, mail and blocks speak the seller's language, with local times.
    """
    home.language = "ja"
    home.weather.observed = [SILENT]
    home.turn(0)
    (message,) = home.box.taken

    assert message.notice.subject == "【緊急】出荷予定日を確認できていません（Amazonの注文API）"
    assert "完全な回答は 9/1(火) 09:00 が最後です（本来は 15 分ごと）" in message.notice.text
    assert all(title in message.notice.text for title in ("■何が起きているか", "■なぜ重要か", "■次にすること"))
    assert "preorder-watchdog sources" in message.notice.html
    assert message.notice.blocks[0]["type"] == "header"
