"""
What every table is made of: named constraints, the account that leads every key, numbers that are ours.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKeyConstraint, Integer, MetaData

#: Every constraint has a name, because alembic rebuilds tables on SQLite and can only drop what it can name.
metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def key(name: str, kind: Any = Integer) -> Column[Any]:
    """
    Return a part of a primary key; numbers are ours, never the database's.
    """
    return Column(name, kind, primary_key=True, autoincrement=False)


def must(name: str, kind: Any) -> Column[Any]:
    """
    Return a column that always holds a value.
    """
    return Column(name, kind, nullable=False)


def may(name: str, kind: Any) -> Column[Any]:
    """
    Return a column that may be unknown.
    """
    return Column(name, kind)


def account() -> Column[Any]:
    """
    Return the leading column of every table (DESIGN law 8).
    """
    return key("account_id")


def belongs(to: str, *names: str) -> ForeignKeyConstraint:
    """
    Return the foreign key to another table of the same account.
    """
    return ForeignKeyConstraint(["account_id", *names], [f"{to}.account_id", *(f"{to}.{name}" for name in names)])
