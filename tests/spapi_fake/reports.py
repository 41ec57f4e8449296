"""
Reports API 2021-06-30: a report is asked for, takes its time, and its document lies behind an address that is good for five minutes.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.spapi_fake.asked import Answer, Asked, Refusal, invalid
from tests.spapi_fake.windows import day_window, instant

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.spapi_fake.world import World

HEALTH = "GET_V2_SELLER_PERFORMANCE_REPORT"
UNSHIPPED = "GET_FLAT_FILE_ACTIONABLE_ORDER_DATA_SHIPPING"
#: Documents of these are shown to a restricted data token for their own path alone.
RESTRICTED = {UNSHIPPED}
DOCUMENTS = "/fake-documents/"
_URL_LIVES = timedelta(minutes=5)
_COLUMNS = (
    "order-id", "order-item-id", "purchase-date", "payments-date", "reporting-date", "promise-date", "days-past-promise", "sku",
    "product-name", "quantity-purchased", "quantity-shipped", "quantity-to-ship", "ship-country", "recipient-name",
)  # fmt: skip


@dataclass
class Report:
    """
    One report that was asked for.
    """

    id: str
    type: str
    places: list[str]
    created: datetime
    begins: datetime
    ends: datetime
    outcome: str  #: DONE, CANCELLED, FATAL
    content: bytes

    def status(self, now: datetime) -> str:
        """
        Return where it stands.
        """
        return "IN_QUEUE" if now < self.begins else "IN_PROGRESS" if now < self.ends else self.outcome


@dataclass
class Desk:
    """
    Where reports are made; what they contain is looked up when they are asked for.
    """

    takes: timedelta = timedelta(seconds=90)
    outcome: str = "DONE"
    packed: bool = True
    content_type: str = "text/plain;charset=UTF-8"
    health: Any = None  #: the JSON of the performance report; None: there is no data
    contents: dict[str, bytes] = field(default_factory=dict)  #: by type, instead of what the world would say
    reports: dict[str, Report] = field(default_factory=dict)
    urls: dict[str, datetime] = field(default_factory=dict)  #: secret of a document's address → until when it is good
    host: str = ""  #: where documents lie; empty: where the fake is
    redirects: str = ""  #: documents answer with a redirect to there
    _numbers: count[int] = field(default_factory=lambda: count(50001))

    def create(self, world: World, asked: Asked) -> Answer:
        """
        Answer the number of a new report.
        """
        kind, number = asked.body["reportType"], str(next(self._numbers))
        content = self._content(kind, world, asked.at)
        outcome = self.outcome if content is not None else "CANCELLED"
        begins = asked.at + self.takes / 3
        ends = asked.at + self.takes
        self.reports[number] = Report(number, kind, asked.body["marketplaceIds"], asked.at, begins, ends, outcome, content or b"")
        return Answer(202, {"reportId": number})

    def look(self, _world: World, asked: Asked) -> Answer:
        """
        Answer where a report stands.
        """
        report = self.reports.get(asked.values["reportId"])
        if report is None:
            raise Refusal(404, "NotFound", "Report not found.")
        return Answer(200, self._shown(report, asked.at))

    def document(self, lwa_restricted: Callable[[Asked], bool]) -> Callable[[World, Asked], Answer]:
        """
        Return who answers where a report's document lies.
        """

        def answer(_world: World, asked: Asked) -> Answer:
            number = asked.values["reportDocumentId"].rpartition(".")[2]
            report = self.reports.get(number)
            if report is None or report.status(asked.at) != "DONE":
                raise invalid("No such document.")
            if report.type in RESTRICTED and not lwa_restricted(asked):
                raise Refusal(403, "Unauthorized", "Access to requested resource is denied.")
            secret = f"{number}-{len(self.urls)}-fakesignature"
            self.urls[secret] = asked.at + _URL_LIVES
            body = {"reportDocumentId": asked.values["reportDocumentId"], "url": f"{self.host or asked.base}{DOCUMENTS}{secret}"}
            return Answer(200, {**body, "compressionAlgorithm": "GZIP"} if self.packed else body)

        return answer

    def download(self, asked: Asked) -> Answer:
        """
        Answer a document, as it is kept.
        """
        secret = urlsplit(asked.path).path.removeprefix(DOCUMENTS)
        if self.urls.get(secret, asked.at) <= asked.at:
            return Answer(403, b"<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>")
        if self.redirects:
            return Answer(302, b"", {"location": self.redirects})
        content = self.reports[secret.partition("-")[0]].content
        return Answer(200, gzip.compress(content, 1) if self.packed else content, {"content-type": self.content_type})

    def _shown(self, report: Report, now: datetime) -> dict[str, Any]:
        status = report.status(now)
        body: dict[str, Any] = {
            "reportId": report.id,
            "reportType": report.type,
            "marketplaceIds": report.places,
            "createdTime": instant(report.created),
            "processingStatus": status,
        }
        if status != "IN_QUEUE":
            body["processingStartTime"] = instant(report.begins)
        if status in {"DONE", "FATAL", "CANCELLED"}:
            body["processingEndTime"] = instant(report.ends)
        if status == "DONE":
            body["reportDocumentId"] = f"amzn1.spdoc.1.4.fe.fake.{report.id}"
        return body

    def _content(self, kind: str, world: World, now: datetime) -> bytes | None:
        if kind in self.contents:
            return self.contents[kind]
        if kind == HEALTH:
            return json.dumps(self.health).encode() if self.health is not None else None
        return unshipped(world, now) if kind == UNSHIPPED else None


def unshipped(world: World, now: datetime) -> bytes | None:
    """
    Return the report of unshipped orders: only those that have left pending; None where there are none.
    """
    rows = [order for order in world.orders.values() if order.status in {"UNSHIPPED", "PARTIALLY_SHIPPED"} and order.ship_by]
    lines = ["\t".join(_COLUMNS)]
    for order in rows:
        if order.ship_by is None:
            continue
        promise = day_window(order.ship_by, order.marketplace_id)[1].replace("Z", "+00:00")
        for line in order.lines:
            paid = instant(order.status_updated).replace("Z", "+00:00")
            bought = instant(order.created).replace("Z", "+00:00")
            cells = (order.order_id, line.item_id, bought, paid, paid, promise, str((now.date() - order.ship_by).days), line.sku)
            left = line.quantity - line.shipped
            lines.append("\t".join((*cells, line.title, str(line.quantity), str(line.shipped), str(left), "JP", "架空 太郎")))
    return ("\n".join(lines) + "\n").encode() if rows else None
