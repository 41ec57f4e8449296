"""
The seller's matter: opened by a finding, moved by facts, decisions and time; every step an immutable row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from watchdog.terms.finding import Finding, Severity, Subject
from watchdog.terms.identity import CaseNo


class CaseState(StrEnum):
    """
    Where the seller and Amazon stand.
    """

    OPEN = "open"  #: rung, nobody has acted yet
    ACKNOWLEDGED = "acknowledged"  #: the seller knows
    SNOOZED = "snoozed"  #: the seller wants to be reminded later
    TICKET_SENT = "ticket_sent"  #: Amazon's reply is awaited
    VERIFYING = "verifying"  #: Amazon says it is excluded or corrected; not believed until seen
    REFUSED = "refused"  #: Amazon's final no; the other ways remain
    BUYER_ASKED = "buyer_asked"  #: the buyer asked to cancel: approve now
    RESOLVED = "resolved"  #: over, with an outcome
    DISMISSED = "dismissed"  #: the seller says it is nothing

    @property
    def is_open(self) -> bool:
        """
        Say whether the case still needs watching.
        """
        return self not in {CaseState.RESOLVED, CaseState.DISMISSED}

    @property
    def awaits_amazon(self) -> bool:
        """
        Say whether an answer of Amazon's, or what it has promised, is waited for.
        """
        return self in {CaseState.TICKET_SENT, CaseState.VERIFYING}


class Outcome(StrEnum):
    """
    How a case ended (DOMAIN §7).
    """

    RESTORED = "restored"
    RELEASE_CORRECTED = "release_corrected"
    CORRECTED = "corrected"
    CANCELLED_BY_BUYER = "cancelled_by_buyer"
    CANCELLED_BY_SELLER = "cancelled_by_seller"
    CANCELLED_BY_AMAZON = "cancelled_by_amazon"
    CANCELLED = "cancelled"
    SHIPPED_IN_TIME = "shipped_in_time"
    SHIPPED_LATE = "shipped_late"
    COUNTED_LATE = "counted_late"
    MERGED = "merged"
    DISMISSED = "dismissed"


class CaseEvent(StrEnum):
    """
    Everything that can happen to a case: facts, decisions, time.
    """

    # facts
    FOUND = "found"
    EVIDENCE_ADDED = "evidence_added"
    MOVED_EARLIER = "moved_earlier"
    SEVERITY_RAISED = "severity_raised"
    SHIP_BY_PASSED = "ship_by_passed"
    CANCEL_REQUESTED = "cancel_requested"
    SHIP_BY_RESTORED = "ship_by_restored"
    RELEASE_CORRECTED = "release_corrected"
    SHIPPED = "shipped"
    CANCELLED = "cancelled"
    TAKEN_OVER = "taken_over"
    RESET_AGAIN = "reset_again"
    COUNTED_LATE = "counted_late"
    MARK_REMOVED = "mark_removed"
    # decisions
    ACKNOWLEDGE = "acknowledge"
    SNOOZE = "snooze"
    SEND_TICKET = "send_ticket"
    AMAZON_EXCLUDED = "amazon_excluded"
    AMAZON_CORRECTED = "amazon_corrected"
    AMAZON_REFUSED = "amazon_refused"
    AMAZON_ASKS = "amazon_asks"
    CONTACT_BUYER = "contact_buyer"
    BUYER_ASKED = "buyer_asked"
    DISMISS = "dismiss"
    NOTE = "note"
    UNDO = "undo"
    # time
    AUTO_CANCEL_NEAR = "auto_cancel_near"
    REPLY_OVERDUE = "reply_overdue"
    SNOOZE_ENDED = "snooze_ended"


@dataclass(frozen=True, slots=True)
class Case:
    """
    One matter with its standing; ``finding`` is the latest, ``severity`` the highest ever.
    """

    no: CaseNo
    subject: Subject
    state: CaseState
    severity: Severity
    opened_at: datetime
    finding: Finding
    version: int = 1  #: counts moves; a decision made on an older version is refused
    outcome: Outcome | None = None
    closed_at: datetime | None = None
    lowest_ship_by: date | None = None  #: the earliest ship-by already rung for
    rung: frozenset[str] = frozenset()  #: natural keys of what has rung: the same fact never rings twice
    ticket_no: str | None = None
    snoozed_until: datetime | None = None
    merged_into: CaseNo | None = None
    due_at: datetime | None = None  #: when the judge must look again though nothing changed


@dataclass(frozen=True, slots=True)
class CaseStep:
    """
    One immutable row of a case's timeline.
    """

    case_no: CaseNo
    at: datetime
    event: CaseEvent
    state: CaseState  #: after the step
    by: str  #: ``watchdog`` or the person who decided
    outcome: Outcome | None = None
    detail: Mapping[str, str] = field(default_factory=dict)
    rings: bool = False


@dataclass(frozen=True, slots=True)
class CaseFile:
    """
    A case with all that letters and people may be told of it.
    """

    case: Case
    steps: tuple[CaseStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Intent:
    """
    What should become of one case in this turn; decided by the pure room ``cases``, applied by ``routines.enact``.
    """

    event: CaseEvent
    state: CaseState
    finding: Finding
    case: Case | None = None  #: None opens a new case
    outcome: Outcome | None = None
    rings: bool = False
    ring_key: str = ""  #: natural key of the fact that rings
    detail: Mapping[str, str] = field(default_factory=dict)
    takes_over: tuple[CaseNo, ...] = ()  #: order cases a new product case absorbs
    severity: Severity = Severity.NOTICE  #: the case's highest, after this
