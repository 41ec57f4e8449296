"""
Who says which release date: one view per product, for the screen, JSON and a sheet; pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from watchdog.terms.moments import show_instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from watchdog.store.catalogue import Offer
    from watchdog.store.listings import Unlisted
    from watchdog.terms.identity import OrderId, ProductId
    from watchdog.terms.verdict import Coverage


@dataclass(frozen=True, slots=True)
class Saying:
    """
    One source's present word.
    """

    day: date
    source: str
    learned_at: datetime
    believed: bool


@dataclass(frozen=True, slots=True)
class Offered:
    """
    One product with all that is said of its release.
    """

    marketplace_id: str | None
    asin: str | None
    sku: str | None
    title: str | None
    open_orders: int
    said: tuple[Saying, ...]
    gap: str | None
    waits: bool = False  #: said since the last judging, so nothing was judged by it yet

    @property
    def name(self) -> str:
        """
        How people recognise it.
        """
        return " / ".join(part for part in (self.asin or self.sku, self.title) if part)

    @property
    def believed(self) -> Saying | None:
        """
        The date the program compares with.
        """
        return next((said for said in self.said if said.believed), None)

    @property
    def disagree(self) -> bool:
        """
        Say whether two sources name different dates.
        """
        return len({said.day for said in self.said}) > 1


def offered(offers: Iterable[Offer], coverage: Iterable[Coverage]) -> tuple[Offered, ...]:
    """
    Return each product once, the next to be released first; those nobody has dated stand last.

    Of a product with open orders the judge has said what it believes; of another the most trusted source is.
    """
    judged = {each.product.id: each for each in coverage}
    found = [_offered(each, judged.pop(each.product_id, None) if each.product_id is not None else None) for each in offers]
    found += [Offered(*_names(each), each.open_orders, (), each.gap) for each in judged.values()]
    return tuple(sorted(found, key=lambda each: (not each.said, max((said.day for said in each.said), default=None) or 0, each.name)))


def _names(each: Coverage) -> tuple[str, str | None, str | None, str | None]:
    return each.product.marketplace_id, each.product.asin, each.product.sku, each.product.title


def _offered(offer: Offer, judged: Coverage | None) -> Offered:
    trusted = min(offer.said, key=lambda said: said.source.rank).source
    believed = trusted if judged is None else judged.release_source
    said = [Saying(each.day, each.source, each.learned_at, each.source == believed) for each in offer.said]
    waits = judged is not None and {(each.source, each.day) for each in judged.said} != {(each.source, each.day) for each in offer.said}
    return Offered(
        offer.marketplace_id,
        offer.asin,
        offer.sku,
        offer.title,
        judged.open_orders if judged else 0,
        tuple(said),
        judged.gap if judged and judged.release_date is None and not waits else None,
        waits,
    )


def offers_of(offers: Iterable[Offered]) -> list[dict[str, Any]]:
    """
    Return the products as other programs read them.
    """
    return [
        {
            "marketplace_id": each.marketplace_id,
            "asin": each.asin,
            "sku": each.sku,
            "title": each.title,
            "open_orders": each.open_orders,
            "release_date": each.believed.day.isoformat() if each.believed else None,
            "release_source": each.believed.source if each.believed else None,
            "gap": each.gap,
            "sources_disagree": each.disagree,
            "release_dates": [
                {
                    "release_date": said.day.isoformat(),
                    "source": str(said.source),
                    "learned_at": show_instant(said.learned_at),
                    "believed": said.believed,
                }
                for said in each.said
            ],
        }
        for each in offers
    ]


def unknown_of(
    coverage: Iterable[Coverage], orders: Mapping[ProductId, Sequence[OrderId]], unlisted: Iterable[Unlisted]
) -> dict[str, list[dict[str, Any]]]:
    """
    Return the products without a believed date with the orders they leave unwatched, and those that may be pre-orders.
    """
    return {
        "unknown": [
            {
                "marketplace_id": each.product.marketplace_id,
                "asin": each.product.asin,
                "sku": each.product.sku,
                "title": each.product.title,
                "gap": each.gap,
                "open_orders": each.open_orders,
                "order_ids": list(orders.get(each.product.id, ())),
            }
            for each in undated(coverage)
        ],
        "unlisted": [
            {"marketplace_id": each.marketplace_id, "asin": each.asin, "sku": each.sku, "title": each.title, "rows": each.rows}
            for each in unlisted
        ],
    }


def undated(coverage: Iterable[Coverage]) -> Iterator[Coverage]:
    """
    Yield what is not watched against a release date, because none is believed.
    """
    yield from (each for each in coverage if each.release_date is None)
