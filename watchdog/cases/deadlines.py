"""
What is due by when in a case: Amazon's answer, the follow-up, the buyer, reminders, the automatic cancellation, the end of a snooze.

It says *what* is due, each with a natural key, so that it is told once whatever sleeps or restarts; when and where a message leaves is
not decided here.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from watchdog.cases import rings
from watchdog.cases.lifecycle import MOVES
from watchdog.terms.case import CaseEvent, CaseState, Due, standing_steps
from watchdog.terms.finding import Cause, Scope
from watchdog.terms.health import Metric, leaves_on
from watchdog.terms.marketplace import BY_ID
from watchdog.terms.moments import end_of, local_date, show_instant, start_of
from watchdog.terms.replies import promised_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from watchdog.terms.calendar import Calendar
    from watchdog.terms.case import Case, CaseStep
    from watchdog.terms.finding import Finding
    from watchdog.terms.policy import Policy

#: Told by the judge when their time comes; they stand among what is due so that people see them coming.
_TOLD_BY_JUDGE = frozenset({CaseEvent.SHIP_BY_PASSED, CaseEvent.AUTO_CANCEL_NEAR, CaseEvent.SNOOZE_ENDED})
#: What tells of a ship-by: whatever lay before it was never due.
_DATED = frozenset({CaseEvent.FOUND, CaseEvent.RESET_AGAIN, CaseEvent.MOVED_EARLIER})
#: After these the buyer has been spoken to.
_SPOKEN = frozenset({CaseEvent.CONTACT_BUYER, CaseEvent.BUYER_ASKED})
_PRODUCT_CAUSES = frozenset({Cause.RELEASE_MOVED, Cause.LISTING_RESET, Cause.LISTING_MISDATED})


def due_steps(
    case: Case, steps: Sequence[CaseStep], *, now: datetime, calendar: Calendar, policy: Policy, reported: datetime | None = None
) -> tuple[Due, ...]:
    """
    Return everything time will bring about in the case and everything it has already brought about untold, the earliest first.

    Args:
        case: as it stands; a closed one waits for nothing.
        steps: its timeline, oldest first.
        now: what lies before it and was not told is late and is still told, once; what the judge tells itself is then no longer named.
        calendar: the marketplace's business days.
        policy: the account's thresholds.
        reported: when the newest performance report was made; None where there is none.
    """
    if not case.state.is_open:
        return ()
    told = rings.told(case)
    steps = standing_steps(steps)
    dues = (due for due in (*_dues(case, steps, calendar, policy), *_of_promise(case, steps, policy, reported)) if due.key not in told)
    ahead = (due for due in dues if due.at > now or due.event not in _TOLD_BY_JUDGE)
    return tuple(sorted(ahead, key=lambda due: (due.at, list(CaseEvent).index(due.event))))


def late_steps(
    case: Case, steps: Sequence[CaseStep], *, now: datetime, calendar: Calendar, policy: Policy, reported: datetime | None = None
) -> tuple[Due, ...]:
    """
    Return what time has brought about and nobody was told of, in its order.
    """
    dues = due_steps(case, steps, now=now, calendar=calendar, policy=policy, reported=reported)
    return tuple(due for due in dues if due.at <= now and due.event not in _TOLD_BY_JUDGE)


def _dues(case: Case, steps: Sequence[CaseStep], calendar: Calendar, policy: Policy) -> Iterator[Due]:
    zone = BY_ID[case.subject.marketplace_id].zone
    if case.state is CaseState.SNOOZED and case.snoozed_until is not None:
        yield Due(CaseEvent.SNOOZE_ENDED, case.snoozed_until, _key(case, CaseEvent.SNOOZE_ENDED, show_instant(case.snoozed_until)))
    yield from _of_ship_by(case, steps, zone, calendar, policy)
    yield from _of_reply(case, steps, zone, calendar, policy)


def _of_ship_by(case: Case, steps: Sequence[CaseStep], zone: ZoneInfo, calendar: Calendar, policy: Policy) -> Iterator[Due]:
    ship_by = case.finding.ship_by
    if ship_by is None:
        return
    passes, day = end_of(ship_by, zone), str(ship_by)
    known = _known_since(case, steps)
    for hours in policy.reminders:
        if passes - timedelta(hours=hours) > known and _rings(case, CaseEvent.DEADLINE_NEAR):
            at = _awake(case, passes - timedelta(hours=hours))
            yield Due(CaseEvent.DEADLINE_NEAR, at, _key(case, CaseEvent.DEADLINE_NEAR, f"{day}:{hours}"), hours)
    contact = _at_hour(calendar.last_before(ship_by), zone, policy)
    if contact > known and _buyer_waits(case, steps):
        yield Due(CaseEvent.BUYER_CONTACT_DUE, _awake(case, contact), _key(case, CaseEvent.BUYER_CONTACT_DUE, day))
    yield Due(CaseEvent.SHIP_BY_PASSED, passes, _key(case, CaseEvent.SHIP_BY_PASSED, day))
    near = calendar.shifted(auto_cancel_on(ship_by, calendar=calendar, policy=policy), -policy.auto_cancel_warning_days)
    yield Due(CaseEvent.AUTO_CANCEL_NEAR, start_of(near, zone), _key(case, CaseEvent.AUTO_CANCEL_NEAR, day))


def _of_reply(case: Case, steps: Sequence[CaseStep], zone: ZoneInfo, calendar: Calendar, policy: Policy) -> Iterator[Due]:
    due = awaited_by(case, steps)
    if due is None:
        return
    yield Due(CaseEvent.REPLY_OVERDUE, due, f"{CaseEvent.REPLY_OVERDUE}:{show_instant(due)}")
    again = _next_morning(due + policy.reply_least, calendar, zone, policy)
    yield Due(CaseEvent.FOLLOW_UP_DUE, again, f"{CaseEvent.FOLLOW_UP_DUE}:{show_instant(due)}")


def _of_promise(case: Case, steps: Sequence[CaseStep], policy: Policy, reported: datetime | None) -> Iterator[Due]:
    """
    Yield when a performance report is missed that would show whether Amazon keeps its word, until the order can count no more.
    """
    promised, ship_by = promised_at(steps), case.finding.ship_by
    if promised is None or ship_by is None or case.subject.order_id is None or not _rings(case, CaseEvent.VERIFICATION_DUE):
        return
    zone = BY_ID[case.subject.marketplace_id].zone
    asked = [step.at for step in steps if CaseEvent.VERIFICATION_DUE in (step.event, *step.detail.get("also", "").split(","))]
    last = max(moment for moment in (promised, end_of(ship_by, zone), reported, *asked) if moment is not None)
    day = local_date(last, zone) + timedelta(days=policy.verify_every_days)
    if day < leaves_on(max(ship_by, local_date(promised, zone)), max(Metric.LATE_SHIPMENT.windows)):
        yield Due(CaseEvent.VERIFICATION_DUE, _at_hour(day, zone, policy), f"{CaseEvent.VERIFICATION_DUE}:{day}")


def _key(case: Case, event: CaseEvent, what: str) -> str:
    return rings.of_this_round(case, event, what)


def _rings(case: Case, event: CaseEvent) -> bool:
    """
    Say whether it is told in this state; a snoozed case is told when it wakes.
    """
    move = MOVES[CaseState.OPEN if case.state is CaseState.SNOOZED else case.state, event]
    return move is not None and move.rings


def _awake(case: Case, at: datetime) -> datetime:
    """
    Return the instant, or the end of the snooze that covers it.
    """
    return max(at, case.snoozed_until) if case.state is CaseState.SNOOZED and case.snoozed_until is not None else at


def _known_since(case: Case, steps: Sequence[CaseStep]) -> datetime:
    """
    Return when the seller was told of the present ship-by: the alarm itself names what had passed by then.
    """
    told = [step.at for step in steps if step.event in _DATED or CaseEvent.MOVED_EARLIER in step.detail.get("also", "").split(",")]
    return max(told, default=case.opened_at)


def _buyer_waits(case: Case, steps: Sequence[CaseStep]) -> bool:
    """
    Say whether a buyer is still to be told of an order that can't ship in time.
    """
    finding = case.finding
    early = finding.release_date is not None and finding.ship_by is not None and finding.ship_by < finding.release_date
    of_order = finding.subject.scope is Scope.ORDER and finding.cause not in _PRODUCT_CAUSES
    return early and of_order and _rings(case, CaseEvent.BUYER_CONTACT_DUE) and not any(step.event in _SPOKEN for step in steps)


def awaited_by(case: Case, steps: Sequence[CaseStep]) -> datetime | None:
    """
    Return by when Amazon's answer is awaited: the last deadline that a decision has set and that was not taken back; None elsewhere.
    """
    if not case.state.awaits_amazon:
        return None
    said = [step.detail["reply_by"] for step in standing_steps(steps) if "reply_by" in step.detail]
    return datetime.fromisoformat(said[-1]) if said else None


def due_at(
    case: Case, steps: Sequence[CaseStep], *, now: datetime, calendar: Calendar, policy: Policy, reported: datetime | None = None
) -> datetime | None:
    """
    Return the next instant at which time alone can change something, or None; a closed case waits for nothing.
    """
    if not case.state.is_open:
        return None
    dues = due_steps(case, steps, now=now, calendar=calendar, policy=policy, reported=reported)
    moments = (case.finding.reconsider_at, *(due.at for due in dues))
    return min((moment for moment in moments if moment is not None and moment > now), default=None)


def reply_by(finding: Finding, *, calendar: Calendar, zone: ZoneInfo, policy: Policy, now: datetime) -> datetime:
    """
    Return by when Amazon is asked to answer (DOMAIN §7), as an instant in UTC.

    The earlier of 24 h from now and 10:00 local on the last business day before ship-by; where that is past or less than 4 h away,
    the next 10:00 of a business day that leaves these 4 h.
    """
    wanted = now + policy.reply_within
    if finding.ship_by is not None:
        wanted = min(wanted, _at_hour(calendar.last_before(finding.ship_by), zone, policy))
    soonest = now + policy.reply_least
    return wanted if wanted >= soonest else _next_morning(soonest, calendar, zone, policy)


def _next_morning(soonest: datetime, calendar: Calendar, zone: ZoneInfo, policy: Policy) -> datetime:
    day = local_date(soonest, zone)
    while not calendar.is_open(day) or _at_hour(day, zone, policy) < soonest:
        day += timedelta(days=1)
    return _at_hour(day, zone, policy)


def _at_hour(day: date, zone: ZoneInfo, policy: Policy) -> datetime:
    return datetime.combine(day, policy.reply_by, tzinfo=zone).astimezone(UTC)


def auto_cancel_on(ship_by: date, *, calendar: Calendar, policy: Policy) -> date:
    """
    Return the marketplace date on which Amazon cancels an order that was not confirmed (reference ``spapi.md`` §6.2).
    """
    return calendar.shifted(ship_by, policy.auto_cancel_business_days)
