"""
Product Pricing 2022-05-01: the lowest offers of each product of a batch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.spapi_fake.asked import Answer, Asked
from watchdog.terms.marketplace import BY_ID

if TYPE_CHECKING:
    from tests.spapi_fake.world import World

_MOST = 20


@dataclass(frozen=True)
class Offer:
    """
    What one seller asks for a product; amounts as Amazon writes them.
    """

    seller_id: str
    price: float
    shipping: float | None = 0  #: None: Amazon does not say
    points: float = 0
    condition: str = "New"


def summaries(world: World, asked: Asked) -> Answer:
    """
    Answer what is asked for each product, in the order of the batch.
    """
    return Answer(200, {"responses": [_summary(world, wanted) for wanted in asked.body["requests"]]})


def _summary(world: World, wanted: dict[str, Any]) -> dict[str, Any]:
    asin, place = wanted["asin"], wanted["marketplaceId"]
    if asin not in world.items:
        errors = [{"code": "InvalidInput", "message": "The ASIN is not in the catalog."}]
        return {
            "status": {"statusCode": 400, "reasonPhrase": "Bad Request"},
            "body": {"asin": asin, "marketplaceId": place, "errors": errors},
        }
    currency = next(store.currency for store in BY_ID.values() if store.id == place)
    found = {
        number: [
            _shown(offer, currency)
            for offer in sorted(world.offers.get(asin, ()), key=lambda offer: offer.price)
            if _is_meant(offer, input_)
        ]
        for number, input_ in enumerate(wanted.get("lowestPricedOffersInputs", []))
    }
    inputs = wanted.get("lowestPricedOffersInputs", [])
    groups = [{"lowestPricedOffersInput": inputs[number], "offers": offers[:_MOST]} for number, offers in found.items() if offers]
    body = {"asin": asin, "marketplaceId": place, **({"lowestPricedOffers": groups} if groups else {})}
    return {"status": {"statusCode": 200, "reasonPhrase": "Success"}, "body": body}


def _is_meant(offer: Offer, wanted: dict[str, str]) -> bool:
    return offer.condition == wanted["itemCondition"]


def _shown(offer: Offer, currency: str) -> dict[str, Any]:
    def money(amount: float) -> dict[str, Any]:
        return {"currencyCode": currency, "amount": amount}

    body: dict[str, Any] = {
        "sellerId": offer.seller_id,
        "condition": offer.condition,
        "subCondition": offer.condition,
        "fulfillmentType": "MFN",
        "listingPrice": money(offer.price),
    }
    if offer.shipping is not None:
        body["shippingOptions"] = [{"shippingOptionType": "DEFAULT", "price": money(offer.shipping)}]
    if offer.points:
        body["points"] = {"pointsNumber": int(offer.points), "pointsMonetaryValue": money(offer.points)}
    return body
