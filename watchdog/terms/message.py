"""
What leaves the house: a text for one channel, kept in the outbox until the other side has taken it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from watchdog.terms.case import Case, CaseEvent
from watchdog.terms.finding import Finding, Severity
from watchdog.terms.identity import CaseNo, ProductId


class MessageKind(StrEnum):
    """
    Why it is sent.
    """

    ALERT = "alert"
    RESOLVED = "resolved"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Ring:
    """
    One case that has something to say in this turn.
    """

    case: Case
    event: CaseEvent
    finding: Finding
    key: str  #: natural key: the same fact never rings twice


@dataclass(frozen=True, slots=True)
class Notice:
    """
    One composed warning, the same for every channel.
    """

    kind: MessageKind
    severity: Severity
    subject: str
    text: str  #: plain, complete; what a channel without formatting shows
    html: str
    blocks: Sequence[Mapping[str, Any]]  #: Slack Block Kit
    case_nos: tuple[CaseNo, ...]
    product_id: ProductId | None
    key: str  #: natural key of the bundle, from its rings
    attachments: tuple[tuple[str, str], ...] = ()  #: (file name, text): tickets ready to paste


@dataclass(frozen=True, slots=True)
class Message:
    """
    A notice on its way over one channel.
    """

    no: int
    channel: str
    notice: Notice
    created_at: datetime
    attempts: int = 0
    lease: str = ""  #: owner of the lease, shown again at settle


class Fate(StrEnum):
    """
    What became of one attempt.
    """

    SENT = "sent"
    POSTPONED = "postponed"  #: try again later
    REFUSED = "refused"  #: trying again can't help


@dataclass(frozen=True, slots=True)
class Receipt:
    """
    The other side's answer to one attempt; never holds a secret or a text.
    """

    fate: Fate
    answer: str  #: short, for people and the log
    retry_after: float | None = None  #: seconds the other side asked for
