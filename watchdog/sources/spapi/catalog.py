"""
Release dates from Amazon's catalogue: twenty products a call, only those with open pre-orders, the sooner the release the more often.

A product of which only the SKU is known is asked for by itself, where the seller's own id is set: Amazon wants it beside a SKU.
Which products those are is handed in by ``assemble``: a source knows no store (DESIGN law 2).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from watchdog.sources.formats.catalog import asins_in, said_in
from watchdog.sources.spapi.operations import SEARCH_CATALOG
from watchdog.sources.spapi.session import Session
from watchdog.sources.spapi.troubles import Later
from watchdog.terms.errors import SourceError
from watchdog.terms.identity import MarketplaceId, OrderKey
from watchdog.terms.look import API, Batch, Kind, Look, Rest
from watchdog.terms.marketplace import BY_ID
from watchdog.terms.moments import local_date
from watchdog.terms.product import Awaited

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from watchdog.terms.look import Mark

NAME = f"{API}catalog"
#: Identifiers of one call, and items of its page (Amazon's default page would hold ten).
_LARGEST = 20
#: While a case is open its orders are asked for every few minutes; a catalogue's date does not move as fast.
_DOUBTED_EVERY = timedelta(minutes=15)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


class _Pace(NamedTuple):
    days: int  #: the release, or the first ship-by, lies at most so many days off
    every: timedelta


#: How often a product is asked for; a date that moves is the sooner dangerous, the nearer it is.
_PACES = (
    _Pace(3, timedelta(hours=1)),
    _Pace(14, timedelta(hours=4)),
    _Pace(60, timedelta(hours=12)),
)
_FAR = timedelta(days=1)
#: Nobody knows when it is released: the catalogue may learn it any day.
_UNKNOWN = timedelta(hours=6)


@dataclass
class Catalog:
    """
    A source of release dates; its mark remembers when each product was last asked for.
    """

    session: Session
    awaited: Callable[[], Sequence[Awaited]]  #: the products with open pre-orders now
    awaited_of: Callable[[Collection[OrderKey]], Sequence[Awaited]]  #: the products of some orders
    own_seller: str | None = None  #: the seller's own id; without it nothing can be asked for by SKU
    name: str = NAME
    _doubted: dict[tuple[MarketplaceId, str], datetime] = field(default_factory=dict)

    def poll(self, mark: Mark | None, now: datetime) -> Iterator[Batch | Rest]:
        """
        Yield an answer for each twenty products whose turn it is, as long as Amazon's allowance lasts; at last a Rest with the mark.

        Raises:
            SourceError: Amazon refuses, or is out of reach; raised after the Rest.
        """
        self.session.recall((mark or {}).get("session"))
        asked = _recalled(mark, self.awaited())
        trouble: SourceError | None = None
        for place, wanted in _in_calls(_due(asked, now)):
            try:
                batch = self._asked(place, wanted, now)
            except SourceError as error:
                trouble = error
                break
            asked |= dict.fromkeys(wanted, now)
            yield replace(batch, mark=self._mark(asked))
        waits = trouble if isinstance(trouble, Later) and not trouble.asked else None
        yield Rest(self._mark(asked), waits.again_at if waits else None)
        if trouble is not None and waits is None:
            raise trouble

    def look(self, keys: Sequence[OrderKey], now: datetime) -> Iterator[Batch]:
        """
        Yield what the catalogue says now of the products of these orders; nothing where Amazon can't be asked, or was a moment ago.
        """
        self._doubted = {product: at for product, at in self._doubted.items() if now - at < _DOUBTED_EVERY}
        wondered = (each for each in self.awaited_of(keys) if (each.marketplace_id, each.name) not in self._doubted)
        for place, wanted in _in_calls(wondered):
            try:
                yield self._asked(place, wanted, now)
            except SourceError:
                return
            self._doubted |= dict.fromkeys(((place, each.name) for each in wanted), now)

    def again(self, content: str) -> Iterator[Batch]:  # noqa: ARG002 - the port's signature
        """
        Yield nothing: no answer is kept.
        """
        return iter(())

    def _asked(self, place: MarketplaceId, wanted: Sequence[Awaited], now: datetime) -> Batch:
        sku = wanted[0].sku
        query = {
            "identifiers": [str(each.asin) for each in wanted] if sku is None else sku,
            "identifiersType": "ASIN" if sku is None else "SKU",
            "sellerId": "" if sku is None else str(self.own_seller),
            "marketplaceIds": place,
            "includedData": ("summaries", "attributes"),
            "pageSize": str(_LARGEST),
        }
        body = self.session.request(SEARCH_CATALOG, now=now, query=query).body
        look = Look(NAME, f"{SEARCH_CATALOG.name} {BY_ID[place].country}", Kind.RELEASES, now)
        asins = asins_in(body)
        if not body or (sku is not None and len(asins) != 1):
            return Batch(look)  # an answer does not name the SKU it is for: only a single item is surely meant
        said, defects = said_in(body, BY_ID[place])
        pairs = () if sku is None else ((place, sku, asins[0]),)
        return Batch(look, releases=tuple(said), pairs=pairs, defects=tuple(defects))

    def _mark(self, asked: Mapping[Awaited, datetime]) -> Mark:
        """
        Return the buckets and, by marketplace, the minute at which each product was asked for.
        """
        minutes: dict[str, dict[str, int]] = defaultdict(dict)
        for each, moment in asked.items():
            if moment > _EPOCH:
                minutes[each.marketplace_id][each.name] = int((moment - _EPOCH).total_seconds()) // 60
        return {"asked": dict(minutes), "session": self.session.as_mark([SEARCH_CATALOG])}


def _recalled(mark: Mark | None, awaited: Iterable[Awaited]) -> dict[Awaited, datetime]:
    """
    Return when each awaited product was last asked for; the epoch where it never was. Others are forgotten.
    """
    minutes: Any = (mark or {}).get("asked", {})
    return {each: _EPOCH + timedelta(minutes=minutes.get(each.marketplace_id, {}).get(each.name, 0)) for each in awaited}


def _due(asked: Mapping[Awaited, datetime], now: datetime) -> list[Awaited]:
    """
    Return the products whose turn it is, the most urgent first.
    """
    turns = sorted((moment + _pace(each, now), each.marketplace_id, each.name, each) for each, moment in asked.items())
    return [each for turn, _, _, each in turns if turn <= now]


def _pace(product: Awaited, now: datetime) -> timedelta:
    if product.near is None:
        return _UNKNOWN
    away = abs((product.near - local_date(now, BY_ID[product.marketplace_id].zone)).days)
    return next((pace.every for pace in _PACES if away <= pace.days), _FAR)


def _in_calls(products: Iterable[Awaited]) -> Iterator[tuple[MarketplaceId, list[Awaited]]]:
    """
    Yield what is asked for in one call: products of one marketplace, at most twenty, in their order; one by SKU by itself.
    """
    held: dict[MarketplaceId, list[Awaited]] = defaultdict(list)
    for product in products:
        if product.sku is not None:
            yield product.marketplace_id, [product]
            continue
        held[product.marketplace_id].append(product)
        if len(held[product.marketplace_id]) == _LARGEST:
            yield product.marketplace_id, held.pop(product.marketplace_id)
    yield from held.items()
