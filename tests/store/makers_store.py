"""
Looks and what they show, in the shortest words; rows carry a digest of what they say, as a source's rows do.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from watchdog.store import Store, looks
from watchdog.terms.identity import Asin, LineKey, MarketplaceId, OrderId, Sku
from watchdog.terms.look import Batch, Keeping, Kind, Look, ReleaseSaid, ReleaseSource, Row, RowCounts, WatchList
from watchdog.terms.marketplace import JAPAN
from watchdog.terms.observation import Facts, Interface, Observation, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

ASIN = Asin("B0TESTCD01")
RELEASE = date(2026, 9, 14)
RESET = date(2026, 9, 8)
NOW = datetime(2026, 9, 30, tzinfo=UTC)


def at(day: int, hour: int = 1) -> datetime:
    """
    Return an instant of September 2026.
    """
    return datetime(2026, 9, day, hour, tzinfo=UTC)


def seen(
    order: str,
    ship_by: date | None = RELEASE,
    *,
    line: str = "",
    asin: str | None = ASIN,
    sku: str | None = "CD-1",
    marked: bool = False,
    place: MarketplaceId = JAPAN,
    status: Status | None = Status.UNSHIPPED,
    title: str | None = None,
    purchased_at: datetime | None = None,
    **facts: Any,
) -> Observation:
    """
    Return one order line as a look shows it.
    """
    return Observation(
        marketplace_id=place,
        order_id=OrderId(order),
        line=LineKey(line or f"{order}-1"),
        sku=Sku(sku) if sku else None,
        asin=Asin(asin) if asin else None,
        title=title,
        purchased_at=purchased_at,
        marked=marked,
        facts=Facts(status=status, ship_by=ship_by, **facts),
    )


def a_look(
    as_of: datetime,
    *,
    source: str = "inbox:unshipped_report",
    interface: Interface | None = Interface.UNSHIPPED_REPORT,
    complete: bool = True,
    content: str | None = None,
    name: str = "orders.txt",
    kind: Kind = Kind.ORDERS,
) -> Look:
    """
    Return a look at a source.
    """
    return Look(source, name, kind, as_of, interface, complete, content)


def digest(said: object) -> int:
    """
    Return the digest a source would give the row.
    """
    return int.from_bytes(blake2b(repr(said).encode(), digest_size=8).digest(), "big", signed=True)


def a_row(said: Any, place: int = 1) -> Row:
    """
    Return a row that reads as what it says.
    """
    return Row(digest(said), place, said)


def read(row: Row) -> Any:
    """
    Read a row made by ``a_row``.
    """
    return row.cells


def watch_all(_said: Observation, _watch: WatchList) -> Keeping:
    """
    Keep every row.
    """
    return Keeping.WATCH


def pass_all(_said: Observation, _watch: WatchList) -> Keeping:
    """
    Keep no row.
    """
    return Keeping.PASS


def batches(look: Look, said: Sequence[Any], size: int = 10_000) -> list[Batch]:
    """
    Return the rows in batches of at most ``size``; an empty answer is one empty batch.
    """
    rows = [a_row(each, place) for place, each in enumerate(said, 1)]
    parts = [rows[start : start + size] for start in range(0, len(rows), size)] or [[]]
    return [Batch(look, rows=part, read=read, last=part is parts[-1]) for part in parts]


def absorb(store: Store, look: Look, said: Sequence[Any] = (), *, size: int = 10_000, keep: Any = watch_all) -> RowCounts:
    """
    Take in a whole look and return what became of its rows.
    """
    absorption = looks.begin(store, look, now=NOW)
    counts = RowCounts()
    for batch in batches(look, said, size):
        counts += absorption.take(batch, keep, now=NOW)
    return counts


def say_release(store: Store, as_of: datetime, day: date, **values: Any) -> None:
    """
    Let a release list say one date.
    """
    said = replace(ReleaseSaid(None, ASIN, None, day, ReleaseSource.SELLER_LIST), **values)
    look = a_look(as_of, source="inbox:release_list", interface=None, kind=Kind.RELEASES, name="releases.csv", complete=False)
    absorption = looks.begin(store, look, now=NOW)
    absorption.take(Batch(look, releases=(said,)), watch_all, now=NOW)
