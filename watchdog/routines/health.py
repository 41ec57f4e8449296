"""
At every turn: do the newest account health figures lie near a limit?
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from watchdog.detect.near_limit import near_limit
from watchdog.store import Transaction, health
from watchdog.terms.condition import Condition, ConditionKind
from watchdog.terms.policy import Policy

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime


@dataclass(frozen=True)
class HealthWatch:
    """
    Observes ``health_near_limit``; what stands is reconciled by ``routines.conditions``.
    """

    policy: Policy

    @property
    def kinds(self) -> Collection[ConditionKind]:
        """
        The one kind it speaks of.
        """
        return frozenset({ConditionKind.HEALTH_NEAR_LIMIT})

    def observe(self, tx: Transaction, now: datetime) -> Iterable[Condition]:
        """
        Return what stands now, by the newest figure of each marketplace, metric and window.
        """
        return tuple(near_limit(health.latest(tx), policy=self.policy, now=now))
