"""
What leaves the house: a text for one channel, kept in the outbox until the other side has taken it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from watchdog.terms.case import Case, CaseEvent, CaseFile
from watchdog.terms.finding import Finding, Severity
from watchdog.terms.identity import CaseNo, ProductId


class MessageKind(StrEnum):
    """
    Why it is sent.
    """

    ALERT = "alert"
    RESOLVED = "resolved"
    TEST = "test"
    DIGEST = "digest"  #: once a day: what is open, what is not watched
    REMINDER = "reminder"  #: nobody has answered a warning: said again, or to the second list
    SUMMARY = "summary"  #: a storm: many messages of a channel as one
    UNDELIVERED = "undelivered"  #: what another channel did not take
    CONDITION = "condition"  #: something true of the account or of the watch itself
    CONDITION_ENDED = "condition-ended"


@dataclass(frozen=True, slots=True)
class Ring:
    """
    One case that has something to say in this turn.
    """

    case: Case
    event: CaseEvent
    finding: Finding
    key: str  #: natural key: the same fact never rings twice
    file: CaseFile | None = None  #: its timeline and what reports say, for texts that speak of earlier steps
    also: tuple[CaseEvent, ...] = ()  #: what it tells along


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
    links: tuple[tuple[str, str], ...] = ()  #: (case, address of its page), the case empty for what concerns none

    @property
    def topic(self) -> str:
        """
        What it belongs to where it is about no case: keys of one matter share all but their last part (``condition/…/1``, ``/2``).
        """
        return "" if self.case_nos else self.key.rpartition("/")[0]


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
    reference: str = ""  #: what the channel asked to be reminded of when this message was postponed
    thread: str = ""  #: key of the first notice of the same matter that went over this channel; empty for the first itself
    thread_reference: str = ""  #: what the channel called that one

    @property
    def id(self) -> str:
        """
        The message's stable id, the same at every attempt and over every channel: who sees it twice sees a double.
        """
        return public_id(self.notice.key)


def public_id(key: str) -> str:
    """
    Return the id of a notice's key as people and other programs see it: short, and telling nothing.
    """
    return sha256(key.encode("utf-8", "replace")).hexdigest()[:12]


class Fate(StrEnum):
    """
    What became of one attempt.
    """

    SENT = "sent"
    POSTPONED = "postponed"  #: try again later
    REFUSED = "refused"  #: trying again can't help


class Blame(StrEnum):
    """
    With whom a failed attempt lies: other messages of the channel would meet the same answer, or not.
    """

    CHANNEL = "channel"  #: it is out, asks for time, or knows us no more
    MESSAGE = "message"  #: this one alone is not taken


@dataclass(frozen=True, slots=True)
class Receipt:
    """
    The other side's answer to one attempt; never holds a secret or a text.
    """

    fate: Fate
    answer: str  #: short, for people and the log
    retry_after: float | None = None  #: seconds the other side asked for
    blame: Blame = Blame.CHANNEL
    reference: str = ""  #: what the channel wants to be shown at the next attempt, or in messages of the same thread
