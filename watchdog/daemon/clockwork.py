"""
Time rings the bells: APScheduler keeps the rhythm, and its jobs do nothing but ring (DESIGN law 9).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.schedulers.background import BackgroundScheduler

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

    from structlog.typing import FilteringBoundLogger as Log

#: Late is better than never: a machine that slept rings once when it wakes, not once per missed time.
_DEFAULTS = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}


class Clockwork:
    """
    Rings each bell in its own rhythm until stopped.
    """

    def __init__(self, log: Log) -> None:
        """
        Wind it up; it runs once started.
        """
        self._scheduler = BackgroundScheduler(timezone="UTC", job_defaults=_DEFAULTS)
        self._scheduler.add_listener(lambda event: _tell(event, log), EVENT_JOB_ERROR | EVENT_JOB_MISSED)

    def every(self, rhythm: timedelta, ring: Callable[[], None], *, name: str) -> None:
        """
        Ring from now on in this rhythm, a little off the beat so that many boxes do not knock at one door at once.
        """
        seconds = rhythm.total_seconds()
        self._scheduler.add_job(ring, "interval", seconds=seconds, jitter=min(seconds / 10, 30), id=name)

    def once(self, at: datetime, ring: Callable[[], None], *, name: str) -> None:
        """
        Ring at that instant; a later call of the same name replaces the earlier.
        """
        self._scheduler.add_job(ring, "date", run_date=at, id=name, replace_existing=True)

    def start(self) -> None:
        """
        Let time run.
        """
        self._scheduler.start()

    def stop(self) -> None:
        """
        Stop at once; a running job only rings, so nothing is cut off.
        """
        self._scheduler.shutdown(wait=False)


def _tell(event: JobExecutionEvent, log: Log) -> None:
    log.warning("bell.missed", job=event.job_id)
