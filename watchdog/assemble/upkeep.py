"""
What the program needs to look after itself: how the daemon runs, and the caretaker of the log.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from watchdog import logs
from watchdog.routines.caretaker import Caretaker
from watchdog.terms.retention import Retention

if TYPE_CHECKING:
    from collections.abc import Mapping

    from watchdog.settings import Settings
    from watchdog.store import Store


@dataclass(frozen=True, slots=True)
class Running:
    """
    Where the daemon keeps its locks, how often it patrols, and where it shows its figures.
    """

    state_dir: Path
    poll_every: timedelta
    metrics_port: int | None = None


def running_of(settings: Settings) -> Running:
    """
    Return how the daemon runs with these settings.
    """
    return Running(settings.state_dir, timedelta(minutes=settings.poll_minutes), settings.metrics_port)


def retention_of(settings: Settings) -> Retention:
    """
    Return how long what is kept.
    """
    return Retention(
        history=timedelta(days=settings.keep_history_days),
        journal=timedelta(days=settings.keep_journal_days),
        sent=timedelta(days=settings.keep_sent_days),
        backups=settings.backups_kept,
    )


def caretaker_of(settings: Settings, book: Store) -> Caretaker:
    """
    Return who looks after the log.
    """
    from watchdog.store.care import Care

    return Caretaker(book, Care(book, settings.backup_dir, retention_of(settings)), _told, time.monotonic)


def _told(event: str, fields: Mapping[str, object]) -> None:
    log = logs.get("upkeep")
    (log.warning if event == "upkeep.failed" else log.info)(event, **fields)
