"""
One account's house, wired together from parts that are handed in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from watchdog import logs
from watchdog.assemble.handed import calendars_of, templates_of
from watchdog.assemble.parts import AT_ONCE, ORDERS_ONLY, PLAIN, Attention, Outgoing, Stationery
from watchdog.assemble.posting import postman_of
from watchdog.assemble.upkeep import Running
from watchdog.cases import deadlines
from watchdog.compose import Composer
from watchdog.compose.conditions import spoken
from watchdog.compose.wording import words
from watchdog.deliver import timetable
from watchdog.deliver.timetable import Timetable
from watchdog.detect import Watching
from watchdog.routines.blindness import Blindness, Lookout
from watchdog.routines.caretaker import Caretaker
from watchdog.routines.conditions import Conditions
from watchdog.routines.desk import Desk
from watchdog.routines.digest import Digests
from watchdog.routines.doubt import Doubt
from watchdog.routines.enact import Enact
from watchdog.routines.judgement import Judgement
from watchdog.routines.patrol import Patrol, Silence, Source
from watchdog.routines.points import Reached, pass_by
from watchdog.routines.postman import Channel, Postman
from watchdog.routines.promises import Promises
from watchdog.sources.queue import Queue
from watchdog.store import Store, Transaction
from watchdog.terms.account import Account
from watchdog.terms.calendar import Calendar
from watchdog.terms.digest import DigestSource
from watchdog.terms.identity import MarketplaceId
from watchdog.terms.look import Reason, SourceState
from watchdog.terms.marketplace import BY_ID, MARKETPLACES
from watchdog.terms.repeats import Repeats
from watchdog.terms.sight import Eye

if TYPE_CHECKING:
    from datetime import datetime

    from watchdog.terms.case import Case, CaseStep, Due
    from watchdog.terms.finding import Severity

_INBOX = (Lookout(Eye("inbox", asked_as="inbox")),)


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
    running: Running | None = None  #: what the daemon needs; None where the house only answers
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
    stationery: Stationery = PLAIN,
    outgoing: Outgoing = AT_ONCE,
    attention: Attention = ORDERS_ONLY,
    reached: Reached = pass_by,
    year_end: bool = True,
) -> House:
    """
    Wire one account's house around a store, its sources and its channels.
    """
    calendars = calendars_of(MARKETPLACES, year_end=year_end)
    texts = templates_of(None) if stationery.templates is None else stationery.templates
    composer = Composer(texts, calendars=calendars, policy=account.policy, screens=stationery.screens)
    clerk = Clerk(account, calendars)
    hours = outgoing.hours or Timetable(account.home.zone)
    leaving = _leaving(hours)
    enact = Enact(composer, clerk, account.channels, account.language, leaving, hours.channels, outgoing.second)
    lookouts = _INBOX if attention.lookouts is None else attention.lookouts
    blindness = Blindness(lookouts, account.policy, calendars[account.home.id], account.home.zone)
    watching = attention.watchers if attention.lookouts is None else (*attention.watchers, blindness)
    distances = Repeats(hours.repeats.urgent or Repeats().urgent, ())  # blindness is said until it ends, whatever is set (DOMAIN §10)
    conditions = Conditions(composer, account.channels, account.language, account.home.zone, leaving, watching, distances)
    routed = partial(_routed, hours, account)
    times = outgoing.digest
    digests = None if times is None else Digests(account, clerk, composer, routed, leaving, _seen_by(blindness), times)
    confirming, told = attention.confirming, told_by("patrol")
    asks = frozenset(() if confirming is None else (place.id for place in account.marketplaces))
    judgement = Judgement(account, calendars, enact, told, conditions, digests, asks)
    doubt = None if confirming is None else Doubt(book, judgement, confirming, blindness.missing)
    patrol = Patrol(book, sources, Watching(account.policy), judgement, reached, told, outgoing.pulse or Silence(), doubt)
    postman = postman_of(
        book, channels, account=account, composer=composer, hours=hours, second=outgoing.second, reached=reached, told=told_by("postman")
    )
    desk = Desk(book, composer, clerk, enact, words(account.language), Promises(account), stationery.signature, stationery.price_of)
    return House(account, book, patrol, postman, desk, composer, tuple(channels), conditions, blindness)


def _routed(hours: Timetable, account: Account, severity: Severity) -> tuple[str, ...]:
    return hours.channels(severity, account.channels)


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
