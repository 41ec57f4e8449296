"""
What a house is built from beside its store, sources and channels, in three hands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from watchdog.compose.screens import Screens
from watchdog.deliver.timetable import Timetable
from watchdog.routines.blindness import Lookout
from watchdog.routines.conditions import Watcher
from watchdog.routines.desk import PriceOf
from watchdog.routines.doubt import Askable
from watchdog.routines.patrol import Pulse
from watchdog.terms.digest import DigestTimes


@dataclass(frozen=True, slots=True, kw_only=True)
class Stationery:
    """
    What letters and notices are written with.
    """

    templates: Mapping[str, str] | None = None  #: by name; None: the shipped ones
    screens: Screens | None = None  #: the pages that notices lead to; None: to none
    signature: str | None = None  #: under letters
    price_of: PriceOf | None = None  #: what others ask for a product now; None where nobody can be asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """
    When what is written leaves, and who else hears.
    """

    hours: Timetable | None = None  #: None: everything at once, to all
    second: tuple[str, ...] = ()  #: channels that are told when nobody answers
    digest: DigestTimes | None = None  #: when the daily one is written; None: never
    pulse: Pulse | None = None  #: somebody outside who wants to know that turns see something


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """
    What is watched beside the orders, and whom a doubt is put to.
    """

    watchers: tuple[Watcher, ...] = ()  #: say at every turn what is true of the account itself; a replay has none
    lookouts: tuple[Lookout, ...] | None = None  #: sources that are expected to see; None: the inbox, and nothing is expected of it
    confirming: Askable | None = None  #: asked for single orders in every marketplace; None where nothing but files is read


PLAIN = Stationery()
AT_ONCE = Outgoing()
ORDERS_ONLY = Attention()
