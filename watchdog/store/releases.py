"""
Release dates as they were said: every value with who said it and when, put in its place in time whatever order it arrives in.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, insert, or_, select, update

from watchdog.store.chunks import chunks
from watchdog.store.products import ANYWHERE, learn_pair
from watchdog.store.schema import ledger, product_names, releases
from watchdog.terms.identity import LookNo, ProductId
from watchdog.terms.look import Look, ReleaseSaid, ReleaseSource
from watchdog.terms.product import ReleaseDate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy import ColumnElement, Row, Update

    from watchdog.store.database import Transaction

#: What a release row speaks of: marketplace or ``*``, ASIN, SKU, and who says it.
_Key = tuple[str, str | None, str | None, ReleaseSource]


def learn_from(tx: Transaction, number: LookNo, look: Look, said: Sequence[ReleaseSaid]) -> int:
    """
    Keep the dates a look says; of two dates of one offer the later counts. A repeated value is not stored again.
    """
    dates: dict[_Key, ReleaseSaid] = {}
    for each in said:
        key = (each.marketplace_id or ANYWHERE, each.asin, each.sku, each.source)
        if key not in dates or dates[key].release_date < each.release_date:
            dates[key] = each
    stored = _stored(tx, dates)
    before = version(tx)
    news = sum(_keep(tx, key, each, stored.get(key, ()), number=number, as_of=look.as_of) for key, each in dates.items())
    for each in said:
        if each.asin and each.sku:
            learn_pair(tx, each.marketplace_id or ANYWHERE, each.sku, each.asin)
    if news:
        save_version(tx, before + 1)
    return news


def _stored(tx: Transaction, keys: Collection[_Key]) -> Mapping[_Key, list[Row[Any]]]:
    found: dict[_Key, list[Row[Any]]] = defaultdict(list)
    asins = {asin for _place, asin, _sku, _source in keys if asin}
    skus = {sku for _place, asin, sku, _source in keys if sku and not asin}
    parts = [releases.c.asin.in_(part) for part in chunks(asins)] + [releases.c.sku.in_(part) for part in chunks(skus)]
    for part in parts:
        query = select(releases).where(releases.c.account_id == tx.account_id, part).order_by(releases.c.learned_at)
        for row in tx.connection.execute(query):
            key = (row.marketplace_id, row.asin, row.sku, row.source)
            if key in keys and all(row.release_no != other.release_no for other in found[key]):
                found[key].append(row)
    return found


def _keep(tx: Transaction, key: _Key, said: ReleaseSaid, stored: Sequence[Row[Any]], *, number: LookNo, as_of: datetime) -> bool:
    """
    Put the value in its place in time: it lengthens the value that stood then, or stands between two.
    """
    standing = [row for row in stored if row.learned_at <= as_of]
    last = standing[-1] if standing else None
    if last is not None and last.release_date == said.release_date:
        if last.repeated_at < as_of:
            tx.connection.execute(_one(tx, last.release_no).values(repeated_at=as_of))
        return False
    if last is not None and last.learned_at == as_of and last.release_date > said.release_date:
        return False
    if last is not None and last.repeated_at > as_of:
        _split(tx, last, as_of)
    _insert(tx, number, key, said, learned_at=as_of, repeated_at=as_of)
    return True


def _split(tx: Transaction, row: Row[Any], moment: datetime) -> None:
    """
    Let a value that was said before and after ``moment`` stand twice, because another was said in between.
    """
    again = ReleaseSaid(None, row.asin, row.sku, row.release_date, row.source, row.title, row.note)
    _insert(
        tx,
        LookNo(row.look_no),
        (row.marketplace_id, row.asin, row.sku, row.source),
        again,
        learned_at=row.repeated_at,
        repeated_at=row.repeated_at,
    )
    tx.connection.execute(_one(tx, row.release_no).values(repeated_at=min(row.learned_at, moment)))


def _one(tx: Transaction, release_no: int) -> Update:
    return update(releases).where(releases.c.account_id == tx.account_id, releases.c.release_no == release_no)


def _insert(tx: Transaction, number: LookNo, key: _Key, said: ReleaseSaid, *, learned_at: datetime, repeated_at: datetime) -> None:
    highest = select(func.coalesce(func.max(releases.c.release_no), 0)).where(releases.c.account_id == tx.account_id)
    place, asin, sku, source = key
    row = {
        "account_id": tx.account_id,
        "release_no": tx.connection.execute(highest).scalar_one() + 1,
        "marketplace_id": place,
        "asin": asin,
        "sku": sku,
        "source": source,
        "release_date": said.release_date,
        "learned_at": learned_at,
        "repeated_at": repeated_at,
        "title": said.title,
        "note": said.note,
        "look_no": number,
    }
    tx.connection.execute(insert(releases).values(**row))


def version(tx: Transaction) -> int:
    """
    Return the version of the watch list; it grows with every release date learned and every product newly marked.
    """
    return int(tx.connection.execute(select(ledger.c.watch_version).where(ledger.c.account_id == tx.account_id)).scalar() or 0)


def save_version(tx: Transaction, new: int) -> None:
    """
    Note that the watch list has changed.
    """
    tx.put(ledger, [{"judged_state": 0, "judged_release": 0, "watch_version": new}], "watch_version")


def timeline(tx: Transaction, product_id: ProductId) -> tuple[ReleaseDate, ...]:
    """
    Return every value ever said of the product, oldest learned first.
    """
    return steps_of(tx.connection.execute(select(releases).where(speaks_of(tx, product_id))).all())


def steps_of(rows: Iterable[Row[Any]]) -> tuple[ReleaseDate, ...]:
    """
    Return the values these rows say of one product, oldest learned first.

    Where one source said several at once (two SKUs of one ASIN), the latest of them counts; equal neighbours are one. What a source
    says of this marketplace goes before what it says of any, from then on.
    """
    by_source: dict[ReleaseSource, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        by_source[row.source].append(row)
    found = [each for source, said in by_source.items() for each in _steps(source, said)]
    return tuple(sorted(found, key=lambda each: (each.learned_at, each.source.rank)))


def _steps(source: ReleaseSource, rows: Sequence[Row[Any]]) -> Iterable[ReleaseDate]:
    before: date | None = None
    for moment in sorted({moment for row in rows for moment in (row.learned_at, row.repeated_at)}):
        known = [row for row in rows if row.learned_at <= moment]
        of_here = [row for row in known if row.marketplace_id != ANYWHERE]
        days = [row.release_date for row in of_here or known if moment <= row.repeated_at]
        if days and max(days) != before:
            before = max(days)
            yield ReleaseDate(before, source, moment)


def speaks_of(tx: Transaction, product_id: ProductId) -> ColumnElement[bool]:
    """
    Return the condition that a release row speaks of this product.
    """
    mine = (product_names.c.account_id == tx.account_id, product_names.c.product_id == product_id)
    rows = tx.connection.execute(select(product_names.c.marketplace_id, product_names.c.name).where(*mine)).all()
    places = {ANYWHERE, *(place for place, _name in rows)}
    asins = [name.removeprefix("asin:") for _place, name in rows if name.startswith("asin:")]
    skus = [name.removeprefix("sku:") for _place, name in rows if name.startswith("sku:")]
    named = or_(releases.c.asin.in_(asins), and_(releases.c.asin.is_(None), releases.c.sku.in_(skus)))
    return and_(releases.c.account_id == tx.account_id, releases.c.marketplace_id.in_(places), named)
