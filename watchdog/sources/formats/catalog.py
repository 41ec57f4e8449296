"""
Catalog Items 2022-04-01: release dates as Amazon's catalogue says them; the launch of a product's page is none (DOMAIN §4).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from watchdog.sources.formats.cells import no_date
from watchdog.sources.formats.json_parts import begins_json, fields_of, objects_of, parts_of, text_of
from watchdog.terms.identity import parse_asin
from watchdog.terms.look import Batch, Defect, Kind, Reason, ReleaseSaid, ReleaseSource
from watchdog.terms.marketplace import by_id
from watchdog.terms.moments import UnreadableDate, parse_release_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from watchdog.sources.formats.head import Head
    from watchdog.sources.formats.reading import Blocks, Document, Reader
    from watchdog.terms.identity import Asin
    from watchdog.terms.marketplace import Marketplace

SOURCE = "inbox:catalog"
_ITEM = re.compile(rb'"asin"\s*:')
_PARTS = re.compile(rb'"(?:summaries|attributes|numberOfResults)"\s*:')


class _Written(NamedTuple):
    place: str  #: marketplace id
    text: str
    source: ReleaseSource = ReleaseSource.CATALOG


def opened(head: Head) -> Reader | None:
    """
    Return how to read the document if it begins like an answer about catalogue items, else None.
    """
    return _read if begins_json(head.text) and _ITEM.search(head.text) and _PARTS.search(head.text) else None


def _read(document: Document, blocks: Blocks) -> Iterator[Batch]:
    parts = parts_of(b"".join(blocks), _is_ours)
    if isinstance(parts, Reason):
        yield document.refused(SOURCE, Kind.RELEASES, parts)
        return
    said: list[ReleaseSaid] = []
    defects: list[Defect] = []
    for line, value in parts.values:
        found, wrong = said_in(value, document.reading.home)
        said += found
        defects += [replace(defect, place=line) for defect in wrong] if parts.by_line else wrong
    yield Batch(document.look(SOURCE, Kind.RELEASES), releases=tuple(said), defects=tuple(defects))


def said_in(value: Any, home: Marketplace) -> tuple[list[ReleaseSaid], list[Defect]]:
    """
    Return every date an answer gives, and why others can't be used, by the item's position counted from 1.
    """
    said: list[ReleaseSaid] = []
    defects: list[Defect] = []
    for place, item in enumerate(_items_in(value), 1):
        for one in _said_in(item, home):
            said.append(one) if isinstance(one, ReleaseSaid) else defects.append(Defect(place, one))
    return said, defects


def asins_in(value: Any) -> tuple[Asin, ...]:
    """
    Return which items an answer is about.
    """
    return tuple(asin for item in _items_in(value) if (asin := parse_asin(text_of(item.get("asin")))) is not None)


def _is_ours(value: Mapping[str, Any]) -> bool:
    return any("asin" in item for item in _items_in(value)[:1])


def _items_in(value: Any) -> list[Mapping[str, Any]]:
    if isinstance(value, list):
        return [item for part in value for item in _items_in(part)]
    page = fields_of(value)
    page = fields_of(page.get("payload")) or page
    return objects_of(page["items"]) if isinstance(page.get("items"), list) else [page]


def _said_in(item: Mapping[str, Any], home: Marketplace) -> Iterator[ReleaseSaid | Reason]:
    """
    Yield every date an item is given, and why one can't be used.
    """
    asin = parse_asin(text_of(item.get("asin")))
    if asin is None:
        yield Reason("row_product_missing")
        return
    summaries = objects_of(item.get("summaries"))
    titles = {text_of(summary.get("marketplaceId")): text_of(summary.get("itemName")) or None for summary in summaries}
    said = [_Written(text_of(summary.get("marketplaceId")), text_of(summary.get("releaseDate"))) for summary in summaries]
    streets = objects_of(fields_of(item.get("attributes")).get("street_date"))
    said += [_Written(text_of(street.get("marketplace_id")), text_of(street.get("value")), ReleaseSource.STREET_DATE) for street in streets]
    for one in said:
        found = _said(one, asin, home) if one.text else None
        if found is not None:
            yield replace(found, title=titles.get(one.place)) if isinstance(found, ReleaseSaid) else found


def _said(written: _Written, asin: Asin, home: Marketplace) -> ReleaseSaid | Reason | None:
    store = by_id(written.place) if written.place else home
    if store is None:
        return Reason("row_marketplace_unknown")
    try:
        day = parse_release_date(written.text, store.zone)
    except (UnreadableDate, OverflowError):
        column = "releaseDate" if written.source is ReleaseSource.CATALOG else "street_date"
        return no_date(column, written.text)
    return None if day is None else ReleaseSaid(store.id, asin, None, day, written.source)
