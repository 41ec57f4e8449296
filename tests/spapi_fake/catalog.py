"""
Catalog Items 2022-04-01 and Sellers v1: release dates of products, and where the seller sells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.spapi_fake.asked import Answer, Asked, Refusal, invalid
from watchdog.terms.marketplace import BY_ID

if TYPE_CHECKING:
    from tests.spapi_fake.world import Item, World

_LARGEST = 20
_LOCALES = {"ja": "ja_JP", "en": "en_US"}


def search_items(world: World, asked: Asked) -> Answer:
    """
    Answer the items of at most 20 identifiers; a page holds ten unless more are asked for.
    """
    if len(asked.list("marketplaceIds")) != 1:
        raise invalid("Exactly one marketplace is required.")
    wanted, size = asked.list("identifiers"), int(asked.query.get("pageSize", 10))
    if len(wanted) > _LARGEST or size > _LARGEST or len(set(wanted)) != len(wanted):
        raise invalid("Too many identifiers, or one of them twice.")
    if asked.query.get("identifiersType") == "SKU" and "sellerId" not in asked.query:
        raise invalid("sellerId is required for SKUs.")
    found = [item for item in map(_by_identifier(world, asked), wanted) if item is not None]
    start = int(asked.query.get("pageToken", 0))
    page = found[start : start + size]
    body: dict[str, Any] = {"numberOfResults": len(found), "items": [shown(item, asked.list("includedData")) for item in page]}
    if start + size < len(found):
        body["pagination"] = {"nextToken": str(start + size)}
    return Answer(200, body)


def get_item(world: World, asked: Asked) -> Answer:
    """
    Answer one item.
    """
    item = world.items.get(asked.values["asin"])
    if item is None:
        raise Refusal(404, "NOT_FOUND", "Requested item not found.")
    return Answer(200, shown(item, asked.list("includedData")))


def participations(world: World, _asked: Asked) -> Answer:
    """
    Answer where the seller sells.
    """
    stores = [BY_ID[place] for place in world.marketplaces]
    listed = [
        {
            "marketplace": {
                "id": store.id,
                "name": store.name,
                "countryCode": store.country,
                "defaultCurrencyCode": store.currency,
                "defaultLanguageCode": _LOCALES.get(store.language, "en_US"),
                "domainName": f"www.{store.domain}",
            },
            "participation": {"isParticipating": True, "hasSuspendedListings": False},
            "storeName": world.store_name,
        }
        for store in stores
    ]
    return Answer(200, {"payload": listed})


def _by_identifier(world: World, asked: Asked) -> Any:
    if asked.query.get("identifiersType") == "SKU":
        skus = {line.sku: line.asin for order in world.orders.values() for line in order.lines}
        return lambda sku: world.items.get(skus.get(sku, ""))
    return world.items.get


def shown(item: Item, included: list[str]) -> dict[str, Any]:
    """
    Return the item with the blocks that were asked for; summaries where nothing was.
    """
    body: dict[str, Any] = {"asin": item.asin}
    if not included or "summaries" in included:
        summary: dict[str, Any] = {"marketplaceId": item.marketplace_id, "itemName": item.title}
        if item.release_date is not None:
            summary["releaseDate"] = item.release_date.isoformat()
        body["summaries"] = [summary]
    if "attributes" in included:
        dates = {"street_date": item.street_date, "product_site_launch_date": item.site_launch_date}
        body["attributes"] = {
            name: [{"value": value, "marketplace_id": item.marketplace_id}] for name, value in dates.items() if value is not None
        }
    return body
