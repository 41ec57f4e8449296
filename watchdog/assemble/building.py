"""
One account's house, wired together from parts that are handed in.
"""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from watchdog import logs
from watchdog.assemble.handed import calendars_of, templates_of
from watchdog.cases import deadlines
from watchdog.compose import Composer
from watchdog.compose.wording import words
from watchdog.deliver import timetable
from watchdog.detect import Watching
from watchdog.detect.silence import source_states
from watchdog.routines.desk import Desk
from watchdog.routines.enact import Enact
from watchdog.routines.judgement import Judgement
from watchdog.routines.patrol import Patrol, Source
from watchdog.routines.points import Reached, pass_by
from watchdog.routines.postman import Channel, Postman
from watchdog.store import Store, Transaction, history
from watchdog.terms.account import Account
from watchdog.terms.calendar import Calendar
from watchdog.terms.identity import MarketplaceId
from watchdog.terms.marketplace import BY_ID, MARKETPLACES

if TYPE_CHECKING:
    from watchdog.deliver.timetable import QuietHours
    from watchdog.terms.case import Case, CaseStep
    from watchdog.terms.finding import Severity
    from watchdog.terms.look import SourceState


@dataclass
class House:
    """
    Everything one account's commands and lanes need, wired together.
    """

    account: Account
    store: Store
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

    def sources(self, tx: Transaction, now: datetime) -> tuple[SourceState, ...]:
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


def build(
    account: Account,
    book: Store,
    sources: Sequence[Source],
    channels: Sequence[Channel],
    *,
    templates: Mapping[str, str] | None = None,
    reached: Reached = pass_by,
    year_end: bool = True,
    quiet: QuietHours | None = None,
) -> House:
    """
    Wire one account's house around a store, its sources and its channels.
    """
    calendars = calendars_of(MARKETPLACES, year_end=year_end)
    composer = Composer(templates if templates is not None else templates_of(None), calendars=calendars, policy=account.policy)
    clerk = Clerk(account, calendars)
    told = told_by("patrol")
    enact = Enact(composer, clerk, account.channels, account.language, _leaving(account, quiet))
    patrol = Patrol(book, sources, Watching(account.policy), Judgement(account, calendars, enact, told), reached, told)
    postman = Postman(book, channels, _retry_at, owner=f"{socket.gethostname()}:{os.getpid()}", reached=reached, told=told_by("postman"))
    desk = Desk(book, composer, clerk, enact, words(account.language))
    return House(account, book, patrol, postman, desk, composer, tuple(channels))


@dataclass(frozen=True)
class Clerk:
    """
    The room ``cases``' deadlines with this account's calendars.
    """

    account: Account
    calendars: Mapping[MarketplaceId, Calendar]

    def due_at(self, case: Case, *, now: datetime, steps: Sequence[CaseStep]) -> datetime | None:
        """
        Return when the case must be looked at again though nothing changes; its steps say by when Amazon's answer is awaited.
        """
        return deadlines.due_at(case.finding, case, now=now, steps=steps)

    def reply_by(self, case: Case, *, now: datetime) -> datetime:
        """
        Return by when Amazon is asked to answer.
        """
        place = case.subject.marketplace_id
        return deadlines.reply_by(case.finding, calendar=self.calendars[place], zone=BY_ID[place].zone, policy=self.account.policy, now=now)


def _retry_at(attempts: int, now: datetime, asked: float | None, since: datetime) -> datetime | None:
    return timetable.retry_at(attempts, now=now, asked=asked, draw=secrets.randbelow(10**6) / 10**6, since=since)


def _leaving(account: Account, quiet: QuietHours | None) -> Callable[[Severity, datetime], datetime]:
    return lambda severity, now: timetable.may_leave_at(severity, now=now, zone=account.home.zone, quiet=quiet)


def told_by(name: str) -> Callable[[str, Mapping[str, object]], None]:
    """
    Return what writes an event of that routine to the log.
    """
    log = logs.get(name)
    return lambda event, fields: log.info(event, **fields)
