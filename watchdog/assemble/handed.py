"""
What pure rooms are handed because they may not fetch it themselves: closed days, template texts, keyed digests.
"""

from __future__ import annotations

import hashlib
import ipaddress
import os
import secrets
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from watchdog.compose.screens import Screens
from watchdog.sources.files import Reading
from watchdog.terms.calendar import Calendar
from watchdog.terms.errors import ConfigError
from watchdog.terms.sentences import say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from watchdog.terms.account import Account
    from watchdog.terms.identity import MarketplaceId
    from watchdog.terms.marketplace import Marketplace

_KEY_FILE = "fingerprint.key"
_YEAR_END = frozenset({(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)})


class ClosedDays:
    """
    National holidays of one country and, by setting, Japan's year-end days; computed year by year when first asked.
    """

    def __init__(self, country: str, *, year_end: bool) -> None:
        """
        Remember whose holidays are meant.
        """
        self.country = country
        self.year_end = year_end and country == "JP"

    def __contains__(self, day: object) -> bool:
        """
        Say whether the marketplace's day is a holiday.
        """
        if not isinstance(day, date):
            return False
        return (self.year_end and (day.month, day.day) in _YEAR_END) or day in _holidays(self.country, day.year)


@cache
def _holidays(country: str, year: int) -> frozenset[date]:
    import holidays

    try:
        return frozenset(holidays.country_holidays(country, years=year))
    except NotImplementedError:
        return frozenset()


def calendars_of(marketplaces: Iterable[Marketplace], *, year_end: bool) -> dict[MarketplaceId, Calendar]:
    """
    Return each marketplace's business days.
    """
    return {place.id: Calendar(ClosedDays(place.country, year_end=year_end)) for place in marketplaces}


def templates_of(overrides: Path | None) -> dict[str, str]:
    """
    Return the shipped letters by name (``ja/ticket.txt``), with the seller's own files of the same name in their place.
    """
    root = files("watchdog.compose") / "templates"
    texts = {
        f"{folder.name}/{file.name}": file.read_text("utf-8") for folder in root.iterdir() if folder.is_dir() for file in folder.iterdir()
    }
    for file in sorted(overrides.glob("*/*")) if overrides else ():
        texts[f"{file.parent.name}/{file.name}"] = file.read_text("utf-8")
    return texts


def screens_of(base_url: str | None) -> Screens:
    """
    Return the pages that notices lead to; none where only this machine could open them.
    """
    name = urlsplit(base_url or "").hostname or "localhost"
    return Screens("" if name == "localhost" or _is_this_machine(name) else base_url or "")


def _is_this_machine(name: str) -> bool:
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def key_of(state_dir: Path, *, create: bool) -> bytes:
    """
    Return this machine's fingerprint key, made once and never in a backup (DESIGN §7); a passing one where nothing may be written.
    """
    path = state_dir / _KEY_FILE
    if path.exists():
        return path.read_bytes()
    key = secrets.token_bytes(32)
    if create:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(key)
    return key


def reading_of(account: Account, key: bytes, *, columns: Iterable[tuple[str, str]] = ()) -> Reading:
    """
    Return how files are read: the home marketplace, digests keyed with this machine's key, and the seller's own names of columns.

    Raises:
        ConfigError: a name stands for none that any reader knows.
    """
    aliases = _aliases(columns, account.language)
    key_id = hashlib.blake2b(key, digest_size=4).hexdigest()

    def digest(cells: bytes) -> int:
        return int.from_bytes(hashlib.blake2b(cells, digest_size=8, key=key).digest(), "big", signed=True)

    def fingerprint(kind: str, cells: bytes) -> str:
        return f"{key_id}:{kind}:{hashlib.blake2b(cells, digest_size=16, key=key).hexdigest()}"

    return Reading(home=account.home, digest=digest, fingerprint=fingerprint, aliases=aliases)


def _aliases(columns: Iterable[tuple[str, str]], language: str) -> dict[str, str]:
    from watchdog.sources.formats import columns as of_orders
    from watchdog.sources.formats import release_list
    from watchdog.sources.formats.tabular import fold

    aliases = {fold(own): fold(meant) for own, meant in columns}
    known = {name for table in (of_orders.COLUMNS, release_list.COLUMNS) for names in table.values() for name in names}
    if strange := [name for name in dict.fromkeys(aliases.values()) if name not in known]:
        raise ConfigError([say("column_name_unknown", language, {"name": name}) for name in strange])
    return aliases
