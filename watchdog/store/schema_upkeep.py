"""
The table of what the program does by itself: each job's last result, so that a restart forgets nothing.
"""

from __future__ import annotations

from sqlalchemy import Integer, Table, Text

from watchdog.store.columns import Json, UtcInstant
from watchdog.store.keys import account, key, may, metadata, must
from watchdog.terms.look import Reason

#: One row per job of the daemon: patrol, post, backup, …
jobs = Table(
    "jobs",
    metadata,
    account(),
    key("job", Text),
    must("runs", Integer),
    must("failures", Integer),
    must("ended_at", UtcInstant),
    must("took_ms", Integer),
    may("succeeded_at", UtcInstant),
    may("failing_since", UtcInstant),
    may("trouble", Json(Reason)),  #: of the last run; empty where it went well
)
