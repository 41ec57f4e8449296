"""
The rows of one look: sorted by digest, read where they are news, matched with lines and products, written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import and_, select, update

from watchdog.store import lines as line_rows
from watchdog.store import listings, memory, releases, weaving
from watchdog.store.chronicle import Confirmation, Told
from watchdog.store.chunks import chunks
from watchdog.store.lines import Line
from watchdog.store.products import Entry, Register
from watchdog.store.schema import lines, products, showings, sightings, states
from watchdog.store.schema import looks as look_rows
from watchdog.store.shelves import Shelves, add_sweep, sweeps_since
from watchdog.terms.identity import LookNo, ProductId
from watchdog.terms.look import Defect, Ignored, Keeping, Look, Row, RowCounts, Watch
from watchdog.terms.observation import Observation
from watchdog.terms.product import Product

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from sqlalchemy import Update

    from watchdog.store.database import Transaction
    from watchdog.terms.observation import Interface


@dataclass
class Tally:
    """
    What became of the rows of a batch, and what the look must remember of them once they are committed.
    """

    rows: RowCounts = field(default_factory=RowCounts)
    passed: int = 0  #: ignored because nobody watches their product yet
    dated: int = 0  #: rows with a ship-by
    defects: list[Defect] = field(default_factory=list)
    digests: set[int] = field(default_factory=set)  #: of kept rows that were read
    removed: set[int] = field(default_factory=set)  #: of rows superseded by this look
    line_ids: set[int] = field(default_factory=set)  #: met in a late look
    places: set[str] = field(default_factory=set)  #: marketplaces of rows that were read
    passed_by: list[tuple[str, int]] = field(default_factory=list)

    def __add__(self, other: Tally) -> Tally:
        """
        Return the figures of both; what is remembered is the absorbing's own matter.
        """
        return Tally(self.rows + other.rows, self.passed + other.passed, self.dated + other.dated)

    def count(self, what: str, number: int = 1) -> None:
        """
        Count rows as used, unchanged, rejected or ignored.
        """
        self.rows += RowCounts(**{what: number})


@dataclass(slots=True)
class Kept:
    """
    One row that is watched.
    """

    row: Row
    said: Observation
    line: Line | None


@dataclass
class Absorbing:
    """
    The state of one look while it is taken in.
    """

    look: Look
    number: LookNo
    watch: Watch
    shelves: Shelves
    known: memory.Memory
    late: bool
    since: datetime | None  #: None: no look speaks of this moment or a later one
    sweeps: Mapping[tuple[str, str], Sequence[Confirmation]]
    total: Tally = field(default_factory=Tally)
    digests: set[int] = field(default_factory=set)
    line_ids: set[int] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    register: Register = field(default_factory=Register)
    shown: set[tuple[int, int]] = field(default_factory=set)

    def forget(self) -> None:
        """
        Forget what a failed transaction may have taught.
        """
        self.register = Register()
        self.shown = set()

    def settle(self, tally: Tally) -> None:
        """
        Remember what a committed batch has taught.
        """
        self.total += tally
        self.digests |= tally.digests
        self.line_ids |= tally.line_ids
        self.places |= tally.places
        for shelf in self.known.shelves:
            shelf.stale |= tally.removed
        for place, digest in tally.passed_by:
            self.known.pass_by(place, digest)

    def rows(
        self,
        tx: Transaction,
        rows: Sequence[Row],
        read: Callable[[Row], Observation | Defect | Ignored],
        keep: Callable[[Observation, Watch], Keeping],
    ) -> Tally:
        """
        Absorb these rows and return what became of them.
        """
        tally = Tally()
        fresh = self._partly_known(tx, rows, tally) if not self.look.complete and not self.late else self._known(rows, tally)
        observed = self._read(fresh, read, tally)
        kept = self._keep(tx, observed, keep, tally)
        if kept:
            self._write(tx, kept, tally)
        return tally

    def _known(self, rows: Sequence[Row], tally: Tally) -> list[Row]:
        """
        Count the rows that say nothing new and return the others.
        """
        fresh = []
        unchanged = ignored = dated = 0
        seen, find, was_passed = self.digests, self.known.find, self.known.was_passed
        remembers = bool(self.known.passed)
        for row in rows:
            digest = row.digest
            shelf = find(digest)
            if shelf is not None and digest not in shelf.stale:
                unchanged += 1
                dated += digest not in shelf.undated
            elif digest in seen:
                unchanged += 1
            elif remembers and was_passed(digest):
                ignored += 1
            else:
                fresh.append(row)
        tally.rows += RowCounts(unchanged=unchanged, ignored=ignored)
        tally.passed += ignored
        tally.dated += dated
        return fresh

    def _partly_known(self, tx: Transaction, rows: Sequence[Row], tally: Tally) -> list[Row]:
        """
        Note a sighting of each unchanged row of a partial look and return the others.
        """
        mine = self.shelves.of(self.look.source).values()
        shown = memory.shown_rows(tx, mine, {row.digest for row in rows})
        fresh, seen = [], set()
        for row in rows:
            line_id, stale, dated = shown.get(row.digest, (0, True, False))
            if stale and row.digest not in self.digests:
                fresh.append(row)
                continue
            tally.count("unchanged")
            tally.dated += dated
            tally.digests.add(row.digest)
            if line_id:
                seen.add(line_id)
        self._sight(tx, seen)
        return fresh

    def _sight(self, tx: Transaction, line_ids: Iterable[int]) -> None:
        tx.add(sightings, [{"line_id": line_id, "look_no": self.number} for line_id in sorted(line_ids)])

    def _read(
        self, fresh: Sequence[Row], read: Callable[[Row], Observation | Defect | Ignored], tally: Tally
    ) -> list[tuple[Row, Observation]]:
        observed = []
        for row in fresh:
            said = read(row)
            if isinstance(said, Defect):
                tally.count("rejected")
                tally.defects.append(said)
            elif isinstance(said, Ignored):
                tally.count("ignored")
                tally.passed_by.append(("", row.digest))
            else:
                observed.append((row, said))
                tally.dated += said.facts.ship_by is not None
                tally.places.add(said.marketplace_id)
        return observed

    def _keep(
        self,
        tx: Transaction,
        observed: Sequence[tuple[Row, Observation]],
        keep: Callable[[Observation, Watch], Keeping],
        tally: Tally,
    ) -> list[Kept]:
        """
        Return the rows to be written: those of known lines, and those the watch list or the batch's own marks ask for.
        """
        known = line_rows.known_lines(tx, {said.order_id for _row, said in observed})
        self.watch = replace(self.watch, marked=self.watch.marked | _marks(said for _row, said in observed))
        kept = []
        named: Counter[tuple[str, str]] = Counter()
        examples: dict[tuple[str, str], Observation] = {}
        for row, said in observed:
            line = line_rows.same_line(known.get(said.order_id, ()), said)
            keeping = Keeping.WATCH if line is not None else keep(said, self.watch)
            if keeping is Keeping.WATCH:
                kept.append(Kept(row, said, line))
                continue
            tally.count("ignored")
            tally.passed += 1
            if keeping is Keeping.NAME:
                name = (said.marketplace_id, f"asin:{said.asin}" if said.asin else f"sku:{said.sku}")
                named[name] += 1
                examples[name] = said
            else:
                tally.passed_by.append((said.marketplace_id, row.digest))
        listings.note_unlisted(tx, self.number, self.look.as_of, {name: (_named(said), named[name]) for name, said in examples.items()})
        return kept

    def _write(self, tx: Transaction, kept: list[Kept], tally: Tally) -> None:
        """
        Write the kept rows: plain new lines in bulk, everything else woven into its line's history.
        """
        self._require_shelves(tx, {each.said.marketplace_id for each in kept})
        named = [line_rows.as_named(each.said, each.line) for each in kept]
        entries = self.register.resolve(tx, named, self.look.as_of)
        self._mark(tx, kept, entries)
        self._show(
            tx,
            {
                (entry.id, self.shelves.number(self.look.source, each.said.marketplace_id))
                for each, entry in zip(kept, entries, strict=True)
            },
        )
        plain, woven = self._sort(tx, kept, entries, tally)
        last_states = self._add_plain(tx, plain)
        last_states |= self._weave(tx, woven, tally)
        weaving.touch_products(tx, last_states)

    def _require_shelves(self, tx: Transaction, places: Iterable[str]) -> None:
        made = self.shelves.require(tx, self.look.source, places, sees_pending=self._interface().sees_pending)
        if made and self.since is not None:
            self.sweeps = sweeps_since(tx, self.since, self.number)

    def _sort(
        self, tx: Transaction, kept: Sequence[Kept], entries: Sequence[Entry], tally: Tally
    ) -> tuple[list[tuple[Row, Observation, Line]], list[tuple[Row, Observation, Line, bool]]]:
        """
        Give every row its line: a new line that occurs once and that no later look can speak of is plain.
        """
        number = line_rows.next_line(tx)
        made: dict[str, list[Line]] = {}
        occurring: Counter[int] = Counter()
        rows: list[tuple[Row, Observation, Line, bool]] = []
        for each, entry in zip(kept, entries, strict=True):
            if each.row.digest in tally.digests:
                tally.count("unchanged")
                continue
            tally.digests.add(each.row.digest)
            line, said = each.line, each.said
            is_new = line is None
            if line is None:
                line = line_rows.same_line(made.get(said.order_id, ()), said)
            if line is None:
                line = Line(number, said.marketplace_id, said.order_id, said.line, entry.id, said.asin, said.sku, None, marked=False)
                made.setdefault(said.order_id, []).append(line)
                number += 1
            line.learn(said, entry.id)
            occurring[line.id] += 1
            rows.append((each.row, said, line, is_new))
        tally.line_ids |= occurring.keys() if self.late else set()
        plain = [(row, said, line) for row, said, line, is_new in rows if is_new and not self.late and occurring[line.id] == 1]
        plain_ids = {line.id for _row, _said, line in plain}
        tally.count("used", len(plain))
        return plain, [each for each in rows if each[2].id not in plain_ids]

    def _add_plain(self, tx: Transaction, plain: Sequence[tuple[Row, Observation, Line]]) -> dict[int, int]:
        """
        Insert new lines with their one state; what was said of them is what is known.
        """
        number = line_rows.next_state(tx)
        made, appended, listed = [], [], []
        last_states: dict[int, int] = {}
        look, interface = self.look, self._interface()
        shelf_of = self.shelves.of(look.source)
        for no, (row, said, line) in enumerate(plain, number):
            told = Told(look.source, interface, self.number, look.as_of, listed=True, facts=said.facts, digest=row.digest, no=no)
            made.append(line_rows.first_row(tx, line, said.facts, look.as_of, no))
            appended.append(line_rows.state_row(tx, line.id, told))
            dated = said.facts.ship_by is not None
            listed.append((tx.account_id, shelf_of[line.marketplace_id], row.digest, line.id, False, dated))
            last_states[line.product_id] = no
        line_rows.add_lines(tx, made)
        line_rows.add_states(tx, appended)
        listed.sort()
        tx.bulk("listings", ("account_id", "shelf_no", "digest", "line_id", "stale", "dated"), listed)
        return last_states

    def _weave(self, tx: Transaction, rows: Sequence[tuple[Row, Observation, Line, bool]], tally: Tally) -> dict[int, int]:
        """
        Weave rows into the histories of their lines; those that turn out to be no news count as unchanged.
        """
        if not rows:
            return {}
        known = {line.id: line for _row, _said, line, is_new in rows if not is_new}
        fresh = {line.id: line for _row, _said, line, is_new in rows if is_new}
        strands = self._strands(tx, known.values())
        strands |= {number: weaving.fresh(line, self.sweeps) for number, line in fresh.items() if number not in strands}
        seen = set()
        for row, said, line, _is_new in rows:
            told = Told(self.look.source, self._interface(), self.number, self.look.as_of, listed=True, facts=said.facts, digest=row.digest)
            news = strands[line.id].tell(told, self._met(tally))
            tally.count("used" if news else "unchanged")
            strands[line.id].changed = True
            if not news and not self.look.complete:
                seen.add(line.id)
        written = weaving.write(tx, strands.values(), self.shelves, self.look.source)
        tally.removed |= written.removed
        self._sight(tx, seen)
        self._unmark(tx, {line.product_id for line in (known | fresh).values() if line.marked and not line.is_open})
        return written.last_states

    def _strands(self, tx: Transaction, wanted: Collection[Line]) -> dict[int, weaving.Strand]:
        return weaving.load(tx, wanted, since=self.since, look_no=self.number, sweeps=self.sweeps)

    def _met(self, tally: Tally) -> Callable[[int], bool]:
        """
        Return the test whether this look has already shown a row.
        """
        return lambda digest: digest in self.digests or digest in tally.digests or self.known.was_met(digest)

    def _interface(self) -> Interface:
        if self.look.interface is None:
            raise AssertionError("a look with order rows names its interface")
        return self.look.interface

    def _mark(self, tx: Transaction, kept: Sequence[Kept], entries: Sequence[Entry]) -> None:
        """
        Put products on the watch list that have an open order marked as a pre-order from now on.
        """
        new = {}
        for each, entry in zip(kept, entries, strict=True):
            status = each.said.facts.status
            if each.said.marked and not entry.has_marked and status is not None and status.is_open:
                entry.has_marked = True
                new[entry.id] = entry
        for part in chunks(new):
            tx.connection.execute(_products(tx, part).values(has_marked=True))
        if new:
            releases.save_version(tx, releases.version(tx) + 1)

    def _unmark(self, tx: Transaction, product_ids: Collection[int]) -> None:
        """
        Take products off the list of marked ones whose last open marked order is closed.
        """
        if not product_ids:
            return
        closed = []
        for number in product_ids:
            still = (lines.c.account_id == tx.account_id, lines.c.product_id == number, lines.c.marked, lines.c.is_open)
            if tx.connection.execute(select(lines.c.line_id).where(*still).limit(1)).first() is None:
                closed.append(number)
        for part in chunks(closed):
            tx.connection.execute(_products(tx, part).values(has_marked=False))
            self.register = Register()

    def _show(self, tx: Transaction, pairs: set[tuple[int, int]]) -> None:
        """
        Note which products the source's complete looks list.
        """
        if not self.look.complete:
            return
        new = sorted(pairs - self.shown)
        tx.add(showings, [{"product_id": product_id, "shelf_no": shelf_no} for product_id, shelf_no in new])
        self.shown.update(new)

    def finish(self, tx: Transaction, tally: Tally) -> None:
        """
        Note what a complete look left out, and that it covered its marketplaces: those it had rows of, or all if it had none.
        """
        if not self.look.complete or self.look.interface is None:
            return
        total = self.total + tally
        places = self.places | tally.places | self.known.places()
        if total.rows.read == 0:
            places = set(self.shelves.of(self.look.source))
        self._require_shelves(tx, places)
        for place, shelf_no in self.shelves.of(self.look.source).items():
            if place in places:
                missing = self._missing_late(tx, place, tally) if self.late else self._missing(tx, shelf_no)
                self._omit(tx, missing)
                add_sweep(tx, shelf_no, self.number, self.look.as_of, sure=total.passed == 0)
        listings.forget_unlisted(tx, self.number, self.look)
        for place, digest in tally.passed_by:
            self.known.pass_by(place, digest)
        if not self.late:
            memory.save_passed(tx, self.known, self.look.source, self.watch.version)

    def _missing(self, tx: Transaction, shelf_no: int) -> Iterator[int]:
        """
        Yield the lines of the shelf of which no row was met.
        """
        left = (digest for shelf in self.known.shelves if shelf.number == shelf_no for digest in shelf.digests.left_over())
        for part in chunks(left):
            for line_id, _stale, _dated in memory.shown_rows(tx, [shelf_no], part).values():
                yield line_id

    def _missing_late(self, tx: Transaction, place: str, tally: Tally) -> Iterator[int]:
        """
        Yield the lines the source had shown up to this look's moment and that it did not show now.
        """
        its_look = and_(look_rows.c.account_id == states.c.account_id, look_rows.c.look_no == states.c.look_no)
        its_line = and_(lines.c.account_id == states.c.account_id, lines.c.line_id == states.c.line_id)
        query = (
            select(states.c.line_id)
            .distinct()
            .join(look_rows, its_look)
            .join(lines, its_line)
            .where(states.c.account_id == tx.account_id, look_rows.c.source == self.look.source)
            .where(states.c.as_of <= self.look.as_of, lines.c.marketplace_id == place)
        )
        met = self.line_ids | tally.line_ids
        yield from (line_id for line_id in tx.connection.execute(query).scalars().all() if line_id not in met)

    def _omit(self, tx: Transaction, line_ids: Iterable[int]) -> None:
        last_states: dict[int, int] = {}
        for part in chunks(line_ids):
            found = line_rows.lines_by_id(tx, part)
            strands = self._strands(tx, found.values())
            for strand in strands.values():
                strand.chronicle.omit(weaving.absent(self.look.source, self._interface(), self.number, self.look.as_of))
            last_states |= weaving.write(tx, strands.values(), self.shelves, self.look.source).last_states
        weaving.touch_products(tx, last_states)


def _products(tx: Transaction, part: Sequence[int]) -> Update:
    return update(products).where(products.c.account_id == tx.account_id, products.c.product_id.in_(part))


def _marks(observed: Iterable[Observation]) -> frozenset[tuple[str, str]]:
    """
    Return the products of open orders that Amazon marks as pre-orders, in the words of the watch list.
    """
    marked = [said for said in observed if said.marked and said.facts.status is not None and said.facts.status.is_open]
    by_asin = {(said.marketplace_id, f"asin:{said.asin}") for said in marked if said.asin}
    return frozenset(by_asin | {(said.marketplace_id, f"sku:{said.sku}") for said in marked if said.sku})


def _named(said: Observation) -> Product:
    return Product(ProductId(0), said.marketplace_id, said.asin, said.sku, said.title)
