"""
A house made from the settings of a single seller.
"""

from __future__ import annotations

import secrets
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, TextIO

from watchdog.assemble.building import House, build
from watchdog.assemble.channels import channels_of
from watchdog.assemble.handed import calendars_of, key_of, reading_of, templates_of
from watchdog.compose import Composer
from watchdog.deliver.timetable import QuietHours
from watchdog.routines.points import Reached, pass_by
from watchdog.store import Store, looks, open_store, shown_place
from watchdog.terms.account import Account
from watchdog.terms.marketplace import MARKETPLACES

if TYPE_CHECKING:
    from watchdog.settings import Settings
    from watchdog.sources.files import Reading


def house(settings: Settings, *, create: bool, stderr: TextIO | None = None, reached: Reached = pass_by) -> House:
    """
    Return the house these settings describe; with ``create`` the state directory and the database are made if absent.

    Raises:
        StoreAbsent: there is no database and ``create`` is off.
        SchemaOutdated: the database is another version's.
    """
    from watchdog.sources.inbox import Inbox

    account = account_of(settings)
    if create:
        settings.state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    book = open_book(settings, create=create)
    reading = reading_of(account, key_of(settings.state_dir, create=create))
    inbox = Inbox(
        settings.inbox_dir,
        releases_file=settings.releases_file,
        reading=reading,
        language=account.language,
        known=lambda content: _is_known(book, content),
        keep_days=settings.keep_files_days,
    )
    channels = channels_of(settings, stderr or sys.stderr)
    account = replace(account, channels=tuple(channel.name for channel in channels))
    built = build(
        account,
        book,
        [inbox],
        channels,
        templates=templates_of(settings.templates_dir),
        reached=reached,
        year_end=settings.year_end_closed,
        quiet=QuietHours.parse(settings.quiet_hours) if settings.quiet_hours else None,
    )
    built.desk.signature = settings.seller_name
    built.inbox = settings.inbox_dir
    return built


def reading(settings: Settings) -> Reading:
    """
    Return how a file is read that is no source of the patrol; its digests mean nothing beyond it.
    """
    return reading_of(account_of(settings), secrets.token_bytes(32))


def composer_of(settings: Settings) -> Composer:
    """
    Return the letters of these settings, checked.

    Raises:
        ConfigError: a template of the seller's own can't be used.
    """
    account = account_of(settings)
    calendars = calendars_of(MARKETPLACES, year_end=settings.year_end_closed)
    return Composer(templates_of(settings.templates_dir), calendars=calendars, policy=account.policy)


def account_of(settings: Settings) -> Account:
    """
    Return the single seller of these settings.
    """
    return Account(marketplaces=settings.marketplace_ids, language=settings.language, policy=settings.policy)


def database_url(settings: Settings) -> str:
    """
    Return the database's URL: the one set, else the SQLite file in the state directory.
    """
    if settings.database_url is not None:
        return settings.database_url.get_secret_value()
    return f"sqlite:///{settings.state_dir / 'watchdog.db'}"


def shown_database(settings: Settings) -> str:
    """
    Return where the log lies, for people; a password in its URL is masked.
    """
    return shown_place(database_url(settings))


def open_book(settings: Settings, *, create: bool) -> Store:
    """
    Open the log of these settings.
    """
    return open_store(database_url(settings), create=create)


def _is_known(book: Store, content: str) -> bool:
    with book.reading() as tx:
        return looks.is_known(tx, content)
