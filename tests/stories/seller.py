"""
A seller with an inbox: drops files as they would come from Seller Central, and looks what the program says.

The program is the real one, called as a user calls it; only its clock is the story's.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from watchdog.__main__ import run

TOKYO = ZoneInfo("Asia/Tokyo")
_REPORT = (
    "order-id order-item-id purchase-date payments-date reporting-date promise-date days-past-promise buyer-email buyer-name "
    "buyer-phone-number sku product-name quantity-purchased quantity-shipped quantity-to-ship ship-service-level recipient-name "
    "ship-address-1 ship-address-2 ship-address-3 ship-city ship-state ship-postal-code ship-country payment-method"
).split()


def noon(text: str) -> datetime:
    """
    Return noon in Japan on that day (``2026-09-03``), or the local time given (``2026-09-03 02:23``).
    """
    moment = datetime.fromisoformat(text if ":" in text else f"{text} 12:00")
    return moment.replace(tzinfo=TOKYO).astimezone(UTC)


@dataclass(frozen=True)
class Order:
    """
    One pre-order of one piece, as Amazon has it at a moment.
    """

    number: int
    ship_by: str | None = "2026-09-14"
    status: str = "PENDING_AVAILABILITY"
    asin: str = "B0SAMPLE01"
    sku: str = "CD-01"
    title: str = "見本CD 初回限定盤"
    bought: str = "2026-07-20"
    programs: tuple[str, ...] = ("PREORDER",)
    payment: str | None = None
    cancel_requested: bool = False
    cancelled_by: str | None = None
    address: str = "架空県見本市1-1-1"
    left_pending: str | None = None
    marketplace: str = "A1VC38T7YXB528"
    updated: str | None = None

    @property
    def order_id(self) -> str:
        """
        The number as Amazon writes it.
        """
        return f"250-0000000-{self.number:07d}"

    def but(self, **changes: Any) -> Order:
        """
        Return the same order, changed.
        """
        return replace(self, **changes)


def fourteen(**fields: Any) -> list[Order]:
    """
    Return fourteen pre-orders of the same product.
    """
    return [Order(number, **fields) for number in range(1, 15)]


@dataclass
class Seller:
    """
    The seller's machine: a state directory, an inbox, and a clock that the story sets.
    """

    folder: Path
    monkeypatch: pytest.MonkeyPatch
    language: str = "ja"
    errors: str = ""
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """
        Point the program at this folder.
        """
        self.inbox.mkdir(parents=True)
        self.monkeypatch.chdir(self.folder)
        given = {
            "PREORDER_STATE_DIR": str(self.state),
            "PREORDER_LANGUAGE": self.language,
            "PREORDER_ALLOW_FUTURE": "1",
            "PREORDER_LOG_LEVEL": "error",
            "PREORDER_DIGEST_DAYS": "off",  # a story that is about the digest asks for it
            **self.environment,
        }
        for name, value in given.items():
            self.monkeypatch.setenv(name, value)

    @property
    def state(self) -> Path:
        """
        Where the log lies.
        """
        return self.folder / "state"

    @property
    def inbox(self) -> Path:
        """
        Where files are dropped.
        """
        return self.state / "inbox"

    # files

    def lists_release(self, day: str, *, seen: str, asin: str = "B0SAMPLE01", sku: str = "CD-01") -> None:
        """
        Drop a release list.
        """
        self.drops("releases.csv", f"asin,sku,発売日\r\n{asin},{sku},{day}\r\n".encode("cp932"), seen=seen)

    def drops_orders(self, orders: list[Order], *, seen: str, name: str = "orders.json") -> None:
        """
        Drop an answer of the Orders API.
        """
        document = {"orders": [_api_order(order) for order in orders], "createdBefore": noon(seen).strftime("%Y-%m-%dT%H:%M:%SZ")}
        self.drops(name, json.dumps(document, ensure_ascii=False).encode(), seen=seen)

    def drops_report(self, orders: list[Order], *, seen: str, name: str = "unshipped.txt") -> None:
        """
        Drop an unshipped-orders report.
        """
        lines = ["\t".join(_REPORT), *("\t".join(_report_row(order, noon(seen))) for order in orders)]
        self.drops(name, ("\r\n".join(lines) + "\r\n").encode("cp932"), seen=seen)

    def drops(self, name: str, content: bytes, *, seen: str) -> None:
        """
        Put a file into the inbox, last changed at that moment.
        """
        path = self.inbox / name
        path.write_bytes(content)
        moment = noon(seen).timestamp()
        os.utime(path, (moment, moment))

    # the program

    def checks(self, when: str) -> Any:
        """
        Run one turn at that moment and return what it prints as JSON.
        """
        return json.loads(self.runs("check", "--now", noon(when).isoformat(), "--json"))

    def flags(self, when: str) -> list[dict[str, Any]]:
        """
        Run one turn and return its findings that are more than a notice.
        """
        return [finding for finding in self.checks(when)["findings"] if finding["severity"] != "notice"]

    def runs(self, *arguments: str, expect: int = 0) -> str:
        """
        Call the program and return what it writes on stdout; what it writes on stderr is kept in ``errors``.
        """
        out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run(arguments)
        out.flush()
        written = out.buffer.getvalue().decode()
        self.errors = err.getvalue()
        assert code == expect, f"exit {code}: {written}\n{self.errors}"
        return written


def _api_order(order: Order) -> dict[str, Any]:
    moment = order.updated or "2026-07-20T03:00:00Z"
    whole: dict[str, Any] = {
        "orderId": order.order_id,
        "createdTime": noon(order.bought).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "lastUpdatedTime": moment,
        "programs": list(order.programs),
        "salesChannel": {"channelName": "AMAZON", "marketplaceId": order.marketplace},
        "fulfillment": {"fulfillmentStatus": order.status, "fulfilledBy": "MERCHANT", "shipByWindow": _window(order.ship_by)},
        "orderItems": [_api_item(order)],
    }
    if order.payment:
        whole["payment"] = {
            "paymentExecutions": [{"paymentMethod": order.payment, "paymentAmount": {"amount": "1980", "currencyCode": "JPY"}}]
        }
    return whole


def _window(ship_by: str | None) -> dict[str, str]:
    if ship_by is None:
        return {}
    if ship_by.startswith("1970"):
        return {"latestDateTime": "1970-01-01T00:00:00Z"}
    end = datetime.combine(date.fromisoformat(ship_by), datetime.min.time(), TOKYO) + timedelta(days=1, seconds=-1)
    return {"latestDateTime": end.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}


def _api_item(order: Order) -> dict[str, Any]:
    item: dict[str, Any] = {
        "orderItemId": f"{order.number:014d}",
        "quantityOrdered": 1,
        "product": {"asin": order.asin, "title": order.title, "sellerSku": order.sku},
        "fulfillment": {"quantityFulfilled": int(order.status == "SHIPPED"), "quantityUnfulfilled": int(order.status != "SHIPPED")},
    }
    cancellation: dict[str, Any] = {}
    if order.cancel_requested:
        cancellation["cancellationRequest"] = {"requester": "BUYER", "cancelReason": "いらなくなった"}
    if order.cancelled_by:
        cancellation["cancellationExecution"] = {"cancelledBy": order.cancelled_by, "cancelReason": "-"}
    if cancellation:
        item["cancellation"] = cancellation
    return item


def _report_row(order: Order, seen: datetime) -> list[str]:
    reported = noon(order.left_pending) if order.left_pending else seen
    cells = dict.fromkeys(_REPORT, "")
    cells |= {
        "order-id": order.order_id,
        "order-item-id": f"{order.number:014d}",
        "purchase-date": noon(order.bought).isoformat(),
        "payments-date": reported.isoformat(),
        "reporting-date": reported.isoformat(),
        "promise-date": f"{order.ship_by}T23:59:59+09:00" if order.ship_by else "",
        "days-past-promise": "-3",
        "buyer-email": "kakuu@marketplace.amazon.co.jp",
        "buyer-name": "架空 太郎",
        "buyer-phone-number": "0999-99-9999",
        "sku": order.sku,
        "product-name": order.title,
        "quantity-purchased": "1",
        "quantity-shipped": "0",
        "quantity-to-ship": "1",
        "recipient-name": "架空 太郎",
        "ship-address-1": order.address,
        "ship-city": "見本市",
        "ship-state": "架空県",
        "ship-postal-code": "999-0999",
        "ship-country": "JP",
    }
    return [cells[name] for name in _REPORT]
