"""
How values lie in the database.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects.sqlite import dialect

from watchdog.store.columns import MarketplaceDate, UtcInstant, Word
from watchdog.terms.look import ReleaseSource
from watchdog.terms.observation import Status

SQLITE = dialect()
instants = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(lambda moment: moment.replace(microsecond=0))  # noqa: DTZ001 - the zone is drawn
zones = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))


@given(st.builds(lambda moment, zone: moment.replace(tzinfo=zone), instants, zones))
def test_an_instant_comes_back_as_the_same_moment(moment: datetime) -> None:
    """
    Whatever zone it was written in.
    """
    column = UtcInstant()

    assert column.process_result_value(column.process_bind_param(moment, SQLITE), SQLITE) == moment


@given(*[st.builds(lambda moment, zone: moment.replace(tzinfo=zone), instants, zones)] * 2)
def test_stored_instants_sort_by_time(one: datetime, other: datetime) -> None:
    """
    Text order is the order of time.
    """
    column = UtcInstant()
    texts = [str(column.process_bind_param(moment, SQLITE)) for moment in (one, other)]

    assert (texts[0] < texts[1]) == (one < other)


def test_a_naive_instant_is_refused() -> None:
    """
    A time without a zone is no instant.
    """
    with pytest.raises(ValueError, match="naive"):
        UtcInstant().process_bind_param(datetime(2026, 9, 1), SQLITE)  # noqa: DTZ001 - what is refused


def test_an_instant_is_no_marketplace_date() -> None:
    """
    The two are never mistaken for each other.
    """
    assert MarketplaceDate().process_bind_param(date(2026, 9, 1), SQLITE) == "2026-09-01"
    with pytest.raises(ValueError, match="instant"):
        MarketplaceDate().process_bind_param(datetime(2026, 9, 1), SQLITE)  # noqa: DTZ001 - what is refused


def test_a_word_of_another_set_is_refused() -> None:
    """
    A status column holds a status.
    """
    with pytest.raises(ValueError, match="catalog"):
        Word(Status).process_bind_param(ReleaseSource.CATALOG, SQLITE)
