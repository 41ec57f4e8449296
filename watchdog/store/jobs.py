"""
What became of each job the last time, in the journal of the program's own work.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from watchdog.store.schema_upkeep import jobs
from watchdog.terms.look import Reason

if TYPE_CHECKING:
    from watchdog.store.database import Transaction


@dataclass(frozen=True, slots=True)
class Job:
    """
    One job as it went the last time.
    """

    name: str
    runs: int  #: since the log exists
    failures: int  #: among them
    ended_at: datetime
    took_ms: int
    succeeded_at: datetime | None  #: the last run that went well
    failing_since: datetime | None  #: the first failure since then
    trouble: Reason | None  #: of the last run


def known(tx: Transaction) -> dict[str, Job]:
    """
    Return every job that ever ran, by its name.
    """
    query = select(jobs).where(jobs.c.account_id == tx.account_id).order_by(jobs.c.job)
    return {
        row.job: Job(row.job, row.runs, row.failures, row.ended_at, row.took_ms, row.succeeded_at, row.failing_since, row.trouble)
        for row in tx.connection.execute(query)
    }


def note(tx: Transaction, name: str, *, at: datetime, took_ms: int, trouble: Reason | None = None) -> Job:
    """
    Write down how the job went and return it as it stands now.
    """
    before = known(tx).get(name)
    failed = trouble is not None
    row = {
        "runs": 1 + (before.runs if before else 0),
        "failures": failed + (before.failures if before else 0),
        "ended_at": at,
        "took_ms": took_ms,
        "succeeded_at": (before.succeeded_at if before else None) if failed else at,
        "failing_since": ((before.failing_since if before else None) or at) if failed else None,
        "trouble": trouble,
    }
    tx.put(jobs, [{"job": name, **row}], *row)
    return known(tx)[name]
