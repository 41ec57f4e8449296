"""
Makers for the room of the sources: a reading with a fixed key, reports and orders as bytes, invented people only.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from watchdog.sources.files import Reading, read_file
from watchdog.terms.look import Batch, Defect, Ignored, Row
from watchdog.terms.marketplace import BY_ID, JAPAN, Marketplace
from watchdog.terms.observation import Observation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

KEY = b"a fixed key for tests only......"
AS_OF = datetime(2026, 9, 6, 1, tzinfo=UTC)
NAME, STREET, PHONE, MAIL = "架空 太郎", "存在しない町0番地0-0", "000-0000-0000", "kakuu@marketplace.amazon.co.jp"
COLUMNS = (
    "order-id", "order-item-id", "purchase-date", "reporting-date", "promise-date", "days-past-promise", "buyer-email", "buyer-name",
    "buyer-phone-number", "sku", "product-name", "quantity-purchased", "quantity-shipped", "quantity-to-ship", "recipient-name",
    "ship-address-1", "ship-city", "ship-state", "ship-postal-code", "ship-country", "payment-method", "is-buyer-requested-cancellation",
)  # fmt: skip
ROW: Mapping[str, str] = {
    "order-id": "250-1000001-0000001",
    "order-item-id": "10000000000001",
    "purchase-date": "2026-07-01T03:00:00+00:00",
    "reporting-date": "2026-09-06T00:30:00+00:00",
    "promise-date": "2026-09-14T14:59:59+00:00",
    "days-past-promise": "-8",
    "buyer-email": MAIL,
    "buyer-name": NAME,
    "buyer-phone-number": PHONE,
    "sku": "CD-0914",
    "product-name": "架空のアルバム【初回限定盤】",
    "quantity-purchased": "1",
    "quantity-shipped": "0",
    "quantity-to-ship": "1",
    "recipient-name": NAME,
    "ship-address-1": STREET,
    "ship-city": "架空市",
    "ship-state": "東京都",
    "ship-postal-code": "000-0000",
    "ship-country": "JP",
    "payment-method": "CreditCard",
    "is-buyer-requested-cancellation": "false",
}


def a_reading(home: Marketplace = BY_ID[JAPAN], **changes: Any) -> Reading:
    """
    Return how bytes become rows in tests: the key never changes.
    """
    return Reading(home=home, digest=_digest, fingerprint=_fingerprint, **changes)


def _digest(cells: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(cells, digest_size=8, key=KEY).digest(), "big", signed=True)


def _fingerprint(kind: str, cells: bytes) -> str:
    return f"test:{kind}:{hashlib.blake2b(cells, digest_size=8, key=KEY).hexdigest()}"


def a_row(columns: Iterable[str] = COLUMNS, **cells: str) -> list[str]:
    """
    Return one row's cells in the order of the columns; a cell is given as ``order_id="…"`` for ``order-id``.
    """
    said = {**ROW, **{name.replace("_", "-"): cell for name, cell in cells.items()}}
    return [said.get(column.strip(), "") for column in columns]


def a_report(
    *rows: Iterable[str],
    columns: Iterable[str] = COLUMNS,
    encoding: str = "utf-8",
    newline: str = "\n",
    separator: str = "\t",
    end: bool = True,
) -> bytes:
    """
    Return a report's bytes; without rows only its header.
    """
    text = newline.join(separator.join(line) for line in [columns, *rows]) + (newline if end else "")
    return text.encode(encoding)


def an_order(order_id: str = "250-1000001-0000001", **changes: Any) -> dict[str, Any]:
    """
    Return an order of Orders API v2026-01-01: one healthy pre-order of one CD.
    """
    order: dict[str, Any] = {
        "orderId": order_id,
        "createdTime": "2026-07-01T03:00:00Z",
        "lastUpdatedTime": "2026-07-01T03:05:00Z",
        "programs": ["PREORDER"],
        "salesChannel": {"channelName": "AMAZON", "marketplaceId": JAPAN, "marketplaceName": "Amazon.co.jp"},
        "fulfillment": {
            "fulfillmentStatus": "PENDING_AVAILABILITY",
            "fulfilledBy": "MERCHANT",
            "shipByWindow": {"earliestDateTime": "2026-09-13T15:00:00Z", "latestDateTime": "2026-09-14T14:59:59Z"},
        },
        "orderItems": [an_item()],
    }
    return {**order, **changes}


def an_item(item_id: str = "10000000000001", **changes: Any) -> dict[str, Any]:
    """
    Return one item of an order.
    """
    item: dict[str, Any] = {
        "orderItemId": item_id,
        "quantityOrdered": 1,
        "product": {"asin": "B0EXAMPLE1", "title": "架空のアルバム", "sellerSku": "CD-0914", "condition": {"conditionType": "NEW"}},
        "fulfillment": {"quantityFulfilled": 0, "quantityUnfulfilled": 1},
    }
    return {**item, **changes}


def as_json(value: Any) -> bytes:
    """
    Return the value as Amazon writes it.
    """
    return json.dumps(value, ensure_ascii=False).encode()


def batches_of(folder: Path, content: bytes, *, name: str = "file.txt", reading: Reading | None = None) -> list[Batch]:
    """
    Return all batches of a file of that content.
    """
    path = folder / name
    path.write_bytes(content)
    return list(read_file(path, as_of=AS_OF, reading=reading or a_reading()))


def read_all(batches: Iterable[Batch]) -> list[Observation | Defect | Ignored]:
    """
    Return what every row of the batches says.
    """
    return [batch.read(row) for batch in batches for row in batch.rows]


def said_in(folder: Path, content: bytes, *, reading: Reading | None = None) -> list[Observation | Defect | Ignored]:
    """
    Return what every row of a file of that content says.
    """
    return read_all(batches_of(folder, content, reading=reading))


def only_observation(folder: Path, content: bytes, *, reading: Reading | None = None) -> Observation:
    """
    Return the one observation of a file that holds exactly one usable row.
    """
    [said] = said_in(folder, content, reading=reading)
    assert isinstance(said, Observation), said
    return said


def only_reason(folder: Path, content: bytes, *, reading: Reading | None = None) -> tuple[str, Mapping[str, str | int]]:
    """
    Return why the one row of a file was rejected: code and values.
    """
    [said] = said_in(folder, content, reading=reading)
    assert isinstance(said, Defect), said
    return said.reason.code, said.reason.values


def rows_of(batches: Iterable[Batch]) -> list[Row]:
    """
    Return the rows of all batches.
    """
    return [row for batch in batches for row in batch.rows]
