"""
A channel that takes no messages is a condition of the account: said over the others until it takes them again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from watchdog.store import channel_health
from watchdog.terms.condition import Condition, ConditionKind
from watchdog.terms.finding import Severity
from watchdog.terms.look import Reason
from watchdog.terms.moments import show_instant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from watchdog.store import Transaction
    from watchdog.terms.dispatch import ChannelState

#: A short outage is nobody's business: the messages wait and leave by themselves.
_PATIENCE = timedelta(minutes=15)
_LONG = timedelta(hours=1)


@dataclass(frozen=True)
class ChannelWatch:
    """
    Knows which of the channels that are set up have been failing for a while, or refuse for good.
    """

    names: tuple[str, ...]
    kinds: ClassVar[tuple[ConditionKind, ...]] = (ConditionKind.CHANNEL_DEAD,)

    def observe(self, tx: Transaction, now: datetime) -> Iterator[Condition]:
        """
        Yield one condition for each such channel.
        """
        for state in channel_health.states(tx):
            since = state.failing_since
            if state.name in self.names and since is not None and (state.refused or now - since >= _PATIENCE):
                loud = state.refused or now - since >= _LONG
                yield Condition(
                    ConditionKind.CHANNEL_DEAD, state.name, Severity.URGENT if loud else Severity.WARNING, _reason(state, since)
                )


def _reason(state: ChannelState, since: datetime) -> Reason:
    values: dict[str, str | int] = {"since_at": show_instant(since), "answer": state.answer, "waiting": state.waiting}
    return Reason("channel_refuses" if state.refused else "channel_fails", values)
