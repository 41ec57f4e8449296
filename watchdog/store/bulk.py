"""
The one path that skips SQLAlchemy: many rows at once, as fast as the driver can.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection


def bulk_insert(connection: Connection, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """
    Insert the rows, whose values are already as stored: ``executemany`` on SQLite, ``COPY`` on PostgreSQL.
    """
    if connection.dialect.name == "sqlite":
        _insert_sqlite(connection, table, columns, rows)
    else:
        _copy(connection, table, columns, rows)


def _insert_sqlite(connection: Connection, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """
    Bind only what differs between the rows: binding costs as much as inserting, and most columns of one look are the same in every row.
    """
    by_column = list(zip(*rows, strict=True))
    same = [values.count(values[0]) == len(values) and _is_plain(values[0]) for values in by_column]
    places = [_literal(values[0]) if alike else "?" for values, alike in zip(by_column, same, strict=True)]
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(places)})"
    if all(same):
        connection.exec_driver_sql(statement)
        return
    cursor = connection.connection.cursor()
    cursor.executemany(statement, list(zip(*(values for values, alike in zip(by_column, same, strict=True) if not alike), strict=True)))
    cursor.close()


def _is_plain(value: object) -> bool:
    """
    Say whether the value may stand in a statement as it is: numbers, words of ours, instants; no text from a file.
    """
    return (
        value is None
        or isinstance(value, int)
        or (isinstance(value, str) and value.replace("-", "").replace(":", "").replace("_", "").isalnum())
    )


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    return f"'{value}'" if isinstance(value, str) else str(int(value))  # type: ignore[call-overload]


def _copy(connection: Connection, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    cursor: Any = connection.connection.cursor()
    with cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


@contextmanager
def uncollected() -> Iterator[None]:
    """
    Let the block run without Python's search for cycles.

    A batch makes a hundred thousand values that hold none and all die with it; walking them again and again costs a quarter of a load.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
