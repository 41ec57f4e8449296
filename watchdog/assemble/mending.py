"""
A broken log is put aside, the newest whole copy takes its place, and the files read since then are read again.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from watchdog.assemble.settled import database_url, house, open_book, shown_database
from watchdog.assemble.standing import step_down
from watchdog.routines.caretaker import UpkeepJob
from watchdog.sources.archive import PROCESSED, REASON, dropped_name, free_name
from watchdog.sources.files import digest_of, modified_at
from watchdog.store import copies, jobs, looks
from watchdog.store.locks import hold
from watchdog.terms.errors import StoreDamaged
from watchdog.terms.look import Reason
from watchdog.terms.moments import show_instant

if TYPE_CHECKING:
    from datetime import datetime

    from watchdog.assemble.building import House
    from watchdog.settings import Settings


def house_whatever_happened(settings: Settings, now: datetime) -> House:
    """
    Return the daemon's house; a log that can't be opened because it is broken is mended first.

    Raises:
        Busy: another daemon watches this state directory.
    """
    try:
        return house(settings, create=True)
    except StoreDamaged:
        with hold(settings.state_dir / "daemon.lock", wait=0):
            if not mend(settings, now):
                raise
        return house(settings, create=True)


def upgrade(settings: Settings, now: datetime) -> None:
    """
    Bring an older log to this program's schema, after a copy of it was made; an absent or a present one is left as it is.

    Raises:
        SchemaOutdated: it is a newer version's.
    """
    from watchdog.store import migrate

    url, log = database_url(settings), Path(shown_database(settings))
    step_down(settings.state_dir)
    if url.startswith("sqlite") and not log.is_file():
        return
    found = migrate.current(url)
    if found in {None, migrate.HEAD}:
        return
    migrate.require_known(url, str(found))
    if url.startswith("sqlite"):
        settings.backup_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        migrate.backup(url, settings.backup_dir / f"before-upgrade-{now:%Y%m%dT%H%M%SZ}.db")
    migrate.upgrade(url)


def mend(settings: Settings, now: datetime) -> bool:
    """
    Put a whole log in the place of a broken one and return whether that was needed; nothing is deleted.

    Without any copy the log begins anew: a watch that has forgotten is better than none. That it happened is noted as the last integrity
    check's result, so that the seller is told by the next turn.
    """
    url = database_url(settings)
    log = Path(shown_database(settings))
    if not url.startswith("sqlite") or _is_whole(log):
        return False
    made_at, copy = next(((at, path) for at, path in reversed(copies.taken(settings.backup_dir).items()) if _is_whole(path)), (None, None))
    aside = copies.put_aside(log, now) if copy is None else copies.restore(url, copy, now=now)
    _upgrade(url)
    book = open_book(settings, create=True)
    try:
        with book.reading() as tx:
            unknown = [path for path in _kept(settings.inbox_dir / PROCESSED) if not looks.is_known(tx, digest_of(path), modified_at(path))]
        for path in unknown:
            path.rename(free_name(settings.inbox_dir / dropped_name(path)))
        with book.writing() as tx:
            jobs.note(tx, UpkeepJob.INTEGRITY, at=now, took_ms=0, trouble=_told(aside, made_at))
    finally:
        book.close()
    return True


def _is_whole(path: Path) -> bool:
    try:
        copies.examine(path)
    except StoreDamaged:
        return False
    return True


def _upgrade(url: str) -> None:
    from watchdog.store.migrate import upgrade

    upgrade(url)


def _kept(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.endswith(REASON))


def _told(aside: Path | None, made_at: datetime | None) -> Reason:
    if made_at is None:
        return Reason("log_begun_anew", {"aside": str(aside)})
    return Reason("log_restored", {"aside": str(aside), "made_at": show_instant(made_at)})
