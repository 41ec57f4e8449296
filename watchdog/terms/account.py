"""
Whose pre-orders are watched: one seller is account 1, a fleet has many.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from watchdog.terms.identity import AccountId
from watchdog.terms.marketplace import JAPAN, MARKETPLACES, Marketplace
from watchdog.terms.policy import Policy


@dataclass(frozen=True, slots=True)
class Account:
    """
    What the house needs to know of one seller; made from settings today, from a table for a fleet (DESIGN law 8).
    """

    id: AccountId = AccountId(1)
    marketplaces: tuple[Marketplace, ...] = tuple(store for store in MARKETPLACES if store.id == JAPAN)
    language: str = "ja"
    channels: tuple[str, ...] = ("console",)
    policy: Policy = field(default_factory=Policy)

    @property
    def home(self) -> Marketplace:
        """
        The marketplace of rows that name none.
        """
        return self.marketplaces[0]
