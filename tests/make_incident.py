"""
Writes the sample files of ``preorder-watchdog demo``: the incident of DOMAIN §1, with everything in it invented.

``python -m tests.make_incident`` rewrites ``watchdog/_samples/incident``; a test holds the committed bytes against this file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "watchdog" / "_samples" / "incident"

JAPAN = "A1VC38T7YXB528"
TOKYO = timezone(timedelta(hours=9))
ASIN = "B0EXAMPLE1"
SKU = "CD-NIGHTFLIGHT-LTD"
TITLE = "【架空】ナイトフライト楽団「夜間飛行①」初回限定盤～ポスター付～ [CD]"
RESET_ORDER = "250-0000007-0000007"
SIBLINGS = tuple(f"250-{n:07d}-{n:07d}" for n in range(1, 15) if n != 7)

#: The healthy deadline of a pre-order released on 14 September, and what became of the one order; both ends of a Tokyo day.
HEALTHY = "2026-09-14T14:59:59Z"
RESET = "2026-09-08T14:59:59Z"

#: When each file was seen. The buyer changed something on the evening of the 3rd; Amazon's warning would come on the 13th.
SEEN = {
    "releases.csv": datetime(2026, 8, 20, 10, 0, tzinfo=TOKYO),
    "orders-1.json": datetime(2026, 9, 2, 9, 0, tzinfo=TOKYO),
    "unshipped-1.txt": datetime(2026, 9, 2, 9, 5, tzinfo=TOKYO),
    "unshipped-2.txt": datetime(2026, 9, 4, 9, 0, tzinfo=TOKYO),
    "orders-2.json": datetime(2026, 9, 4, 9, 5, tzinfo=TOKYO),
}
NOW = datetime(2026, 9, 4, 9, 30, tzinfo=TOKYO)

#: The Japanese unshipped report of 34 columns (reference columns.md, L5a).
_HEADER = (
    "order-id order-item-id purchase-date payments-date reporting-date promise-date days-past-promise buyer-email buyer-name "
    "buyer-phone-number sku product-name quantity-purchased quantity-shipped quantity-to-ship ship-service-level recipient-name "
    "ship-address-1 ship-address-2 ship-address-3 ship-city ship-state ship-postal-code ship-country payment-method "
    "cod-collectible-amount already-paid payment-method-fee scheduled-delivery-start-date scheduled-delivery-end-date points-granted "
    "is-prime verge-of-cancellation verge-of-lateShipment"
)
COLUMNS = tuple(_HEADER.split())


@dataclass(frozen=True)
class Line:
    """
    One row of the unshipped report.
    """

    number: int  #: makes the ids and the invented buyer
    sku: str
    title: str
    bought: datetime
    ready: datetime  #: when it became ready to ship (``reporting-date``)
    promised: datetime
    order_id: str | None = None


def _at(month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, second, tzinfo=TOKYO)


def _end_of(month: int, day: int) -> datetime:
    return _at(month, day, 23, 59, 59)


_BOOK = Line(901, "BK-KAKUU-0901", "架空の港町写真集 ―海と坂道― [大型本]", _at(8, 30, 12, 4, 9), _at(8, 30, 12, 34, 40), _end_of(9, 2))
_MUG = Line(902, "MUG-KAKUU-WH", "架空製陶㈱ マグカップ 白 300ml", _at(9, 1, 8, 15, 33), _at(9, 1, 8, 46, 2), _end_of(9, 3))
_DVD = Line(903, "DVD-KAKUU-02", "架空鉄道の旅 第2巻 [DVD]", _at(9, 1, 21, 40, 17), _at(9, 1, 22, 10, 51), _end_of(9, 4))
_PEN = Line(904, "PEN-KAKUU-BK", "架空万年筆 <細字> 黒", _at(9, 3, 7, 2, 48), _at(9, 3, 7, 33, 5), _end_of(9, 7))
_PREORDER = Line(7, SKU, TITLE, _at(8, 1, 20, 11, 7), _at(9, 3, 18, 42, 10), _end_of(9, 8), RESET_ORDER)


def files() -> dict[str, bytes]:
    """
    Return every sample file's name and bytes, in the order in which they were seen.
    """
    return {
        "releases.csv": _releases(),
        "orders-1.json": _orders({}),
        "unshipped-1.txt": _report((_BOOK, _MUG, _DVD), asked=_at(9, 2, 9, 5)),
        "unshipped-2.txt": _report((_DVD, _PEN, _PREORDER), asked=_at(9, 4, 9, 0)),
        "orders-2.json": _orders({RESET_ORDER: RESET}),
        "incident.json": _manifest(),
    }


def _manifest() -> bytes:
    seen = [{"name": name, "as_of": moment.isoformat()} for name, moment in SEEN.items()]
    return _json({"marketplace_id": JAPAN, "files": seen, "now": NOW.isoformat()})


def _releases() -> bytes:
    rows = [
        ("ASIN", "SKU", "発売日", "商品名", "メモ"),
        (ASIN, SKU, "2026/09/14", TITLE, "レーベル発表どおり"),
    ]
    return "".join(",".join(row) + "\r\n" for row in rows).encode("cp932")


def _report(lines: tuple[Line, ...], *, asked: datetime) -> bytes:
    rows = ["\t".join(COLUMNS), *("\t".join(_cells(line, asked)) for line in lines)]
    return "".join(row + "\r\n" for row in rows).encode("cp932")


def _cells(line: Line, asked: datetime) -> list[str]:
    buyer = f"架空 {'一二三四五六七八九十'[line.number % 10]}郎"
    cells = {
        "order-id": line.order_id or f"250-{line.number:07d}-{line.number:07d}",
        "order-item-id": f"{line.number:014d}",
        "purchase-date": line.bought.isoformat(),
        "payments-date": line.ready.isoformat(),
        "reporting-date": line.ready.isoformat(),
        "promise-date": line.promised.isoformat(),
        "days-past-promise": str((asked.date() - line.promised.date()).days),
        "buyer-email": f"kakuu{line.number:04d}@marketplace.amazon.co.jp",
        "buyer-name": buyer,
        "buyer-phone-number": "000-0000-0000",
        "sku": line.sku,
        "product-name": line.title,
        "quantity-purchased": "1",
        "quantity-shipped": "0",
        "quantity-to-ship": "1",
        "ship-service-level": "Standard",
        "recipient-name": buyer,
        "ship-address-1": "架空町0丁目0-0",
        "ship-address-2": "架空荘000号室",
        "ship-city": "架空市",
        "ship-state": "架空県",
        "ship-postal-code": "000-0000",
        "ship-country": "JP",
        "payment-method": "Other",
        "points-granted": "0",
        "is-prime": "false",
        "verge-of-cancellation": "false",
        "verge-of-lateShipment": "false",
    }
    return [cells.get(column, "") for column in COLUMNS]


def _orders(resets: dict[str, str]) -> bytes:
    """
    Return an answer of searchOrders (Orders v2026-01-01): every open pre-order, the reset ones ready to ship by their new date.
    """
    orders = [_order(order_id, resets.get(order_id)) for order_id in sorted((*SIBLINGS, RESET_ORDER))]
    return _json({"orders": orders, "lastUpdatedBefore": "2026-09-04T00:03:00Z" if resets else "2026-09-01T23:58:00Z"})


def _order(order_id: str, reset: str | None) -> dict[str, Any]:
    number = int(order_id[-7:])
    bought = _at(7, 25, 20, 11, 7) + timedelta(days=number)
    updated = datetime(2026, 9, 3, 9, 42, 10, tzinfo=UTC) if reset else bought + timedelta(minutes=1)
    return {
        "orderId": order_id,
        "createdTime": _utc(bought),
        "lastUpdatedTime": _utc(updated),
        "programs": [] if reset else ["PREORDER"],
        "salesChannel": {"channelName": "AMAZON", "marketplaceId": JAPAN, "marketplaceName": "Amazon.co.jp"},
        "fulfillment": {
            "fulfillmentStatus": "UNSHIPPED" if reset else "PENDING_AVAILABILITY",
            "fulfilledBy": "MERCHANT",
            "fulfillmentServiceLevel": "STANDARD",
            "shipByWindow": {"earliestDateTime": _start_of_day(reset or HEALTHY), "latestDateTime": reset or HEALTHY},
        },
        "orderItems": [
            {
                "orderItemId": f"{number:014d}",
                "quantityOrdered": 1,
                "product": {
                    "asin": ASIN,
                    "title": TITLE,
                    "sellerSku": SKU,
                    "price": {"unitPrice": {"amount": "4400", "currencyCode": "JPY"}},
                },
                "fulfillment": {"quantityFulfilled": 0, "quantityUnfulfilled": 1},
            }
        ],
    }


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _start_of_day(window_end: str) -> str:
    return _utc(datetime.fromisoformat(window_end) - timedelta(days=1) + timedelta(seconds=1))


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def main() -> None:
    """
    Write the files.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in files().items():
        (FOLDER / name).write_bytes(content)
        print(FOLDER / name, len(content))


if __name__ == "__main__":
    main()
