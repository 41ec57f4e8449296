"""
One question put to one source, and the batches of its answer; what a source hands to the patrol.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from watchdog.terms.health import HealthFigure
from watchdog.terms.identity import Asin, MarketplaceId, Sku
from watchdog.terms.observation import Interface, Observation

#: What a source wants to find again at its next poll (watermarks, page tokens, buckets); opaque to everyone else, JSON-able.
Mark = Mapping[str, Any]


class Kind(StrEnum):
    """
    What a look brought; decided by content, never by a file's name.
    """

    ORDERS = "orders"
    RELEASES = "releases"
    HEALTH = "health"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reason:
    """
    Why something was not used, as a code of ``terms.sentences`` and its values; never a buyer's cell.
    """

    code: str
    values: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Defect:
    """
    A row that could not be used, named by its place; the rest of the input is used (DESIGN law 7).
    """

    place: int  #: line of a report or position of an order in a dump, counted from 1
    reason: Reason


@dataclass(frozen=True, slots=True)
class Ignored:
    """
    A row that is fine and not ours to watch (Amazon-fulfilled, replacement, sourcing on demand), with the reason's code.
    """

    reason: str


class Row(NamedTuple):
    """
    One order line still in the source's own form; it is read only where its digest is new.
    """

    digest: int  #: signed 64 bit, keyed, over the line's key and watched cells: equal digest = nothing to say
    place: int
    cells: Any


@dataclass(frozen=True, slots=True)
class ReleaseSaid:
    """
    A release date as one source said it, for an ASIN, a SKU, or both; a marketplace of None means any.
    """

    marketplace_id: MarketplaceId | None
    asin: Asin | None
    sku: Sku | None
    release_date: date
    source: ReleaseSource
    title: str | None = None
    note: str | None = None


class ReleaseSource(StrEnum):
    """
    Who may say a release date, the most trusted first (DOMAIN §4).
    """

    SELLER_LIST = "releases.csv"
    CATALOG = "catalog"
    STREET_DATE = "street_date"

    @property
    def rank(self) -> int:
        """
        The order of belief: 0 is believed first.
        """
        return list(ReleaseSource).index(self)


@dataclass(frozen=True, slots=True)
class Look:
    """
    One question to one source: a report file, a sweep, a notification.
    """

    source: str  #: stable name; digests and absences are compared within it, e.g. ``inbox:unshipped_report``
    name: str  #: file name or request, for people
    kind: Kind
    as_of: datetime  #: the moment the answer speaks of (DOMAIN §6), never the drop time
    interface: Interface | None = None  #: of order rows
    complete: bool = False  #: everything the source has in ``marketplaces``: what it omits is absent
    content: str | None = None  #: digest of the bytes, so that the same file is read once


def _nothing(_row: Row) -> Ignored:
    raise AssertionError("a look without order rows has nothing to read")


@dataclass(frozen=True, slots=True)
class Batch:
    """
    A part of a look's answer: one page, or at most 10,000 rows; absorbed in one transaction.
    """

    look: Look
    rows: Sequence[Row] = ()
    read: Callable[[Row], Observation | Defect | Ignored] = _nothing
    releases: Sequence[ReleaseSaid] = ()
    pairs: Sequence[tuple[MarketplaceId, Sku, Asin]] = ()  #: a SKU that turned out to be one of an ASIN's
    health: Sequence[HealthFigure] = ()
    defects: Sequence[Defect] = ()  #: of release lists and other files that carry no order rows
    last: bool = True  #: the look is finished with this batch
    refused: Reason | None = None  #: the whole file or answer can't be used
    mark: Mark | None = None
    remark: Reason | None = None  #: what a person should know of a file that was used nevertheless


@dataclass(frozen=True, slots=True)
class Rest:
    """
    What a source says at the end of a poll beside its batches: its mark without news, when to ask again, what people should know.
    """

    mark: Mark | None = None
    again_at: datetime | None = None  #: None: at the next turn of the patrol
    answered: bool = False  #: it was asked and answered, though no batch shows it
    remarks: tuple[Reason, ...] = ()


#: Names of looks through an API begin with this; what such a source has shown is Amazon's own present word (DOMAIN §6).
API = "spapi:"
#: Names of looks at single orders, asked for one by one because they are in doubt, begin with this; the interface follows.
ASKED = "spapi:orders:asked:"


@dataclass(frozen=True, slots=True)
class RowCounts:
    """
    What became of the order rows: read = used + unchanged + rejected + ignored, always (DOMAIN §6).
    """

    used: int = 0
    unchanged: int = 0
    rejected: int = 0
    ignored: int = 0

    @property
    def read(self) -> int:
        """
        How many order rows were read.
        """
        return self.used + self.unchanged + self.rejected + self.ignored

    def __add__(self, other: RowCounts) -> RowCounts:
        """
        Return the sum of both counts.
        """
        return RowCounts(
            self.used + other.used,
            self.unchanged + other.unchanged,
            self.rejected + other.rejected,
            self.ignored + other.ignored,
        )


@dataclass(frozen=True, slots=True)
class WatchList:
    """
    Which products are watched, as the store knows them when a look is read; its version tells whether an old file must be read again.
    """

    version: int = 0
    #: latest release date said by any source; keys are ``(marketplace id or "*", "asin:…" or "sku:…")``
    releases: Mapping[tuple[str, str], date] = field(default_factory=dict)
    #: products with open orders that Amazon marks as pre-orders; same keys, never ``"*"``
    marked: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class SourceState:
    """
    How a source is doing, for ``sources`` in the JSON and the coverage.
    """

    name: str
    state: str  #: ok, degraded, silent, refused
    last_saw_ship_dates_at: datetime | None
    message: str


class Keeping(StrEnum):
    """
    What to do with an order row that is read: watch it, only name its product in the coverage, or pass it by.
    """

    WATCH = "watch"
    NAME = "name"
    PASS = "pass"
