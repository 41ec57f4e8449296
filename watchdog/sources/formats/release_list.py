"""
The seller's own list of release dates (``releases.csv``): Japanese or English headers, comma, TAB or semicolon.
"""

from __future__ import annotations

import re
import unicodedata
from functools import partial
from typing import TYPE_CHECKING

from watchdog.sources.formats import tabular
from watchdog.sources.formats.cells import clean, no_release_date, place_names
from watchdog.sources.formats.headings import is_personal
from watchdog.sources.formats.reading import Blocks, Document, Reader, refuse
from watchdog.terms.identity import parse_asin, parse_sku
from watchdog.terms.look import Batch, Defect, Kind, Reason, ReleaseSaid, ReleaseSource
from watchdog.terms.marketplace import Marketplace, by_channel, by_id
from watchdog.terms.moments import UnreadableDate, parse_release_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchdog.sources.formats.head import Head

SOURCE = "releases"
COLUMNS: dict[str, tuple[str, ...]] = {
    "asin": ("asin", "asinコード"),
    "sku": ("sku", "seller-sku", "seller_sku", "seller sku", "sellersku", "出品者sku", "商品管理番号", "商品管理番号(sku)"),
    "release_date": ("release_date", "release date", "release-date", "releasedate", "発売日", "発売予定日"),
    "title": ("title", "product-name", "product_name", "商品名", "タイトル"),
    "note": ("note", "notes", "memo", "メモ", "備考"),
    "marketplace": ("marketplace", "marketplace_id", "marketplace-id", "marketplaceid", "マーケットプレイス"),
}
#: A table that names orders or people is no list of releases: its remarks are buyers' (DOMAIN §9).
_OF_ORDERS = frozenset(
    "order-id amazon-order-id amazonorderid order_id orderid buyer-name recipient-name buyer-email buyer-phone-number "
    "注文番号 注文id 注文者 注文者名 注文者氏名 購入者 購入者名 氏名 お名前 "
    "お届け先 お届け先名 お届け先氏名 送付先氏名 配送先氏名 郵便番号 電話番号 メールアドレス".split()
)
_ROUNDED = re.compile(r"\d+(?:[.,]\d+)?E\+\d+", re.IGNORECASE)


def opened(head: Head) -> Reader | None:
    """
    Return how to read the document if its header names a release date and a product, else None.
    """
    for header in head.headers:
        places = places_in(header)
        if "release_date" not in places or not _OF_ORDERS.isdisjoint(header.names):
            continue
        if "asin" in places or "sku" in places:
            return partial(_read, header, places)
        return refuse(SOURCE, Kind.RELEASES, Reason("file_column_missing", {"column": "asin"}))
    return None


def places_in(header: tabular.Header) -> dict[str, int]:
    """
    Return where the list's columns stand, by the names of ``COLUMNS``; those that are not there are left out.
    """
    there = place_names(header.names)
    found = {key: next((there[name] for name in names if name in there), None) for key, names in COLUMNS.items()}
    return {key: place for key, place in found.items() if place is not None}


def _read(header: tabular.Header, places: dict[str, int], document: Document, blocks: Blocks) -> Iterator[Batch]:
    releases: list[ReleaseSaid] = []
    defects: list[Defect] = []
    for place, cells in tabular.written_rows(header, blocks):
        if isinstance(cells, Reason):
            defects.append(Defect(place, cells))
            continue
        texts = {key: cell_text(cells[index], document.encoding) for key, index in places.items()}
        said = said_in(texts, header.names[places["release_date"]], document.reading.home)
        releases.append(said) if isinstance(said, ReleaseSaid) else defects.append(Defect(place, said))
    look = document.look(SOURCE, Kind.RELEASES)
    yield Batch(look, releases=tuple(releases), defects=tuple(defects))


def cell_text(cell: bytes, encoding: str) -> str:
    """
    Return what a cell says.
    """
    return clean(unicodedata.normalize("NFC", cell.decode(encoding, "replace")))


def said_in(texts: dict[str, str], column: str, home: Marketplace) -> ReleaseSaid | Reason:
    """
    Return what one line says, or why it says nothing.
    """
    named = texts.get("marketplace", "")
    store = by_id(named) or by_channel(named)
    if named and store is None:
        return Reason("row_marketplace_unknown")
    asin, sku = parse_asin(unicodedata.normalize("NFKC", texts.get("asin", ""))), parse_sku(texts.get("sku", ""))
    if asin is None and sku is None:
        return _no_product(texts.get("asin", ""))
    written = texts["release_date"]
    try:
        day = parse_release_date(written, (store or home).zone)
    except UnreadableDate:
        return no_release_date(column, written)
    if day is None:
        return Reason("row_release_date_missing")
    title, note = (None if is_personal(text) else text or None for text in (texts.get("title", ""), texts.get("note", "")))
    return ReleaseSaid(store.id if store else None, asin, sku, day, ReleaseSource.SELLER_LIST, title, note)


def _no_product(asin: str) -> Reason:
    if _ROUNDED.fullmatch(asin):
        return Reason("row_id_damaged", {"column": "asin", "shown": asin})
    return Reason("row_product_missing")
