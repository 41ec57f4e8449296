"""
The daily digest: at its hour, once a day, on its days; nothing to say → nothing sent; days slept through have none.
"""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.cases.makers_cases import a_finding
from tests.makers import at
from watchdog import assemble
from watchdog.cases.intents import found
from watchdog.store import open_store, outbox
from watchdog.terms.account import Account
from watchdog.terms.digest import EVERY_DAY, DigestTimes
from watchdog.terms.message import MessageKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from watchdog.assemble import House

#: Thursday 3 September 2026, 8:00 in Japan, and half an hour before.
EIGHT = at(2, 23)
BEFORE = EIGHT - timedelta(minutes=30)
DAY = timedelta(days=1)


@pytest.fixture
def houses(tmp_path: Path) -> Iterator[Callable[[DigestTimes], House]]:
    """
    Build houses on one log, each with its own times of the digest.
    """
    built = []

    def build(times: DigestTimes) -> House:
        outgoing = assemble.Outgoing(digest=times)
        house = assemble.build(
            Account(channels=("console",)), open_store(f"sqlite:///{tmp_path / 'log.db'}", create=True), [], [], outgoing=outgoing
        )
        built.append(house)
        return house

    yield build
    for house in built:
        house.close()


def written(house: House, now: datetime) -> list[str]:
    """
    Walk one turn and return the subjects of all digests that wait.
    """
    house.patrol.judge(now)
    with house.store.reading() as tx:
        return [each.subject for each in outbox.waiting(tx) if each.kind is MessageKind.DIGEST]


def open_a_case(house: House) -> None:
    """
    Let the incident's case be open.
    """
    with house.store.writing() as tx:
        house.desk.enact.apply(tx, [found(a_finding(ship_by=None))], now=BEFORE)


def test_it_comes_at_its_hour_and_once(houses: Callable[[DigestTimes], House]) -> None:
    """
    Eight o'clock of the home marketplace; the turns after it write none.
    """
    house = houses(DigestTimes())
    written(house, EIGHT - DAY)
    open_a_case(house)
    early = written(house, BEFORE)
    once = written(house, EIGHT)
    again = written(house, EIGHT + timedelta(hours=3))

    assert early == []
    assert once == again == ["【日報】9/3(木) 対応中1件"]


def test_the_first_turn_ever_writes_none(houses: Callable[[DigestTimes], House]) -> None:
    """
    Its alerts are the news.
    """
    house = houses(DigestTimes())
    open_a_case(house)

    assert written(house, EIGHT) == []


def test_days_slept_through_have_none(houses: Callable[[DigestTimes], House]) -> None:
    """
    Back after three days in the afternoon: one digest, of today.
    """
    house = houses(DigestTimes())
    written(house, EIGHT - DAY)
    open_a_case(house)

    assert written(house, EIGHT + 3 * DAY + timedelta(hours=6)) == ["【日報】9/6(日) 対応中1件"]


@pytest.mark.parametrize(
    ("times", "thursday"),
    [
        (DigestTimes(days=("mon", "tue", "wed", "fri")), 0),
        (DigestTimes(days=()), 0),
        (DigestTimes(time(18)), 0),
        (DigestTimes(time(7, 45)), 1),
    ],
    ids=["not on Thursdays", "never", "in the evening", "earlier"],
)
def test_days_and_hour_are_the_sellers(houses: Callable[[DigestTimes], House], times: DigestTimes, thursday: int) -> None:
    """
    As set.
    """
    house = houses(DigestTimes(days=EVERY_DAY))
    written(house, EIGHT - DAY)
    open_a_case(house)

    assert len(written(houses(times), EIGHT)) == thursday


@pytest.mark.parametrize("when_empty", [False, True])
def test_where_there_is_nothing_to_say_nothing_is_sent_unless_wished(houses: Callable[[DigestTimes], House], when_empty: bool) -> None:
    """
    All is well is no news.
    """
    house = houses(DigestTimes(when_empty=when_empty))
    written(house, EIGHT - DAY)

    assert written(house, EIGHT) == (["【日報】9/3(木) 問題はありません"] if when_empty else [])
