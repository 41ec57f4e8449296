"""
Requests of a command beside the running watch come out of the same allowance: the watch never asks for what is no longer there.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.sources.spapi.watched import BEGIN
from tests.spapi_fake.client import a_session
from tests.spapi_fake.fake import FakeSpapi
from tests.spapi_fake.faults import Fault
from watchdog.assemble.spending import Spending
from watchdog.sources.spapi.operations import SEARCH_ORDERS
from watchdog.sources.spapi.session import Session
from watchdog.sources.spapi.troubles import Later, Refused
from watchdog.sources.spapi.walking import NAME
from watchdog.store import Store, journal, open_temporary
from watchdog.store.locks import hold
from watchdog.terms.errors import Busy
from watchdog.terms.marketplace import JAPAN

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

QUESTION = {"createdAfter": "2026-07-01T00:00:00Z", "marketplaceIds": JAPAN, "includedData": "FULFILLMENT"}
BURST = SEARCH_ORDERS.burst


@dataclass
class Watch:
    """
    A daemon that asks as often as it believes it may: the worst case for whoever asks beside it.
    """

    fake: FakeSpapi
    book: Store = field(default_factory=open_temporary)
    session: Session = field(init=False)

    def __post_init__(self) -> None:
        """
        Start it.
        """
        self.session = a_session(self.fake)

    def turn(self, now: datetime) -> int:
        """
        Ask until nothing is left, keep the mark, and return how often it asked.
        """
        self.fake.clock.set(now)
        with self.book.reading() as tx:
            mark: Any = journal.mark(tx, NAME)
        self.session.recall((mark or {}).get("session"))
        asked = 0
        while self.session.left(SEARCH_ORDERS, now):
            self.session.request(SEARCH_ORDERS, now=now, query=QUESTION)
            asked += 1
        with self.book.writing() as tx:
            journal.save_mark(tx, NAME, {**(mark or {}), "session": self.session.as_mark([SEARCH_ORDERS])})
        return asked

    def beside(self, folder: Path, now: datetime, **more: Any) -> Spending:
        """
        Return what a command asks through that is started now.
        """
        self.fake.clock.set(now)
        calls: Counter[tuple[str, str]] = Counter()

        def told(_event: str, fields: Any) -> None:
            calls[fields["operation"], str(fields.get("status"))] += 1

        return Spending(a_session(self.fake, told=told), self.book, folder / "patrol.lock", calls, **more)


@pytest.fixture
def watch(fake: FakeSpapi) -> Watch:
    """
    A watch that has not asked yet.
    """
    return Watch(fake)


def minutes(count: float) -> datetime:
    """
    Return the moment so many minutes after the beginning.
    """
    return BEGIN + timedelta(minutes=count)


def test_whoever_asks_beside_an_exhausted_watch_never_costs_it_a_429(watch: Watch, tmp_path: Path) -> None:
    """
    Every five minutes a command takes an order page, and the watch right after it all there is: Amazon refuses nobody.
    """
    watch.turn(BEGIN)
    taken = 0
    for count in range(1, 41):
        now = minutes(5 * count)
        watch.beside(tmp_path, now).request(SEARCH_ORDERS, now=now, query=QUESTION)
        taken += watch.turn(now + timedelta(seconds=1))

    assert taken > 20
    assert watch.fake.throttled["searchOrders"] == 0


def test_asked_behind_its_back_it_would_be_refused(watch: Watch) -> None:
    """
    The same without the note in the log: Amazon answers 429, so the note is what keeps the peace.
    """
    watch.turn(BEGIN)
    now = minutes(3.2)
    watch.fake.clock.set(now)
    a_session(watch.fake).request(SEARCH_ORDERS, now=now, query=QUESTION)

    with pytest.raises(Later):
        watch.turn(now)
    assert watch.fake.throttled["searchOrders"] == 1


def test_where_nothing_is_left_nothing_is_asked(watch: Watch, tmp_path: Path) -> None:
    """
    It is told from when on, and the log stays as it was.
    """
    assert watch.turn(BEGIN) == BURST
    with pytest.raises(Later) as waits:
        watch.beside(tmp_path, minutes(1)).request(SEARCH_ORDERS, now=minutes(1), query=QUESTION)

    assert (waits.value.asked, minutes(3) < waits.value.again_at < minutes(4)) == (False, True)
    assert watch.fake.calls("searchOrders") == BURST
    assert watch.turn(minutes(3.2)) == 1


def test_a_refusal_that_was_tried_twice_counts_twice_and_binds_nobody(watch: Watch, tmp_path: Path) -> None:
    """
    A fresh token is tried before a role is called missing; the watch has two requests less and is not shut out for another's credentials.
    """
    fault = watch.fake.faults.add(Fault("searchOrders", status=403, code="Unauthorized", message="no"))
    with pytest.raises(Refused):
        watch.beside(tmp_path, BEGIN).request(SEARCH_ORDERS, now=BEGIN, query=QUESTION)
    watch.fake.faults.end(fault)

    assert watch.turn(BEGIN) == BURST - 2


def test_a_pause_of_the_watch_does_not_bind_a_person(watch: Watch, tmp_path: Path) -> None:
    """
    Half an hour after a refusal the watch does not ask; whoever has mended it and tries is answered at once.
    """
    fault = watch.fake.faults.add(Fault("searchOrders", status=403, code="Unauthorized", message="no"))
    with pytest.raises(Refused):
        watch.turn(BEGIN)
    with watch.book.writing() as tx:
        journal.save_mark(tx, NAME, {"session": watch.session.as_mark([SEARCH_ORDERS])})
    watch.fake.faults.end(fault)

    assert watch.beside(tmp_path, minutes(1)).request(SEARCH_ORDERS, now=minutes(1), query=QUESTION).status == 200


def test_it_never_asks_in_the_middle_of_a_turn(watch: Watch, tmp_path: Path) -> None:
    """
    Whoever holds the patrol's lock would overwrite the note: the command gives up instead, and has asked nothing.
    """
    beside = watch.beside(tmp_path, BEGIN, patience=0.0)
    with hold(tmp_path / "patrol.lock", wait=0), pytest.raises(Busy):
        beside.request(SEARCH_ORDERS, now=BEGIN, query=QUESTION)

    assert watch.fake.calls("searchOrders") == 0


@pytest.mark.parametrize("seconds", [-8, 0], ids=["had to wait for the turn", "same second"])
def test_its_note_is_the_later_one_whatever_its_clock_said(watch: Watch, tmp_path: Path, seconds: int) -> None:
    """
    It was started before a turn that it had to wait for: the watch that goes on takes its note over all the same.
    """
    watch.session.request(SEARCH_ORDERS, now=BEGIN, query=QUESTION)
    with watch.book.writing() as tx:
        journal.save_mark(tx, NAME, {"session": watch.session.as_mark([SEARCH_ORDERS])})
    now = BEGIN + timedelta(seconds=seconds)
    watch.beside(tmp_path, now).request(SEARCH_ORDERS, now=now, query=QUESTION)

    assert watch.turn(BEGIN + timedelta(seconds=2)) == BURST - 2


@pytest.mark.parametrize("mark", [None, {}, {"session": None}, {"session": {"buckets": 7}}], ids=str)
def test_a_log_without_a_note_is_a_full_allowance(watch: Watch, tmp_path: Path, mark: Any) -> None:
    """
    Before the first turn nobody has asked.
    """
    if mark is not None:
        with watch.book.writing() as tx:
            journal.save_mark(tx, NAME, mark)
    watch.beside(tmp_path, BEGIN).request(SEARCH_ORDERS, now=BEGIN, query=QUESTION)

    assert watch.turn(BEGIN) == BURST - 1
