"""
What came in: every look with its row counts, the rows and files that could not be used, and each source's mark.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select, update

from watchdog.store.schema import defects, looks, marks
from watchdog.terms.identity import LookNo
from watchdog.terms.look import Defect, Kind, Look, Mark, Reason, RowCounts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watchdog.store.database import Transaction

#: Rejected rows named per look; the rest is counted.
DEFECTS_KEPT = 200


@dataclass(frozen=True, slots=True)
class Intake:
    """
    One file or page as it was taken in.
    """

    look_no: LookNo
    source: str
    name: str
    kind: Kind
    as_of: datetime
    started_at: datetime
    finished_at: datetime | None
    rows: RowCounts
    refused: Reason | None
    defects: tuple[Defect, ...] = ()
    remark: Reason | None = None  #: what a person should know though the rows were used


def enter(tx: Transaction, look: Look, watch_version: int, *, now: datetime) -> LookNo:
    """
    Write the look down and return its number; one that a crash left unfinished is taken up again under its old number.
    """
    same = (looks.c.account_id == tx.account_id, looks.c.source == look.source, looks.c.name == look.name, looks.c.as_of == look.as_of)
    rows = tx.connection.execute(select(looks.c.look_no, looks.c.finished_at, looks.c.content).where(*same)).all()
    unfinished = [no for no, finished_at, content in rows if finished_at is None and content == look.content]
    if unfinished:
        _amend(tx, LookNo(unfinished[0]), _counts(RowCounts(), 0, 0) | {"watch_version": watch_version, "started_at": now})
        return LookNo(unfinished[0])
    number = tx.connection.execute(
        select(func.coalesce(func.max(looks.c.look_no), 0)).where(looks.c.account_id == tx.account_id)
    ).scalar_one()
    row = {
        "account_id": tx.account_id,
        "look_no": number + 1,
        "source": look.source,
        "name": look.name,
        "kind": look.kind,
        "as_of": look.as_of,
        "interface": look.interface,
        "complete": look.complete,
        "content": look.content,
        "started_at": now,
        "watch_version": watch_version,
        "again_of": _first_of(tx, look),
        **_counts(RowCounts(), 0, 0),
    }
    tx.connection.execute(insert(looks).values(**row))
    return LookNo(number + 1)


def _first_of(tx: Transaction, look: Look) -> int | None:
    """
    Return the finished look that had this very content and time: this one is reading it again.
    """
    if look.content is None:
        return None
    finished = (looks.c.finished_at.is_not(None), looks.c.refused.is_(None), looks.c.again_of.is_(None))
    mine = (looks.c.account_id == tx.account_id, looks.c.content == look.content, looks.c.source == look.source)
    return tx.connection.execute(select(func.min(looks.c.look_no)).where(*mine, *finished, looks.c.as_of == look.as_of)).scalar()


def _counts(rows: RowCounts, passed: int, dated: int) -> dict[str, int]:
    return {
        "rows_used": rows.used,
        "rows_unchanged": rows.unchanged,
        "rows_rejected": rows.rejected,
        "rows_ignored": rows.ignored,
        "rows_passed": passed,
        "rows_dated": dated,
    }


def _amend(tx: Transaction, number: LookNo, values: dict[str, object]) -> None:
    tx.connection.execute(update(looks).where(looks.c.account_id == tx.account_id, looks.c.look_no == number).values(**values))


def count(tx: Transaction, number: LookNo, rows: RowCounts, *, passed: int, dated: int) -> None:
    """
    Note what became of the look's rows so far.
    """
    _amend(tx, number, dict(_counts(rows, passed, dated)))


def finish(tx: Transaction, number: LookNo, *, remark: Reason | None = None, now: datetime) -> None:
    """
    Note that the look is finished: its content need not be read again; with what a person should know of it all the same.
    """
    _amend(tx, number, {"finished_at": now, "remark": remark})


def refuse(tx: Transaction, number: LookNo, reason: Reason, *, now: datetime) -> None:
    """
    Note that nothing of the look could be used.
    """
    _amend(tx, number, {"finished_at": now, "refused": reason})


def note_defects(tx: Transaction, number: LookNo, found: Sequence[Defect]) -> None:
    """
    Name the rows that could not be used, the first two hundred of a look; the rest is only counted.
    """
    mine = (defects.c.account_id == tx.account_id, defects.c.look_no == number)
    places = set(tx.connection.execute(select(defects.c.place).where(*mine)).scalars()) if found else set()
    new = [defect for defect in found if defect.place not in places][: max(0, DEFECTS_KEPT - len(places))]
    rows = [
        {"account_id": tx.account_id, "look_no": number, "defect_no": no, "place": defect.place, "reason": defect.reason}
        for no, defect in enumerate(new, len(places) + 1)
    ]
    if rows:
        tx.connection.execute(insert(defects), rows)


def mark(tx: Transaction, source: str) -> Mark | None:
    """
    Return what the source wanted to find again at its next poll.
    """
    mine = (marks.c.account_id == tx.account_id, marks.c.source == source)
    found: Mark | None = tx.connection.execute(select(marks.c.mark).where(*mine)).scalar()
    return found


def save_mark(tx: Transaction, source: str, new: Mark) -> None:
    """
    Keep what the source wants to find again.
    """
    tx.put(marks, [{"source": source, "mark": dict(new)}], "mark")


def rows(tx: Transaction, since_look: LookNo = LookNo(0)) -> RowCounts:
    """
    Return what became of all order rows of the looks after ``since_look``.

    A file read again because the watch list grew does not count twice: its rows used only now were ignored before.
    """
    mine = (looks.c.account_id == tx.account_id, looks.c.look_no > since_look)
    columns = (looks.c.rows_used, looks.c.rows_unchanged, looks.c.rows_rejected, looks.c.rows_ignored)
    sums = select(*(func.coalesce(func.sum(column), 0) for column in columns)).where(*mine, looks.c.again_of.is_(None))
    first = RowCounts(*tx.connection.execute(sums).one())
    late = tx.connection.execute(
        select(func.coalesce(func.sum(looks.c.rows_used), 0)).where(*mine, looks.c.again_of.is_not(None))
    ).scalar_one()
    return RowCounts(first.used + late, first.unchanged, first.rejected, max(0, first.ignored - late))


def intake(tx: Transaction, limit: int) -> tuple[Intake, ...]:
    """
    Return the newest looks first, each with its named defects.
    """
    query = select(looks).where(looks.c.account_id == tx.account_id).order_by(looks.c.look_no.desc()).limit(limit)
    found = tx.connection.execute(query).all()
    wanted = [row.look_no for row in found]
    named: dict[int, list[Defect]] = {}
    mine = (defects.c.account_id == tx.account_id, defects.c.look_no.in_(wanted))
    for row in tx.connection.execute(select(defects).where(*mine).order_by(defects.c.defect_no)):
        named.setdefault(row.look_no, []).append(Defect(row.place, row.reason))
    return tuple(
        Intake(
            LookNo(row.look_no),
            row.source,
            row.name,
            row.kind,
            row.as_of,
            row.started_at,
            row.finished_at,
            RowCounts(row.rows_used, row.rows_unchanged, row.rows_rejected, row.rows_ignored),
            row.refused,
            tuple(named.get(row.look_no, ())),
            row.remark,
        )
        for row in found
    )
