"""
A broken log, a full disk, a locked file, a clock that jumps: said, survived, and nothing lost.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from tests.daemon.running import a_log, until
from tests.store.test_copies import spoil
from tests.stories.seller import Seller, fourteen, noon
from watchdog import assemble
from watchdog.daemon.alarm import Alarm
from watchdog.daemon.houses import Houses
from watchdog.daemon.lanes import Round
from watchdog.daemon.records import Records
from watchdog.daemon.starting import patiently
from watchdog.daemon.systemd import Notifier
from watchdog.daemon.watch import Watch
from watchdog.settings import load
from watchdog.store import conditions, history, jobs
from watchdog.store.schema_cases import messages
from watchdog.terms.errors import StoreBusy, StoreDamaged, StoreFull
from watchdog.terms.look import Reason
from watchdog.terms.message import Fate, Message, Receipt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchdog.assemble import House

_NOW = noon("2026-09-05")


@dataclass
class FakeChannel:
    """
    Keeps what it is given.
    """

    name: str = "fake"
    got: list[Message] = field(default_factory=list)

    def send(self, message: Message) -> Receipt:
        """
        Keep it.
        """
        self.got.append(message)
        return Receipt(Fate.SENT, "kept")


@pytest.fixture
def house(seller: Seller) -> Iterator[House]:
    """
    A house whose one channel keeps what it is given.
    """
    house = assemble.house(load(), create=True)
    yield house
    house.close()


def test_a_broken_log_is_replaced_by_its_copy_and_later_files_are_read_again(seller: Seller) -> None:
    """
    The case of the copy is there, the file dropped after the copy is back in the inbox, the seller is told, the damaged file is kept.
    """
    seller.lists_release("2026-09-14", seen="2026-09-02")
    seller.drops_orders(fourteen(), seen="2026-09-03")
    settings = load()
    house = assemble.house(settings, create=True)
    house.patrol.turn(noon("2026-09-04"))
    assert house.caretaker is not None
    house.caretaker.round(noon("2026-09-04"))
    seller.drops_orders([*fourteen()[:-1], fourteen()[-1].but(ship_by="2026-09-08")], seen="2026-09-05", name="later.json")
    house.patrol.turn(noon("2026-09-05"))
    house.close()
    spoil(seller.state / "watchdog.db")

    mended = assemble.house_whatever_happened(settings, noon("2026-09-06"))
    waiting = sorted(path.name for path in seller.inbox.iterdir() if path.is_file())
    turn = mended.patrol.turn(noon("2026-09-06"))
    with mended.store.reading() as tx:
        stands = [each.condition.reason.code for each in conditions.standing(tx)]
    mended.close()

    assert waiting == ["later.json"]
    assert len(turn.enacted.opened) == 1
    assert "log_restored" in stands
    assert len(list(seller.state.glob("watchdog.db.before-*Z"))) == 1
    assert assemble.mend(settings, _NOW) is False, "a whole log is left alone"


def test_without_a_copy_the_watch_begins_anew_from_the_kept_files(seller: Seller) -> None:
    """
    A watch that has forgotten is better than none; it says what it has forgotten.
    """
    seller.lists_release("2026-09-14", seen="2026-09-02")
    seller.drops_orders([*fourteen()[:-1], fourteen()[-1].but(ship_by="2026-09-08")], seen="2026-09-03")
    settings = load()
    house = assemble.house(settings, create=True)
    house.patrol.turn(noon("2026-09-04"))
    house.close()
    (seller.state / "watchdog.db").write_bytes(b"this is no database" * 1000)

    mended = assemble.house_whatever_happened(settings, noon("2026-09-06"))
    turn = mended.patrol.turn(noon("2026-09-06"))
    with mended.store.reading() as tx:
        stands = [each.condition.reason.code for each in conditions.standing(tx)]
        seen = history.open_orders(tx)
    mended.close()

    assert (len(turn.enacted.opened), seen) == (1, 1)
    assert "log_begun_anew" in stands


def test_a_full_disk_is_said_over_the_channels_once_it_lasts_and_so_is_its_end(house: House) -> None:
    """
    The outbox lies on that very disk: it is said directly, once, again after six hours, and once when it is over.
    """
    channel = FakeChannel()
    house.channels = (channel,)
    alarm = Alarm(a_log()[0])
    full = StoreFull(path="/var/lib/x/watchdog.db", problem="database or disk is full")
    for minutes in (0, 1, 3, 10, 60, 5 * 60, 7 * 60):
        alarm.cry(house, full, _NOW + timedelta(minutes=minutes))
    alarm.over(house, _NOW + timedelta(hours=8))
    alarm.over(house, _NOW + timedelta(hours=9))
    subjects = [message.notice.subject for message in channel.got]

    assert len(subjects) == 3
    assert "データベースに書き込めません" in subjects[0]
    assert "再び書き込めます" in subjects[2]


def test_a_hiccup_is_nobodys_business(house: House) -> None:
    """
    Trouble of a minute, then an hour of peace, then another minute.
    """
    channel = FakeChannel()
    house.channels = (channel,)
    alarm = Alarm(a_log()[0])
    broken = StoreDamaged(path="/x", problem="malformed")
    for start in (0, 60):
        alarm.cry(house, broken, _NOW + timedelta(minutes=start))
        alarm.cry(house, broken, _NOW + timedelta(minutes=start + 1))
        alarm.over(house, _NOW + timedelta(minutes=start + 2))

    assert channel.got == []


def test_quiet_rounds_are_noted_once_an_hour_and_every_change_at_once(house: House) -> None:
    """
    A row a minute would be a write a minute, for nothing.
    """
    now = [_NOW]
    records = Records(Houses(house), lambda: now[0], a_log()[0])
    trouble = Reason("store_full", {"path": "/x", "problem": "full"})
    for minute in range(120):
        now[0] = _NOW + timedelta(minutes=minute)
        records.note(Round("post", 1, idle=True))
    for told in (Round("post", 5), Round("post", 1, trouble), Round("post", 1, idle=True)):
        records.note(told)
    with house.store.reading() as tx:
        job = jobs.known(tx)["post"]

    assert (job.runs, job.failures, job.trouble) == (5, 1, None)


def test_a_house_is_left_between_two_rounds_and_closed_when_empty(house: House) -> None:
    """
    Nobody is ever in a closed house, whichever lane moves first.
    """
    closed: list[str] = []

    def named(name: str) -> Any:
        class Room:
            def close(self) -> None:
                closed.append(name)

        return Room()

    first, second, third = named("first"), named("second"), named("third")
    houses = Houses(first)
    assert houses.enter("patrol") is houses.enter("post") is first
    houses.offer(second)
    houses.offer(third)
    assert closed == ["second"], "skipped before anybody was in it"
    assert houses.enter("patrol") is third
    assert closed == ["second"], "the post is still in the first"
    assert houses.enter("post") is third
    houses.close()

    assert closed == ["second", "first", "third"]


def test_a_round_under_way_ends_at_its_next_step_when_the_watch_stops(house: House, seller: Seller) -> None:
    """
    A sweep of hours must not be killed in the middle of a row; what it has read is kept, the rest comes at the next start.
    """
    reached, go_on = Event(), Event()

    def wait(_point: object) -> None:
        reached.set()
        assert go_on.wait(20)

    house.patrol.reached = wait
    seller.drops_orders(fourteen(), seen="2026-09-03")
    watch = Watch(house, lambda: datetime.now(UTC).replace(microsecond=0), a_log()[0], damaged=lambda: None, ended=lambda _round: None)
    watch.start()
    assert reached.wait(20)
    began = time.monotonic()
    watch.lanes["patrol"].call_off()
    go_on.set()
    stopped = watch.stop(within=9)

    assert stopped
    assert watch.rounds.turns == 0
    assert time.monotonic() - began < 9
    assert [path.name for path in seller.inbox.iterdir() if path.is_file()] == ["orders.json"]


def test_a_start_waits_for_a_held_log_and_gives_up_in_the_end(house: House) -> None:
    """
    The service manager is asked for patience meanwhile; a log that stays out of reach is said with its reason.
    """
    log, told = a_log()
    tries: list[int] = []

    def build() -> House:
        tries.append(1)
        if len(tries) < 3:
            raise StoreBusy(path="/x/watchdog.db")
        return house

    def never() -> House:
        raise StoreFull(path="/x/watchdog.db", problem="disk full")

    started = patiently(build, Notifier(None, None), log, patience=0.3)
    with pytest.raises(StoreFull):
        patiently(never, Notifier(None, None), log, patience=0)

    assert started is house
    assert [entry["reason"] for entry in told] == ["store_busy", "store_busy"]


def test_a_message_that_hangs_at_the_stop_is_given_back(house: House, seller: Seller) -> None:
    """
    The other side does not answer: the stop does not wait for it, and the next start need not wait for the lease.
    """
    sending, go_on = Event(), Event()

    class Hanging(FakeChannel):
        def send(self, message: Message) -> Receipt:
            sending.set()
            go_on.wait(20)
            return super().send(message)

    seller.lists_release("2026-09-14", seen="2026-09-02")
    seller.drops_orders([*fourteen()[:-1], fourteen()[-1].but(ship_by="2026-09-08")], seen="2026-09-03")
    house.patrol.turn(noon("2026-09-04"))
    house.postman.channels = (Hanging("console"),)
    watch = Watch(house, lambda: noon("2026-09-04"), a_log()[0], damaged=lambda: None, ended=lambda _round: None)
    watch.start()
    assert sending.wait(20)
    finished = watch.stop(within=1)
    with house.store.reading() as tx:
        lent = tx.connection.execute(select(messages.c.lease).where(messages.c.waiting)).scalars().all()
    go_on.set()
    until(lambda: watch.lanes["post"].stop(patience=0), within=10)

    assert not finished
    assert lent == [None]
