"""
What comes next for a case, and what has happened to it, each as one line in the seller's words.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from watchdog.review.texts import text
from watchdog.terms.case import CaseEvent, CaseState, standing_steps
from watchdog.terms.finding import Cause, Rule
from watchdog.terms.identity import show_case_no
from watchdog.terms.marketplace import BY_ID
from watchdog.terms.moments import local_date
from watchdog.terms.replies import FollowUp, first_ticket, follow_up_of, is_refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from watchdog.review.words import Words
    from watchdog.terms.case import Case, CaseFile, CaseStep

_PRODUCT_CAUSES = {Cause.RELEASE_MOVED, Cause.LISTING_RESET, Cause.LISTING_MISDATED}
#: Details of a step that say something to people, in the order they are shown.
_TOLD = ("order", "at", "until", "ticket_no", "reference", "reply_by", "cause", "reason", "text", "into", "undone")
_BY_STATE = {
    CaseState.SNOOZED: "next_snoozed",
    CaseState.TICKET_SENT: "next_wait",
    CaseState.VERIFYING: "next_verify",
    CaseState.REFUSED: "next_refused",
    CaseState.BUYER_ASKED: "next_approve",
    CaseState.DISMISSED: "next_dismissed",
    CaseState.RESOLVED: "next_nothing",
}
#: What waits for Amazon: in the end less urgent than an order that is about to be cancelled.
_BEFORE_SHIPPING = frozenset({"next_ticket", "next_wait", "next_verify", "next_refused"})


def next_step(file: CaseFile, words: Words, *, now: datetime) -> str:
    """
    Return the one next step of the case.
    """
    case = file.case
    code, until = next_code(file, now=now)
    when = words.moment(until, BY_ID[case.subject.marketplace_id].zone, now=now) if until is not None else text("unknown", words.language)
    return text(code, words.language, case=show_case_no(case.no), when=when, order=_order_of_a_wish(file) or "")


def next_code(file: CaseFile, *, now: datetime) -> tuple[str, datetime | None]:
    """
    Return which step comes next, as the code of a text, and until when something is awaited.
    """
    case = file.case
    product = case.finding.cause in _PRODUCT_CAUSES
    code = _BY_STATE.get(case.state, "next_note" if product else "next_ticket")
    if code == "next_refused" and product:
        code = "next_note"
    if _order_of_a_wish(file) is not None:
        code = "next_approve_order"
    elif not product and code in _BEFORE_SHIPPING and _is_to_ship(case, now):
        code = "next_ship"
    elif not product:
        code = _with_ticket(file, code)
    return code, case.snoozed_until if case.state is CaseState.SNOOZED else _reply_by(file)


def _is_to_ship(case: Case, now: datetime) -> bool:
    """
    Say whether Amazon is about to cancel the order though the product is out: then shipping goes before all letters, as in the alert.
    """
    release = case.finding.release_date
    today = local_date(now, BY_ID[case.subject.marketplace_id].zone)
    return Rule.AUTO_CANCEL_NEAR in case.finding.rules and release is not None and release <= today


def _with_ticket(file: CaseFile, code: str) -> str:
    """
    Return the step where a ticket was sent: a second one is never opened, the first is followed up (DOMAIN §7).
    """
    if first_ticket(file.steps) is None or code not in {"next_ticket", "next_wait", "next_verify"}:
        return code
    if is_refused(file.steps):
        return "next_refused"
    counted = file.promise.counted_at if file.promise is not None else None
    if follow_up_of(file.steps, counted_at=counted) is FollowUp.STILL_COUNTED:
        return "next_still_counted"
    since = [step.event for step in standing_steps(file.steps)]
    silent = CaseEvent.REPLY_OVERDUE in since[max(_places(since, CaseEvent.SEND_TICKET), default=0) :]
    return "next_follow_up" if code == "next_ticket" or (code == "next_wait" and silent) else code


def _places(events: Sequence[CaseEvent], wanted: CaseEvent) -> tuple[int, ...]:
    return tuple(place for place, event in enumerate(events) if event is wanted)


def _order_of_a_wish(file: CaseFile) -> str | None:
    """
    Return the order of a product's case whose buyer wishes to cancel, as the last decision says.
    """
    decided = [step for step in standing_steps(file.steps) if step.by != "watchdog"]
    last = decided[-1] if decided else None
    return last.detail.get("order") if last is not None and last.event is CaseEvent.BUYER_ASKED and file.case.state.is_open else None


def _reply_by(file: CaseFile) -> datetime | None:
    said = [step.detail["reply_by"] for step in standing_steps(file.steps) if "reply_by" in step.detail]
    return datetime.fromisoformat(said[-1]) if said else None


def happened(step: CaseStep, words: Words, zone: ZoneInfo, *, now: datetime) -> str:
    """
    Return one step: when, what, who decided; below it, indented, what was said with it.
    """
    parts = [words.moment(step.at, zone, now=now), words.events[step.event]]
    if step.by != "watchdog":
        parts.append(f"[{step.by}]")
    return "\n      ".join(["  ".join(parts), *said_with(step, words, zone, now=now)])


def said_with(step: CaseStep, words: Words, zone: ZoneInfo, *, now: datetime) -> tuple[str, ...]:
    """
    Return what was said with the step, each with its name.
    """
    colon = "\N{FULLWIDTH COLON}" if words.language == "ja" else ": "
    said = ((name, step.detail[name]) for name in _TOLD if name in step.detail)
    return tuple(f"{words.details[name]}{colon}{_shown(name, value, words, zone, now=now)}" for name, value in said)


def _shown(name: str, value: str, words: Words, zone: ZoneInfo, *, now: datetime) -> str:
    if name in {"at", "until", "reply_by"}:
        return words.moment(datetime.fromisoformat(value), zone, now=now)
    if name == "cause":
        return words.causes[Cause(value)]
    if name == "undone":
        return words.events[CaseEvent(value)]
    return value
