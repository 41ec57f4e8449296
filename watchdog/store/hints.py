"""
What SQLite's planner must be told: the account, which leads every index, tells no rows apart.

Without figures SQLite takes an equality on the first column for selective and walks a whole account along its primary key. ``ANALYZE``
would measure that only once the tables are full, so its table gets plausible figures with the schema; measuring later replaces them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from watchdog.store.whole import metadata

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

_ROWS = 1_000_000
_FEW = {"ledger": 2, "marks": 10, "shelves": 10, "passed_rows": 10, "jobs": 10}
#: Rows that share an index's first two columns; every further column halves them.
_ALIKE = 64


def give_hints(connection: Connection) -> None:
    """
    Write the figures; does nothing on PostgreSQL, which measures by itself.
    """
    if connection.dialect.name != "sqlite":
        return
    connection.execute(text("ANALYZE"))
    connection.execute(text("DELETE FROM sqlite_stat1"))
    statement = text("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (:tbl, :idx, :stat)")
    for table in sorted(metadata.tables):
        for name, figures in _figures(connection, table):
            connection.execute(statement, {"tbl": table, "idx": name, "stat": figures})
    connection.execute(text("ANALYZE sqlite_schema"))


def _figures(connection: Connection, table: str) -> Iterator[tuple[str, str]]:
    without_rowid = metadata.tables[table].dialect_options["sqlite"]["with_rowid"] is False
    rows = _FEW.get(table, _ROWS)
    for _no, name, unique, origin, _partial in connection.execute(text(f"PRAGMA index_list({table})")).all():
        columns = len(connection.execute(text(f"PRAGMA index_info({name})")).all())
        alike = [max(1, min(rows, _ALIKE) >> place) for place in range(columns - 1)]
        if unique and alike:
            alike[-1] = 1
        is_table = origin == "pk" and without_rowid
        yield table if is_table else name, " ".join(str(figure) for figure in (rows, rows, *alike)[: columns + 1])
