"""
What a follow-up says of the ticket so far: when it was sent, what Amazon answered, which figures contradict it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from watchdog.compose.matter import one_line
from watchdog.terms.case import standing_steps
from watchdog.terms.promise import Counted
from watchdog.terms.replies import first_ticket, last_answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from watchdog.compose.matter import Matter
    from watchdog.terms.promise import Check

#: So many days of figures are told; more would hide the last ones.
_DAYS = 5


def ticket_sent_at(matter: Matter) -> str:
    """
    Return when the ticket was first sent, empty where it was not.
    """
    step = first_ticket(matter.steps)
    return "" if step is None else matter.moment(step.happened_at)


def reply_was_due(matter: Matter) -> str:
    """
    Return by when an answer had been asked for, empty where that has not passed.
    """
    said = [datetime.fromisoformat(step.detail["reply_by"]) for step in standing_steps(matter.steps) if "reply_by" in step.detail]
    passed = [moment for moment in said if moment <= matter.now]
    return matter.moment(passed[-1]) if passed else ""


def answered_at(matter: Matter) -> str:
    """
    Return when Amazon answered last.
    """
    step = last_answer(matter.steps)
    return "" if step is None else matter.moment(step.happened_at)


def answer_reference(matter: Matter) -> str:
    """
    Return the number or date of Amazon's last answer, where the seller noted one.
    """
    step = last_answer(matter.steps)
    return "" if step is None else one_line(step.detail.get("reference", ""))


def checks(matter: Matter) -> tuple[Mapping[str, str], ...]:
    """
    Return the figures since Amazon's answer that count the order as late, the last days only, oldest first.
    """
    answer = last_answer(matter.steps)
    if matter.promise is None or answer is None:
        return ()
    since = [check for check in matter.promise.checks if check.as_of > answer.happened_at and check.counted is Counted.COUNTED]
    days = sorted({check.day for check in since})[-_DAYS:]
    return tuple(told(matter, check) for check in since if check.day in days)


def told(matter: Matter, check: Check) -> Mapping[str, str]:
    """
    Return one window of one report as people read it.
    """
    return {
        "day": matter.words.day(check.day),
        "window": str(check.window_days),
        "late": "" if check.late is None else str(check.late),
        "orders": "" if check.orders is None else str(check.orders),
        "rate": f"{check.late / check.orders:.2%}" if check.orders and check.late is not None else "",
        "before": "" if check.before is None else str(check.before),
    }
