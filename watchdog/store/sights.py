"""
How well each source sees: its newest answers, what has gone missing from it, the trouble with it (DOMAIN §10).

What is missing is counted when a new complete look comes in and kept as a mark, so that a turn without news costs nothing.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, exists, func, select

from watchdog.store import journal, vanishing
from watchdog.store.schema import lines, listings, looks, products, releases, shelves, states
from watchdog.store.schema_cases import source_troubles
from watchdog.terms.look import Reason, ReleaseSource
from watchdog.terms.moments import show_instant
from watchdog.terms.sight import SHOWING, Missing, Sight, Trouble, TroubleKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlalchemy import ColumnElement

    from watchdog.store.database import Transaction
    from watchdog.terms.identity import OrderKey
    from watchdog.terms.sight import Eye


def note_trouble(tx: Transaction, source: str, kind: TroubleKind, reason: Reason, *, now: datetime) -> None:
    """
    Note that the source can't be asked; since when stands until ``forget_trouble``.
    """
    known = troubles(tx).get(source)
    if known is None or (known.kind, known.reason) != (kind, reason):
        row = {"source": source, "kind": kind, "reason": reason, "since": known.since if known else now}
        tx.put(source_troubles, [row], "kind", "reason", "since")


def forget_trouble(tx: Transaction, source: str) -> None:
    """
    Note that the source answers.
    """
    mine = (source_troubles.c.account_id == tx.account_id, source_troubles.c.source == source)
    tx.connection.execute(delete(source_troubles).where(*mine))


def troubles(tx: Transaction) -> dict[str, Trouble]:
    """
    Return what stands between us and each source that can't be asked.
    """
    rows = tx.connection.execute(select(source_troubles).where(source_troubles.c.account_id == tx.account_id))
    return {row.source: Trouble(row.kind, row.reason, row.since) for row in rows}


def look_sources(tx: Transaction, source: str) -> tuple[str, ...]:
    """
    Return the names of the source's looks: its own and those below it, e.g. ``inbox:unshipped_report``.
    """
    return tuple(name for name in _all_look_sources(tx) if name == source or name.startswith(f"{source}:"))


def _all_look_sources(tx: Transaction) -> Iterator[str]:
    """
    Yield every name once; each is found by one step into the index, not by reading the looks.
    """
    last: str | None = ""
    following = select(func.min(looks.c.source)).where(looks.c.account_id == tx.account_id)
    while last is not None:
        last = tx.connection.execute(following.where(looks.c.source > last)).scalar()
        if last is not None:
            yield last


def renew(tx: Transaction, eye: Eye, *, today: date, since_state: int) -> None:
    """
    Count anew what has gone missing from the source's looks that came in since it was last counted; part of the judging transaction.
    """
    for source, answer in _answers(tx, look_sources(tx, eye.source)).items():
        mark = dict(journal.mark(tx, _mark_of(source)) or {})
        fresh = dict(mark)
        if mark.get("look") != answer.look_no:
            fresh |= {"look": answer.look_no, "undated": _undated_now(tx, source, answer, mark.get("undated"))}
        fresh["vanished"] = vanishing.renewed(tx, source, mark.get("vanished"), today=today, since_state=since_state)
        if fresh != mark:
            journal.save_mark(tx, _mark_of(source), fresh)


def sight(tx: Transaction, eye: Eye, *, today: date) -> Sight:
    """
    Return what the log knows of the source's seeing.
    """
    sources = look_sources(tx, eye.source)
    answers = _answers(tx, sources)
    newest = max(answers, key=lambda source: answers[source].as_of, default=None)
    trouble = troubles(tx).get(eye.asked_as)
    marks = {source: journal.mark(tx, _mark_of(source)) or {} for source in answers}
    return Sight(
        eye=eye,
        begun_at=min(filter(None, (_first_look_at(tx, sources), trouble.since if trouble is not None else None)), default=None),
        answered_at=answers[newest].as_of if newest is not None else None,
        last_saw_at=_last_dated_at(tx, (*answers, *(source for source in sources if source not in answers))),
        trouble=trouble,
        undated=_missing(marks[newest].get("undated")) if newest is not None else None,
        vanished=max(
            (vanishing.missing(tx, source, marks[source].get("vanished"), today=today) for source in answers),
            key=lambda found: found.orders if found else 0,
            default=None,
        ),
        needed_since=_needed_since(tx, today),
        nothing_open=not _anything_open(tx),
    )


def missing_orders(tx: Transaction, eye: Eye, *, today: date, most: int) -> tuple[OrderKey, ...]:
    """
    Return some of the orders that vanished from the source and that nothing has explained yet.
    """
    found: list[OrderKey] = []
    for source in look_sources(tx, eye.source):
        mark = journal.mark(tx, _mark_of(source)) or {}
        found += vanishing.orders(tx, source, mark.get("vanished"), today=today, most=most - len(found))
    return tuple(found)


def last_look_at(tx: Transaction, source: str) -> datetime | None:
    """
    Return of which moment the source's newest look speaks, whatever it showed.
    """
    newest = select(func.max(looks.c.as_of)).where(looks.c.account_id == tx.account_id, looks.c.refused.is_(None))
    return max(
        filter(None, (tx.connection.execute(newest.where(looks.c.source == name)).scalar() for name in look_sources(tx, source))),
        default=None,
    )


def _mark_of(source: str) -> str:
    return f"sight:{source}"


def _answers(tx: Transaction, sources: tuple[str, ...]) -> dict[str, Any]:
    """
    Return the newest complete answer of each source that ever gives one; the thousands of partial looks of the others are not read for it.
    """
    swept = select(shelves.c.source).where(shelves.c.account_id == tx.account_id, shelves.c.swept_at.is_not(None))
    sweeping = set(tx.connection.execute(swept.distinct()).scalars())
    candidates = (source for source in sources if source in sweeping or _began_complete(tx, source))
    return {source: answer for source in candidates if (answer := _newest_answer(tx, source)) is not None}


def _began_complete(tx: Transaction, source: str) -> bool:
    first = select(looks.c.complete).where(looks.c.account_id == tx.account_id, looks.c.source == source).order_by(looks.c.as_of).limit(1)
    return bool(tx.connection.execute(first).scalar())


def _newest_answer(tx: Transaction, source: str) -> Any:
    """
    Return number, moment and interface of the source's newest finished complete look that can show ship dates, None without one.
    """
    query = select(looks.c.look_no, looks.c.as_of, looks.c.interface).where(
        looks.c.account_id == tx.account_id,
        looks.c.source == source,
        looks.c.complete,
        looks.c.finished_at.is_not(None),
        looks.c.refused.is_(None),
        looks.c.interface.in_(sorted(SHOWING)),
    )
    return tx.connection.execute(query.order_by(looks.c.as_of.desc(), looks.c.look_no.desc()).limit(1)).first()


def _first_look_at(tx: Transaction, sources: tuple[str, ...]) -> datetime | None:
    first = select(looks.c.started_at).where(looks.c.account_id == tx.account_id).order_by(looks.c.as_of).limit(1)
    found = (tx.connection.execute(first.where(looks.c.source == source)).scalar() for source in sources)
    return min(filter(None, found), default=None)


def _last_dated_at(tx: Transaction, sources: tuple[str, ...]) -> datetime | None:
    """
    Return of which moment the newest look speaks that showed a ship-by; those that answer completely first, so that little is left to read.
    """
    newest: datetime | None = None
    for source in sources:
        query = select(looks.c.as_of).where(looks.c.account_id == tx.account_id, looks.c.source == source, looks.c.rows_dated > 0)
        later = query if newest is None else query.where(looks.c.as_of > newest)
        newest = tx.connection.execute(later.order_by(looks.c.as_of.desc()).limit(1)).scalar() or newest
    return newest


def _undated_now(tx: Transaction, source: str, answer: Any, before: Any) -> dict[str, Any] | None:
    """
    Return how many of the source's listed open orders come without a ship-by though it had shown one, and of how many; None for none.
    """
    here = listings.c.shelf_no.in_(select(shelves.c.shelf_no).where(shelves.c.account_id == tx.account_id, shelves.c.source == source))
    listed = and_(listings.c.account_id == tx.account_id, here)
    if tx.connection.execute(select(listings.c.digest).where(listed, ~listings.c.dated).limit(1)).first() is None:
        return None
    own = and_(lines.c.account_id == listings.c.account_id, lines.c.line_id == listings.c.line_id)
    orders = select(func.count(func.distinct(lines.c.order_id))).select_from(listings).join(lines, own).where(listed, lines.c.is_open)
    missing = tx.connection.execute(orders.where(~listings.c.dated, lines.c.ship_by.is_not(None), _had_one(answer.interface))).scalar_one()
    if not missing:
        return None
    dated = tx.connection.execute(orders.where(listings.c.dated)).scalar_one()
    seen_at = before["seen_at"] if before else show_instant(answer.as_of)
    return {"orders": missing, "of": missing + dated, "seen_at": seen_at}


def _had_one(interface: str) -> ColumnElement[bool]:
    """
    Return the condition that this very interface had shown a ship-by of the line: another's can't go missing from it.
    """
    its_look = and_(looks.c.account_id == states.c.account_id, looks.c.look_no == states.c.look_no, looks.c.interface == interface)
    own = and_(states.c.account_id == lines.c.account_id, states.c.line_id == lines.c.line_id, states.c.ship_by.is_not(None))
    return exists(select(states.c.state_no).join(looks, its_look).where(own))


def _missing(mark: Any) -> Missing | None:
    return None if mark is None else Missing(mark["orders"], mark["of"], datetime.fromisoformat(mark["seen_at"]))


def _anything_open(tx: Transaction) -> bool:
    own = (lines.c.account_id == products.c.account_id, lines.c.product_id == products.c.product_id)
    listed = exists(select(lines.c.line_id).where(*own, lines.c.is_open, lines.c.listed))
    query = select(products.c.product_id).where(products.c.account_id == tx.account_id, listed)
    return tx.connection.execute(query.limit(1)).first() is not None


def _needed_since(tx: Transaction, today: date) -> datetime | None:
    """
    Return since when a listed release that lies ahead is known; None where the seller lists none.
    """
    mine = (releases.c.account_id == tx.account_id, releases.c.source == ReleaseSource.SELLER_LIST, releases.c.release_date >= today)
    return tx.connection.execute(select(func.min(releases.c.learned_at)).where(*mine)).scalar()
