"""
One row of an order report becomes an observation; buyers' cells are turned into a fingerprint here and go no further.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from watchdog.sources.formats.cells import clean, instant_in, item_id_in, no_date, normal_address, order_id_in, place_names
from watchdog.sources.formats.columns import ADDRESS, COLUMNS, SHARED
from watchdog.sources.formats.headings import Headings, is_personal, payment_in
from watchdog.sources.formats.standing import OrderStanding, count_in, flag_in, ignored_because, is_line_shipped, stands, status_in
from watchdog.sources.formats.tabular import Header, Picker, cells_of
from watchdog.terms.identity import Asin, DamagedId, LineKey, Sku, parse_asin, parse_line_key, parse_order_id, parse_sku
from watchdog.terms.look import Defect, Ignored, Reason, Row
from watchdog.terms.marketplace import BY_COUNTRY, Marketplace, by_channel, by_id
from watchdog.terms.moments import UnreadableDate, parse_instant, parse_ship_by
from watchdog.terms.observation import Facts, Observation, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from watchdog.sources.formats.reading import Reading

_KEPT = 4096
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class _Shared:
    """
    What many rows have in common: everything that is neither one order's nor one buyer's.
    """

    store: Marketplace
    zone: ZoneInfo
    status: Status | None
    ship_by: date | None
    payment: str | None
    cancel_requested: bool | None
    line_shipped: bool | None
    marked: bool


def picker(header: Header, names: Iterable[str]) -> Picker:
    """
    Return what picks these of our columns' cells, in their order; an empty cell where the report has no such column.
    """
    places = place_names(header.names)
    return itemgetter(*(next((places[name] for name in COLUMNS[ours] if name in places), -1) for ours in names))


class ReportRow:
    """
    Reads the rows of one report; remembers what many rows share (stores, dates, offers), never what belongs to one buyer.
    """

    def __init__(self, header: Header, *, reading: Reading, encoding: str, standing: OrderStanding, address: str = "full") -> None:
        """
        Take the report's header, its encoding, and what being listed in it says of an order.

        ``address`` is the kind of its address fingerprints: interfaces that spell addresses otherwise have another.
        """
        self._header = header
        self._plain = None if header.quoted else header.separator
        self._width = len(header.names)
        self._headings = Headings(header.names)
        self._own = picker(header, ("order_id", "item_id", "purchased", "reported", "updated"))
        self._mail = next((place_names(header.names)[name] for name in COLUMNS["email"] if name in header.names), -1)
        self._common = picker(header, SHARED)
        self._offered = picker(header, ("sku", "asin", "title"))
        self._delivered = picker(header, ADDRESS)
        self._encoding = encoding
        self._standing = standing
        self._kind = address
        self._home = reading.home
        self._fingerprint = reading.fingerprint
        self._shared: dict[tuple[tuple[bytes, ...], str], _Shared | Ignored | Reason] = {}
        self._offers: dict[tuple[bytes, ...], tuple[Sku | None, Asin | None, str | None]] = {}

    def read(self, row: Row) -> Observation | Defect | Ignored:
        """
        Return what the row says; a cell that can't be read rejects it, naming the column, never a buyer's data.
        """
        cells = self._cells(row.cells)
        if isinstance(cells, Reason):
            return Defect(row.place, cells)
        if (column := self._headings.stranger(cells)) is not None:
            return Defect(row.place, Reason("row_shifted", {"column": column}))
        try:
            shared = self._in_common(cells)
            if isinstance(shared, _Shared):
                return self._observation(cells, shared)
        except ValueError:
            return Defect(row.place, self._diagnosis(cells))
        return Defect(row.place, shared) if isinstance(shared, Reason) else shared

    def _cells(self, line: bytes | Reason) -> list[bytes] | Reason:
        if isinstance(line, Reason):
            return line
        if self._plain is not None:
            cells = line.removesuffix(b"\r").split(self._plain)
            if len(cells) == self._width:
                cells.append(b"")
                return cells
        return cells_of(self._header, line)

    def _observation(self, cells: list[bytes], shared: _Shared) -> Observation:
        order_id, item_id, purchased, reported, updated = self._own(cells)
        zone = shared.zone
        sku, asin, title = self._offer(cells)
        facts = Facts(
            shared.status,
            shared.ship_by,
            instant_in(reported, zone, encoding=self._encoding) if reported else None,
            instant_in(updated, zone, encoding=self._encoding) if updated else None,
            shared.payment,
            self._address(cells),
            shared.cancel_requested,
            None,
            shared.line_shipped,
        )
        return Observation(
            shared.store.id,
            order_id_in(order_id, self._encoding),
            item_id_in(item_id, self._encoding) or _line_of(sku),
            sku,
            asin,
            title,
            instant_in(purchased, zone, encoding=self._encoding) if purchased else None,
            shared.marked,
            facts,
        )

    def _in_common(self, cells: list[bytes]) -> _Shared | Ignored | Reason:
        common, relay = self._common(cells), self._relay(cells)
        shared = self._shared.get((common, relay))
        return shared if shared is not None else _kept(self._shared, (common, relay), self._sharing(common, relay))

    def _relay(self, cells: list[bytes]) -> str:
        """
        Return the domain of Amazon's relay address; a buyer's own domain is nobody's business.
        """
        mail = cells[self._mail]
        return str(mail.rpartition(b"@")[2], "latin-1") if b"marketplace." in mail else ""

    def _sharing(self, cells: tuple[bytes, ...], relay: str) -> _Shared | Ignored | Reason:
        """
        Return what these cells say, whichever order they belong to.

        Raises:
            UnreadableDate: the deadline is none.
        """
        texts = [cell.decode(self._encoding, "replace") for cell in cells]
        status, item_status, shipped, to_ship, order_type, _payment, cancel, ship_by = texts[:8]
        replacement, exchange, fulfilled_by, due, channel, marketplace, country = texts[8:]
        store = store_of(channel, marketplace, domain=relay, country=country, home=self._home)
        if not isinstance(store, Marketplace):
            return store
        ignored = ignored_because(replacement=replacement, exchange=exchange, fulfilled_by=fulfilled_by, order_type=order_type, due=due)
        if ignored is not None:
            return ignored
        known = self._standing.status(status, item_status, shipped)
        return _Shared(
            store=store,
            zone=store.zone,
            status=known,
            ship_by=parse_ship_by(ship_by, store.zone),
            payment=payment_in(self._text(cells[5])),
            cancel_requested=stands(requested=flag_in(cancel), status=known),
            line_shipped=is_line_shipped(count_in(shipped), count_in(to_ship), item_status),
            marked=status_in(status) is Status.PENDING_AVAILABILITY or order_type.strip().lower() == "preorder",
        )

    def _offer(self, cells: list[bytes]) -> tuple[Sku | None, Asin | None, str | None]:
        key = self._offered(cells)
        offer = self._offers.get(key)
        if offer is None:
            sku, asin, title = map(self._text, key)
            offer = _kept(self._offers, key, (parse_sku(sku), parse_asin(asin), None if is_personal(title) else title or None))
        return offer

    def _text(self, cell: bytes) -> str:
        return clean(cell.decode(self._encoding, "replace"))

    def _address(self, cells: list[bytes]) -> str | None:
        """
        Return the fingerprint of the delivery address: of all of it, or of the postal code where no more is shown.
        """
        lines = self._delivered(cells)
        if lines[1] or lines[2] or lines[3]:
            return self._fingerprint(self._kind, normal_address(b" ".join(lines).decode(self._encoding, "replace")))
        postal = normal_address(lines[6].decode(self._encoding, "replace"))
        return self._fingerprint("postal", postal) if postal else None

    def _called(self, key: str) -> str:
        """
        Return the name this report gives to one of our columns, for people who must correct a cell.
        """
        names = COLUMNS[key]
        return next((name for name in names if name in self._header.names), names[0])

    def _diagnosis(self, cells: list[bytes]) -> Reason:
        """
        Return which cell of a row that can't be read is to blame.
        """
        asked = ("order_id", "item_id", "ship_by", "reported", "updated", "purchased", "channel", "marketplace", "country")
        texts = dict(zip(asked, (cell.decode(self._encoding, "replace") for cell in picker(self._header, asked)(cells)), strict=True))
        store = store_of(texts["channel"], texts["marketplace"], domain=self._relay(cells), country=texts["country"], home=self._home)
        zone = (store if isinstance(store, Marketplace) else self._home).zone
        for key in ("order_id", "item_id"):
            if reason := _id_trouble(texts[key], self._called(key), item=key == "item_id"):
                return reason
        for key in asked[2:6]:
            try:
                (parse_ship_by if key == "ship_by" else parse_instant)(texts[key], zone)
            except UnreadableDate:
                return no_date(self._called(key), texts[key])
        raise AssertionError("a row was refused without a cause")


def _kept(cache: dict[_Key, _Value], key: _Key, value: _Value) -> _Value:
    """
    Remember what many rows share; a damaged file, where nothing is shared, never fills the memory.
    """
    if len(cache) >= _KEPT:
        cache.clear()
    cache[key] = value
    return value


def _line_of(sku: Sku | None) -> LineKey:
    return parse_line_key("", sku or "")


def _id_trouble(text: str, column: str, *, item: bool) -> Reason | None:
    try:
        parse_line_key(text, "") if item else parse_order_id(text)
    except DamagedId as error:
        return Reason("row_id_damaged", {"column": column, "shown": str(error)})
    except ValueError:
        return Reason("row_id_missing", {"column": column})
    return None


def store_of(channel: str, marketplace: str, *, domain: str, country: str, home: Marketplace) -> Marketplace | Ignored | Reason:
    """
    Return whose row it is: sales channel, else the buyer's relay address, else the country, else home (columns.md, point 7).
    """
    channel, marketplace = channel.strip(), marketplace.strip()
    if channel.lower().startswith("non-amazon"):
        return Ignored("not_amazon")
    if named := channel or marketplace:
        return by_channel(named) or by_id(named) or Reason("row_marketplace_unknown")
    return by_channel(domain.strip().rpartition("marketplace.")[2]) or BY_COUNTRY.get(country.strip().upper()) or home
