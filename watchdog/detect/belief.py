"""
Which release date is believed, and why one is not (DOMAIN §4).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from watchdog.detect.norm import common_date
from watchdog.terms.look import ReleaseSource

if TYPE_CHECKING:
    from collections.abc import Iterable

    from watchdog.terms.calendar import Calendar
    from watchdog.terms.policy import Policy
    from watchdog.terms.product import ReleaseDate
    from watchdog.terms.verdict import Context

RELEASE_UNKNOWN = "release_unknown"
RELEASE_NOT_BELIEVED = "release_not_believed"


@dataclass(frozen=True, slots=True)
class Belief:
    """
    The release date to judge by, or why there is none.
    """

    date: date | None = None
    source: ReleaseSource | None = None
    learned_at: datetime | None = None
    gap: str | None = RELEASE_UNKNOWN  #: coverage gap; None where the date is believed


def said_now(releases: Iterable[ReleaseDate]) -> tuple[ReleaseDate, ...]:
    """
    Return what each source says now, the most trusted first; a date that disappeared stays valid until another is said.
    """
    newest: dict[ReleaseSource, ReleaseDate] = {}
    for release in releases:
        held = newest.get(release.source)
        if held is None or (release.learned_at, release.day) >= (held.learned_at, held.day):
            newest[release.source] = release
    return tuple(sorted(newest.values(), key=lambda release: release.source.rank))


def believe(context: Context, *, policy: Policy, calendar: Calendar) -> Belief:
    """
    Return the date of the most trusted source, unless purchases or the siblings contradict it (DOMAIN §4).
    """
    now = said_now(context.releases)
    if not now:
        return Belief()
    top = now[0]
    if _contradicted(top.day, context, policy, calendar):
        return Belief(gap=RELEASE_NOT_BELIEVED)
    return Belief(top.day, top.source, top.learned_at, gap=None)


def _contradicted(day: date, context: Context, policy: Policy, calendar: Calendar) -> bool:
    bought = context.census.last_marked_purchase
    if bought is not None and day < bought:
        return True
    norm = common_date(context.census.tallies, policy)
    return norm is not None and norm > calendar.shifted(day, policy.doubt_business_days)


def date_at(releases: Iterable[ReleaseDate], moment: datetime) -> date | None:
    """
    Return the most trusted source's date as it was known at that moment.
    """
    now = said_now(release for release in releases if release.learned_at <= moment)
    return now[0].day if now else None


def risen(releases: Iterable[ReleaseDate]) -> tuple[tuple[ReleaseDate, ...], ...]:
    """
    Return everything said by each source that now says a later date than it once did, oldest first; the most trusted source first.
    """
    ordered = sorted(releases, key=lambda release: (release.learned_at, release.day))
    by_source = (tuple(release for release in ordered if release.source is source) for source in ReleaseSource)
    return tuple(said for said in by_source if said and said[-1].day > min(release.day for release in said))


def steady_since(releases: Iterable[ReleaseDate]) -> datetime | None:
    """
    Return since when every source has kept its date, or None where one has changed it.
    """
    values = tuple(releases)
    if not values or len(values) > len(said_now(values)):
        return None
    return max(release.learned_at for release in values)
