"""
How well a source sees: when it last showed ship dates, what has gone missing from it, what stands in its way (DOMAIN §10).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from watchdog.terms.look import Reason
from watchdog.terms.observation import Interface

#: Interfaces that can show the ship-by date at all; the others' silence about it means nothing.
SHOWING = frozenset({Interface.ORDERS_2026, Interface.ORDERS_V0, Interface.UNSHIPPED_REPORT, Interface.NEW_ORDERS_REPORT})


@dataclass(frozen=True, slots=True)
class Eye:
    """
    A source of ship dates as it is expected to see: how often a complete answer comes.

    A program that is asked (``every``) must always answer; files that people drop (``business_days``) are awaited only while a pre-order is
    open or a listed release lies ahead. With neither nothing is expected.
    """

    source: str  #: looks are named by it or below it: ``inbox``, ``inbox:unshipped_report``
    asked_as: str  #: the name under which the patrol asks it and keeps its mark
    every: timedelta | None = None
    business_days: int | None = None


class TroubleKind(StrEnum):
    """
    Why a source could not be asked.
    """

    UNAVAILABLE = "unavailable"  #: tried again
    REFUSED = "refused"  #: a credential, an authorisation or a role is missing
    CHANGED = "changed"  #: it answers in an unknown form


@dataclass(frozen=True, slots=True)
class Trouble:
    """
    What stands between us and a source, since when.
    """

    kind: TroubleKind
    reason: Reason
    since: datetime


@dataclass(frozen=True, slots=True)
class Fallback:
    """
    Another interface speaks in the place of the best one (DOMAIN §10: which source speaks is visible everywhere).
    """

    speaks: str  #: an interface
    first: str  #: the one that does not
    reason: Reason  #: why it does not
    by_person: bool = False  #: a person has to put something right


@dataclass(frozen=True, slots=True)
class Missing:
    """
    So many of a source's open orders lack something since a look of this moment.
    """

    orders: int
    of: int
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Sight:
    """
    What the log knows of a source's seeing.
    """

    eye: Eye
    begun_at: datetime | None = None  #: the first look, or the first trouble
    answered_at: datetime | None = None  #: as_of of the newest complete answer that can show ship dates
    last_saw_at: datetime | None = None  #: as_of of the newest look that showed one
    trouble: Trouble | None = None
    fallback: Fallback | None = None
    undated: Missing | None = None  #: open orders that had a ship-by and come without one
    vanished: Missing | None = None  #: open orders it no longer lists, though nothing shows them gone
    needed_since: datetime | None = None  #: when something to be watched was first known; None while nothing is
    nothing_open: bool = True


class Showing(StrEnum):
    """
    What a source can show at all.
    """

    PENDING = "pending"  #: orders that are still pending, so that healthy pre-orders are seen, too
    SHIP_BY = "ship_by"
    STATUS = "status"
    PAYMENT = "payment"
    CANCEL_REQUEST = "cancel_request"
    RELEASE_DATE = "release_date"
    HEALTH = "health"
    PRICE = "price"


@dataclass(frozen=True, slots=True)
class Allowance:
    """
    How often one of Amazon's operations may still be asked.
    """

    operation: str
    left: int  #: requests that may be sent at once
    burst: int
    every: float  #: seconds in which one more is allowed
    free_at: datetime | None  #: not before this; None: at once


@dataclass(frozen=True, slots=True)
class Glance:
    """
    One source at a glance: what it can see, how it is doing, who speaks, what is left of its allowance.
    """

    name: str
    state: str  #: ok, degraded, silent, refused
    message: str  #: in the seller's language
    shows: tuple[Showing, ...]
    last_saw_at: datetime | None  #: ship dates; None where it shows none
    last_answer_at: datetime | None  #: as_of of its newest look, whatever it showed
    speaks: str | None = None  #: the interface that speaks now
    chain: tuple[str, ...] = ()  #: in the order they are tried
    allowances: tuple[Allowance, ...] = ()
