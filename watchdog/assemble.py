"""
Settings become objects here and nowhere else: the one composition root, used by every command and by the end-to-end tests.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import socket
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from watchdog import logs, store
from watchdog.cases import deadlines
from watchdog.compose import Composer
from watchdog.deliver import timetable
from watchdog.detect import Watching
from watchdog.detect.silence import source_states
from watchdog.routines.desk import Desk
from watchdog.routines.enact import Enact
from watchdog.routines.judgement import Judgement
from watchdog.routines.patrol import Patrol, Source, Turn
from watchdog.routines.points import Reached, pass_by
from watchdog.routines.postman import Channel, Postman
from watchdog.sources.files import Reading
from watchdog.store import history, looks
from watchdog.terms.account import Account
from watchdog.terms.calendar import Calendar
from watchdog.terms.identity import MarketplaceId
from watchdog.terms.marketplace import BY_ID, MARKETPLACES, Marketplace

if TYPE_CHECKING:
    from watchdog.settings import Settings
    from watchdog.sources.replay import Replay
    from watchdog.terms.case import Case
    from watchdog.terms.look import SourceState

_KEY_FILE = "fingerprint.key"
_YEAR_END = frozenset({(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)})


@dataclass
class House:
    """
    Everything one account's commands and lanes need, wired together.
    """

    account: Account
    store: store.Store
    patrol: Patrol
    postman: Postman
    desk: Desk
    composer: Composer
    channels: tuple[Channel, ...]
    inbox: Path | None = None

    def close(self) -> None:
        """
        Let go of the database.
        """
        self.store.close()

    def sources(self, tx: store.Transaction, now: datetime) -> tuple[SourceState, ...]:
        """
        Return how each source is doing: when it last really saw ship dates (DOMAIN §10).
        """
        calendar = self.patrol.judgement.calendars[self.account.home.id]
        seen = history.last_saw_ship_dates(tx)
        return source_states(seen, open_orders=history.open_orders(tx), now=now, calendar=calendar, zone=self.account.home.zone)


def clock() -> datetime:
    """
    Return the present instant in whole seconds; the program's only look at the clock.
    """
    return datetime.now(UTC).replace(microsecond=0)  # noqa: TID251 - the clock's one home


# --- the house -----------------------------------------------------------------------------------------------------------


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
    )
    channels = channels_of(settings, stderr or sys.stderr)
    account = replace(account, channels=tuple(channel.name for channel in channels))
    built = build(
        account, book, [inbox], channels, templates=templates_of(settings.templates_dir), reached=reached, year_end=settings.year_end_closed
    )
    built.desk.signature = settings.seller_name
    built.inbox = settings.inbox_dir
    return built


def build(
    account: Account,
    book: store.Store,
    sources: Sequence[Source],
    channels: Sequence[Channel],
    *,
    templates: Mapping[str, str] | None = None,
    reached: Reached = pass_by,
    year_end: bool = True,
) -> House:
    """
    Wire one account's house around a store, its sources and its channels.
    """
    calendars = calendars_of(MARKETPLACES, year_end=year_end)
    composer = Composer(templates if templates is not None else templates_of(None), calendars=calendars, policy=account.policy)
    clerk = Clerk(account, calendars)
    told = told_by("patrol")
    enact = Enact(composer, clerk, account.channels, account.language)
    patrol = Patrol(book, sources, Watching(account.policy), Judgement(account, calendars, enact, told), reached, told)
    postman = Postman(book, channels, _retry_at, owner=f"{socket.gethostname()}:{os.getpid()}", reached=reached, told=told_by("postman"))
    return House(account, book, patrol, postman, Desk(book, composer, clerk), composer, tuple(channels))


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
    return store.shown_place(database_url(settings))


def open_book(settings: Settings, *, create: bool) -> store.Store:
    """
    Open the log of these settings.
    """
    return store.open_store(database_url(settings), create=create)


def _is_known(book: store.Store, content: str) -> bool:
    with book.reading() as tx:
        return looks.is_known(tx, content)


@dataclass(frozen=True)
class Clerk:
    """
    The room ``cases``' deadlines with this account's calendars.
    """

    account: Account
    calendars: Mapping[MarketplaceId, Calendar]

    def due_at(self, case: Case, *, now: datetime) -> datetime | None:
        """
        Return when the case must be looked at again though nothing changes.
        """
        return deadlines.due_at(case.finding, case, now=now)

    def reply_by(self, case: Case, *, now: datetime) -> datetime:
        """
        Return by when Amazon is asked to answer.
        """
        place = case.subject.marketplace_id
        return deadlines.reply_by(case.finding, calendar=self.calendars[place], zone=BY_ID[place].zone, policy=self.account.policy, now=now)


def _retry_at(attempts: int, now: datetime, asked: float | None, since: datetime) -> datetime | None:
    return timetable.retry_at(attempts, now=now, asked=asked, draw=secrets.randbelow(10**6) / 10**6, since=since)


def told_by(name: str) -> Callable[[str, Mapping[str, object]], None]:
    """
    Return what writes an event of that routine to the log.
    """
    log = logs.get(name)
    return lambda event, fields: log.info(event, **fields)


# --- replay -------------------------------------------------------------------------------------------------------------------


def replay_house(settings: Settings, paths: Sequence[str], *, releases: Path | None) -> tuple[House, Replay]:
    """
    Return a house with a throw-away memory, a passing key and no channels, and the files it is to read (DESIGN §2).
    """
    from watchdog.sources.replay import replay

    account = replace(account_of(settings), channels=())
    files = replay(paths, reading=reading_of(account, secrets.token_bytes(32)), releases=releases)
    templates = templates_of(settings.templates_dir)
    return build(account, store.open_temporary(), [files], (), templates=templates, year_end=settings.year_end_closed), files


def replayed(house: House, files: Replay, *, end: datetime | None) -> Turn:
    """
    Walk one turn per file, each at its file's time, and one more at ``end``; return them as one.
    """
    whole: Turn | None = None
    for at, source in files.turns():
        house.patrol.sources = [source]
        turn = house.patrol.turn(at if whole is None else max(at, whole.at))
        whole = turn if whole is None else whole + turn
    if whole is None or end is not None:
        house.patrol.sources = []
        last = house.patrol.turn(end or clock())
        whole = last if whole is None else whole + last
    return whole


# --- what pure rooms are handed --------------------------------------------------------------------------------------------


class ClosedDays:
    """
    National holidays of one country and, by setting, Japan's year-end days; computed year by year when first asked.
    """

    def __init__(self, country: str, *, year_end: bool) -> None:
        """
        Remember whose holidays are meant.
        """
        self.country = country
        self.year_end = year_end and country == "JP"

    def __contains__(self, day: object) -> bool:
        """
        Say whether the marketplace's day is a holiday.
        """
        if not isinstance(day, date):
            return False
        return (self.year_end and (day.month, day.day) in _YEAR_END) or day in _holidays(self.country, day.year)


@cache
def _holidays(country: str, year: int) -> frozenset[date]:
    import holidays

    try:
        return frozenset(holidays.country_holidays(country, years=year))
    except NotImplementedError:
        return frozenset()


def calendars_of(marketplaces: Iterable[Marketplace], *, year_end: bool) -> dict[MarketplaceId, Calendar]:
    """
    Return each marketplace's business days.
    """
    return {place.id: Calendar(ClosedDays(place.country, year_end=year_end)) for place in marketplaces}


def templates_of(overrides: Path | None) -> dict[str, str]:
    """
    Return the shipped letters by name (``ja/ticket.txt``), with the seller's own files of the same name in their place.
    """
    root = files("watchdog.compose") / "templates"
    texts = {
        f"{folder.name}/{file.name}": file.read_text("utf-8") for folder in root.iterdir() if folder.is_dir() for file in folder.iterdir()
    }
    for file in sorted(overrides.glob("*/*")) if overrides else ():
        texts[f"{file.parent.name}/{file.name}"] = file.read_text("utf-8")
    return texts


def key_of(state_dir: Path, *, create: bool) -> bytes:
    """
    Return this machine's fingerprint key, made once and never in a backup (DESIGN §7); a passing one where nothing may be written.
    """
    path = state_dir / _KEY_FILE
    if path.exists():
        return path.read_bytes()
    key = secrets.token_bytes(32)
    if create:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(key)
    return key


def reading_of(account: Account, key: bytes) -> Reading:
    """
    Return how files are read: the home marketplace, and digests keyed with this machine's key.
    """
    key_id = hashlib.blake2b(key, digest_size=4).hexdigest()

    def digest(cells: bytes) -> int:
        return int.from_bytes(hashlib.blake2b(cells, digest_size=8, key=key).digest(), "big", signed=True)

    def fingerprint(kind: str, cells: bytes) -> str:
        return f"{key_id}:{kind}:{hmac.new(key, cells, hashlib.sha256).hexdigest()[:32]}"

    return Reading(home=account.home, digest=digest, fingerprint=fingerprint)


def channels_of(settings: Settings, stderr: TextIO) -> tuple[Channel, ...]:
    """
    Return every channel that is set up; the console alone where none is.
    """
    from watchdog.deliver.console import Console

    found: list[Channel] = []
    if settings.slack_webhook_url is not None:
        from watchdog.deliver.slack import SlackWebhook

        found.append(SlackWebhook(settings.slack_webhook_url.get_secret_value(), allow_private=settings.allow_private_targets))
    if settings.smtp_host and settings.email_to:
        found.append(_email(settings))
    return (*found, Console(stderr)) if not found else tuple(found)


def _email(settings: Settings) -> Channel:
    from watchdog.deliver.email import Smtp

    return Smtp(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        username=settings.smtp_username,
        password=settings.smtp_password.get_secret_value() if settings.smtp_password else None,
        sender=settings.email_from or settings.email_to[0],
        recipients=settings.email_to,
    )
