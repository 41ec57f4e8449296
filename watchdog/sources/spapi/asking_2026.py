"""
Orders API v2026-01-01: ``searchOrders`` and ``getOrder`` with ship window, cancellations, payments, packages; never BUYER or RECIPIENT.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from watchdog.sources.formats.json_parts import fields_of
from watchdog.sources.formats.order_2026 import Order2026, item_rows
from watchdog.sources.spapi.asking import PAGE_ORDERS, SWEEP_DEPTH, AnswerPage, token_in, watermark_in
from watchdog.sources.spapi.operations import GET_ORDER, SEARCH_ORDERS, Operation
from watchdog.sources.spapi.troubles import Refused, Rejected
from watchdog.terms.moments import show_instant
from watchdog.terms.observation import Interface, Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from typing import Any

    from watchdog.sources.formats.reading import Reading
    from watchdog.sources.spapi.answer import Answer
    from watchdog.sources.spapi.asking import Question
    from watchdog.sources.spapi.session import Session
    from watchdog.terms.look import Row
    from watchdog.terms.marketplace import Marketplace

#: What tells a reset and its trace; nothing of the buyer (DOMAIN §9).
INCLUDED = ("FULFILLMENT", "CANCELLATION", "PAYMENT", "PACKAGES")
#: What can't be done without.
PLAIN = ("FULFILLMENT",)
_PLAIN_FOR = timedelta(days=1)
_OPEN = [status.value for status in Status if status.is_open]
_NOT_FOUND = 404


class Asker2026:
    """
    Asks the newest interface.
    """

    interface: ClassVar = Interface.ORDERS_2026
    search: ClassVar[Operation] = SEARCH_ORDERS
    operations: ClassVar[tuple[Operation, ...]] = (SEARCH_ORDERS, GET_ORDER)
    ends: ClassVar[datetime | None] = None
    resumes: ClassVar = True

    def __init__(self, session: Session, reading: Reading, marketplaces: Sequence[Marketplace]) -> None:
        """
        Take whom to ask, how rows are read, and of which marketplaces.
        """
        self._session = session
        self._reading = reading
        self._read = Order2026(reading).read
        self._places = ",".join(store.id for store in marketplaces)
        self.plain_until: datetime | None = None

    def sweep_question(self, now: datetime) -> Question:
        """
        Return the question for every open order the seller ships.
        """
        after = show_instant(now - SWEEP_DEPTH)
        return {"createdAfter": after, "fulfillmentStatuses": ",".join(_OPEN), "fulfilledBy": "MERCHANT", "marketplaceIds": self._places}

    def updates_question(self, since: datetime) -> Question:
        """
        Return the question for everything that changed since, shipped and cancelled orders too.
        """
        return {"lastUpdatedAfter": show_instant(since), "fulfilledBy": "MERCHANT", "marketplaceIds": self._places}

    def page(self, question: Question, token: str | None, now: datetime) -> AnswerPage:
        """
        Return one page.
        """
        query = {**question, "maxResultsPerPage": str(PAGE_ORDERS), "paginationToken": token or ""}
        body = self._asked(SEARCH_ORDERS, now, query=query).fields
        if not isinstance(body.get("orders"), list):
            raise self._session.unreadable(SEARCH_ORDERS, now)
        watermark = watermark_in(body, "lastUpdatedBefore", "createdBefore", zone=self._reading.home.zone)
        return AnswerPage(self._rows(body["orders"]), self._read, token_in(fields_of(body.get("pagination")), "nextToken"), watermark)

    def single(self, order_id: str, now: datetime) -> AnswerPage | None:
        """
        Return one order as it is now, None where Amazon knows none of that id.
        """
        answer = self._asked(GET_ORDER, now, path={"orderId": order_id})
        if answer.status == _NOT_FOUND:
            return None
        order = answer.fields.get("order")
        if not isinstance(order, dict) or order.get("orderId") != order_id:
            raise self._session.unreadable(GET_ORDER, now)
        return AnswerPage(self._rows([order]), self._read, None, None)

    def _asked(
        self, operation: Operation, now: datetime, *, query: Mapping[str, str] | None = None, path: Mapping[str, str] | None = None
    ) -> Answer:
        """
        Return the answer with all that is useful; where Amazon refuses that, with the ship dates alone, for a day.

        It is unconfirmed whether a block without its role is left out or refused (spapi.md §11, point 12).
        """
        wanted = dict(query or {})
        if self.plain_until is None or self.plain_until <= now:
            try:
                answer = self._session.request(operation, now=now, path=path, query={**wanted, "includedData": INCLUDED})
            except (Rejected, Refused) as error:
                if isinstance(error, Refused) and error.whole:
                    raise
                self._session.reopen(operation)
            else:
                self.plain_until = None
                return answer
        answer = self._session.request(operation, now=now, path=path, query={**wanted, "includedData": PLAIN})
        if self.plain_until is None or self.plain_until <= now:
            self.plain_until = now + _PLAIN_FOR
        return answer

    def _rows(self, orders: Sequence[Any]) -> list[Row]:
        return [row for place, order in enumerate(orders, 1) for row in item_rows(place, order, self._reading.digest)]
