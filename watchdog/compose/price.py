"""
The price a buyer would pay elsewhere: told only while it is fresh, in the marketplace's currency, and where it is lower.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from watchdog.terms.money import Money

if TYPE_CHECKING:
    from watchdog.compose.matter import Matter

#: Offers change by the hour; an older price may be wrong when the buyer reads it.
FRESH = timedelta(hours=1)


def now_told(matter: Matter) -> str:
    """
    Return the present price as text, empty where it may not be told.
    """
    asked = matter.asked
    return matter.words.money(asked.price_now) if asked.price_now is not None and _may_be_told(matter) else ""


def seen_at_told(matter: Matter) -> str:
    """
    Return when the price was seen, empty where it may not be told.
    """
    return matter.moment(matter.asked.price_seen_at) if _may_be_told(matter) else ""


def saving_told(matter: Matter) -> str:
    """
    Return how much less the buyer would pay, empty where either price is unknown or may not be told.
    """
    now, paid = matter.asked.price_now, matter.asked.price_paid
    if now is None or paid is None or not _may_be_told(matter):
        return ""
    return matter.words.money(Money(paid.amount - now.amount, now.currency))


def _may_be_told(matter: Matter) -> bool:
    asked = matter.asked
    if asked.price_now is None or asked.price_seen_at is None or asked.price_now.currency != matter.store.currency:
        return False
    if not timedelta() <= matter.now - asked.price_seen_at <= FRESH:
        return False
    paid = asked.price_paid
    return paid is None or (paid.currency == asked.price_now.currency and paid.amount > asked.price_now.amount)
