"""
Competitive summaries of Product Pricing 2022-05-01: what others ask for a product at least; pure.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, NamedTuple

from watchdog.sources.formats.json_parts import fields_of, objects_of, text_of
from watchdog.terms.identity import Asin, MarketplaceId, parse_asin
from watchdog.terms.marketplace import by_id
from watchdog.terms.money import Money

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


_OK = 200


class Quote(NamedTuple):
    """
    What one product's answer comes to; the price is None where nobody else offers it, or no offer says its whole price.
    """

    marketplace_id: MarketplaceId
    asin: Asin
    lowest: Money | None


def quotes_in(body: Any, *, own_seller: str) -> Iterator[Quote]:
    """
    Yield the answers of a batch that speak of a product; the seller's own offers are no competition.
    """
    for answer in objects_of(fields_of(body).get("responses")):
        said = fields_of(answer.get("body"))
        asin, store = parse_asin(text_of(said.get("asin"))), by_id(text_of(said.get("marketplaceId")))
        if asin is None or store is None or fields_of(answer.get("status")).get("statusCode") != _OK:
            continue
        prices = [_landed(offer, store.currency) for offer in _offers(said) if text_of(offer.get("sellerId")) != own_seller]
        lowest = min(filter(None, prices), default=None, key=lambda price: price.amount)
        yield Quote(store.id, asin, lowest)


def _offers(said: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """
    Yield the new offers to consumers; used ones and prices for businesses compare with nothing.
    """
    for group in objects_of(said.get("lowestPricedOffers")):
        wanted = fields_of(group.get("lowestPricedOffersInput"))
        if wanted.get("offerType", "Consumer") == "Consumer":
            yield from (offer for offer in objects_of(group.get("offers")) if offer.get("condition") == "New")


def _landed(offer: Mapping[str, Any], currency: str) -> Money | None:
    """
    Return listing price + shipping − points; None where a part is not said or in another currency.
    """
    listing = _amount(offer.get("listingPrice"), currency)
    shipping = next((option for option in objects_of(offer.get("shippingOptions")) if option.get("shippingOptionType") == "DEFAULT"), None)
    sent = _amount(fields_of(shipping).get("price"), currency)
    worth = fields_of(offer.get("points")).get("pointsMonetaryValue")
    points = Decimal(0) if worth is None else _amount(worth, currency)
    if listing is None or sent is None or points is None:
        return None
    landed = listing + sent - points
    return Money(landed, currency) if landed > 0 else None


def _amount(money: Any, currency: str) -> Decimal | None:
    said = fields_of(money)
    written = said.get("amount")
    if said.get("currencyCode") != currency or isinstance(written, bool) or not isinstance(written, int | float | str):
        return None
    try:
        amount = Decimal(str(written))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and amount >= 0 else None
