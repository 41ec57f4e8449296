"""
Orders API v0, which Amazon offers until 27 March 2027: read only where the newer interface is refused, without any restricted token.

``getOrders`` shows no items: an order the log knows needs none, of an unknown one they are asked for apart.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from watchdog.sources.formats.json_parts import fields_of, objects_of, text_of
from watchdog.sources.formats.orders_v0 import answered
from watchdog.sources.spapi.asking import PAGE_ORDERS, SWEEP_DEPTH, AnswerPage, token_in, watermark_in
from watchdog.sources.spapi.operations import GET_ORDER_ITEMS_V0, GET_ORDER_V0, GET_ORDERS_V0, Operation
from watchdog.terms.moments import show_instant
from watchdog.terms.observation import Interface

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from watchdog.sources.formats.reading import Reading
    from watchdog.sources.spapi.answer import Answer
    from watchdog.sources.spapi.asking import Question
    from watchdog.sources.spapi.session import Session
    from watchdog.terms.marketplace import Marketplace

    Items = Sequence[Mapping[str, Any]]

_OPEN = ("PendingAvailability", "Pending", "Unshipped", "PartiallyShipped")
_NOT_FOUND = 404
#: Items of so many orders are remembered while the program runs: those of orders nobody watches would be asked for at every sweep.
_REMEMBERED = 20_000


class AskerV0:
    """
    Asks the old interface.
    """

    interface: ClassVar = Interface.ORDERS_V0
    search: ClassVar[Operation] = GET_ORDERS_V0
    operations: ClassVar[tuple[Operation, ...]] = (GET_ORDERS_V0, GET_ORDER_V0, GET_ORDER_ITEMS_V0)
    ends: ClassVar[datetime | None] = datetime(2027, 3, 27, tzinfo=UTC)
    resumes: ClassVar = False  #: a row of a whole order has no digest of its own in the log

    def __init__(
        self, session: Session, reading: Reading, marketplaces: Sequence[Marketplace], known: Callable[[Collection[str]], Collection[str]]
    ) -> None:
        """
        Take whom to ask, how rows are read, of which marketplaces, and who says which of some orders the log knows.
        """
        self._session = session
        self._reading = reading
        self._places = ",".join(store.id for store in marketplaces)
        self._known = known
        self.plain_until: datetime | None = None
        self._items: dict[str, Items] = {}

    def sweep_question(self, now: datetime) -> Question:
        """
        Return the question for every open order the seller ships.
        """
        after = show_instant(now - SWEEP_DEPTH)
        return {"CreatedAfter": after, "OrderStatuses": ",".join(_OPEN), "FulfillmentChannels": "MFN", "MarketplaceIds": self._places}

    def updates_question(self, since: datetime) -> Question:
        """
        Return the question for everything that changed since; here only a status moves the update time.
        """
        return {"LastUpdatedAfter": show_instant(since), "FulfillmentChannels": "MFN", "MarketplaceIds": self._places}

    def page(self, question: Question, token: str | None, now: datetime) -> AnswerPage:
        """
        Return one page, with the items of the orders nobody knows yet, as many as the limit allows.
        """
        query = {**question, "MaxResultsPerPage": str(PAGE_ORDERS), "NextToken": token or ""}
        body = _payload(self._session.request(GET_ORDERS_V0, now=now, query=query))
        if not isinstance(body.get("Orders"), list):
            raise self._session.unreadable(GET_ORDERS_V0, now)
        watermark = watermark_in(body, "LastUpdatedBefore", "CreatedBefore", zone=self._reading.home.zone)
        return self._told(body["Orders"], token_in(body, "NextToken"), watermark, now)

    def single(self, order_id: str, now: datetime) -> AnswerPage | None:
        """
        Return one order as it is now, None where Amazon knows none of that id.
        """
        answer = self._session.request(GET_ORDER_V0, now=now, path={"orderId": order_id})
        if answer.status == _NOT_FOUND:
            return None
        order = _payload(answer)
        if order.get("AmazonOrderId") != order_id:
            raise self._session.unreadable(GET_ORDER_V0, now)
        return self._told([order], None, None, now)

    def _told(self, orders: Sequence[Any], token: str | None, watermark: datetime | None, now: datetime) -> AnswerPage:
        rows, read = answered(orders, self._items_of(objects_of(list(orders)), now), self._reading)
        return AnswerPage(rows, read, token, watermark)

    def _items_of(self, orders: Sequence[Mapping[str, Any]], now: datetime) -> dict[str, list[Mapping[str, Any]]]:
        """
        Return the items of the orders the log does not know, pre-orders first; what the limit leaves out comes with a later sweep.
        """
        ids = {text_of(order.get("AmazonOrderId")): order.get("OrderType") == "Preorder" for order in orders}
        ids.pop("", None)
        unknown = ids.keys() - set(self._known(list(ids)))
        for order_id in sorted(unknown - self._items.keys(), key=lambda each: (not ids[each], each)):
            if self._session.left(GET_ORDER_ITEMS_V0, now) < 1:
                break
            self._remember(order_id, self._asked_items(order_id, now))
        return {order_id: list(self._items[order_id]) for order_id in unknown if self._items.get(order_id)}

    def _asked_items(self, order_id: str, now: datetime) -> Items:
        body = _payload(self._session.request(GET_ORDER_ITEMS_V0, now=now, path={"orderId": order_id}))
        return objects_of(body.get("OrderItems"))

    def _remember(self, order_id: str, items: Items) -> None:
        if len(self._items) >= _REMEMBERED:
            self._items.clear()
        self._items[order_id] = items


def _payload(answer: Answer) -> Mapping[str, Any]:
    return fields_of(answer.fields.get("payload"))
