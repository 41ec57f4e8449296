"""
What is due in a case and what reports say of its promise, as lines for people and as JSON; pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from watchdog.review.texts import text
from watchdog.terms.marketplace import BY_ID
from watchdog.terms.moments import show_instant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from watchdog.review.words import Words
    from watchdog.terms.case import CaseFile
    from watchdog.terms.promise import Check, Promise

    Json = dict[str, Any]


def due_lines(file: CaseFile, words: Words, *, now: datetime) -> Iterator[str]:
    """
    Yield what time will bring about, the earliest first.
    """
    zone = BY_ID[file.case.subject.marketplace_id].zone
    for due in file.dues:
        if due.at > now:
            yield f"{words.moment(due.at, zone, now=now)}  {words.dues[due.event].format(hours=due.hours)}"


def promise_lines(promise: Promise | None, words: Words) -> Iterator[str]:
    """
    Yield what each report says of the order: counted, not counted, or that it can't tell, and why; then until when it is watched.
    """
    if promise is None or promise.since is None:
        return
    if not promise.checks:
        yield text("promise_none", words.language)
    for check in promise.checks:
        yield text(
            "promise_line", words.language, day=words.short_day(check.day), counted=words.counted[check.counted], ground=_why(check, words)
        )
    yield text("promise_until", words.language, day=words.short_day(promise.until))


def _why(check: Check, words: Words) -> str:
    return words.grounds[check.ground].format(window=check.window_days, late=check.late, before=check.before)


def outcome_of(file: CaseFile) -> Json:
    """
    Return what is due, and the promise with every report, as other programs read it.
    """
    return {
        "due": [{"at": show_instant(due.at), "event": due.event.value, "hours": due.hours} for due in file.dues],
        "promise": None if file.promise is None else _promise(file.promise),
    }


def _promise(promise: Promise) -> Json:
    return {
        "late_on": promise.late_on.isoformat(),
        "since": show_instant(promise.since) if promise.since is not None else None,
        "leaves": {str(window): day.isoformat() for window, day in promise.leaves},
        "counted": promise.last.counted.value if promise.last is not None else None,
        "checks": [
            {
                "as_of": show_instant(check.as_of),
                "day": check.day.isoformat(),
                "window_days": check.window_days,
                "counted": check.counted.value,
                "ground": check.ground.value,
                "late": check.late,
                "orders": check.orders,
                "before": check.before,
            }
            for check in promise.checks
        ],
    }
