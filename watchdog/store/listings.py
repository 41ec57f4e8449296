"""
What is sold before its release: products, their release dates as they were said, what is watched and what is not.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import and_, delete, select

from watchdog.store import journal
from watchdog.store import releases as release_rows
from watchdog.store.chunks import chunks
from watchdog.store.products import ANYWHERE
from watchdog.store.schema import looks, product_names, products, unlisted_products
from watchdog.store.schema import releases as releases_table
from watchdog.store.schema_cases import coverage_rows
from watchdog.terms.identity import Asin, LookNo, MarketplaceId, ProductId, Sku
from watchdog.terms.look import Look, ReleaseSaid, ReleaseSource, WatchList
from watchdog.terms.product import Product, ReleaseDate
from watchdog.terms.verdict import Coverage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from watchdog.store.database import Transaction


class Unlisted(NamedTuple):
    """
    A product that looks like a pre-order and is on no release list (DOMAIN §3).
    """

    marketplace_id: MarketplaceId
    asin: Asin | None
    sku: Sku | None
    title: str | None
    rows: int
    as_of: datetime


def learn(tx: Transaction, look: Look, said: Sequence[ReleaseSaid], *, now: datetime) -> int:
    """
    Keep every release date that is news and return how many were; a look of its own is written down for them.
    """
    number = journal.enter(tx, look, release_rows.version(tx), now=now)
    news = release_rows.learn_from(tx, number, look, said)
    journal.finish(tx, number, now=now)
    return news


def watch(tx: Transaction) -> WatchList:
    """
    Return which products are watched now: those with a release date, and those with open orders marked as pre-orders.
    """
    latest: dict[tuple[str, str], date] = {}
    newest: dict[tuple[str, str | None, str | None, ReleaseSource], date] = {}
    query = select(
        releases_table.c.marketplace_id, releases_table.c.asin, releases_table.c.sku, releases_table.c.source, releases_table.c.release_date
    )
    for place, asin, sku, source, day in tx.connection.execute(
        query.where(releases_table.c.account_id == tx.account_id).order_by(releases_table.c.learned_at)
    ):
        newest[place, asin, sku, source] = day
    for (place, asin, sku, _source), day in newest.items():
        for name in filter(None, (asin and f"asin:{asin}", sku and f"sku:{sku}")):
            latest[place, name] = max(day, latest.get((place, name), day))
    own = and_(product_names.c.account_id == products.c.account_id, product_names.c.product_id == products.c.product_id)
    marked = select(product_names.c.marketplace_id, product_names.c.name).join(products, own)
    rows = tx.connection.execute(marked.where(products.c.account_id == tx.account_id, products.c.has_marked))
    return WatchList(release_rows.version(tx), latest, frozenset((place, name) for place, name in rows))


def product(tx: Transaction, product_id: ProductId) -> Product:
    """
    Return the product with its names; the title as orders show it, else as a release list does.
    """
    mine = (products.c.account_id == tx.account_id, products.c.product_id == product_id)
    row = tx.connection.execute(select(products).where(*mine)).one()
    title = row.title
    if title is None:
        said = select(releases_table.c.title).where(release_rows.speaks_of(tx, product_id), releases_table.c.title.is_not(None))
        title = tx.connection.execute(said.order_by(releases_table.c.learned_at.desc(), releases_table.c.title).limit(1)).scalar()
    return Product(product_id, MarketplaceId(row.marketplace_id), row.asin, row.sku, title)


def releases(tx: Transaction, product_id: ProductId) -> tuple[ReleaseDate, ...]:
    """
    Return every value ever said of the product, oldest learned first.
    """
    return release_rows.timeline(tx, product_id)


def note_unlisted(tx: Transaction, number: LookNo, as_of: datetime, named: Mapping[tuple[str, str], tuple[Product, int]]) -> None:
    """
    Name the products of rows that nobody watches though they look like pre-orders; counted per look, the newest look stands.
    """
    for (place, name), (product_said, rows) in named.items():
        mine = (
            unlisted_products.c.account_id == tx.account_id,
            unlisted_products.c.marketplace_id == place,
            unlisted_products.c.name == name,
        )
        row = tx.connection.execute(select(unlisted_products).where(*mine)).first()
        if row is not None and row.as_of > as_of and row.look_no != number:
            continue
        total = rows + (row.rows if row is not None and row.look_no == number else 0)
        said = {"asin": product_said.asin, "sku": product_said.sku, "title": product_said.title}
        values = {"marketplace_id": place, "name": name, "rows": total, "look_no": number, "as_of": as_of, **said}
        tx.put(unlisted_products, [values], "asin", "sku", "title", "rows", "look_no", "as_of")


def forget_unlisted(tx: Transaction, number: LookNo, look: Look) -> None:
    """
    Forget what earlier looks of the source named: a finished complete look says anew which products look unlisted.
    """
    of_source = select(looks.c.look_no).where(
        looks.c.account_id == tx.account_id, looks.c.source == look.source, looks.c.as_of <= look.as_of, looks.c.look_no != number
    )
    mine = (unlisted_products.c.account_id == tx.account_id, unlisted_products.c.look_no.in_(of_source))
    tx.connection.execute(delete(unlisted_products).where(*mine))


def unlisted(tx: Transaction) -> tuple[Unlisted, ...]:
    """
    Return the products that look like pre-orders and are on no release list.
    """
    watched = set(watch(tx).releases)
    query = select(unlisted_products).where(unlisted_products.c.account_id == tx.account_id)
    rows = tx.connection.execute(query.order_by(unlisted_products.c.marketplace_id, unlisted_products.c.name)).all()
    return tuple(
        Unlisted(MarketplaceId(row.marketplace_id), row.asin, row.sku, row.title, row.rows, row.as_of)
        for row in rows
        if not {(place, name) for place in (row.marketplace_id, ANYWHERE) for name in (f"asin:{row.asin}", f"sku:{row.sku}")} & watched
    )


def passed_by(tx: Transaction) -> bool:
    """
    Say whether any order was ever read that could not be told to be one to watch.
    """
    query = select(looks.c.look_no).where(looks.c.account_id == tx.account_id, looks.c.rows_ignored > 0)
    return tx.connection.execute(query.limit(1)).first() is not None


def save_coverage(tx: Transaction, coverage: Sequence[Coverage]) -> None:
    """
    Keep what is watched of each examined product; a product without open orders is listed no more.
    """
    gone = [each.product.id for each in coverage if not each.open_orders]
    for part in chunks(gone):
        tx.connection.execute(
            delete(coverage_rows).where(coverage_rows.c.account_id == tx.account_id, coverage_rows.c.product_id.in_(part))
        )
    rows = [
        {
            "product_id": each.product.id,
            "open_orders": each.open_orders,
            "release_date": each.release_date,
            "release_source": each.release_source,
            "gap": each.gap,
            "said": each.said,
            "without_ship_by": each.without_ship_by,
        }
        for each in coverage
        if each.open_orders
    ]
    tx.put(coverage_rows, rows, "open_orders", "release_date", "release_source", "gap", "said", "without_ship_by")


def coverage(tx: Transaction) -> tuple[Coverage, ...]:
    """
    Return what is watched of every product with open orders, in the order of release.
    """
    own = and_(products.c.account_id == coverage_rows.c.account_id, products.c.product_id == coverage_rows.c.product_id)
    query = select(coverage_rows, products.c.marketplace_id, products.c.asin, products.c.sku, products.c.title).join(products, own)
    rows = tx.connection.execute(query.where(coverage_rows.c.account_id == tx.account_id).order_by(coverage_rows.c.product_id)).all()
    found = [
        Coverage(
            Product(ProductId(row.product_id), MarketplaceId(row.marketplace_id), row.asin, row.sku, row.title),
            row.open_orders,
            row.release_date,
            row.release_source,
            row.gap,
            tuple(row.said),
            row.without_ship_by,
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda each: (each.release_date is None, each.release_date or each.product.id, each.product.id)))
