"""
All that Amazon is asked for: orders, release dates, reports, prices. Each is handed what it has to know of the store; no source knows one.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from watchdog.assemble.building import told_by
from watchdog.assemble.channels import revealed
from watchdog.assemble.spapi import orders_of
from watchdog.routines.patrol import Source
from watchdog.store import journal, looks
from watchdog.store.awaited import awaited, awaited_of, flagged
from watchdog.store.lines import known_lines
from watchdog.terms.errors import ConfigError
from watchdog.terms.sentences import say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from watchdog.routines.desk import PriceOf
    from watchdog.settings import Settings
    from watchdog.sources.files import Reading
    from watchdog.sources.queue import Queue
    from watchdog.sources.spapi.catalog import Catalog
    from watchdog.sources.spapi.orders import Orders
    from watchdog.sources.spapi.pricing import Pricing
    from watchdog.sources.spapi.reports import Report
    from watchdog.sources.spapi.session import Session
    from watchdog.sources.sqs import Notifications
    from watchdog.store import Store
    from watchdog.terms.account import Account
    from watchdog.terms.identity import Asin, MarketplaceId, OrderKey
    from watchdog.terms.look import Batch
    from watchdog.terms.money import SeenPrice
    from watchdog.terms.product import Awaited, Product


def asked_of(
    session: Session | None, settings: Settings, account: Account, book: Store, reading: Reading, *, queue: Queue | None
) -> list[Source]:
    """
    Return every source that asks Amazon: the orders first, for what the others ask about hangs on them; none without credentials.

    Raises:
        ConfigError: there is a queue of notifications and nobody who could ask for their orders.
    """
    if session is None:
        if queue is not None:
            raise ConfigError([say("queue_needs_api", settings.language, {})])
        return []
    orders, health = orders_of(session, account, book, reading), health_of(session, account, reading, settings.state_dir)
    sources: list[Source] = [orders, catalog_of(session, book, settings.spapi_seller_id), health]
    if settings.spapi_report:
        sources.append(unshipped_of(session, orders, account, reading, settings.state_dir))
    if settings.spapi_seller_id is not None:
        sources.append(pricing_of(session, book, settings.spapi_seller_id))
    if queue is not None:
        sources.append(notifications_of(queue, orders, health, book, reading))
    return sources


def queue_of(settings: Settings) -> Queue | None:
    """
    Return the queue of notifications, None where none is set.

    Raises:
        ConfigError: the extra ``sqs`` is not installed.
    """
    if settings.sqs_queue_url is None:
        return None
    from watchdog.sources.queue import LazyClient, Queue, client_of

    if find_spec("boto3") is None:
        raise ConfigError([say("queue_needs_extra", settings.language, {})])
    url, key_id = settings.sqs_queue_url, settings.sqs_access_key_id
    secret, proxy = revealed(settings.sqs_secret_access_key), revealed(settings.proxy_url)
    return Queue(LazyClient(lambda: client_of(url, key_id=key_id, secret=secret, proxy=proxy)), url, told_by("queue"))


def notifications_of(queue: Queue, orders: Orders, health: Report, book: Store, reading: Reading) -> Notifications:
    """
    Return the source that reads the queue.
    """
    from watchdog.sources.sqs import Notifications

    def is_known(content: str) -> bool:
        with book.reading() as tx:
            return looks.is_known(tx, content)

    def watched(order_ids: Collection[str]) -> Collection[str]:
        with book.reading() as tx:
            return known_lines(tx, set(order_ids)).keys()

    return Notifications(
        queue, reading, known=is_known, watched=watched, ask=orders.look, finished=health.finished, told=told_by("notifications")
    )


@dataclass(frozen=True)
class InDoubt:
    """
    Whom the doubt step asks: about an order the orders' source, about its product's release the catalogue.
    """

    sources: tuple[Source, ...]

    @property
    def name(self) -> str:
        """
        The name of the one that speaks of orders.
        """
        return self.sources[0].name

    def look(self, keys: Sequence[OrderKey], now: datetime) -> Iterator[Batch]:
        """
        Yield what all of them say now.
        """
        for source in self.sources:
            yield from source.look(keys, now)


def catalog_of(session: Session, book: Store, own_seller: str | None) -> Catalog:
    """
    Return the source of release dates, for the products with open pre-orders; by SKU only with the seller's own id.
    """
    from watchdog.sources.spapi.catalog import Catalog

    by_sku = own_seller is not None

    def all_awaited() -> tuple[Awaited, ...]:
        with book.reading() as tx:
            return _askable(awaited(tx, by_sku=by_sku))

    def some_awaited(keys: Collection[OrderKey]) -> tuple[Awaited, ...]:
        with book.reading() as tx:
            return _askable(awaited_of(tx, keys, by_sku=by_sku))

    return Catalog(session, all_awaited, some_awaited, own_seller)


def _askable(products: Iterable[Awaited]) -> tuple[Awaited, ...]:
    return tuple(each for each in products if each.asin is not None or _fits(each.sku))


def _fits(sku: str | None) -> bool:
    """
    Say whether the catalogue can be asked by that SKU: identifiers are joined by commas, so one with a comma would be two.
    """
    return bool(sku) and "," not in str(sku)


def is_unasked(settings: Settings, product: Product) -> bool:
    """
    Say whether the catalogue is asked for products, and can't be for this one because only its SKU is known.
    """
    if settings.spapi_refresh_token is None or product.asin is not None:
        return False
    return settings.spapi_seller_id is None or not _fits(product.sku)


def health_of(session: Session, account: Account, reading: Reading, folder: Path) -> Report:
    """
    Return the source of account health.
    """
    from watchdog.sources.spapi.reports import HEALTH, Report

    return Report(session, HEALTH, account.marketplaces, reading, folder)


def unshipped_of(session: Session, orders: Orders, account: Account, reading: Reading, folder: Path) -> Report:
    """
    Return the last resort: the unshipped orders report, asked for only while Amazon refuses every interface for orders.
    """
    from watchdog.sources.spapi.reports import UNSHIPPED, Report

    return Report(session, UNSHIPPED, account.marketplaces, reading, folder, wanted=orders.is_mute)


def pricing_of(session: Session, book: Store, own_seller: str) -> Pricing:
    """
    Return the source of other sellers' prices, for the products with an open case.
    """
    from watchdog.sources.spapi.pricing import Pricing

    def all_flagged() -> tuple[tuple[MarketplaceId, Asin], ...]:
        with book.reading() as tx:
            return flagged(tx)

    return Pricing(session, own_seller, all_flagged)


def price_of(sources: Sequence[Source], book: Store) -> PriceOf | None:
    """
    Return what tells a letter the price others ask: as last seen, or looked up now; None where prices are not looked up.
    """
    if not sources:
        return None
    from watchdog.sources.spapi.pricing import Pricing, seen_in

    found = next((source for source in sources if isinstance(source, Pricing)), None)
    if found is None:
        return None
    pricing = found

    def seen(place: MarketplaceId, asin: Asin, now: datetime) -> SeenPrice | None:
        with book.reading() as tx:
            mark = journal.mark(tx, pricing.name)
        news = pricing.on_demand(place, asin, mark, now)
        if news is not None:
            with book.writing() as tx:
                journal.save_mark(tx, pricing.name, news)
        return seen_in(news or mark, place, asin)

    return seen
