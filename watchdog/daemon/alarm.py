"""
What can't be written into the log can't wait in its outbox: it is said over every channel directly, once, and so is its end.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from structlog.typing import FilteringBoundLogger as Log

from watchdog.terms.condition import Condition, ConditionEvent, ConditionKind, StandingCondition
from watchdog.terms.errors import StoreDamaged, StoreError
from watchdog.terms.finding import Severity
from watchdog.terms.look import Reason
from watchdog.terms.message import Message

if TYPE_CHECKING:
    from watchdog.assemble import House

#: Trouble that lasts no longer than this is nobody's business but the journal's.
_PATIENCE = timedelta(minutes=2)
_AGAIN = timedelta(hours=6)


@dataclass
class Alarm:
    """
    Remembers, in memory alone, since when the log has been in trouble and what was said of it.
    """

    log: Log
    _stands: StandingCondition | None = field(default=None)
    _since: datetime | None = None

    def cry(self, house: House, error: StoreError, now: datetime) -> None:
        """
        Say that the log can't be used, once it has lasted, and again every six hours.
        """
        self._since = min(self._since or now, now)
        if self._stands is None and now - self._since < _PATIENCE:
            return
        if self._stands is not None and now - self._stands.rang_at < _AGAIN:
            return
        kind = ConditionKind.LOG_DAMAGED if isinstance(error, StoreDamaged) else ConditionKind.LOG_UNWRITABLE
        rung = 1 if self._stands is None else self._stands.rung + 1
        condition = Condition(kind, "log", Severity.URGENT, Reason(error.code, error.values))
        self._stands = StandingCondition(condition, self._since, rung, now)
        self._send(house, ConditionEvent.BEGAN if rung == 1 else ConditionEvent.STANDS, now)

    def over(self, house: House, now: datetime) -> None:
        """
        Say that the log works again, if it was said that it did not.
        """
        self._since = None
        if self._stands is not None:
            self._stands = replace(self._stands, ended_at=now)
            self._send(house, ConditionEvent.ENDED, now)
            self._stands = None

    def _send(self, house: House, event: ConditionEvent, now: datetime) -> None:
        assert self._stands is not None  # noqa: S101 - set by whoever calls
        notice = house.composer.condition_notice(
            self._stands, event, language=house.account.language, zone=house.account.home.zone, now=now
        )
        for channel in house.channels:
            receipt = channel.send(Message(0, channel.name, notice, now))
            self.log.warning("alarm.sent", channel=channel.name, fate=receipt.fate.value, reason=receipt.answer)
