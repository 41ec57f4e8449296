"""
A price is told while it is fresh, and only where it is lower.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.compose.makers_compose import NOW, PRICE, a_case, a_file, an_order_finding
from watchdog.compose.facts import gather
from watchdog.compose.matter import Matter
from watchdog.compose.wording import words
from watchdog.terms.calendar import Calendar
from watchdog.terms.letter import Asked, LetterKind
from watchdog.terms.money import Money
from watchdog.terms.policy import Policy

if TYPE_CHECKING:
    from watchdog.compose.composer import Composer


def told(asked: Asked) -> dict[str, object]:
    """
    Return what a letter may tell of the price.
    """
    finding = an_order_finding()
    known = gather(Matter(a_case(finding), finding, words("ja"), Policy(), Calendar(), NOW, asked=asked))
    return {name: known[name].value for name in ("price_now", "price_seen_at", "saving") if name in known}


def yen(amount: int) -> Money:
    """
    Return that many yen.
    """
    return Money(Decimal(amount), "JPY")


def test_a_fresh_price_is_told_with_its_time_and_the_saving() -> None:
    """
    The difference is between what the buyer paid and the price now.
    """
    assert told(PRICE) == {"price_now": "1,180円", "price_seen_at": "9/13(火) 09:40", "saving": "1,020円"}


def test_without_the_price_paid_no_saving_is_told() -> None:
    """
    It can't be worked out, so it is not claimed.
    """
    assert set(told(replace(PRICE, price_paid=None))) == {"price_now", "price_seen_at"}


@pytest.mark.parametrize("age", [timedelta(), timedelta(hours=1)])
def test_an_hour_is_still_fresh(age: timedelta) -> None:
    """
    Up to the hour, its end included.
    """
    assert "price_now" in told(replace(PRICE, price_seen_at=NOW - age))


@pytest.mark.parametrize(
    "asked",
    [
        Asked(),
        replace(PRICE, price_now=None),
        replace(PRICE, price_seen_at=None),
        replace(PRICE, price_seen_at=NOW - timedelta(hours=1, seconds=1)),
        replace(PRICE, price_seen_at=NOW + timedelta(seconds=1)),
        replace(PRICE, price_now=Money(Decimal("9.90"), "EUR")),
        replace(PRICE, price_paid=yen(1180)),
        replace(PRICE, price_paid=Money(Decimal("22.00"), "EUR")),
    ],
    ids=["nothing", "no-price", "no-time", "old", "ahead", "other-currency", "no-saving", "paid-in-another-currency"],
)
def test_a_price_that_is_old_foreign_or_no_saving_is_not_told(asked: Asked) -> None:
    """
    Nothing of it is told, not even its time.
    """
    assert told(asked) == {}


def test_an_old_price_leaves_the_script_without_its_line(composer: Composer) -> None:
    """
    The letter prints all the same.
    """
    old = replace(PRICE, price_seen_at=NOW - timedelta(hours=2))

    letter = composer.letter(LetterKind.BUYER_CANCEL, a_file(), language="ja", now=NOW, reply_by=None, asked=old)
    assert letter.text
    assert "円" not in letter.text


@pytest.mark.parametrize(
    ("language", "money", "shown"),
    [
        ("ja", yen(1180), "1,180円"),
        ("en", yen(1180), "JPY 1,180"),
        ("ja", Money(Decimal("12.5"), "EUR"), "12.50 EUR"),
        ("en", Money(Decimal(1200), "USD"), "USD 1,200.00"),
    ],
)
def test_amounts_are_written_as_people_write_them(language: str, money: Money, shown: str) -> None:
    """
    Yen have no decimals.
    """
    assert words(language).money(money) == shown
