"""
One account's house, wired together from parts that are handed in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from watchdog import logs
from watchdog.assemble.handed import calendars_of, templates_of
from watchdog.assemble.posting import postman_of
from watchdog.assemble.upkeep import Plan
from watchdog.cases import deadlines
from watchdog.compose import Composer
from watchdog.compose.conditions import spoken
from watchdog.compose.wording import words
from watchdog.deliver import timetable
from watchdog.deliver.timetable import Timetable
from watchdog.detect import Watching
from watchdog.routines.blindness import Blindness, Lookout
from watchdog.routines.caretaker import Caretaker
from watchdog.routines.conditions import Conditions, Watcher
from watchdog.routines.desk import Desk
from watchdog.routines.digest import Digests
from watchdog.routines.enact import Enact
from watchdog.routines.judgement import Judgement
from watchdog.routines.patrol import Patrol, Source
from watchdog.routines.points import Reached, pass_by
from watchdog.routines.postman import Channel, Postman
from watchdog.routines.promises import Promises
from watchdog.sources.queue import Queue
from watchdog.store import Store, Transaction
from watchdog.terms.account import Account
from watchdog.terms.calendar import Calendar
from watchdog.terms.digest import DigestSource, DigestTimes
from watchdog.terms.identity import MarketplaceId
from watchdog.terms.look import Reason, SourceState
from watchdog.terms.marketplace import BY_ID, MARKETPLACES
from watchdog.terms.repeats import Repeats
from watchdog.terms.sight import Eye

if TYPE_CHECKING:
    from datetime import datetime

    from watchdog.terms.case import Case, CaseStep, Due
    from watchdog.terms.finding import Severity


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
    conditions: Conditions
    blindness: Blindness
    inbox: Path | None = None
    queue: Queue | None = None  #: of notifications, for the daemon to listen to
    plan: Plan | None = None  #: what the daemon needs; None where the house only answers
    caretaker: Caretaker | None = None
    calls: Counter[tuple[str, str]] = field(default_factory=Counter)  #: requests to Amazon since the start, by operation and outcome
    closing: tuple[Callable[[], None], ...] = ()  #: what else is to be let go of

    def close(self) -> None:
        """
        Let go of the database and of open connections.
        """
        for close in self.closing:
            close()
        self.store.close()

    def sources(self, tx: Transaction, now: datetime) -> tuple[SourceState, ...]:
        """
        Return how each source is doing: when it last really saw ship dates (DOMAIN §10).
        """
        return tuple(
            SourceState(each.name, each.state, each.last_saw_at, self.said(each.reason, now=now))
            for each in self.blindness.seeings(tx, now)
        )

    def said(self, reason: Reason, *, now: datetime) -> str:
        """
        Return a reason in the seller's language, instants in his time.
        """
        return spoken(reason, self.account.language, zone=self.account.home.zone, now=now)


def build(
    account: Account,
    book: Store,
    sources: Sequence[Source],
    channels: Sequence[Channel],
    *,
    templates: Mapping[str, str] | None = None,
    reached: Reached = pass_by,
    year_end: bool = True,
    hours: Timetable | None = None,
    second: Sequence[str] = (),
    watchers: Sequence[Watcher] = (),
    lookouts: Sequence[Lookout] | None = None,
    digest: DigestTimes | None = None,
) -> House:
    """
    Wire one account's house around a store, its sources and its channels.

    ``watchers`` say at every turn what is true of the account itself; a replay has none. ``lookouts`` are the sources that are expected to
    see; without them the inbox is shown, and nothing is expected of it. ``digest`` says when the daily one is written; None: never.
    """
    calendars = calendars_of(MARKETPLACES, year_end=year_end)
    composer = Composer(templates if templates is not None else templates_of(None), calendars=calendars, policy=account.policy)
    clerk = Clerk(account, calendars)
    told = told_by("patrol")
    hours = hours or Timetable(account.home.zone)
    leaving = _leaving(hours)
    enact = Enact(composer, clerk, account.channels, account.language, leaving, hours.channels, tuple(second))
    seen = lookouts if lookouts is not None else (Lookout(Eye("inbox", asked_as="inbox")),)
    blindness = Blindness(tuple(seen), account.policy, calendars[account.home.id], account.home.zone)
    watching = watchers if lookouts is None else (*watchers, blindness)
    distances = Repeats(hours.repeats.urgent or Repeats().urgent, ())  # blindness is said until it ends, whatever is set (DOMAIN §10)
    conditions = Conditions(composer, account.channels, account.language, account.home.zone, leaving, tuple(watching), distances)
    judgement = Judgement(account, calendars, enact, told, conditions)
    if digest is not None:
        judgement.digests = Digests(
            account, clerk, composer, lambda severity: hours.channels(severity, account.channels), leaving, _seen_by(blindness), digest
        )
    patrol = Patrol(book, sources, Watching(account.policy), judgement, reached, told)
    postman = postman_of(
        book, channels, account=account, composer=composer, hours=hours, second=tuple(second), reached=reached, told=told_by("postman")
    )
    desk = Desk(book, composer, clerk, enact, words(account.language), Promises(account))
    return House(account, book, patrol, postman, desk, composer, tuple(channels), conditions, blindness)


def _seen_by(blindness: Blindness) -> Callable[[Transaction, datetime], tuple[DigestSource, ...]]:
    return lambda tx, now: tuple(DigestSource(each.name, each.state == "ok", each.reason) for each in blindness.seeings(tx, now))


@dataclass(frozen=True)
class Clerk:
    """
    The room ``cases``' deadlines with this account's calendars.
    """

    account: Account
    calendars: Mapping[MarketplaceId, Calendar]

    def due_at(self, case: Case, *, now: datetime, steps: Sequence[CaseStep], reported: datetime | None = None) -> datetime | None:
        """
        Return when the case must be looked at again though nothing changes; its steps say by when Amazon's answer is awaited.
        """
        calendar = self.calendars[case.subject.marketplace_id]
        return deadlines.due_at(case, steps, now=now, calendar=calendar, policy=self.account.policy, reported=reported)

    def due_steps(self, case: Case, *, now: datetime, steps: Sequence[CaseStep]) -> tuple[Due, ...]:
        """
        Return what time will bring about in the case, the earliest first.
        """
        calendar = self.calendars[case.subject.marketplace_id]
        return deadlines.due_steps(case, steps, now=now, calendar=calendar, policy=self.account.policy)

    def reply_by(self, case: Case, *, now: datetime) -> datetime:
        """
        Return by when Amazon is asked to answer.
        """
        place = case.subject.marketplace_id
        return deadlines.reply_by(case.finding, calendar=self.calendars[place], zone=BY_ID[place].zone, policy=self.account.policy, now=now)


def _leaving(hours: Timetable) -> Callable[[Severity, datetime], datetime]:
    return lambda severity, now: timetable.may_leave_at(severity, now=now, zone=hours.zone, quiet=hours.quiet)


def told_by(name: str) -> Callable[[str, Mapping[str, object]], None]:
    """
    Return what writes an event of that routine to the log.
    """
    log = logs.get(name)
    return lambda event, fields: log.info(event, **fields)
