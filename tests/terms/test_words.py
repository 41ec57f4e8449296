"""
Ids, calendars and marketplaces.
"""

from __future__ import annotations

from datetime import date

import pytest

from tests.makers import CALENDARS
from watchdog.terms import identity, marketplace
from watchdog.terms.identity import CaseNo, DamagedId
from watchdog.terms.marketplace import JAPAN


@pytest.mark.parametrize("text", ["5.80293E+13", "2,50E+16", "1e+12"])
def test_an_id_rounded_by_a_spreadsheet_is_named(text: str) -> None:
    """
    It cannot be recovered, and must not be taken for an id.
    """
    with pytest.raises(DamagedId):
        identity.parse_order_id(text)


@pytest.mark.parametrize("text", ["", "見本", "a b", "kakuu@example.com", "x" * 41])
def test_what_no_order_id_looks_like_is_refused(text: str) -> None:
    """
    A shifted column may hold a buyer's data.
    """
    with pytest.raises(ValueError, match="order id"):
        identity.parse_order_id(text)


def test_an_unusual_order_id_is_accepted() -> None:
    """
    Fixtures and old systems hold other shapes (columns.md, point 16).
    """
    assert identity.parse_order_id(" 111-31313131-775566 ") == "111-31313131-775566"


@pytest.mark.parametrize(("text", "number"), [("PW-0042", 42), ("pw-42", 42), ("42", 42), ("0", None), ("PW-", None), ("250-1-1", None)])
def test_a_case_number_is_read_as_people_type_it(text: str, number: int | None) -> None:
    """
    With or without letters and zeros.
    """
    assert identity.parse_case_no(text) == (CaseNo(number) if number else None)


def test_business_days_leave_out_weekends_and_holidays() -> None:
    """
    Around Japan's holidays of 21 to 23 September 2026.
    """
    calendar = CALENDARS[JAPAN]

    assert calendar.shifted(date(2026, 9, 18), 1) == date(2026, 9, 24)
    assert calendar.shifted(date(2026, 9, 24), -1) == date(2026, 9, 18)
    assert calendar.between(date(2026, 9, 14), date(2026, 9, 24)) == 5
    assert calendar.last_before(date(2026, 9, 14)) == date(2026, 9, 11)


@pytest.mark.parametrize("text", ["A1VC38T7YXB528", "JP", "jp"])
def test_a_marketplace_is_found_by_id_or_country(text: str) -> None:
    """
    Sellers know the country, Amazon the id.
    """
    found = marketplace.by_id(text)

    assert found is not None
    assert found.order_link("250-1-1") == "https://sellercentral.amazon.co.jp/orders-v3/order/250-1-1"


def test_every_marketplace_has_a_zone() -> None:
    """
    A misspelt zone would only fail on the first order of that country.
    """
    assert all(store.zone for store in marketplace.MARKETPLACES)
