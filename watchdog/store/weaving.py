"""
Known lines get new statements: their stored history is loaded, the statement woven in, and what follows from it written.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, select

from watchdog.store import line_rows
from watchdog.store.chronicle import Chronicle, Confirmation, Shown, Statement
from watchdog.store.chunks import chunks
from watchdog.store.lines import Line
from watchdog.store.schema import listings, looks, sightings, states
from watchdog.terms.identity import LookNo
from watchdog.terms.observation import Facts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from watchdog.store.database import Transaction
    from watchdog.store.shelves import Shelves
    from watchdog.terms.observation import Interface

_FACT_COLUMNS = (
    states.c.status,
    states.c.ship_by,
    states.c.fulfillable_at,
    states.c.updated_at,
    states.c.payment,
    states.c.address,
    states.c.cancel_requested,
    states.c.cancelled_by,
    states.c.line_shipped,
    states.c.shipped_at,
)


@dataclass
class Strand:
    """
    One line with its history while a batch is woven in.
    """

    line: Line
    chronicle: Chronicle
    is_new: bool = False
    changed: bool = False  #: who the line is was learned anew
    before: dict[str, Shown | None] = field(default_factory=dict)

    def tell(self, said: Statement, met: Callable[[int], bool]) -> bool:
        """
        Weave in what a look shows; False where it is no news.
        """
        return self.chronicle.tell(said, met=met)


def load(
    tx: Transaction,
    wanted: Collection[Line],
    *,
    since: datetime | None,
    look_no: LookNo,
    sweeps: Mapping[tuple[str, str], Sequence[Confirmation]],
) -> dict[int, Strand]:
    """
    Return the strand of each line; confirmations are those at or after ``since`` (None: there are no such looks), the look itself apart.
    """
    told = _told(tx, [line.id for line in wanted])
    seen = {} if since is None else _sightings(tx, [line.id for line in wanted], since, look_no)
    strands = {}
    for line in wanted:
        confirmed = _confirmed(line, seen.get(line.id, {}), sweeps)
        chronicle = Chronicle(told.get(line.id, ()), confirmed)
        before = {source: chronicle.shown(source) for source in chronicle.sources}
        strands[line.id] = Strand(line, chronicle, before=before)
    return strands


def fresh(line: Line, sweeps: Mapping[tuple[str, str], Sequence[Confirmation]]) -> Strand:
    """
    Return the strand of a line never seen before.
    """
    return Strand(line, Chronicle((), _confirmed(line, {}, sweeps)), is_new=True)


def _confirmed(
    line: Line, seen: Mapping[str, Sequence[Confirmation]], sweeps: Mapping[tuple[str, str], Sequence[Confirmation]]
) -> dict[str, list[Confirmation]]:
    confirmed = {source: list(moments) for (source, place), moments in sweeps.items() if place == line.marketplace_id}
    for source, moments in seen.items():
        confirmed.setdefault(source, []).extend(moments)
    return {source: sorted(moments, key=lambda each: (each.as_of, each.look_no)) for source, moments in confirmed.items()}


def _told(tx: Transaction, line_ids: Collection[int]) -> dict[int, list[Statement]]:
    found: dict[int, list[Statement]] = defaultdict(list)
    its_look = and_(looks.c.account_id == states.c.account_id, looks.c.look_no == states.c.look_no)
    query = select(
        states.c.line_id,
        looks.c.source,
        looks.c.interface,
        states.c.look_no,
        states.c.as_of,
        states.c.listed,
        states.c.late,
        states.c.digest,
        states.c.state_no,
        *_FACT_COLUMNS,
    ).join(looks, its_look)
    for part in chunks(line_ids):
        mine = query.where(states.c.account_id == tx.account_id, states.c.line_id.in_(part)).order_by(states.c.state_no)
        for line_id, source, interface, look_no, as_of, listed, late, digest, no, *facts in tx.connection.execute(mine):
            found[line_id].append(Statement(source, interface, LookNo(look_no), as_of, listed, Facts(*facts), digest, late, no))
    return found


def _sightings(tx: Transaction, line_ids: Collection[int], since: datetime, look_no: LookNo) -> dict[int, dict[str, list[Confirmation]]]:
    found: dict[int, dict[str, list[Confirmation]]] = defaultdict(lambda: defaultdict(list))
    its_look = and_(looks.c.account_id == sightings.c.account_id, looks.c.look_no == sightings.c.look_no)
    query = select(sightings.c.line_id, looks.c.source, looks.c.as_of, looks.c.look_no).join(looks, its_look)
    for part in chunks(line_ids):
        later = query.where(
            sightings.c.account_id == tx.account_id, sightings.c.line_id.in_(part), looks.c.as_of >= since, looks.c.look_no != look_no
        )
        for line_id, source, as_of, number in tx.connection.execute(later):
            found[line_id][source].append(Confirmation(as_of, LookNo(number), sweep=False))
    return found


@dataclass
class Woven:
    """
    What the written strands changed for the look's own memory.
    """

    added: set[int] = field(default_factory=set)  #: digests the look's source shows now
    removed: set[int] = field(default_factory=set)  #: digests it showed before and that are superseded
    last_states: dict[int, int] = field(default_factory=dict)  #: product → newest state


def write(tx: Transaction, strands: Iterable[Strand], shelves: Shelves, source: str) -> Woven:
    """
    Append the new states of all strands, renew their lines and what the shelves show; afterwards everything is as if nothing had come late.
    """
    woven = Woven()
    number = line_rows.next_state(tx)
    appended: list[tuple[Any, ...]] = []
    made: list[tuple[Any, ...]] = []
    renewed: list[tuple[Any, ...]] = []
    removals: list[tuple[int, int]] = []
    shown: list[dict[str, Any]] = []
    for strand in strands:
        if not strand.chronicle.news and not strand.changed:
            continue
        for told in strand.chronicle.news:
            told.no, number = number, number + 1
            appended.append(line_rows.state_row(tx, strand.line.id, told))
        newest = max((each.no for each in strand.chronicle.told), default=0)
        row = line_rows.folded_row(tx, strand.line, strand.chronicle.told, listed=strand.chronicle.is_listed(), state_no=newest)
        (made if strand.is_new else renewed).append(row)
        if strand.chronicle.news:
            woven.last_states[strand.line.product_id] = newest
        _shelve(tx, strand, shelves)
        _compare(strand, shelves, source, woven=woven, removals=removals, shown=shown)
    line_rows.add_lines(tx, made)
    line_rows.renew_lines(tx, renewed)
    line_rows.add_states(tx, appended)
    _relist(tx, removals, shown)
    return woven


def _shelve(tx: Transaction, strand: Strand, shelves: Shelves) -> None:
    """
    Make the shelves on which the line stands: a report that names no marketplace may have guessed another one for the same order.
    """
    for told in strand.chronicle.told:
        shelves.require(tx, told.source, [strand.line.marketplace_id], sees_pending=told.interface.sees_pending)


def _compare(
    strand: Strand, shelves: Shelves, source: str, *, woven: Woven, removals: list[tuple[int, int]], shown: list[dict[str, Any]]
) -> None:
    """
    Collect how the shelves' listings of one line differ from before.
    """
    for each in strand.chronicle.sources:
        before, after = strand.before.get(each), strand.chronicle.shown(each)
        if before == after:
            continue
        shelf_no = shelves.number(each, strand.line.marketplace_id)
        old = before.digests if before else {}
        new = after.digests if after else {}
        gone = [digest for digest in old if digest not in new]
        removals.extend((shelf_no, digest) for digest in gone)
        stale = after is not None and after.stale
        shown.extend(
            {"shelf_no": shelf_no, "digest": d, "line_id": strand.line.id, "stale": stale, "dated": dated} for d, dated in new.items()
        )
        if each == source:
            woven.removed.update(gone)
            woven.added.update(new)


def _relist(tx: Transaction, removals: list[tuple[int, int]], shown: list[dict[str, Any]]) -> None:
    by_shelf: dict[int, list[int]] = defaultdict(list)
    for shelf_no, digest in removals:
        by_shelf[shelf_no].append(digest)
    for shelf_no, digests in by_shelf.items():
        for part in chunks(digests):
            here = (listings.c.account_id == tx.account_id, listings.c.shelf_no == shelf_no, listings.c.digest.in_(part))
            tx.connection.execute(delete(listings).where(*here))
    tx.put(listings, shown, "line_id", "stale", "dated")


def absent(source: str, interface: Interface, look_no: LookNo, as_of: datetime) -> Statement:
    """
    Return the statement that a complete look did not list a line: evidence, judged by nobody.
    """
    return Statement(source, interface, look_no, as_of, listed=False, facts=Facts(), digest=None)


def touch_products(tx: Transaction, last_states: Mapping[int, int]) -> None:
    """
    Note the newest state of each product's lines, by which the judge finds what is new.
    """
    if not last_states:
        return
    place = "?" if tx.connection.dialect.name == "sqlite" else "%s"
    statement = f"UPDATE products SET last_state = {place} WHERE account_id = {place} AND product_id = {place}"
    tx.connection.exec_driver_sql(statement, [(state, tx.account_id, number) for number, state in last_states.items()])
