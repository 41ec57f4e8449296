"""
What the log needs from time to time, as one thing the caretaker can ask for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from watchdog.store import copies, retention
from watchdog.store.database import Store
from watchdog.terms.retention import Retention

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True)
class Care:
    """
    One log, the folder of its copies, and how long what stays.
    """

    store: Store
    folder: Path
    keep: Retention

    def retire(self, now: datetime) -> Mapping[str, int]:
        """
        Delete what has grown old and return how many rows of each table left.
        """
        return retention.retire(self.store, history=now - self.keep.history, journal=now - self.keep.journal, sent=now - self.keep.sent)

    def back_up(self, now: datetime) -> Mapping[str, int]:
        """
        Make and rotate the copies, where any are wanted; return how many bytes the new one has.
        """
        if not self.keep.backups:
            return {}
        made = copies.save(self.store, self.folder, now=now, daily=self.keep.backups)
        return {} if made is None else {"bytes": made.stat().st_size}

    def examine(self, _now: datetime) -> Mapping[str, int]:
        """
        Look through the whole log.

        Raises:
            StoreDamaged: something in it is broken.
        """
        from watchdog.store.migrate import check_whole

        check_whole(self.store)
        return {}

    def truncate(self, _now: datetime) -> Mapping[str, int]:
        """
        Empty the write-ahead log and return how many bytes it had.
        """
        return {"bytes": copies.truncate_wal(self.store)}
