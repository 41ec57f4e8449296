"""
The first conversation with Amazon, step by step: which of what the watch needs is there, what is missing, and how to get it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from watchdog.sources.formats.catalog import said_in
from watchdog.sources.formats.json_parts import fields_of, objects_of, text_of
from watchdog.sources.spapi.asking_2026 import INCLUDED
from watchdog.sources.spapi.operations import GET_ORDERS_V0, GET_PARTICIPATIONS, SEARCH_CATALOG, SEARCH_ORDERS, Operation
from watchdog.sources.spapi.troubles import Later, Refused, Rejected
from watchdog.terms.errors import SourceError
from watchdog.terms.look import Reason
from watchdog.terms.moments import show_instant
from watchdog.terms.observation import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from watchdog.sources.spapi.answer import Answer
    from watchdog.sources.spapi.asking_2026 import Asker2026
    from watchdog.terms.marketplace import Marketplace


class Came(StrEnum):
    """
    What came of a step.
    """

    WELL = "ok"
    LESS = "warning"  #: the watch works, but not all of it
    NOT = "failed"
    SKIPPED = "skipped"
    LATER = "later"  #: it can't be tried now: the running watch has used up what Amazon allows


@dataclass(frozen=True, slots=True)
class Step:
    """
    One step as it went: what was tried, what came of it, how to get what is missing.
    """

    name: str  #: a code of the sentences: what was tried
    came: Came
    result: Reason
    help: Reason | None = None


class Asks(Protocol):
    """
    Whoever sends the requests.
    """

    def request(self, operation: Operation, *, now: datetime, query: Mapping[str, str | Sequence[str]] | None = None) -> Answer:
        """
        Return Amazon's answer, or raise why there is none.
        """


def steps(
    session: Asks, asker: Asker2026, marketplaces: Sequence[Marketplace], *, now: datetime, asin: str | None = None
) -> Iterator[Step]:
    """
    Yield the steps as they are taken: token, marketplaces, one page of orders with their windows, one item of the catalog.

    It ends early where nothing further can work. No secret is in any of them.
    """
    try:
        found = session.request(GET_PARTICIPATIONS, now=now).fields.get("payload")
    except SourceError as error:
        if _is_token(error):
            yield Step("connect_token", Came.NOT, _said(error))
            return
        yield _token_given()
        yield Step("connect_marketplaces", Came.LESS, _said(error), Reason("connect_help_participation"))
    else:
        yield _token_given()
        yield _participation(found, marketplaces)
    seen, step = _orders(session, asker, now)
    yield step
    if step.came in {Came.NOT, Came.LATER}:
        return
    yield _catalog(session, marketplaces[0], asin or _first_asin(seen), now)


def _token_given() -> Step:
    return Step("connect_token", Came.WELL, Reason("connect_token_given"))


def _is_token(error: SourceError) -> bool:
    """
    Say whether Amazon gave no token at all, so that nothing else can be tried.
    """
    return (isinstance(error, Refused) and error.whole) or (isinstance(error, Later) and error.code == "spapi_no_token")


def _said(error: SourceError) -> Reason:
    return Reason(error.code, error.values)


def _participation(payload: Any, marketplaces: Sequence[Marketplace]) -> Step:
    there: dict[str, str] = {}
    suspended = False
    for row in objects_of(payload):
        place, part = fields_of(row.get("marketplace")), fields_of(row.get("participation"))
        if part.get("isParticipating") is True and (place_id := text_of(place.get("id"))):
            there[place_id] = text_of(place.get("name")) or place_id
            suspended = suspended or (part.get("hasSuspendedListings") is True and place_id in {store.id for store in marketplaces})
    stores = ", ".join(there.values()) or "-"
    missing = [store for store in marketplaces if store.id not in there]
    if missing:
        names = ", ".join(f"{store.country} ({store.id})" for store in missing)
        result = Reason("connect_not_there", {"missing": names, "stores": stores})
        return Step("connect_marketplaces", Came.NOT, result, Reason("connect_help_marketplace"))
    if suspended:
        return Step("connect_marketplaces", Came.LESS, Reason("connect_suspended", {"stores": stores}))
    return Step("connect_marketplaces", Came.WELL, Reason("connect_takes_part", {"stores": stores}))


def _orders(session: Asks, asker: Asker2026, now: datetime) -> tuple[list[Mapping[str, Any]], Step]:
    """
    Return the orders of one page, and how asking for them went: with the ship window, as the watch will ask.
    """
    question = asker.sweep_question(now)
    try:
        orders = objects_of(session.request(SEARCH_ORDERS, now=now, query={**question, "includedData": INCLUDED}).fields.get("orders"))
    except Rejected as error:
        return [], _old_orders(session, question["marketplaceIds"], error, now)
    except SourceError as error:
        return [], _spent(error) or Step("connect_orders", Came.NOT, _said(error), Reason("connect_help_orders"))
    return orders, _seen(orders)


def _spent(error: SourceError) -> Step | None:
    """
    Return the step of orders that could not be tried because the allowance is used up; None where Amazon was asked.
    """
    if not isinstance(error, Later) or error.asked:
        return None
    values = {"operation": str(error.values.get("operation", "")), "free_at": show_instant(error.again_at)}
    return Step("connect_orders", Came.LATER, Reason("connect_spent", values))


def _seen(orders: Sequence[Mapping[str, Any]]) -> Step:
    if not orders:
        return Step("connect_orders", Came.WELL, Reason("connect_no_orders"))
    shown = [fields_of(order.get("fulfillment")) for order in orders]
    dated = [bool(text_of(fields_of(each.get("shipByWindow")).get("latestDateTime"))) for each in shown]
    waiting = [each.get("fulfillmentStatus") == Status.PENDING_AVAILABILITY for each in shown]
    undated = sum(wait and not has for wait, has in zip(waiting, dated, strict=True))
    if undated:
        result = Reason("connect_pending_undated", {"undated": undated, "pending": sum(waiting)})
        return Step("connect_orders", Came.LESS, result)
    result = Reason("connect_orders_seen", {"orders": len(orders), "dated": sum(dated), "pending": sum(waiting)})
    return Step("connect_orders", Came.WELL, result)


def _old_orders(session: Asks, places: str, error: Rejected, now: datetime) -> Step:
    """
    Say whether the old interface answers where the newest does not take the question, as in August 2026.
    """
    question = {"MarketplaceIds": places, "CreatedAfter": f"{now:%Y-%m-%d}T00:00:00Z", "MaxResultsPerPage": "1"}
    try:
        session.request(GET_ORDERS_V0, now=now, query=question)
    except SourceError as other:
        return _spent(other) or Step("connect_orders", Came.NOT, _said(error), Reason("connect_help_orders"))
    return Step("connect_orders", Came.LESS, Reason("connect_old_orders", {"problem": str(error.values.get("problem", ""))}))


def _first_asin(orders: Sequence[Mapping[str, Any]]) -> str | None:
    for order in orders:
        for item in objects_of(order.get("orderItems")):
            if asin := text_of(fields_of(item.get("product")).get("asin")):
                return asin
    return None


def _catalog(session: Asks, place: Marketplace, asin: str | None, now: datetime) -> Step:
    if asin is None:
        return Step("connect_catalog", Came.SKIPPED, Reason("connect_no_product"))
    query = {
        "identifiers": asin,
        "identifiersType": "ASIN",
        "marketplaceIds": place.id,
        "includedData": ("summaries", "attributes"),
        "pageSize": "20",
    }
    try:
        body = session.request(SEARCH_CATALOG, now=now, query=query).body
    except SourceError as error:
        return Step("connect_catalog", Came.LESS, _said(error), Reason("connect_help_catalog"))
    said = sorted(said_in(body, place)[0], key=lambda each: each.source.rank)
    if not said:
        return Step("connect_catalog", Came.WELL, Reason("connect_release_none", {"asin": asin}))
    return Step(
        "connect_catalog", Came.WELL, Reason("connect_release_seen", {"asin": asin, "release_on": said[0].release_date.isoformat()})
    )
