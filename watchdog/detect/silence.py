"""
How each source is doing: silence must not look like peace (DOMAIN §10).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict, Unpack

from watchdog.terms.condition import Condition, ConditionKind
from watchdog.terms.finding import Severity
from watchdog.terms.look import Reason
from watchdog.terms.moments import local_date, show_instant
from watchdog.terms.sight import Missing, TroubleKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from watchdog.terms.calendar import Calendar
    from watchdog.terms.policy import Policy
    from watchdog.terms.sight import Sight


class JudgedBy(TypedDict):
    """
    By what a sight is judged: the moment, the thresholds, the business days and the seller's zone.
    """

    now: datetime
    policy: Policy
    calendar: Calendar
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Seeing:
    """
    How a source is doing: ok, degraded, silent or refused, and why.
    """

    name: str
    state: str
    last_saw_at: datetime | None
    reason: Reason


def seeing(sight: Sight, **by: Unpack[JudgedBy]) -> Seeing:
    """
    Return how the source is doing.
    """
    blind = blindness(sight, **by)
    trouble = sight.trouble
    if trouble is not None and trouble.kind is TroubleKind.REFUSED:
        state, reason = "refused", trouble.reason
    elif blind is not None:
        state, reason = "silent", blind.reason
    elif trouble is not None:
        state, reason = "degraded", trouble.reason
    elif sight.fallback is not None:
        state, reason = "degraded", Reason("sight_fallback", {"voice": sight.fallback.speaks, "first": sight.fallback.first})
    else:
        state, reason = "ok", _well(sight)
    return Seeing(sight.eye.source, state, sight.last_saw_at, reason)


def _well(sight: Sight) -> Reason:
    if sight.answered_at is not None and sight.nothing_open:
        return Reason("sight_peace", {"answered_at": show_instant(sight.answered_at)})
    if sight.last_saw_at is not None:
        return Reason("sight_saw", {"seen_at": show_instant(sight.last_saw_at)})
    return Reason("sight_waiting", {})


def conditions(sight: Sight, **by: Unpack[JudgedBy]) -> Iterator[Condition]:
    """
    Yield what must be said of the source: that it is silent, that another speaks in its place, that it refuses us.

    A refused source that is silent, too, is urgent once, not twice: the silence is repeated, the refusal is said.
    """
    blind = blindness(sight, **by)
    if blind is not None:
        yield blind
    elif sight.fallback is not None:
        step = Reason("step_connect") if sight.fallback.by_person else Reason("step_fallback", {"voice": sight.fallback.speaks})
        yield Condition(ConditionKind.SOURCE_DEGRADED, sight.eye.source, Severity.WARNING, sight.fallback.reason, step)
    if sight.trouble is not None and sight.trouble.kind is TroubleKind.REFUSED:
        severity = Severity.URGENT if blind is None else Severity.WARNING
        yield Condition(ConditionKind.ACCESS_REFUSED, sight.eye.source, severity, sight.trouble.reason)


def blindness(sight: Sight, **by: Unpack[JudgedBy]) -> Condition | None:
    """
    Return the condition of a source that no longer shows ship dates, None while it does.

    It fires when for two rhythms there was no complete answer; or when at least three and at least half of the orders that had a window
    come without; or when as many vanish more than a day before their ship-by and nothing shows them shipped or cancelled. A source of
    which nothing is expected is never silent.
    """
    if sight.eye.every is None and sight.eye.business_days is None:
        return None
    name, now, policy = sight.eye.source, by["now"], by["policy"]
    late = _no_answer(sight, now, policy) if sight.eye.every is not None else _no_file(sight, by)
    if late is not None:
        refused = sight.trouble is not None and sight.trouble.kind is TroubleKind.REFUSED
        step = Reason("step_connect", {}) if refused else Reason("step_drop_file", {})
        return Condition(ConditionKind.SOURCE_SILENT, name, Severity.URGENT, late, step)
    vanished = sight.vanished
    if vanished is not None and _many(vanished, policy) and _had_time_to_tell(sight, vanished, now):
        reason = Reason("silent_vanished", {"source": name, **_counts(vanished)})
        return Condition(ConditionKind.SOURCE_SILENT, name, Severity.URGENT, reason, Reason("step_vanished", {}))
    if sight.undated is not None and _many(sight.undated, policy):
        reason = Reason("silent_without_dates", {"source": name, **_counts(sight.undated)})
        return Condition(ConditionKind.SOURCE_SILENT, name, Severity.URGENT, reason, Reason("step_drop_file", {}))
    return None


def _no_answer(sight: Sight, now: datetime, policy: Policy) -> Reason | None:
    since = sight.answered_at or sight.begun_at
    if sight.eye.every is None or since is None or now - since <= sight.eye.every * policy.blind_rhythms:
        return None
    if sight.answered_at is None:
        return Reason("silent_never_answered", {"source": sight.eye.source, "since_at": show_instant(since)})
    minutes = int(sight.eye.every.total_seconds() // 60)
    return Reason("silent_no_answer", {"source": sight.eye.source, "answered_at": show_instant(since), "minutes": minutes})


def _no_file(sight: Sight, by: JudgedBy) -> Reason | None:
    """
    Say that no file came, counted from the last one; where nothing was open since, from when a release to watch was listed.
    """
    since = sight.answered_at
    if sight.nothing_open:
        since = max(filter(None, (since, sight.needed_since)), default=None) if sight.needed_since is not None else None
    if sight.eye.business_days is None or since is None:
        return None
    days = by["calendar"].between(local_date(since, by["zone"]), local_date(by["now"], by["zone"]))
    if days <= sight.eye.business_days * by["policy"].blind_rhythms:
        return None
    if sight.answered_at is None:
        return Reason("silent_never_a_file", {"since_at": show_instant(since), "days": days})
    return Reason("silent_no_file", {"answered_at": show_instant(sight.answered_at), "days": days})


def _many(missing: Missing, policy: Policy) -> bool:
    part, whole = policy.blind_share
    return missing.orders >= policy.blind_least and missing.orders * whole >= missing.of * part


def _had_time_to_tell(sight: Sight, vanished: Missing, now: datetime) -> bool:
    """
    Say whether one rhythm has passed in which a source that answers by itself could show the orders shipped or cancelled.
    """
    return sight.eye.every is None or now - vanished.seen_at >= sight.eye.every


def _counts(missing: Missing) -> dict[str, str | int]:
    return {"missing": missing.orders, "of": missing.of, "seen_at": show_instant(missing.seen_at)}
