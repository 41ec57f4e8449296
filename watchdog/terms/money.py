"""
Amounts of money with their currency; never a float, never added across currencies.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Money:
    """
    An amount in one currency, in its main unit (yen, euro).
    """

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class SeenPrice:
    """
    The lowest price somebody else asks for a product, with shipping, less points, and when it was seen.
    """

    price: Money
    seen_at: datetime
