"""
The seller's matter: opened by a finding, moved by facts, decisions and time; every step an immutable row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from watchdog.terms.finding import Finding, Severity, Subject
from watchdog.terms.identity import CaseNo, OrderId
from watchdog.terms.promise import Promise


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


#: Ends in which nothing counted, or what had counted was taken back.
PREVENTED = (
    Outcome.RESTORED,
    Outcome.RELEASE_CORRECTED,
    Outcome.CORRECTED,
    Outcome.CANCELLED_BY_BUYER,
    Outcome.SHIPPED_IN_TIME,
)


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
    AMAZON_ANSWERED = "amazon_answered"  #: something else, which settles nothing
    CONTACT_BUYER = "contact_buyer"
    BUYER_ASKED = "buyer_asked"
    DISMISS = "dismiss"
    NOTE = "note"
    UNDO = "undo"
    # time
    DEADLINE_NEAR = "deadline_near"  #: so many hours are left until the ship-by has passed
    BUYER_CONTACT_DUE = "buyer_contact_due"  #: the last business day to write to the buyer
    AUTO_CANCEL_NEAR = "auto_cancel_near"
    REPLY_OVERDUE = "reply_overdue"
    FOLLOW_UP_DUE = "follow_up_due"  #: the answer is still missing the next morning
    VERIFICATION_DUE = "verification_due"  #: no performance report shows whether Amazon's word is kept
    WINDOWS_LEFT = "windows_left"  #: the order has left the windows in which it could count
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

    @property
    def happened_at(self) -> datetime:
        """
        When that took place which the step tells of; it may have been written down later.
        """
        return said_at(self.detail) or self.at


def said_at(detail: Mapping[str, str]) -> datetime | None:
    """
    Return when the seller says it took place; None where he has named no moment.
    """
    return datetime.fromisoformat(detail["at"]) if "at" in detail else None


def standing_steps(steps: Iterable[CaseStep]) -> tuple[CaseStep, ...]:
    """
    Return the steps without decisions that were taken back, and without the undoing itself; oldest first.
    """
    kept: list[CaseStep] = []
    for step in steps:
        if step.event is not CaseEvent.UNDO:
            kept.append(step)
            continue
        undone = next((n for n in reversed(range(len(kept))) if kept[n].event == step.detail.get("undone")), None)
        if undone is not None:
            del kept[undone]
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class Due:
    """
    Something time alone will bring about in a case.
    """

    event: CaseEvent
    at: datetime
    key: str  #: natural key: told once, whatever sleeps or restarts in between
    hours: int | None = None  #: of a reminder: so many hours are left then


@dataclass(frozen=True, slots=True)
class CaseFile:
    """
    A case with all that letters and people may be told of it.
    """

    case: Case
    steps: tuple[CaseStep, ...] = ()
    promise: Promise | None = None  #: what performance reports say of it; None where its ship-by has not passed
    dues: tuple[Due, ...] = ()  #: what time will bring about, the earliest first


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
    takes_over: tuple[CaseNo, ...] = ()  #: cases this product case absorbs
    joining: frozenset[OrderId] = frozenset()  #: orders a product case explains from now on, all of them beside its finding's examples
    severity: Severity = Severity.NOTICE  #: the case's highest, after this
