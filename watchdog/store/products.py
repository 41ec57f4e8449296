"""
Products by their names: found or made for what is observed, and merged when an ASIN and a SKU turn out to be one.

A product is marketplace + ASIN, or + SKU while no ASIN is known. A SKU belongs to one ASIN; an ASIN may have several SKUs.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, update

from watchdog.store.chunks import chunks
from watchdog.store.columns import to_text
from watchdog.store.schema import lines, pairs, product_names, products, showings
from watchdog.store.schema_cases import cases, coverage_rows, notices
from watchdog.terms.identity import MarketplaceId, ProductId
from watchdog.terms.marketplace import BY_ID

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Update

    from watchdog.store.database import Transaction
    from watchdog.terms.observation import Observation

ANYWHERE = "*"  #: the marketplace of a release list that names none

#: A product's name within one marketplace.
Named = tuple[str, str]


@dataclass(slots=True)
class Registered:
    """
    One product as the register holds it.
    """

    id: ProductId
    asin: str | None
    sku: str | None
    title: str | None
    titled_at: datetime | None
    has_marked: bool


class Register:
    """
    The products met so far in one look; every name is asked for once.
    """

    def __init__(self) -> None:
        """
        Begin empty: names are looked up as they are met.
        """
        self._entries: dict[Named, Registered | None] = {}
        self._asins: dict[Named, str | None] = {}  #: (marketplace, sku) → ASIN by a release list's word
        self._made: list[tuple[MarketplaceId, Registered]] = []  #: not yet written
        self._names: list[tuple[Named, ProductId]] = []  #: not yet written
        self._settled: dict[tuple[str, str | None, str | None], Registered] = {}  #: (marketplace, ASIN, SKU) → its product

    def resolve(self, tx: Transaction, observed: Collection[Observation], as_of: datetime) -> list[Registered]:
        """
        Return the product of each observation; new ones are made, titles renewed, merges carried out.
        """
        new = [each for each in observed if (each.marketplace_id, each.asin, each.sku) not in self._settled or not (each.asin or each.sku)]
        self._load(tx, new)
        for each in new:
            if self._find(tx, each) is None:
                self._make(tx, each, as_of)
        entries = [self._entry(each) for each in observed]
        self._flush(tx)
        titled = {
            entry.id: entry for each, entry in zip(observed, entries, strict=True) if each.title and _retitle(entry, each.title, as_of)
        }
        for entry in titled.values():
            tx.connection.execute(_one(tx, entry.id).values(title=entry.title, titled_at=entry.titled_at))
        return entries

    def _entry(self, each: Observation) -> Registered:
        names = (each.marketplace_id, each.asin, each.sku)
        entry = self._settled.get(names)
        if entry is None or not (each.asin or each.sku):
            entry = self._entries[self._named(each)[0]]
            if entry is None:
                raise AssertionError("every observation has its product by now")
            self._settled[names] = entry
        return entry

    def _asin(self, each: Observation) -> str | None:
        if each.asin is not None or each.sku is None:
            return each.asin
        return self._asins.get((each.marketplace_id, each.sku)) or self._asins.get((ANYWHERE, each.sku))

    def _named(self, each: Observation) -> list[Named]:
        asin = self._asin(each)
        names = [f"asin:{asin}"] if asin else []
        if each.sku:
            names.append(f"sku:{each.sku}")
        return [(each.marketplace_id, name) for name in names or [f"order:{each.order_id}"]]

    def _load(self, tx: Transaction, observed: Collection[Observation]) -> None:
        bare = [each for each in observed if each.asin is None and each.sku]
        wanted = {(place, str(each.sku)) for each in bare for place in (each.marketplace_id, ANYWHERE)} - self._asins.keys()
        self._asins |= dict.fromkeys(wanted)
        self._asins |= learned_pairs(tx, wanted)
        missing = {named for each in observed for named in self._named(each)} - self._entries.keys()
        known = {entry.id: entry for entry in self._entries.values() if entry is not None}
        self._entries |= dict.fromkeys(missing)
        self._entries |= {named: known.setdefault(entry.id, entry) for named, entry in by_name(tx, missing).items()}

    def _find(self, tx: Transaction, each: Observation) -> Registered | None:
        """
        Return the known product; where the observation pairs an ASIN with a SKU that had none, the two become one.
        """
        named = self._named(each)
        first, last = self._entries[named[0]], self._entries[named[-1]]
        if first is last:
            return first
        if first is None:
            if last is None or last.asin is not None:
                return None
            return self._adopt(tx, each, last)
        if last is None:
            self._name(named[-1], first)
        elif last.asin is None:
            self._flush(tx)
            merge(tx, last.id, first.id)
            self._entries = {name: first if entry is last else entry for name, entry in self._entries.items()}
            self._settled.clear()
        return first

    def _make(self, tx: Transaction, each: Observation, as_of: datetime) -> Registered:
        highest = self._made[-1][1].id if self._made else _highest(tx)
        entry = Registered(ProductId(highest + 1), self._asin(each), each.sku, each.title, as_of if each.title else None, has_marked=False)
        self._made.append((each.marketplace_id, entry))
        for named in self._named(each):
            if self._entries[named] is None:
                self._name(named, entry)
        return entry

    def _adopt(self, tx: Transaction, each: Observation, entry: Registered) -> Registered:
        self._flush(tx)
        entry.asin = self._asin(each)
        adopt(tx, entry.id, str(entry.asin))
        self._name(self._named(each)[0], entry)
        return entry

    def _name(self, named: Named, entry: Registered) -> None:
        self._entries[named] = entry
        self._names.append((named, entry.id))

    def _flush(self, tx: Transaction) -> None:
        columns = ("account_id", "product_id", "marketplace_id", "asin", "sku", "title", "titled_at", "has_marked", "last_state")
        made = [
            (tx.account_id, e.id, place, e.asin, e.sku, e.title, e.titled_at and to_text(e.titled_at), False, 0) for place, e in self._made
        ]
        tx.bulk("products", columns, made)
        names = [(tx.account_id, place, name, number) for (place, name), number in self._names]
        tx.bulk("product_names", ("account_id", "marketplace_id", "name", "product_id"), names)
        self._made, self._names = [], []


def _retitle(entry: Registered, title: str | None, as_of: datetime) -> bool:
    """
    Keep the newest title; of two said at once the greater, so that arrival order makes no difference.
    """
    if not title or title == entry.title:
        return False
    if entry.titled_at is not None and (as_of, title) < (entry.titled_at, entry.title or ""):
        return False
    entry.title, entry.titled_at = title, as_of
    return True


def _highest(tx: Transaction) -> int:
    query = select(func.coalesce(func.max(products.c.product_id), 0)).where(products.c.account_id == tx.account_id)
    return int(tx.connection.execute(query).scalar_one())


def _one(tx: Transaction, product_id: int) -> Update:
    return update(products).where(products.c.account_id == tx.account_id, products.c.product_id == product_id)


def by_name(tx: Transaction, wanted: Collection[Named]) -> dict[Named, Registered]:
    """
    Return the products of these names; unknown ones are left out.
    """
    found: dict[Named, Registered] = {}
    shared: dict[int, Registered] = {}
    by_place: dict[str, list[str]] = defaultdict(list)
    for place, name in wanted:
        by_place[place].append(name)
    own = products.c.account_id == product_names.c.account_id
    query = select(product_names.c.marketplace_id, product_names.c.name, products).join(
        products, own & (products.c.product_id == product_names.c.product_id)
    )
    for place, names in by_place.items():
        for part in chunks(names):
            here = (product_names.c.account_id == tx.account_id, product_names.c.marketplace_id == place, product_names.c.name.in_(part))
            for row in tx.connection.execute(query.where(*here)):
                entry = Registered(ProductId(row.product_id), row.asin, row.sku, row.title, row.titled_at, row.has_marked)
                found[row[0], row.name] = shared.setdefault(entry.id, entry)
    return found


def learned_pairs(tx: Transaction, wanted: Collection[Named]) -> dict[Named, str]:
    """
    Return the ASIN of each (marketplace, SKU) that a release list has named.
    """
    found: dict[Named, str] = {}
    for part in chunks({sku for _place, sku in wanted}):
        query = select(pairs.c.marketplace_id, pairs.c.sku, pairs.c.asin).where(pairs.c.account_id == tx.account_id, pairs.c.sku.in_(part))
        found |= {(place, sku): asin for place, sku, asin in tx.connection.execute(query) if (place, sku) in wanted}
    return found


def learn_pair(tx: Transaction, marketplace_id: str, sku: str, asin: str) -> None:
    """
    Remember that the SKU is one of the ASIN's, and make one product of two where both are known apart.
    """
    if learned_pairs(tx, {(marketplace_id, sku)}).get((marketplace_id, sku)) == asin:
        return
    mine = (pairs.c.account_id == tx.account_id, pairs.c.marketplace_id == marketplace_id, pairs.c.sku == sku)
    tx.connection.execute(delete(pairs).where(*mine))
    tx.connection.execute(insert(pairs).values(account_id=tx.account_id, marketplace_id=marketplace_id, sku=sku, asin=asin))
    where = [product_names.c.account_id == tx.account_id, product_names.c.name == f"sku:{sku}"]
    if marketplace_id != ANYWHERE:
        where.append(product_names.c.marketplace_id == marketplace_id)
    for place in tx.connection.execute(select(product_names.c.marketplace_id).where(*where)).scalars().all():
        both = by_name(tx, {(place, f"sku:{sku}"), (place, f"asin:{asin}")})
        _unite(tx, place, asin, both[place, f"sku:{sku}"], both.get((place, f"asin:{asin}")))


def _unite(tx: Transaction, place: str, asin: str, loose: Registered, named: Registered | None) -> None:
    if loose.asin is not None:
        return
    if named is not None:
        merge(tx, loose.id, named.id)
        return
    adopt(tx, loose.id, asin)
    name = {"account_id": tx.account_id, "marketplace_id": place, "name": f"asin:{asin}", "product_id": loose.id}
    tx.connection.execute(insert(product_names).values(**name))


def adopt(tx: Transaction, product_id: ProductId, asin: str) -> None:
    """
    Give a product that was known by its SKU only its ASIN.
    """
    tx.connection.execute(_one(tx, product_id).values(asin=asin))


def merge(tx: Transaction, gone: ProductId, into: ProductId) -> None:
    """
    Make one product of two: everything of ``gone`` belongs to ``into``, which counts as touched wherever one of them was.
    """
    execute = tx.connection.execute
    for table in (lines, product_names, cases):
        mine = (table.c.account_id == tx.account_id, table.c.product_id == gone)
        execute(update(table).where(*mine).values(product_id=into))
    both = select(func.max(products.c.last_state)).where(products.c.account_id == tx.account_id, products.c.product_id.in_((gone, into)))
    marked = select(products.c.has_marked).where(
        products.c.account_id == tx.account_id, products.c.product_id.in_((gone, into)), products.c.has_marked
    )
    execute(_one(tx, into).values(last_state=execute(both).scalar_one(), has_marked=execute(marked).first() is not None))
    had = select(showings.c.shelf_no).where(showings.c.account_id == tx.account_id, showings.c.product_id == into)
    mine = (showings.c.account_id == tx.account_id, showings.c.product_id == gone)
    execute(update(showings).where(*mine, showings.c.shelf_no.not_in(had)).values(product_id=into))
    for table in (showings, coverage_rows, notices, products):
        execute(delete(table).where(table.c.account_id == tx.account_id, table.c.product_id == gone))


def of_release(tx: Transaction, marketplace_id: str, asin: str | None, sku: str | None) -> tuple[ProductId, ...]:
    """
    Return the products a release row speaks of, in one marketplace or (``*``) in all.
    """
    names = [name for name in (asin and f"asin:{asin}", sku and f"sku:{sku}") if name]
    query = select(product_names.c.product_id).where(product_names.c.account_id == tx.account_id, product_names.c.name.in_(names))
    if marketplace_id == ANYWHERE:
        query = query.where(product_names.c.marketplace_id.in_(list(BY_ID)))
    else:
        query = query.where(product_names.c.marketplace_id == marketplace_id)
    return tuple(ProductId(number) for number in tx.connection.execute(query.distinct()).scalars())
