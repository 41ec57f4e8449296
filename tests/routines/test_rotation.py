"""
The application's client secret lives 180 days; nobody should learn of that by an outage.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from watchdog.routines.rotation import Rotation
from watchdog.store import open_temporary
from watchdog.terms.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchdog.store import Store
    from watchdog.terms.condition import Condition

MADE_ON = date(2026, 3, 19)
ENDS_ON = date(2026, 9, 15)


@pytest.fixture
def book() -> Iterator[Store]:
    """
    An empty log.
    """
    store = open_temporary()
    yield store
    store.close()


def observed(book: Store, day: date) -> list[Condition]:
    """
    Return what is observed at noon in Japan on that day.
    """
    now = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
    with book.reading() as tx:
        return list(Rotation(MADE_ON, ZoneInfo("Asia/Tokyo")).observe(tx, now))


@pytest.mark.parametrize(
    ("left", "severity", "code"),
    [
        (15, None, None),
        (14, Severity.WARNING, "secret_expires"),
        (4, Severity.WARNING, "secret_expires"),
        (3, Severity.URGENT, "secret_expires"),
        (0, Severity.URGENT, "secret_expired"),
        (-40, Severity.URGENT, "secret_expired"),
    ],
)
def test_the_reminder_grows_louder(book: Store, left: int, severity: Severity | None, code: str | None) -> None:
    """
    Two weeks ahead a warning, three days ahead urgent, and so until there is a new one.
    """
    found = observed(book, ENDS_ON - timedelta(days=left))

    assert [(condition.severity, condition.reason.code) for condition in found] == ([(severity, code)] if severity else [])


def test_the_day_is_the_seller_s(book: Store) -> None:
    """
    At 16:00 UTC it is tomorrow in Japan.
    """
    with book.reading() as tx:
        (condition,) = Rotation(MADE_ON, ZoneInfo("Asia/Tokyo")).observe(tx, datetime(2026, 9, 11, 16, tzinfo=UTC))

    assert (condition.severity, condition.reason.values["days"]) == (Severity.URGENT, 3)
