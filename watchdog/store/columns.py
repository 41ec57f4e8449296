"""
How values lie in the database: instants and dates as ISO text, enums as their words, values as JSON.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, TypeDecorator

from watchdog.terms.moments import show_instant

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from sqlalchemy import Dialect


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    """
    Return the JSON reader and writer of a type; pydantic is imported only where one is used.
    """
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def to_text(moment: datetime) -> str:
    """
    Return the instant as it is stored: ISO-8601 in UTC, whole seconds, ``Z``.

    Raises:
        ValueError: the instant is naive.
    """
    if moment.tzinfo is UTC:
        return f"{moment.isoformat()[:19]}Z"  # the common case, three times as fast
    if moment.tzinfo is None:
        raise ValueError("naive instant")
    return show_instant(moment)


def to_instant(text: str) -> datetime:
    """
    Return the stored instant.
    """
    return datetime.fromisoformat(text).astimezone(UTC)


class UtcInstant(TypeDecorator[datetime]):
    """
    An aware instant, stored as text that sorts by time; naive values are refused.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """
        Write the instant.
        """
        del dialect
        return None if value is None else to_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """
        Read the instant.
        """
        del dialect
        return None if value is None else to_instant(value)


class MarketplaceDate(TypeDecorator[date]):
    """
    A calendar date of the marketplace, stored as ISO text.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """
        Write the date; an instant is no date.
        """
        del dialect
        if isinstance(value, datetime):
            raise ValueError("an instant is no marketplace date")  # noqa: TRY004 - the value is wrong, not the call
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """
        Read the date.
        """
        del dialect
        return None if value is None else date.fromisoformat(value)


class Word(TypeDecorator[StrEnum]):
    """
    A member of a closed set, stored as its word.
    """

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        """
        Keep the set the words belong to.
        """
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        """
        Write the word; a word of another set is refused.
        """
        del dialect
        return None if value is None else str(self.kind(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """
        Read the word.
        """
        del dialect
        return None if value is None else self.kind(value)


class Json(TypeDecorator[Any]):
    """
    A value of the terms, stored as JSON text.
    """

    impl = Text
    cache_ok = True

    def __init__(self, kind: Any) -> None:
        """
        Keep the type that is written and read.
        """
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """
        Write the value.
        """
        del dialect
        return None if value is None else adapter(self.kind).dump_json(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """
        Read the value.
        """
        del dialect
        return None if value is None else adapter(self.kind).validate_json(value)
