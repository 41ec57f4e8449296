"""
How a release date the seller names is understood, and where it is kept: the log, and his own list if he has one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.terms.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from watchdog.assemble import House
    from watchdog.settings import Settings
    from watchdog.terms.look import ReleaseSaid


def spoken(
    house: House, product: str, day: str, *, title: str | None, kind: str | None, marketplace: str | None
) -> tuple[ReleaseSaid, bool]:
    """
    Return what was typed as a release date, and whether the log knows the product.

    A name the log knows as a SKU is one; else what looks like an ASIN (``B0…`` or an ISBN) is an ASIN.

    Raises:
        UsageError: the date, the ASIN or the marketplace can't be read.
    """
    from watchdog.commands.decided import cleaned
    from watchdog.terms.identity import parse_asin, parse_sku
    from watchdog.terms.look import ReleaseSaid, ReleaseSource
    from watchdog.terms.marketplace import by_id

    name = cleaned(product)
    store = by_id(marketplace) if marketplace else None
    if marketplace and store is None:
        raise UsageError("marketplace_unknown", text=marketplace)
    kind, known = _kind(house, name) if kind is None else (kind, _is_known(house, kind, name))
    asin = parse_asin(name) if kind == "asin" else None
    sku = parse_sku(name) if kind == "sku" else None
    if asin is None and sku is None:
        raise UsageError("product_unreadable", text=name)
    said = ReleaseSaid(
        store.id if store else None, asin, sku, _day(day), ReleaseSource.SELLER_LIST, cleaned(title) if title is not None else None
    )
    return said, known


def _day(text: str) -> date:
    from watchdog.terms.moments import UnreadableDate, parse_date

    try:
        return parse_date(text)
    except UnreadableDate as error:
        raise UsageError("date_unreadable", text=text) from error


def _kind(house: House, name: str) -> tuple[str, bool]:
    for kind in ("sku", "asin"):
        if _is_known(house, kind, name):
            return kind, True
    text = name.upper()
    isbn = len(text) == 10 and text[:9].isdecimal()  # noqa: PLR2004 - an ISBN-10 is an ASIN too
    return ("asin" if isbn or (text.startswith("B0") and len(text) == 10) else "sku"), False  # noqa: PLR2004 - same


def _is_known(house: House, kind: str, name: str) -> bool:
    from watchdog.store import catalogue

    with house.store.reading() as tx:
        return catalogue.is_known(tx, f"{kind}:{name.upper() if kind == 'asin' else name}")


def own_dates(house: House) -> Mapping[str, date]:
    """
    Return the dates of the seller's own list by ``asin:…`` and ``sku:…``; of two of one ASIN the later.
    """
    from watchdog.store import catalogue

    found: dict[str, date] = {}
    with house.store.reading() as tx:
        own = catalogue.own_dates(tx)
    for (_place, asin, sku), day in own.items():
        for name in filter(None, (asin and f"asin:{asin}", sku and f"sku:{sku}")):
            found[name] = max(day, found.get(name, day))
    return found


def date_of(own: Mapping[str, date], said: ReleaseSaid) -> date | None:
    """
    Return what the seller's own list says of this product.
    """
    return own.get(f"sku:{said.sku}") or own.get(f"asin:{said.asin}")


def own_date(house: House, said: ReleaseSaid) -> date | None:
    """
    Return the same, asking the log.
    """
    return date_of(own_dates(house), said)


def keep(house: House, said: Sequence[ReleaseSaid], settings: Settings, *, name: str, now: datetime) -> None:
    """
    Write the dates into the seller's list, if there is one, then into the log.

    Raises:
        UsageError: the list can't be used or written; nothing has changed then.
    """
    from watchdog import assemble
    from watchdog.sources import own_list

    path = settings.releases_file
    if path is not None:
        try:
            own_list.write(path, said, assemble.reading(settings))
        except own_list.UnusableListError as error:
            raise UsageError("list_no_header", path=str(path)) from error
        except OSError as error:
            raise UsageError("list_unwritable", path=str(path), problem=error.strerror or str(error)) from error
    house.desk.learn(said, name=name, now=now)
