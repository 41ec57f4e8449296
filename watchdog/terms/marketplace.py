"""
The table of Amazon's marketplaces: ids, zones, languages, how a row names its marketplace, where the seller works.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo

from watchdog.terms.identity import MarketplaceId

JAPAN = MarketplaceId("A1VC38T7YXB528")


@dataclass(frozen=True, slots=True)
class Marketplace:
    """
    One Amazon store (facts and their confidence: reference ``spapi.md`` §2; zones are not official).
    """

    id: MarketplaceId
    country: str  #: ISO 3166 code, as in reports' ``ship-country``
    zone_name: str
    currency: str
    language: str  #: of letters to its support and its buyers
    domain: str  #: ``amazon.co.jp``: the sales channel, and the end of buyers' relay addresses
    region: str  #: which of Amazon's three API hosts: na, eu, fe

    @property
    def zone(self) -> ZoneInfo:
        """
        The zone whose calendar dates are this marketplace's dates.
        """
        return _zone(self.zone_name)

    @property
    def name(self) -> str:
        """
        The store's name as people say it: ``Amazon.co.jp``.
        """
        return self.domain.capitalize()

    def order_link(self, order_id: str) -> str:
        """
        Return the order's page in Seller Central.
        """
        return f"https://sellercentral.{self.domain}/orders-v3/order/{order_id}"


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _store(row: str) -> Marketplace:
    country, place, region, zone, currency, language, domain = row.split()
    return Marketplace(MarketplaceId(place), country, zone, currency, language, domain, region)


_ROWS = """
JP A1VC38T7YXB528 fe Asia/Tokyo          JPY ja amazon.co.jp
AU A39IBJ37TRP1C6 fe Australia/Sydney    AUD en amazon.com.au
SG A19VAU5U5O7RUS fe Asia/Singapore      SGD en amazon.sg
US ATVPDKIKX0DER  na America/Los_Angeles USD en amazon.com
CA A2EUQ1WTGCTBG2 na America/Los_Angeles CAD en amazon.ca
MX A1AM78C64UM0Y8 na America/Los_Angeles MXN es amazon.com.mx
BR A2Q3Y263D00KWC na America/Sao_Paulo   BRL pt amazon.com.br
GB A1F83G8C2ARO7P eu Europe/London       GBP en amazon.co.uk
DE A1PA6795UKMFR9 eu Europe/Berlin       EUR de amazon.de
FR A13V1IB3VIYZZH eu Europe/Paris        EUR fr amazon.fr
IT APJ6JRA9NG5V4  eu Europe/Rome         EUR it amazon.it
ES A1RKKUPIHCS9HS eu Europe/Madrid       EUR es amazon.es
NL A1805IZSGTT6HS eu Europe/Amsterdam    EUR nl amazon.nl
BE AMEN7PMS3EDWL  eu Europe/Brussels     EUR fr amazon.com.be
IE A28R8C7NBKEWEA eu Europe/Dublin       EUR en amazon.ie
SE A2NODRKZP88ZB9 eu Europe/Stockholm    SEK sv amazon.se
PL A1C3SOZRARQ6R3 eu Europe/Warsaw       PLN pl amazon.pl
TR A33AVAJ2PDY3EV eu Europe/Istanbul     TRY tr amazon.com.tr
EG ARBP9OOSHTCHU  eu Africa/Cairo        EGP ar amazon.eg
SA A17E79C6D8DWNP eu Asia/Riyadh         SAR ar amazon.sa
AE A2VIGQ35RCS4UG eu Asia/Dubai          AED ar amazon.ae
ZA AE08WJ6YKNBMC  eu Africa/Johannesburg ZAR en amazon.co.za
IN A21TJRUUN4KGV  eu Asia/Kolkata        INR en amazon.in
"""

MARKETPLACES: tuple[Marketplace, ...] = tuple(_store(row) for row in _ROWS.split("\n") if row)
BY_ID = {store.id: store for store in MARKETPLACES}
BY_COUNTRY = {store.country: store for store in MARKETPLACES} | {"UK": BY_ID[MarketplaceId("A1F83G8C2ARO7P")]}
BY_DOMAIN = {store.domain: store for store in MARKETPLACES}


def by_id(text: str) -> Marketplace | None:
    """
    Return the marketplace of an id or a country code, or None.
    """
    text = text.strip()
    return BY_ID.get(MarketplaceId(text)) or BY_COUNTRY.get(text.upper())


def by_channel(text: str) -> Marketplace | None:
    """
    Return the marketplace of a sales channel (``Amazon.co.jp``), or None.
    """
    return BY_DOMAIN.get(text.strip().lower().removeprefix("www."))
