"""
One order of Orders API v2026-01-01: its items become rows, a row becomes an observation with the order's facts on it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from watchdog.sources.formats.cells import no_date, normal_address
from watchdog.sources.formats.json_parts import fields_of, objects_of, text_of
from watchdog.terms.identity import DamagedId, parse_asin, parse_line_key, parse_order_id, parse_sku
from watchdog.terms.look import Defect, Ignored, Reason, Row
from watchdog.terms.marketplace import Marketplace, by_channel, by_id
from watchdog.terms.moments import UnreadableDate, parse_instant, parse_ship_by
from watchdog.terms.observation import Canceller, Facts, Observation, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from watchdog.sources.formats.reading import Reading

_STATUSES = {status.value: status for status in Status}
_CANCELLERS = {canceller.value: canceller for canceller in Canceller}
_NO_ORDER = Reason("row_not_an_order")
#: Parts of an order's address in the order they are compared; extended fields (Brazil) repeat them.
_ADDRESS = (
    "name", "companyName", "addressLine1", "addressLine2", "addressLine3",
    "city", "districtOrCounty", "stateOrRegion", "municipality", "postalCode", "countryCode",
)  # fmt: skip


class _Unreadable(ValueError):
    """
    A date of the order can't be read; carries the field's name and what may be shown of it.
    """

    def __init__(self, field: str, text: str) -> None:
        super().__init__(field)
        self.reason = no_date(field, text)


def item_rows(place: int, order: Any, digest: Callable[[bytes], int]) -> list[Row]:
    """
    Return one Row per item; the digest covers all that an observation is made of, but for title and marks of the product.
    """
    items = objects_of(fields_of(order).get("orderItems"))
    if not text_of(fields_of(order).get("orderId")) or not items:
        return [Row(digest(b"no order %d" % place), place, _NO_ORDER)]
    shared = _watched_of_order(order)
    return [Row(digest(_canonical([shared, _watched_of_item(item)])), place, (order, item)) for item in items]


def _watched_of_order(order: Mapping[str, Any]) -> list[Any]:
    names = ("orderId", "createdTime", "lastUpdatedTime", "programs", "salesChannel", "associatedOrders", "payment")
    fulfillment = fields_of(order.get("fulfillment"))
    parts = [fulfillment.get(name) for name in ("fulfillmentStatus", "fulfilledBy", "shipByWindow")]
    packages = [[package.get(name) for name in ("createdTime", "shipTime")] for package in objects_of(order.get("packages"))]
    return [*(order.get(name) for name in names), *parts, fields_of(order.get("recipient")).get("deliveryAddress"), packages]


def _watched_of_item(item: Mapping[str, Any]) -> list[Any]:
    product, fulfillment = fields_of(item.get("product")), fields_of(item.get("fulfillment"))
    quantities = [fulfillment.get(name) for name in ("quantityFulfilled", "quantityUnfulfilled")]
    offer = [product.get(name) for name in ("asin", "sellerSku", "condition")]
    return [item.get("orderItemId"), item.get("cancellation"), *offer, *quantities]


def _canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


class Order2026:
    """
    Reads the rows of this API's answers.
    """

    def __init__(self, reading: Reading) -> None:
        """
        Take where the seller is at home and how an address becomes a fingerprint.
        """
        self._home = reading.home
        self._fingerprint = reading.fingerprint

    def read(self, row: Row) -> Observation | Defect | Ignored:
        """
        Return what the order says of this item; a date or id that can't be read rejects it, naming the field.
        """
        if type(row.cells) is Reason:
            return Defect(row.place, row.cells)
        order, item = row.cells
        store = self._store(fields_of(order.get("salesChannel")))
        if store is None:
            return Defect(row.place, Reason("row_marketplace_unknown"))
        if ignored := _ignored(order):
            return ignored
        try:
            return self._observation(order, item, store)
        except _Unreadable as error:
            return Defect(row.place, error.reason)
        except DamagedId as error:
            return Defect(row.place, Reason("row_id_damaged", {"column": "orderId", "shown": str(error)}))
        except ValueError:
            return Defect(row.place, Reason("row_id_missing", {"column": "orderId"}))

    def _observation(self, order: Mapping[str, Any], item: Mapping[str, Any], store: Marketplace) -> Observation:
        product = fields_of(item.get("product"))
        sku = text_of(product.get("sellerSku"))
        return Observation(
            marketplace_id=store.id,
            order_id=parse_order_id(text_of(order.get("orderId"))),
            line=parse_line_key(text_of(item.get("orderItemId")), sku),
            sku=parse_sku(sku),
            asin=parse_asin(text_of(product.get("asin"))),
            title=text_of(product.get("title")) or None,
            purchased_at=_instant(order.get("createdTime"), "createdTime", store.zone),
            marked=_is_marked(order, product),
            facts=self._facts(order, item, store.zone),
        )

    def _facts(self, order: Mapping[str, Any], item: Mapping[str, Any], zone: ZoneInfo) -> Facts:
        fulfillment, cancellation = fields_of(order.get("fulfillment")), fields_of(item.get("cancellation"))
        status = _STATUSES.get(text_of(fulfillment.get("fulfillmentStatus")))
        execution = fields_of(cancellation.get("cancellationExecution"))
        request = fields_of(cancellation.get("cancellationRequest"))
        return Facts(
            status=Status.CANCELLED if execution and _nothing_left(item) else status,
            ship_by=_ship_by(fields_of(fulfillment.get("shipByWindow")).get("latestDateTime"), zone),
            updated_at=_instant(order.get("lastUpdatedTime"), "lastUpdatedTime", zone),
            payment=_payment(fields_of(order.get("payment"))),
            address=self._address(fields_of(fields_of(order.get("recipient")).get("deliveryAddress"))),
            cancel_requested=True if text_of(request.get("requester")) == "BUYER" else None,
            cancelled_by=_CANCELLERS.get(text_of(execution.get("cancelledBy"))),
            line_shipped=_line_shipped(item),
            shipped_at=_shipped_at(order, item, zone) if status is Status.SHIPPED else None,
        )

    def _address(self, address: Mapping[str, Any]) -> str | None:
        """
        Return the fingerprint of the delivery address; its kind says that reports spell addresses in other cells.
        """
        if any(text_of(address.get(name)) for name in _ADDRESS[2:5]):
            return self._fingerprint("recipient", normal_address(" ".join(text_of(address.get(name)) for name in _ADDRESS)))
        postal = normal_address(text_of(address.get("postalCode")))
        return self._fingerprint("postal", postal) if postal else None

    def _store(self, channel: Mapping[str, Any]) -> Marketplace | None:
        named = text_of(channel.get("marketplaceId"))
        called = text_of(channel.get("marketplaceName"))
        return by_id(named) if named else by_channel(called) if called else self._home


def _is_marked(order: Mapping[str, Any], product: Mapping[str, Any]) -> bool:
    """
    Say whether Amazon marks the item as a pre-order in any of its three ways (columns.md, point 15).
    """
    programs = order.get("programs")
    status = fields_of(order.get("fulfillment")).get("fulfillmentStatus")
    condition = fields_of(product.get("condition")).get("conditionType")
    return (isinstance(programs, list) and "PREORDER" in programs) or status == "PENDING_AVAILABILITY" or condition == "PREORDER"


def _ignored(order: Mapping[str, Any]) -> Ignored | None:
    if fields_of(order.get("salesChannel")).get("channelName") == "NON_AMAZON":
        return Ignored("not_amazon")
    if fields_of(order.get("fulfillment")).get("fulfilledBy") == "AMAZON":
        return Ignored("amazon_fulfilled")
    kinds = [text_of(other.get("associationType")) for other in objects_of(order.get("associatedOrders"))]
    return Ignored("replacement") if any(kind.startswith(("REPLACEMENT", "EXCHANGE")) for kind in kinds) else None


def _payment(payment: Mapping[str, Any]) -> str | None:
    shown = []
    for execution in objects_of(payment.get("paymentExecutions")):
        amount = fields_of(execution.get("paymentAmount"))
        parts = (execution.get("paymentMethod"), amount.get("amount"), amount.get("currencyCode"))
        shown.append(" ".join(part for part in map(text_of, parts) if part))
    return " + ".join(sorted(shown)) or None


def _counts(item: Mapping[str, Any]) -> tuple[int | None, int | None]:
    fulfillment = fields_of(item.get("fulfillment"))
    done, left = fulfillment.get("quantityFulfilled"), fulfillment.get("quantityUnfulfilled")
    return done if isinstance(done, int) else None, left if isinstance(left, int) else None


def _nothing_left(item: Mapping[str, Any]) -> bool:
    """
    Say whether nothing of a cancelled line was or will be shipped, though its order may go on.
    """
    return _counts(item) == (0, 0)


def _line_shipped(item: Mapping[str, Any]) -> bool | None:
    done, left = _counts(item)
    return None if left is None else False if left else True if done else None


def _shipped_at(order: Mapping[str, Any], item: Mapping[str, Any], zone: ZoneInfo) -> datetime | None:
    """
    Return when the line's last package was confirmed; lateness counts against that, not against the carrier (style.md §4.1).
    """
    item_id = text_of(item.get("orderItemId"))
    times = []
    for package in objects_of(order.get("packages")):
        holds = {text_of(part.get("orderItemId")) for part in objects_of(package.get("packageItems"))}
        if not holds or item_id in holds:
            created = _instant(package.get("createdTime"), "packages.createdTime", zone)
            times.append(created or _instant(package.get("shipTime"), "packages.shipTime", zone))
    return max((moment for moment in times if moment), default=None)


def _ship_by(value: Any, zone: ZoneInfo) -> date | None:
    try:
        return parse_ship_by(_date_text(value), zone)
    except UnreadableDate as error:
        raise _Unreadable("shipByWindow.latestDateTime", text_of(value)) from error


def _instant(value: Any, field: str, zone: ZoneInfo) -> datetime | None:
    try:
        return parse_instant(_date_text(value), zone)
    except UnreadableDate as error:
        raise _Unreadable(field, text_of(value)) from error


def _date_text(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    raise UnreadableDate(repr(type(value)))
