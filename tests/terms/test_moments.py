"""
Instants and marketplace dates (DOMAIN §2), with the values seen in Amazon's data.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from watchdog.terms import moments
from watchdog.terms.moments import UnreadableDate

TOKYO, BERLIN, LONDON = ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/London")
PACIFIC, KOLKATA, SYDNEY = ZoneInfo("America/Los_Angeles"), ZoneInfo("Asia/Kolkata"), ZoneInfo("Australia/Sydney")


@pytest.mark.parametrize(
    ("text", "zone", "day"),
    [
        pytest.param("2016-09-08T14:59:59Z", TOKYO, date(2016, 9, 8), id="Japan, end of day in UTC"),
        pytest.param("2016-09-08T23:59:59+09:00", TOKYO, date(2016, 9, 8), id="Japan, own offset"),
        pytest.param("2016-09-08T15:00:00Z", TOKYO, date(2016, 9, 8), id="exactly local midnight ends the day before"),
        pytest.param("2024-12-25T23:59:59Z", TOKYO, date(2024, 12, 26), id="Amazon's own sandbox example is the next day in Japan"),
        pytest.param("2025-05-10T06:59:59+00:00", PACIFIC, date(2025, 5, 9), id="US (S12)"),
        pytest.param("2025-05-06T06:59:59+00:00", PACIFIC, date(2025, 5, 5), id="Canada (S12)"),
        pytest.param("2025-06-10T22:59:59+00:00", LONDON, date(2025, 6, 10), id="UK in summer (S11)"),
        pytest.param("2025-06-10T21:59:59+00:00", BERLIN, date(2025, 6, 10), id="Germany in summer (S11)"),
        pytest.param("2024-01-09T22:59:59Z", BERLIN, date(2024, 1, 9), id="Germany in winter (S15)"),
        pytest.param("2025-08-21T18:29:59+00:00", KOLKATA, date(2025, 8, 21), id="India (S14)"),
        pytest.param("2025-04-14T13:59:59Z", SYDNEY, date(2025, 4, 14), id="Australia"),
        pytest.param("2026-10-25T22:59:59Z", BERLIN, date(2026, 10, 25), id="the night the clocks go back"),
        pytest.param("2026-03-29T21:59:59Z", BERLIN, date(2026, 3, 29), id="the night the clocks go forward"),
        pytest.param("2026-12-31T14:59:59Z", TOKYO, date(2026, 12, 31), id="year's end"),
        pytest.param("2022-12-07T19:42:04.284Z", TOKYO, date(2022, 12, 8), id="milliseconds"),
        pytest.param("2020-10-21T00:00Z", TOKYO, date(2020, 10, 21), id="no seconds"),
        pytest.param("2026/9/8 23:59", TOKYO, date(2026, 9, 8), id="opened in a spreadsheet"),
        pytest.param("2026年9月8日", TOKYO, date(2026, 9, 8), id="a date as written"),
        pytest.param(" 2026-09-08 ", TOKYO, date(2026, 9, 8), id="blanks around"),
    ],
)
def test_a_ship_by_is_the_marketplaces_date(text: str, zone: ZoneInfo, day: date) -> None:
    """
    Convert to the marketplace's zone, then take the date.
    """
    assert moments.parse_ship_by(text, zone) == day


@pytest.mark.parametrize("text", ["", "  ", "1970-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "1970-01-19T03:58:30Z", "1970-01-01"])
def test_empty_and_placeholder_dates_are_no_date(text: str) -> None:
    """
    They never count as moved earlier.
    """
    assert moments.parse_ship_by(text, TOKYO) is None


@pytest.mark.parametrize(
    "text", ["tomorrow", "2026-13-01T00:00:00Z", "20178-02-20T19:49:35Z", "2026-02-30", "9/8", "架空", "2013-09-071T02:00:00"]
)
def test_an_unreadable_date_is_said(text: str) -> None:
    """
    The row is rejected, not guessed.
    """
    with pytest.raises(UnreadableDate):
        moments.parse_ship_by(text, TOKYO)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-09-14", date(2026, 9, 14)),
        ("2026/9/14", date(2026, 9, 14)),
        ("2026年9月14日", date(2026, 9, 14)),
        ("２０２６年９月１４日", date(2026, 9, 14)),
        ("2026.9.14", date(2026, 9, 14)),
        ("20260914", date(2026, 9, 14)),
        ("2026-09-13T15:00:00Z", date(2026, 9, 14)),
        ("2019-03-21T00:00:01Z", date(2019, 3, 21)),
        ("2015-10-01T00:00:00+09:00", date(2015, 10, 1)),
        ("2026/9/14 0:00", date(2026, 9, 14)),
    ],
)
def test_a_release_date_is_read_as_sellers_and_amazon_write_it(text: str, day: date) -> None:
    """
    Exactly local midnight gives the local date, any other instant the date as written.
    """
    assert moments.parse_release_date(text, TOKYO) == day


def test_a_day_ends_where_the_next_begins() -> None:
    """
    8 September is over at 15:00 UTC in Japan.
    """
    assert moments.end_of(date(2026, 9, 8), TOKYO) == datetime(2026, 9, 8, 15, tzinfo=UTC)
