"""
One watch from start to stop: the lanes, their bells, the clock and the inbox around the houses in use.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from structlog.typing import FilteringBoundLogger as Log

from watchdog.assemble import House
from watchdog.daemon.alarm import Alarm
from watchdog.daemon.clockwork import Clockwork
from watchdog.daemon.houses import Houses
from watchdog.daemon.lanes import Lane, Round
from watchdog.daemon.listening import QueueWatch
from watchdog.daemon.records import Records
from watchdog.daemon.rounds import Rounds
from watchdog.daemon.watching import InboxWatch
from watchdog.routines.points import Point
from watchdog.sources.inbox import READY_AFTER
from watchdog.store import conditions, figures, jobs, unwinding
from watchdog.terms.condition import ConditionKind
from watchdog.terms.errors import StoreError

if TYPE_CHECKING:
    from watchdog.daemon.page import FiguresPage
    from watchdog.routines.points import Reached

_POST_EVERY = timedelta(minutes=1)
_CARE_EVERY = timedelta(hours=1)
#: The log is looked after once the first turns are through.
_CARE_FIRST = timedelta(minutes=1)
#: A lane that has not moved from one point of its round to the next for so many seconds hangs. The largest file takes far less; the
#: longest chore has no points in between.
_HANGS_AFTER = {"patrol": 600, "post": 600, "upkeep": 3600}
#: Between these steps a round may end early: everything so far is committed, the rest is taken up at the next start.
_ENDS_HERE = frozenset({Point.BATCH_READ, Point.BATCH_ABSORBED, Point.SOURCES_ABSORBED, Point.MESSAGE_SETTLED})


@dataclass
class Watch:
    """
    Everything that runs, built at once and started in order.
    """

    house: House
    clock: Callable[[], datetime]
    log: Log
    damaged: Callable[[], None]  #: told that the log is broken
    ended: Callable[[Round], None]  #: told of every round

    def __post_init__(self) -> None:
        """
        Build the lanes; nothing runs yet.
        """
        self.houses = Houses(self.house)
        self.records = Records(self.houses, self.clock, self.log)
        self.clockwork = Clockwork(self.log)
        self.rounds = Rounds(
            self.houses, self.clock, self.log, self._ring_post, again=self._again, damaged=self.damaged, alarm=Alarm(self.log)
        )
        works = {"patrol": self.rounds.patrol, "post": self.rounds.post, "upkeep": self.rounds.upkeep}
        self.lanes = {name: Lane(name, work, self.log, self._round_ended) for name, work in works.items()}
        self._inbox: InboxWatch | None = None
        self._queue: QueueWatch | None = None
        self._page: FiguresPage | None = None
        self._step_in(self.house)

    def start(self) -> None:
        """
        Begin: the first turn and the first delivery at once, the rest in its rhythm.
        """
        self._wind()
        self.clockwork.every(_POST_EVERY, self.lanes["post"].ring, name="post")
        self.clockwork.every(_CARE_EVERY, self.lanes["upkeep"].ring, name="upkeep")
        self.clockwork.once(self.clock() + _CARE_FIRST, self.lanes["upkeep"].ring, name="upkeep.first")
        for lane in self.lanes.values():
            lane.start()
        self.clockwork.start()
        self._watch_inbox()
        self._open_page()
        self.lanes["patrol"].ring()
        self.lanes["post"].ring()

    def move(self, house: House) -> None:
        """
        Let every lane move into this house at its next round, which comes at once; rhythm and inbox are the new one's.
        """
        self._step_in(house)
        self.houses.offer(house)
        self._leave_inbox()
        self._close_page()
        self.house = house
        self._wind()
        self._watch_inbox()
        self._open_page()
        for lane in self.lanes.values():
            lane.ring()

    def catch_up(self) -> None:
        """
        Ring every bell: the clock was set, or the machine has slept.
        """
        self.clockwork.all_now()

    def stop(self, *, within: float) -> bool:
        """
        End every round at its next step and return whether all did within so many seconds; then the houses are closed.
        """
        end = time.monotonic() + within
        self.clockwork.stop()
        for lane in self.lanes.values():
            lane.call_off()
        self._leave_inbox()
        self._close_page()
        finished = all([lane.stop(patience=end - time.monotonic()) for lane in self.lanes.values()])  # noqa: C419 - every lane is waited for
        if finished:
            self.houses.close()
        else:
            self._give_back()
        return finished

    def _give_back(self) -> None:
        """
        Let go of the message a lane is still sending: it may arrive twice, but the next start need not wait for it.
        """
        try:
            with self.house.store.writing() as tx:
                unwinding.give_back(tx, self.house.postman.owner)
        except StoreError as error:
            self.log.warning("post.kept", reason=error.code)

    @property
    def is_well(self) -> bool:
        """
        Say whether every lane moves or is idle.
        """
        return all(self._well().values())

    def _well(self) -> dict[str, bool]:
        return {name: lane.is_well(patience=_HANGS_AFTER[name]) for name, lane in self.lanes.items()}

    def status(self) -> str:
        """
        Return one line of counts, as ``systemctl status`` shows it.
        """
        next_at = self.clockwork.next_at("patrol")
        coming = f"next turn {next_at:%H:%M:%S} UTC" if next_at is not None else "no next turn"
        troubled = sorted(name for name, ended in self.records.last.items() if ended.trouble is not None)
        trouble = f"; in trouble: {', '.join(troubled)}" if troubled else ""
        return f"{self.rounds.turns} turns, {self._counts}; {coming}{trouble}"

    _counts = "nothing judged yet"

    def _round_ended(self, ended: Round) -> None:
        self.records.note(ended)
        if ended.lane != "upkeep" and not ended.idle and ended.trouble is None:
            with self.houses.newest.store.reading() as tx:
                counted = figures.at_a_glance(tx)
            self._counts = f"{counted.open_cases} open cases, {counted.waiting} messages waiting"
        self.ended(ended)

    def _wind(self) -> None:
        if self.house.running is not None:
            self.clockwork.every(self.house.running.poll_every, self.lanes["patrol"].ring, name="patrol")

    def _again(self, lane: str, at: datetime) -> None:
        self.clockwork.once(at, self.lanes[lane].ring, name=f"{lane}.again")

    def _ring_post(self) -> None:
        self.lanes["post"].ring()

    def _watch_inbox(self) -> None:
        if self.house.inbox is not None:
            self._inbox = InboxWatch(self.house.inbox, self._file_dropped, self.log)
            self._inbox.start()
        if self.house.queue is not None:
            self._queue = QueueWatch(self.house.queue, self.lanes["patrol"].ring)
            self._queue.start()

    def _leave_inbox(self) -> None:
        if self._inbox is not None:
            self._inbox.stop()
            self._inbox = None
        if self._queue is not None:
            self._queue.stop()
            self._queue = None

    def _open_page(self) -> None:
        """
        Show the figures where a port was given for them; without one, not even the library is loaded.
        """
        if self.house.running is None or self.house.running.metrics_port is None:
            return
        from watchdog.daemon.page import FiguresPage

        port = self.house.running.metrics_port
        try:
            self._page = FiguresPage(port, metrics=self._metrics, health=self.health, log=self.log)
        except OSError as error:
            self.log.error("figures.unserved", port=port, reason=error.strerror)  # noqa: TRY400 - the reason says it all
        else:
            self._page.start()

    def _close_page(self) -> None:
        if self._page is not None:
            self._page.stop()
            self._page = None

    def _metrics(self) -> bytes:
        from watchdog.daemon.metrics import exposed

        return exposed(self.house.store, now=self.clock(), lanes=self._well(), calls=self.house.calls)

    def health(self) -> dict[str, object]:
        """
        Return whether all is well, and of each part how it is.
        """
        with self.house.store.reading() as tx:
            known, standing = jobs.known(tx), conditions.standing(tx)
        failing = {name: job.trouble.code for name, job in known.items() if job.trouble is not None}
        failing |= {name: ended.trouble.code for name, ended in self.records.last.items() if ended.trouble is not None}
        told = {f"{each.condition.kind}:{each.condition.subject}": each.condition.reason.code for each in standing}
        grave = [each for each in standing if each.condition.kind is not ConditionKind.ROLE_MISSING]  # a role may be left out on purpose
        well = all(self._well().values()) and not failing and not grave
        return {"status": "ok" if well else "trouble", "lanes": self._well(), "failing": failing, "conditions": told, "said": self.status()}

    def _file_dropped(self) -> None:
        self.clockwork.once(self.clock() + READY_AFTER, self.lanes["patrol"].ring, name="inbox")

    def _step_in(self, house: House) -> None:
        """
        Let the lanes hear of every point of their rounds: they have moved, and may end there.
        """
        house.patrol.reached = _stepping(self.lanes["patrol"], house.patrol.reached)
        house.postman.reached = _stepping(self.lanes["post"], house.postman.reached)


def _stepping(lane: Lane, reached: Reached) -> Reached:
    def step(point: Point) -> None:
        lane.step()
        reached(point)
        if point in _ENDS_HERE:
            lane.halt()

    return step
