"""
Every source at a glance, from what the log and the marks remember: nobody is asked for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.store import journal, sights
from watchdog.terms.look import API, Reason
from watchdog.terms.moments import show_instant
from watchdog.terms.sight import Allowance, Glance, Showing, TroubleKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from watchdog.assemble.building import House
    from watchdog.routines.patrol import Source
    from watchdog.store import Transaction
    from watchdog.terms.look import Mark
    from watchdog.terms.sight import Trouble

_ORDERS = (Showing.PENDING, Showing.SHIP_BY, Showing.STATUS, Showing.PAYMENT, Showing.CANCEL_REQUEST)
#: What each source can show; the inbox shows whatever is dropped.
_SHOWS: Mapping[str, tuple[Showing, ...]] = {
    "inbox": (Showing.SHIP_BY, Showing.STATUS, Showing.CANCEL_REQUEST, Showing.RELEASE_DATE, Showing.HEALTH),
    f"{API}orders": _ORDERS,
    f"{API}catalog": (Showing.RELEASE_DATE,),
    f"{API}pricing": (Showing.PRICE,),
    f"{API}report:health": (Showing.HEALTH,),
    f"{API}report:unshipped": (Showing.SHIP_BY, Showing.STATUS),
    "sqs": (Showing.SHIP_BY, Showing.STATUS, Showing.CANCEL_REQUEST, Showing.HEALTH),
}
#: The last link of every chain: a person drops a file.
_FILE = "inbox"


def glances(house: House, tx: Transaction, now: datetime) -> tuple[Glance, ...]:
    """
    Return every source of the patrol, in the order it asks them.
    """
    seeings = {state.name: state for state in house.sources(tx, now)}
    troubles = sights.troubles(tx)
    found = []
    for source in house.patrol.sources:
        mark = journal.mark(tx, source.name)
        seen = seeings.get(source.name)
        at = sights.last_look_at(tx, source.name)
        speaks, chain = _voices(source, mark)
        found.append(
            Glance(
                source.name,
                seen.state if seen is not None else _state(troubles.get(source.name)),
                seen.message if seen is not None else house.said(_reason(troubles.get(source.name), at), now=now),
                _SHOWS.get(source.name, ()),
                seen.last_saw_ship_dates_at if seen is not None else None,
                at,
                speaks,
                chain,
                _allowances(mark, now),
            )
        )
    return tuple(found)


def _state(trouble: Trouble | None) -> str:
    if trouble is None:
        return "ok"
    return "refused" if trouble.kind is TroubleKind.REFUSED else "degraded"


def _reason(trouble: Trouble | None, at: datetime | None) -> Reason:
    if trouble is not None:
        return trouble.reason
    return Reason("sight_answered", {"answered_at": show_instant(at)}) if at is not None else Reason("sight_not_asked")


def _voices(source: Source, mark: Mark | None) -> tuple[str | None, tuple[str, ...]]:
    """
    Return who speaks, and the order in which the interfaces are tried; nothing for a source that has one voice only.
    """
    from watchdog.sources.spapi.orders import Orders

    if not isinstance(source, Orders):
        return None, ()
    speaks = (mark or {}).get("speaks")
    chain = (*(asker.interface.value for asker in source.askers), _FILE)
    return (_FILE if speaks == "file" else speaks) or None, chain


def _allowances(mark: Mark | None, now: datetime) -> tuple[Allowance, ...]:
    """
    Return what is left of the operations the source has asked, by the buckets in its mark.
    """
    session = (mark or {}).get("session")
    marked = session.get("buckets") if isinstance(session, dict) else None
    if not isinstance(marked, dict):
        return ()
    from watchdog.sources.spapi.operations import OPERATIONS
    from watchdog.sources.spapi.throttle import Buckets

    buckets = Buckets()
    buckets.recall(marked)
    asked = [(operation, buckets.of(operation)) for operation in OPERATIONS if operation.name in marked]
    return tuple(
        Allowance(
            operation.name,
            max(int(bucket.left(now) + 1e-9), 0),
            bucket.burst,
            1 / bucket.rate,
            free_at if (free_at := bucket.free_at(now)) > now else None,
        )
        for operation, bucket in asked
    )
