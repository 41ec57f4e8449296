"""
What others ask for flagged products: twenty products a call, only while a case is open, so that a letter can name the buyer's saving.

The prices lie in the source's mark; nobody else reads it but ``seen_in`` here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from watchdog.sources.formats.pricing import quotes_in
from watchdog.sources.spapi.operations import GET_COMPETITIVE_SUMMARY
from watchdog.sources.spapi.session import Session
from watchdog.sources.spapi.troubles import Later
from watchdog.terms.errors import SourceError
from watchdog.terms.identity import Asin, MarketplaceId
from watchdog.terms.look import API, Batch, Rest
from watchdog.terms.money import Money, SeenPrice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from watchdog.terms.identity import OrderKey
    from watchdog.terms.look import Mark

NAME = f"{API}pricing"
_LARGEST = 20
#: A letter may quote a price for an hour; it is renewed well before.
_EVERY = timedelta(minutes=25)
#: On demand a price of this age is as good as a new one.
FRESH = timedelta(minutes=30)
_URI = "/products/pricing/2022-05-01/items/competitiveSummary"

_Product = tuple[MarketplaceId, Asin]


class _Held(NamedTuple):
    price: Money | None  #: None: nobody else offers it
    at: datetime


@dataclass
class Pricing:
    """
    A source of prices; it says nothing of orders, so it yields no batch.
    """

    session: Session
    own_seller: str  #: the seller's own id, whose offers are no competition
    flagged: Callable[[], Sequence[_Product]]  #: the products with an open case now
    name: str = NAME

    def poll(self, mark: Mark | None, now: datetime) -> Iterator[Batch | Rest]:
        """
        Look up the products whose turn it is, as long as the allowance lasts; the Rest carries the prices.

        Raises:
            SourceError: Amazon refuses, or is out of reach; raised after the Rest.
        """
        self.session.recall((mark or {}).get("session"))
        flagged = self.flagged()
        held = {product: price for product, price in _held_in(mark).items() if product in set(flagged)}
        trouble: SourceError | None = None
        answered = False
        due = iter(sorted((p for p in flagged if p not in held or held[p].at + _EVERY <= now), key=lambda p: (p in held, p)))
        while wanted := list(islice(due, _LARGEST)):
            try:
                held |= self._ask(wanted, now)
                answered = True
            except SourceError as error:
                trouble = error
                break
        waits = trouble if isinstance(trouble, Later) and not trouble.asked else None
        yield Rest(self._mark(held), waits.again_at if waits else None, answered=answered)
        if trouble is not None and waits is None:
            raise trouble

    def look(self, keys: Sequence[OrderKey], now: datetime) -> Iterator[Batch]:  # noqa: ARG002 - the port's signature
        """
        Yield nothing: prices say nothing of an order.
        """
        return iter(())

    def again(self, content: str) -> Iterator[Batch]:  # noqa: ARG002 - the port's signature
        """
        Yield nothing: no answer is kept.
        """
        return iter(())

    def on_demand(self, place: MarketplaceId, asin: Asin, mark: Mark | None, now: datetime) -> Mark | None:
        """
        Return the next mark with this product's price looked up now; None where it is fresh already, or Amazon can't be asked.
        """
        self.session.recall((mark or {}).get("session"))
        held = _held_in(mark)
        known = held.get((place, asin))
        if known is not None and timedelta() <= now - known.at <= FRESH:
            return None
        try:
            return self._mark(held | self._ask([(place, asin)], now))
        except SourceError:
            return None

    def _ask(self, wanted: Sequence[_Product], now: datetime) -> dict[_Product, _Held]:
        answer = self.session.request(
            GET_COMPETITIVE_SUMMARY, now=now, body={"requests": [_request(place, asin) for place, asin in wanted]}
        )
        prices = {(quote.marketplace_id, quote.asin): quote.lowest for quote in quotes_in(answer.body, own_seller=self.own_seller)}
        return {product: _Held(prices.get(product), now) for product in wanted}

    def _mark(self, held: Mapping[_Product, _Held]) -> Mark:
        shown: dict[str, dict[str, list[str | None]]] = defaultdict(dict)
        for (place, asin), (price, at) in held.items():
            shown[place][asin] = [None if price is None else str(price.amount), None if price is None else price.currency, at.isoformat()]
        return {"prices": dict(shown), "session": self.session.as_mark([GET_COMPETITIVE_SUMMARY])}


def seen_in(mark: Mark | None, place: MarketplaceId, asin: Asin) -> SeenPrice | None:
    """
    Return the product's price as it was last seen, None where it was not, or nobody else offers it.
    """
    held = _held_in(mark).get((place, asin))
    return SeenPrice(held.price, held.at) if held is not None and held.price is not None else None


def _request(place: MarketplaceId, asin: Asin) -> dict[str, Any]:
    return {
        "asin": asin,
        "marketplaceId": place,
        "includedData": ["lowestPricedOffers"],
        "lowestPricedOffersInputs": [{"itemCondition": "New", "offerType": "Consumer"}],
        "method": "GET",
        "uri": _URI,
    }


def _held_in(mark: Mark | None) -> dict[_Product, _Held]:
    shown: Any = (mark or {}).get("prices")
    return dict(_readable(shown.items() if isinstance(shown, dict) else ()))


def _readable(shown: Iterable[tuple[str, Any]]) -> Iterator[tuple[_Product, _Held]]:
    for place, products in shown:
        for asin, (amount, currency, at) in products.items():
            price = Money(Decimal(amount), currency) if amount is not None else None
            yield (MarketplaceId(place), Asin(asin)), _Held(price, datetime.fromisoformat(at))
