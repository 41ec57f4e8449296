"""
Amounts of money with their currency; never a float, never added across currencies.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Money:
    """
    An amount in one currency, in its main unit (yen, euro).
    """

    amount: Decimal
    currency: str
