"""
Time rings the bells: APScheduler keeps the rhythm, and its jobs do nothing but ring (DESIGN law 9).
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta

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
        self._scheduler.add_job(ring, "interval", seconds=seconds, jitter=min(seconds / 10, 30), id=name, replace_existing=True)

    def once(self, at: datetime, ring: Callable[[], None], *, name: str) -> None:
        """
        Ring at that instant; a later call of the same name replaces the earlier.
        """
        self._scheduler.add_job(ring, "date", run_date=at, id=name, replace_existing=True)

    def all_now(self) -> None:
        """
        Ring every bell now and go on in its rhythm from here: what was planned by a clock that has been set means nothing any more.
        """
        now = datetime.now(UTC)  # noqa: TID251 - the scheduler's own clock
        for job in self._scheduler.get_jobs():
            with suppress(JobLookupError):  # a single ring that came in between
                self._scheduler.modify_job(job.id, next_run_time=now)

    def next_at(self, name: str) -> datetime | None:
        """
        Return when the bell rings next, None where it does not.
        """
        job = self._scheduler.get_job(name)
        moment: datetime | None = getattr(job, "next_run_time", None)
        return moment

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
