"""
What the timetable is asked about a message or a warning nobody has answered, and what it says; values only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from watchdog.terms.case import CaseState
from watchdog.terms.finding import Severity
from watchdog.terms.identity import CaseNo
from watchdog.terms.message import MessageKind


class Leave(StrEnum):
    """
    What becomes of a message that is due.
    """

    NOW = "now"
    LATER = "later"  #: quiet hours, a maintenance window, a snoozed case
    NEVER = "never"  #: what it would remind of is answered


@dataclass(frozen=True, slots=True)
class Ruling:
    """
    The timetable's answer; ``at`` says when to ask again.
    """

    leave: Leave
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """
    How a case stands at this moment.
    """

    no: CaseNo
    state: CaseState
    answered: bool  #: a person has acted since it rang last, or it is over
    snoozed_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """
    A message about to leave.
    """

    kind: MessageKind
    severity: Severity
    created_at: datetime
    standings: tuple[Standing, ...] = ()  #: of its cases


@dataclass(frozen=True, slots=True)
class Unanswered:
    """
    A case that has rung and on which nobody has acted since.
    """

    case_no: CaseNo
    step_no: int  #: the step that rang
    severity: Severity
    rang_at: datetime
    said: int = 1  #: how often, the ring itself included
    said_at: datetime | None = None  #: when last, if it was said again
    escalated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """
    A message as another message speaks of it.
    """

    no: int
    kind: MessageKind
    severity: Severity
    subject: str
    case_nos: tuple[CaseNo, ...]
    at: datetime  #: when it was written, or the case rang
    channel: str = ""
    answer: str = ""  #: why it was not delivered
    pending: Pending | None = None  #: what the timetable is asked


@dataclass(frozen=True, slots=True)
class Listing:
    """
    What a message that speaks of others has to say: a reminder, a storm's summary, what was not delivered.
    """

    kind: MessageKind
    key: str
    listed: tuple[Listed, ...]
    to_second: bool = False  #: a reminder to the second list
    said: int = 1  #: a reminder: how often it is said now, the first warning included
    since: datetime | None = None  #: when the first of them was


@dataclass(frozen=True, slots=True)
class ChannelState:
    """
    How a channel is doing; ``failing_since`` is None while it takes messages.
    """

    name: str
    failures: int = 0
    failing_since: datetime | None = None
    rests_until: datetime | None = None
    refused: bool = False  #: trying again can't help until somebody mends it: bad login, webhook gone
    answer: str = ""
    sent_at: datetime | None = None
    waiting: int = 0  #: messages that have not left
