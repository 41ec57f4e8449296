"""
What each lane does in one round, in whichever house is the newest: a turn of the patrol, a delivery, the care of the log.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from structlog.typing import FilteringBoundLogger as Log

from watchdog import logs
from watchdog.daemon.alarm import Alarm
from watchdog.daemon.houses import Houses
from watchdog.store import unwinding
from watchdog.store.locks import hold
from watchdog.terms.errors import Busy, StoreBusy, StoreDamaged, StoreError, WatchdogError
from watchdog.terms.look import Reason

if TYPE_CHECKING:
    from watchdog.assemble import House
    from watchdog.routines.patrol import Turn

#: How long a round waits for another program's patrol.
_LOCK_PATIENCE = 5
#: The log was held, full or broken: knock again soon, then less and less often, but this often at least.
_AGAIN_AFTER = timedelta(seconds=15)
_AGAIN_AT_LEAST = timedelta(minutes=5)


@dataclass
class Rounds:
    """
    Does each lane's work; trouble with the log becomes another round soon, and a cry where nothing can be written any more.
    """

    houses: Houses
    clock: Callable[[], datetime]
    log: Log
    ring_post: Callable[[], None]
    again: Callable[[str, datetime], None]  #: ring this lane at that instant
    damaged: Callable[[], None]  #: told that the log is broken
    alarm: Alarm
    turns: int = 0
    last_turn_at: datetime | None = None
    _failed: dict[str, int] = field(default_factory=dict)

    def patrol(self) -> Reason | bool | None:
        """
        Walk one turn.
        """
        return self._tried("patrol", self._turn)

    def post(self) -> Reason | bool | None:
        """
        Deliver what is due.
        """
        return self._tried("post", self._deliver)

    def upkeep(self) -> Reason | bool | None:
        """
        Look after the log: beside the patrol, never during it, because what is old leaves.
        """
        return self._tried("upkeep", self._care)

    def _tried(self, lane: str, work: Callable[[House], Reason | bool | None]) -> Reason | bool | None:
        house = self.houses.enter(lane)
        try:
            answer = work(house)
        except (Busy, StoreBusy) as error:
            self.log.warning("lane.postponed", lane=lane, reason=error.code, **error.values)
            return self._later(lane, error)
        except StoreError as error:
            self.log.error("lane.failed", lane=lane, reason=error.code, **error.values)  # noqa: TRY400 - the reason says it all
            self.alarm.cry(house, error, self.clock())
            if isinstance(error, StoreDamaged):
                self.damaged()
            return self._later(lane, error)
        self._failed.pop(lane, None)
        return answer

    def _later(self, lane: str, error: WatchdogError) -> Reason:
        failed = self._failed[lane] = self._failed.get(lane, 0) + 1
        self.again(lane, self.clock() + min(_AGAIN_AFTER * 2 ** min(failed - 1, 8), _AGAIN_AT_LEAST))
        return Reason(error.code, error.values)

    def _turn(self, house: House) -> None:
        assert house.running is not None  # noqa: S101 - a daemon's house has one
        began = time.monotonic()
        with logs.bound(patrol=self.turns + 1), hold(house.running.state_dir / "patrol.lock", wait=_LOCK_PATIENCE):
            turn = house.patrol.turn(self.clock())
            self.turns, self.last_turn_at = self.turns + 1, turn.at
            took_ms = round((time.monotonic() - began) * 1000)
            self.log.info("patrol.finished", **_canonical(turn, len(house.patrol.sources)), took_ms=took_ms)
        self.alarm.over(house, self.clock())
        if turn.again_at is not None:
            self.again("patrol", turn.again_at)
        if turn.enacted.messages:
            self.ring_post()

    def _deliver(self, house: House) -> bool | None:
        with house.store.writing() as tx:
            unwinding.set_right(tx, self.clock())
        delivery = house.postman.deliver(self.clock)
        if delivery.postponed or delivery.refused:
            self.log.warning("post.finished", sent=delivery.sent, postponed=delivery.postponed, refused=delivery.refused)
        return None if delivery.sent or delivery.postponed or delivery.refused else False

    def _care(self, house: House) -> Reason | bool | None:
        assert house.running is not None  # noqa: S101 - same
        if house.caretaker is None:
            return False
        with hold(house.running.state_dir / "patrol.lock", wait=_LOCK_PATIENCE):
            done = house.caretaker.round(self.clock())
        if not done:
            return False
        return next((job.trouble for job in done if job.trouble is not None), None)


def _canonical(turn: Turn, sources: int) -> dict[str, object]:
    """
    Return the one line of a turn: what came in, what became of it, what was done.
    """
    rows, enacted = turn.rows, turn.enacted
    return {
        "sources": sources, "troubles": [error.code for error in turn.troubles], "looks": turn.looks, "refused": len(turn.refused),
        "read": rows.read, "used": rows.used, "unchanged": rows.unchanged, "rejected": rows.rejected, "ignored": rows.ignored,
        "noticed": enacted.noticed, "opened": len(enacted.opened), "moved": len(enacted.moved), "messages": enacted.messages,
    }  # fmt: skip
