"""
``db``: upgrade, check, back up or restore the log.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from watchdog.settings import Settings


@click.group(epilog="Example: preorder-watchdog db check")
def command() -> None:
    """
    The log's database: upgrade it, check it, back it up, restore it.
    """


@command.command(epilog="Example: preorder-watchdog db upgrade")
def upgrade() -> int:
    """
    Bring the database to this version; an absent one is made.
    """
    from watchdog import assemble
    from watchdog.commands import speech
    from watchdog.store import migrate

    settings = speech.settings()
    assemble.step_down(settings.state_dir)
    settings.state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    if (file := _file_of(settings)) is not None:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o640)
    url = assemble.database_url(settings)
    before = migrate.current(url)
    migrate.upgrade(url)
    click.echo(f"{assemble.shown_database(settings)}: {before or '-'} → {migrate.current(url)}")
    return 0


@command.command(epilog="Example: preorder-watchdog db check")
def check() -> int:
    """
    Say whether the database is there, whole, and of this version.
    """
    from watchdog import assemble
    from watchdog.commands import speech
    from watchdog.store import migrate

    settings = speech.settings()
    book = assemble.open_book(settings, create=False)
    try:
        migrate.check_whole(book)
    finally:
        book.close()
    click.echo(f"{assemble.shown_database(settings)}: ok ({migrate.HEAD})")
    return 0


@command.command(epilog="Example: preorder-watchdog db backup /srv/backup/watchdog.db")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
def backup(path: Path) -> int:
    """
    Write a consistent copy of the SQLite database to PATH, also while the daemon runs.
    """
    from watchdog import assemble
    from watchdog.commands import speech
    from watchdog.store import migrate
    from watchdog.terms.errors import StoreAbsent, UsageError

    settings = speech.settings()
    assemble.step_down(settings.state_dir)
    file = _file_of(settings)
    if file is not None and not file.is_file():
        raise StoreAbsent(path=str(file))
    if path.exists():
        raise UsageError("copy_exists", path=str(path))
    migrate.backup(assemble.database_url(settings), path)
    click.echo(str(path))
    return 0


@command.command(epilog="Example: preorder-watchdog db restore /var/lib/preorder-watchdog/backups/watchdog-20260905T030000Z.db")
@click.argument("copy", type=click.Path(path_type=Path, dir_okay=False))
def restore(copy: Path) -> int:
    """
    Put the copy COPY in the place of the database, which is kept aside; the daemon must be stopped.
    """
    from watchdog import assemble
    from watchdog.commands import speech
    from watchdog.store import copies
    from watchdog.store.locks import hold
    from watchdog.terms.sentences import say

    settings = speech.settings()
    assemble.step_down(settings.state_dir)
    settings.state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    with hold(settings.state_dir / "daemon.lock", wait=0):
        aside = copies.restore(assemble.database_url(settings), copy, now=assemble.clock())
    told = {"path": assemble.shown_database(settings), "copy": str(copy), "aside": str(aside or "-")}
    click.echo(say("log_put_back", settings.language, told))
    return 0


def _file_of(settings: Settings) -> Path | None:
    """
    Return the SQLite file these settings name, None where the log is kept by a server.
    """
    from watchdog import assemble

    place = assemble.shown_database(settings)
    return None if "://" in place else Path(place)
