"""
Something true of the account, not of an order: it stands until it ends, and is said until then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from watchdog.terms.finding import Severity
from watchdog.terms.look import Reason


class ConditionKind(StrEnum):
    """
    What can be wrong with the account or with the watch itself.
    """

    SOURCE_SILENT = "source_silent"  #: a source no longer shows ship dates (DOMAIN §10); subject: its name
    SOURCE_DEGRADED = "source_degraded"  #: another interface speaks in a source's place; subject: its name
    ACCESS_REFUSED = "access_refused"  #: Amazon refuses our credentials, or the orders; subject: the source's name
    ROLE_MISSING = "role_missing"  #: a source beside the orders is refused, a role or permission is missing; subject: the source's name
    LIST_MISSING = "list_missing"  #: the list of release dates named in the settings is not there; subject: ``releases``
    SECRET_EXPIRES = "secret_expires"  # noqa: S105 - names what expires, is none
    #: (the app's secret must be rotated every 180 days; subject: what expires)
    HEALTH_NEAR_LIMIT = "health_near_limit"  #: DOMAIN §5; subject: ``marketplace:metric:window``
    CHANNEL_DEAD = "channel_dead"  #: a channel takes no messages; subject: its name
    LOG_UNWRITABLE = "log_unwritable"  #: nothing can be written, the disk is full or read-only; subject: ``log``
    LOG_DAMAGED = "log_damaged"  #: the database is not whole; subject: ``log``
    BACKUP_FAILS = "backup_fails"  #: no copy of the database could be made; subject: ``log``


@dataclass(frozen=True, slots=True)
class Condition:
    """
    What stands now. Kind and subject tell it from others; severity, reason and step may change while it stands.

    A reason's values are free of language: instants (names ending in ``_at``) and dates (``_on``) in ISO form, sources by their names
    (``source``); ``compose.conditions.spoken`` shows them as people write them.
    """

    kind: ConditionKind
    subject: str
    severity: Severity
    reason: Reason  #: what is so, a code of ``terms.sentences``
    step: Reason | None = None  #: the one next step, where it is not the kind's own


class ConditionEvent(StrEnum):
    """
    Why a condition is said in this turn.
    """

    BEGAN = "began"
    WORSENED = "worsened"  #: its severity rose
    STANDS = "stands"  #: it is urgent and still so
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class StandingCondition:
    """
    A condition on record, and how often it was said.
    """

    condition: Condition
    since: datetime  #: when it was first observed: with kind and subject it names this standing for good
    rung: int  #: how many alerts were written, at least 1
    rang_at: datetime  #: when the last one was
    ended_at: datetime | None = None

    @property
    def key(self) -> str:
        """
        Name this standing, as the start of its messages' natural keys.
        """
        stamp = f"{self.since:%Y-%m-%dT%H:%M:%SZ}"
        return f"condition/{self.condition.kind}/{self.condition.subject}/{stamp}"
