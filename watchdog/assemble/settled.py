"""
A house made from the settings of a single seller.
"""

from __future__ import annotations

import secrets
import sys
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, TextIO

from watchdog.assemble.building import House, build, told_by
from watchdog.assemble.channels import channel_lists, heartbeat_of
from watchdog.assemble.eyes import InDoubt, asked_of, price_of, queue_of
from watchdog.assemble.handed import calendars_of, key_of, reading_of, screens_of, templates_of
from watchdog.assemble.parts import Attention, Outgoing, Stationery
from watchdog.assemble.posting import Pulse, timetable_of
from watchdog.assemble.spapi import session_of
from watchdog.assemble.standing import step_down
from watchdog.assemble.upkeep import caretaker_of, running_of
from watchdog.compose import Composer
from watchdog.routines.blindness import Lookout
from watchdog.routines.caretaker import UpkeepWatch
from watchdog.routines.channels import ChannelWatch
from watchdog.routines.health import HealthWatch
from watchdog.routines.own_list import OwnListWatch
from watchdog.routines.points import Point, Reached, pass_by
from watchdog.routines.roles import RoleWatch
from watchdog.routines.rotation import Rotation
from watchdog.store import Store, looks, open_store, shown_place
from watchdog.terms.account import Account
from watchdog.terms.digest import DigestTimes
from watchdog.terms.marketplace import MARKETPLACES
from watchdog.terms.sight import Eye

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from watchdog.routines.conditions import Watcher
    from watchdog.routines.patrol import Source
    from watchdog.routines.postman import Channel
    from watchdog.settings import Settings
    from watchdog.sources.files import Reading
    from watchdog.sources.inbox import Inbox
    from watchdog.terms.policy import Policy


def house(settings: Settings, *, create: bool, stderr: TextIO | None = None, reached: Reached = pass_by) -> House:
    """
    Return the house these settings describe; with ``create`` the state directory and the database are made if absent.

    Raises:
        StoreAbsent: there is no database and ``create`` is off.
        SchemaOutdated: the database is another version's.
    """
    account = account_of(settings)
    step_down(settings.state_dir)
    if create:
        settings.state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    book = replace(open_book(settings, create=create), committing=lambda done: reached(Point.COMMITTED if done else Point.COMMIT_NEAR))
    reading = reading_of(account, key_of(settings.state_dir, create=create), columns=settings.column_names)
    inbox = inbox_of(settings, account, reading, book, reached=reached)
    calls: Counter[tuple[str, str]] = Counter()
    session = session_of(settings, account, calls)
    queue = queue_of(settings)
    asked = asked_of(session, settings, account, book, reading, queue=queue)
    first, second = channel_lists(settings, stderr or sys.stderr)
    account = replace(account, channels=tuple(channel.name for channel in first))
    return replace(
        build(
            account,
            book,
            [inbox, *asked],
            (*first, *second),
            stationery=Stationery(
                templates=templates_of(settings.templates_dir),
                screens=screens_of(settings.review_base_url),
                signature=settings.seller_name,
                price_of=price_of(asked, book),
            ),
            outgoing=_outgoing(settings, account, second),
            attention=_attention(settings, account, asked, [*first, *second]),
            reached=reached,
            year_end=settings.year_end_closed,
        ),
        inbox=settings.inbox_dir,
        queue=queue,
        running=running_of(settings),
        calls=calls,
        closing=() if session is None else (session.close,),
        caretaker=caretaker_of(settings, book),
    )


def _outgoing(settings: Settings, account: Account, second: Sequence[Channel]) -> Outgoing:
    heartbeat = heartbeat_of(settings)
    return Outgoing(
        hours=timetable_of(settings, account.home.zone),
        second=tuple(channel.name for channel in second),
        digest=DigestTimes(settings.digest_at, settings.digest_days, settings.digest_when_empty),
        pulse=None if heartbeat is None else Pulse(heartbeat, told_by("heartbeat")),
    )


def _attention(settings: Settings, account: Account, asked: Sequence[Source], channels: Sequence[Channel]) -> Attention:
    return Attention(
        watchers=(*watchers_of(settings, account, asked), ChannelWatch(tuple(channel.name for channel in channels))),
        lookouts=lookouts_of(account.policy, timedelta(minutes=settings.poll_minutes), asked=bool(asked)),
        confirming=InDoubt(tuple(asked)) if asked else None,
    )


def inbox_of(settings: Settings, account: Account, reading: Reading, book: Store, *, reached: Reached) -> Inbox:
    """
    Return the folder into which reports are dropped.
    """
    from watchdog.sources.inbox import Inbox

    return Inbox(
        settings.inbox_dir,
        releases_file=settings.releases_file,
        reading=reading,
        language=account.language,
        known=lambda content, as_of: _is_known(book, content, as_of),
        keep_days=settings.keep_files_days,
        reached=lambda point: reached(Point(point)),
    )


def watchers_of(settings: Settings, account: Account, asked: Sequence[Source]) -> tuple[Watcher, ...]:
    """
    Return what is watched of the account itself, its channels and the sight of its orders apart.
    """
    rotation = () if settings.spapi_secret_made_on is None else (Rotation(settings.spapi_secret_made_on, account.home.zone),)
    roles = (RoleWatch(asked[0].name, tuple(source.name for source in asked[1:])),) if asked else ()
    path = settings.releases_file
    own_list = () if path is None else (OwnListWatch(str(path), path.is_file),)
    return (UpkeepWatch(), HealthWatch(account.policy), *own_list, *rotation, *roles)


def lookouts_of(policy: Policy, turns: timedelta, *, asked: bool) -> tuple[Lookout, ...]:
    """
    Return the sources that are expected to see: files are awaited in the seller's rhythm while nothing else is asked.

    An API is expected to answer in its own rhythm, and no sooner than turns are taken.
    """
    if not asked:
        return (Lookout(Eye("inbox", asked_as="inbox", business_days=policy.inbox_rhythm_days)),)
    from watchdog.sources.spapi.orders import speaking_instead, sweeps_every
    from watchdog.sources.spapi.walking import NAME

    orders = Lookout(Eye(NAME, asked_as=NAME), lambda mark: max(sweeps_every(mark), turns), speaking_instead)
    return Lookout(Eye("inbox", asked_as="inbox")), orders


def reading(settings: Settings) -> Reading:
    """
    Return how a file is read that is no source of the patrol; its digests mean nothing beyond it.
    """
    return reading_of(account_of(settings), secrets.token_bytes(32), columns=settings.column_names)


def composer_of(settings: Settings) -> Composer:
    """
    Return the letters of these settings, checked.

    Raises:
        ConfigError: a template of the seller's own can't be used.
    """
    account = account_of(settings)
    calendars = calendars_of(MARKETPLACES, year_end=settings.year_end_closed)
    screens = screens_of(settings.review_base_url)
    return Composer(templates_of(settings.templates_dir), calendars=calendars, policy=account.policy, screens=screens)


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
    Open the log of these settings, as whom the state directory belongs to.
    """
    step_down(settings.state_dir)
    return open_store(database_url(settings), create=create)


def _is_known(book: Store, content: str, as_of: datetime) -> bool:
    with book.reading() as tx:
        return looks.is_known(tx, content, as_of)
