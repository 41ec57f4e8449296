"""
Files of any marketplace, written as Amazon writes them: windows that end with a local day, said in UTC.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from watchdog.terms.marketplace import BY_COUNTRY

if TYPE_CHECKING:
    from pathlib import Path

    from tests.stories.seller import Seller

_COLUMNS = (
    "order-id order-item-id purchase-date payments-date reporting-date promise-date days-past-promise sku product-name "
    "quantity-purchased quantity-shipped quantity-to-ship ship-service-level ship-country is-prime verge-of-lateShipment"
).split()


def end_of(day: str, country: str) -> str:
    """
    Return the last second of that day in that marketplace, as Amazon says it: in UTC.
    """
    local = datetime.combine(date.fromisoformat(day) + timedelta(days=1), time.min, BY_COUNTRY[country].zone)
    return (local.astimezone(UTC) - timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%SZ")


def order_id(number: int) -> str:
    """
    Return the number as Amazon writes it.
    """
    return f"250-0000000-{number:07d}"


def an_order(number: int, due: str | None, country: str = "JP", **changes: Any) -> dict[str, Any]:
    """
    Return one order of Orders API v2026-01-01; ``due`` is a local day, an instant of its own, or None for no window.
    """
    given: dict[str, Any] = {
        "status": "PENDING_AVAILABILITY",
        "programs": ["PREORDER"],
        "bought": "2016-07-20T03:00:00Z",
        "updated": "2016-07-20T03:00:00Z",
        "asin": "B0SAMPLE01",
        "sku": "CD-01",
        "fulfilled_by": "MERCHANT",
        **changes,
    }
    instant = end_of(due, country) if due is not None and len(due) == len("2016-09-08") else due
    item: dict[str, Any] = {
        "orderItemId": f"{number:014d}",
        "quantityOrdered": 1,
        "product": {"asin": given["asin"], "title": "Sample", "sellerSku": given["sku"]},
        "fulfillment": {"quantityFulfilled": 0, "quantityUnfulfilled": 1},
    }
    if "cancellation" in given:
        item["cancellation"] = given["cancellation"]
    return {
        "orderId": order_id(number),
        "createdTime": given["bought"],
        "lastUpdatedTime": given["updated"],
        "programs": given["programs"],
        "salesChannel": {"channelName": "AMAZON", "marketplaceId": BY_COUNTRY[country].id},
        "fulfillment": {
            "fulfillmentStatus": given["status"],
            "fulfilledBy": given["fulfilled_by"],
            "shipByWindow": {"latestDateTime": instant} if instant else {},
        },
        "orderItems": [item],
    }


def answer(*orders: dict[str, Any]) -> bytes:
    """
    Return an answer of searchOrders with these orders.
    """
    return json.dumps({"orders": orders}, ensure_ascii=False).encode()


def a_row(number: int, promise: str, country: str = "JP", **cells: str) -> dict[str, str]:
    """
    Return one row of an unshipped report; the promise is written as given.
    """
    return {
        "order-id": order_id(number),
        "order-item-id": f"{number:014d}",
        "purchase-date": "2025-04-01T08:57:02+00:00",
        "payments-date": "2025-05-02T08:57:02+00:00",
        "reporting-date": "2025-05-02T09:57:02+00:00",
        "promise-date": promise,
        "days-past-promise": "-1",
        "sku": "CD-01",
        "product-name": "Sample",
        "quantity-purchased": "1",
        "quantity-shipped": "0",
        "quantity-to-ship": "1",
        "ship-service-level": "Standard",
        "ship-country": country,
        "is-prime": "false",
        "verge-of-lateShipment": "false",
        **{name.replace("_", "-"): value for name, value in cells.items()},
    }


def shipping_report(*rows: dict[str, str]) -> bytes:
    """
    Return an unshipped report with these rows.
    """
    names = [*_COLUMNS, *sorted({name for row in rows for name in row} - set(_COLUMNS))]
    lines = ["\t".join(names), *("\t".join(row.get(name, "") for name in names) for row in rows)]
    return ("\n".join(lines) + "\n").encode()


def releases(*lines: str, header: str = "asin,sku,release_date") -> bytes:
    """
    Return a release list.
    """
    return "\n".join([header, *lines, ""]).encode()


def replayed(seller: Seller, *files: tuple[bytes, str], now: str | None = None, home: str = "JP", known: bytes | None = None) -> Any:
    """
    Replay the files, each with the instant at which it was seen, and return the document; ``known`` is a release list known before.
    """
    paths = [f"{_written(seller.folder / f'file-{number:02d}', content)}@{seen}" for number, (content, seen) in enumerate(files)]
    options = ["--marketplace", home, "--json"]
    options += ["--now", now] if now else []
    options += ["--releases", str(_written(seller.folder / "releases.csv", known))] if known else []
    return json.loads(seller.runs("replay", *paths, *options))


def alarms(document: Any) -> list[dict[str, Any]]:
    """
    Return the findings that are more than a notice.
    """
    return [finding for finding in document["findings"] if finding["severity"] != "notice"]


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path
