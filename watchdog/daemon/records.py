"""
How each job went the last time: in memory for whoever asks now, in the log for whoever asks after a restart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from structlog.typing import FilteringBoundLogger as Log

from watchdog.daemon.houses import Houses
from watchdog.daemon.lanes import Round
from watchdog.store import jobs
from watchdog.terms.errors import Busy, StoreBusy, StoreError

#: A lane that finds nothing to do every minute is written down so often: a row a minute would be a write a minute.
_QUIET_FOR = timedelta(hours=1)
#: While another program holds the log, waiting for it once more would only hold up the lane.
_HELD = frozenset({Busy.code, StoreBusy.code})


@dataclass
class Records:
    """
    Notes every round that did something or went another way than the one before.
    """

    houses: Houses
    clock: Callable[[], datetime]
    log: Log
    last: dict[str, Round] = field(default_factory=dict)
    _noted: dict[str, datetime] = field(default_factory=dict)

    def note(self, ended: Round) -> None:
        """
        Remember the round; while the log can't be written, memory is all there is.
        """
        before, now = self.last.get(ended.lane), self.clock()
        self.last[ended.lane] = ended
        same = before is not None and before.trouble == ended.trouble and (ended.idle or ended.trouble is not None)
        noted = self._noted.get(ended.lane)
        if (same and noted is not None and abs(now - noted) < _QUIET_FOR) or (ended.trouble is not None and ended.trouble.code in _HELD):
            return
        try:
            with self.houses.newest.store.writing() as tx:
                jobs.note(tx, ended.lane, at=now, took_ms=ended.took_ms, trouble=ended.trouble)
        except StoreError as error:
            self.log.warning("job.unnoted", job=ended.lane, reason=error.code)
        else:
            self._noted[ended.lane] = now
