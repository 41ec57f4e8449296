"""
The proof that the log holds no buyer's data: every text in it is looked at for what only a person would have (DOMAIN §9).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import Column, Table, Text, cast, or_, select

from watchdog.store.columns import Json
from watchdog.store.whole import metadata

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from watchdog.store.database import Transaction

#: E-mail addresses, Japanese postal codes as addresses write them, telephone numbers. Order numbers are 3-7-7 digits and match none.
_PERSONAL = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.-]+"
    r"|〒\s?\d{3}"
    r"|(?<![\d-])0\d{1,3}-\d{2,4}-\d{3,4}(?![\d-])"
    r"|(?<![\d+])\+81[\d -]{9,12}"
)
#: Must be digests: what else stands there is somebody's address.
_DIGESTS = frozenset({"address"})
_DIGEST = re.compile(r"[0-9a-f]{8}:[a-z_-]+:[0-9a-f]{32}")
#: Ids and words of ours, and the seller's own words about a case: he may write down whom he called.
_OTHERS = frozenset({"case_steps.detail", "notices.order_id"})


def scan(tx: Transaction) -> dict[str, int]:
    """
    Return where something looks like a buyer's data: ``table.column`` → how many rows; nothing where all is well.
    """
    found = {}
    for table in metadata.sorted_tables:
        for column in table.columns:
            if f"{table.name}.{column.name}" not in _OTHERS and (count := _hits(tx, table, column)):
                found[f"{table.name}.{column.name}"] = count
    return found


def _hits(tx: Transaction, table: Table, column: Column[object]) -> int:
    """
    Count the rows; the database passes on only what could match, so that a million rows are no burden.
    """
    if type(column.type) not in {Text, Json}:
        return 0
    text = cast(column, Text)
    suspect = text.is_not(None) if column.name in _DIGESTS else _suspect(text)
    query = select(text).where(table.c.account_id == tx.account_id, suspect)
    judged = _is_open if column.name in _DIGESTS else _is_personal
    return sum(judged(str(value)) for value in tx.connection.execution_options(yield_per=5000).execute(query).scalars())


def _suspect(text: ColumnElement[str]) -> ColumnElement[bool]:
    return or_(*(text.like(f"%{part}%") for part in ("@", "〒", "0_-%-", "0__-%-", "0___-%-", "+81")))


def _is_personal(text: str) -> bool:
    return _PERSONAL.search(text) is not None


def _is_open(text: str) -> bool:
    return _DIGEST.fullmatch(text) is None
