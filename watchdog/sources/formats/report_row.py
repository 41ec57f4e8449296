"""
One row of an order report becomes an observation; buyers' cells are turned into a fingerprint here and go no further.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar

from watchdog.sources.formats.cells import clean, normal_address, place_names, shown_date
from watchdog.sources.formats.tabular import Header, Picker, cells_of
from watchdog.terms.identity import DamagedId, parse_asin, parse_line_key, parse_order_id, parse_sku
from watchdog.terms.look import Defect, Ignored, Reason, Row
from watchdog.terms.marketplace import BY_COUNTRY, Marketplace, by_channel, by_id
from watchdog.terms.moments import UnreadableDate, parse_instant, parse_ship_by
from watchdog.terms.observation import Facts, Observation, Status

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from watchdog.sources.formats.reading import Reading

#: Our name -> Amazon's names, the first that is there counts. The watched ones come first: they make the digest.
WATCHED: dict[str, tuple[str, ...]] = {
    "order_id": ("order-id", "amazon-order-id", "amazonorderid"),
    "item_id": ("order-item-id", "amazon-order-item-id"),
    "sku": ("sku", "seller-sku"),
    "asin": ("asin",),
    "purchased": ("purchase-date", "purchasedate"),
    "ship_by": ("promise-date", "expected-ship-date", "latest-ship-date", "latestshipdate"),
    "reported": ("reporting-date",),
    "shipped": ("quantity-shipped", "numberofitemsshipped"),
    "to_ship": ("quantity-to-ship", "numberofitemsunshipped"),
    "status": ("order-status", "orderstatus"),
    "order_type": ("order-type", "ordertype"),
    "payment": ("payment-method", "paymentmethod"),
    "cancel": ("is-buyer-requested-cancellation", "is-buyer-requested-cancelation"),
    "channel": ("sales-channel", "saleschannel"),
    "marketplace": ("marketplaceid", "marketplace-id"),
    "name": ("recipient-name",),
    "street_1": ("ship-address-1",),
    "street_2": ("ship-address-2",),
    "street_3": ("ship-address-3",),
    "city": ("ship-city", "shippingaddress.city"),
    "state": ("ship-state", "shippingaddress.stateorregion"),
    "postal_code": ("ship-postal-code", "shippingaddress.postalcode"),
    "country": ("ship-country", "shippingaddress.countrycode"),
}
UNWATCHED: dict[str, tuple[str, ...]] = {
    "email": ("buyer-email", "buyerinfo.buyeremail"),  #: only its domain is read, it names the marketplace
    "title": ("product-name",),
    "replacement": ("is-replacement-order", "isreplacementorder"),
    "exchange": ("is-exchange-order",),
    "fulfilled_by": ("fulfilled-by", "fulfillment-channel", "fulfillmentchannel"),
    "sourcing": ("納期回答期限日",),  #: only on sourcing-on-demand orders (取り寄せ)
}
_FLAGS: dict[bytes, bool | None] = {b"": None, b"true": True, b"false": False}  #: the usual spellings, without a call
_TRUE = frozenset({b"true", b"yes", b"1", b"y"})
_FALSE = frozenset({b"false", b"no", b"0", b"n"})
_STATUSES = {status.value.replace("_", ""): status for status in Status} | {"CANCELED": Status.CANCELLED}
_KEPT = 4096
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_LONGEST_COUNT = 9  # digits; no order holds a thousand million


def picker(header: Header, columns: Mapping[str, tuple[str, ...]]) -> Picker:
    """
    Return what picks these columns' cells, in their order; an empty cell where the report has no such column.
    """
    places = place_names(header.names)
    return itemgetter(*(next((places[name] for name in names if name in places), -1) for names in columns.values()))


class ReportRow:
    """
    Reads the rows of one report; remembers what many rows share (stores, SKUs, titles), never what belongs to one buyer.
    """

    def __init__(self, header: Header, *, reading: Reading, encoding: str) -> None:
        """
        Take the report's header and its encoding.
        """
        self._header = header
        self._pick = picker(header, {**WATCHED, **UNWATCHED})
        self._encoding = encoding
        self._home = reading.home
        self._fingerprint = reading.fingerprint
        self._stores: dict[tuple[bytes, ...], Marketplace | Ignored | Reason] = {}
        self._ignored: dict[tuple[bytes, ...], Ignored | None] = {}
        self._texts: dict[bytes, str] = {}
        self._standings: dict[tuple[bytes, ...], tuple[Status | None, bool | None]] = {}

    def read(self, row: Row) -> Observation | Defect | Ignored:
        """
        Return what the row says; a cell that can't be read rejects it, naming the column, never a buyer's data.
        """
        line = row.cells
        found = line if isinstance(line, Reason) else cells_of(self._header, line)
        if isinstance(found, Reason):
            return Defect(row.place, found)
        cells = self._pick(found)
        store = self._store(cells)
        if isinstance(store, Reason):
            return Defect(row.place, store)
        if isinstance(store, Ignored):
            return store
        reasons = cells[25:]
        ignored = self._ignored[reasons] if reasons in self._ignored else _kept(self._ignored, reasons, _ignored(*reasons))
        if ignored is not None:
            return ignored
        try:
            return self._observation(cells, store)
        except ValueError:
            return Defect(row.place, self._diagnosis(cells, store.zone))

    def _observation(self, cells: tuple[bytes, ...], store: Marketplace) -> Observation:
        order_id, item_id, sku, asin, purchased, ship_by, reported, shipped, to_ship, status, order_type, payment, cancel = cells[:13]
        zone = store.zone
        known, line_shipped = self._standing(status, shipped, to_ship)
        offer = self._text(sku)
        facts = Facts(
            status=known,
            ship_by=parse_ship_by(str(ship_by, "latin-1"), zone),
            fulfillable_at=parse_instant(str(reported, "latin-1"), zone) if reported else None,
            payment=self._text(payment) or None,
            address=self._address(cells[15:23]),
            cancel_requested=_FLAGS[cancel] if cancel in _FLAGS else _flag(cancel),
            line_shipped=line_shipped,
        )
        return Observation(
            marketplace_id=store.id,
            order_id=parse_order_id(str(order_id, "latin-1")),
            line=parse_line_key(str(item_id, "latin-1"), offer),
            sku=parse_sku(offer),
            asin=parse_asin(str(asin, "latin-1")) if asin else None,
            title=self._text(cells[24]) or None,
            purchased_at=parse_instant(str(purchased, "latin-1"), zone) if purchased else None,
            marked=known is Status.PENDING_AVAILABILITY or order_type.strip().lower() == b"preorder",
            facts=facts,
        )

    def _text(self, cell: bytes) -> str:
        """
        Return a cell that many rows share (SKU, title, payment method) as clean text, decoded once.
        """
        text = self._texts.get(cell)
        if text is None:
            text = _kept(self._texts, cell, clean(cell.decode(self._encoding, "replace")))
        return text

    def _standing(self, *cells: bytes) -> tuple[Status | None, bool | None]:
        standing = self._standings.get(cells)
        if standing is None:
            status, shipped, to_ship = cells
            standing = _kept(self._standings, cells, (_status(status, shipped), _line_shipped(shipped, to_ship)))
        return standing

    def _address(self, cells: tuple[bytes, ...]) -> str | None:
        """
        Return the fingerprint of the delivery address: of all of it, or of the postal code where no more is shown.
        """
        if cells[1] or cells[2] or cells[3]:
            return self._fingerprint("full", normal_address(b" ".join(cells).decode(self._encoding, "replace")))
        postal = normal_address(cells[6].decode(self._encoding, "replace"))
        return self._fingerprint("postal", postal) if postal else None

    def _store(self, cells: tuple[bytes, ...]) -> Marketplace | Ignored | Reason:
        mail = cells[23]
        relay = mail.rpartition(b"@")[2] if b"marketplace." in mail else b""  # a buyer's own domain is nobody's business
        key = (cells[13], cells[14], relay, cells[22])
        store = self._stores.get(key)
        if store is None:
            store = _kept(self._stores, key, _store_of(*(cell.decode("latin-1").strip() for cell in key), home=self._home))
        return store

    def _called(self, key: str) -> str:
        """
        Return the name this report gives to one of our columns, for people who must correct a cell.
        """
        names = WATCHED[key]
        return next((name for name in names if name in self._header.names), names[0])

    def _diagnosis(self, cells: tuple[bytes, ...], zone: ZoneInfo) -> Reason:
        """
        Return which cell of a row that can't be read is to blame.
        """
        for index, key in ((0, "order_id"), (1, "item_id")):
            if reason := _id_trouble(cells[index].decode("latin-1"), self._called(key), item=bool(index)):
                return reason
        for index, key in ((5, "ship_by"), (6, "reported"), (4, "purchased")):
            text = cells[index].decode(self._encoding, "replace")
            try:
                (parse_ship_by if key == "ship_by" else parse_instant)(text, zone)
            except UnreadableDate:
                return Reason("row_date_unreadable", {"column": self._called(key), "shown": shown_date(text)})
        raise AssertionError("a row was refused without a cause")


def _kept(cache: dict[_Key, _Value], key: _Key, value: _Value) -> _Value:
    """
    Remember what many rows share; a damaged file, where nothing is shared, never fills the memory.
    """
    if len(cache) >= _KEPT:
        cache.clear()
    cache[key] = value
    return value


def _id_trouble(text: str, column: str, *, item: bool) -> Reason | None:
    try:
        parse_line_key(text, "") if item else parse_order_id(text)
    except DamagedId as error:
        return Reason("row_id_damaged", {"column": column, "shown": str(error)})
    except ValueError:
        return Reason("row_id_missing", {"column": column})
    return None


def _store_of(channel: str, marketplace: str, domain: str, country: str, *, home: Marketplace) -> Marketplace | Ignored | Reason:
    """
    Return whose row it is: sales channel, else the buyer's relay address, else the country, else home (columns.md, point 7).
    """
    if channel.lower().startswith("non-amazon"):
        return Ignored("not_amazon")
    if named := channel or marketplace:
        return by_channel(named) or by_id(named) or Reason("row_marketplace_unknown")
    return by_channel(domain.rpartition("marketplace.")[2]) or BY_COUNTRY.get(country.upper()) or home


def _ignored(replacement: bytes, exchange: bytes, fulfilled_by: bytes, sourcing: bytes) -> Ignored | None:
    if (replacement or exchange) and (_flag(replacement) or _flag(exchange)):
        return Ignored("replacement")
    if fulfilled_by and fulfilled_by.strip().lower().startswith((b"amazon", b"afn")):
        return Ignored("amazon_fulfilled")
    return Ignored("sourcing_on_demand") if sourcing and sourcing.strip() else None


def _flag(cell: bytes) -> bool | None:
    if not cell:
        return None
    word = cell.strip(b' "').lower()
    return True if word in _TRUE else False if word in _FALSE else None


def _status(cell: bytes, shipped: bytes) -> Status | None:
    """
    Return the status a report names; one that names none lists orders that wait to be shipped.
    """
    if cell:
        return _STATUSES.get(cell.decode("latin-1").strip().upper().replace("-", "").replace("_", "").replace(" ", ""))
    return Status.PARTIALLY_SHIPPED if _count(shipped) else Status.UNSHIPPED


def _line_shipped(shipped: bytes, to_ship: bytes) -> bool | None:
    left = _count(to_ship)
    return None if left is None else False if left else True if _count(shipped) else None


def _count(cell: bytes) -> int | None:
    plain = cell.strip()
    return int(plain) if plain.isdigit() and len(plain) <= _LONGEST_COUNT else None
