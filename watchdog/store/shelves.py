"""
Shelves and sweeps: which source shows which marketplace, and when a finished complete look covered it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, insert, select, update

from watchdog.store.chronicle import Confirmation
from watchdog.store.schema import looks, shelves, sweeps
from watchdog.terms.identity import LookNo

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from watchdog.store.database import Transaction


class Shelves:
    """
    The account's shelves, numbered; a handful per source.
    """

    def __init__(self, tx: Transaction) -> None:
        """
        Load them.
        """
        query = select(shelves.c.source, shelves.c.marketplace_id, shelves.c.shelf_no).where(shelves.c.account_id == tx.account_id)
        self._numbers: dict[tuple[str, str], int] = {(source, place): number for source, place, number in tx.connection.execute(query)}

    def number(self, source: str, marketplace_id: str) -> int:
        """
        Return the shelf's number; it exists.
        """
        return self._numbers[source, marketplace_id]

    def of(self, source: str) -> dict[str, int]:
        """
        Return the source's shelves by marketplace.
        """
        return {place: number for (name, place), number in self._numbers.items() if name == source}

    def require(self, tx: Transaction, source: str, marketplace_ids: Iterable[str], *, sees_pending: bool) -> bool:
        """
        Make the shelves that are missing and say whether any was; looks that were empty altogether had covered them too.
        """
        missing = [place for place in marketplace_ids if (source, place) not in self._numbers]
        for place in missing:
            query = select(func.coalesce(func.max(shelves.c.shelf_no), 0)).where(shelves.c.account_id == tx.account_id)
            number = int(tx.connection.execute(query).scalar_one()) + 1
            row = {"account_id": tx.account_id, "shelf_no": number, "source": source, "marketplace_id": place, "sees_pending": sees_pending}
            tx.connection.execute(insert(shelves).values(**row))
            self._numbers[source, place] = number
            _cover_by_empty(tx, source, number)
        return bool(missing)


def _cover_by_empty(tx: Transaction, source: str, shelf_no: int) -> None:
    rows = looks.c.rows_used + looks.c.rows_unchanged + looks.c.rows_rejected + looks.c.rows_ignored
    empty = select(looks.c.look_no, looks.c.as_of).where(
        looks.c.account_id == tx.account_id,
        looks.c.source == source,
        looks.c.complete,
        looks.c.finished_at.is_not(None),
        looks.c.refused.is_(None),
        rows == 0,
    )
    for look_no, as_of in tx.connection.execute(empty).all():
        add_sweep(tx, shelf_no, look_no, as_of, sure=True)


def add_sweep(tx: Transaction, shelf_no: int, look_no: int, as_of: datetime, *, sure: bool) -> None:
    """
    Note that a complete look at the shelf is finished: every line it lists and that got no state from it was shown unchanged.
    """
    tx.add(sweeps, [{"shelf_no": shelf_no, "look_no": look_no, "as_of": as_of, "sure": sure}])
    newer = (shelves.c.swept_at.is_(None)) | (shelves.c.swept_at < as_of)
    mine = (shelves.c.account_id == tx.account_id, shelves.c.shelf_no == shelf_no)
    tx.connection.execute(update(shelves).where(*mine, newer).values(swept_at=as_of))


def sweeps_since(tx: Transaction, since: datetime, look_no: LookNo) -> dict[tuple[str, str], list[Confirmation]]:
    """
    Return every shelf's sweeps at or after an instant, oldest first; those of the look itself apart.
    """
    own = and_(shelves.c.account_id == sweeps.c.account_id, shelves.c.shelf_no == sweeps.c.shelf_no)
    query = (
        select(shelves.c.source, shelves.c.marketplace_id, sweeps.c.as_of, sweeps.c.look_no, sweeps.c.sure)
        .join(shelves, own)
        .where(sweeps.c.account_id == tx.account_id, sweeps.c.as_of >= since, sweeps.c.look_no != look_no)
        .order_by(sweeps.c.as_of, sweeps.c.look_no)
    )
    found: dict[tuple[str, str], list[Confirmation]] = defaultdict(list)
    for source, place, as_of, number, sure in tx.connection.execute(query):
        found[source, place].append(Confirmation(as_of, LookNo(number), sweep=True, sure=sure))
    return found
