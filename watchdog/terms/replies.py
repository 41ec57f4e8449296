"""
What Amazon has answered in a case so far, read from its timeline; what was taken back was never said.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from watchdog.terms.case import CaseEvent, standing_steps

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from watchdog.terms.case import CaseStep

#: Amazon's answers as the seller enters them.
ANSWERS = frozenset(
    {
        CaseEvent.AMAZON_EXCLUDED,
        CaseEvent.AMAZON_CORRECTED,
        CaseEvent.AMAZON_REFUSED,
        CaseEvent.AMAZON_ASKS,
        CaseEvent.AMAZON_ANSWERED,
    }
)
#: Answers that promise something which can be held against figures.
_PROMISES = frozenset({CaseEvent.AMAZON_EXCLUDED, CaseEvent.AMAZON_CORRECTED})


class FollowUp(StrEnum):
    """
    What a follow-up to the same ticket asks for.
    """

    NO_REPLY = "no_reply"  #: nothing has come
    UNSETTLED = "unsettled"  #: an answer came, but not to what was asked
    PROVE = "prove"  #: excluded, says Amazon: in writing, by whom, since when
    NOT_CORRECTED = "not_corrected"  #: corrected, says Amazon: the date is still wrong
    STILL_COUNTED = "still_counted"  #: Amazon's word against its own performance report


_BY_ANSWER = {CaseEvent.AMAZON_EXCLUDED: FollowUp.PROVE, CaseEvent.AMAZON_CORRECTED: FollowUp.NOT_CORRECTED}


def last_answer(steps: Iterable[CaseStep]) -> CaseStep | None:
    """
    Return Amazon's last answer, None where none came.
    """
    said = [step for step in standing_steps(steps) if step.event in ANSWERS]
    return said[-1] if said else None


def first_ticket(steps: Iterable[CaseStep]) -> CaseStep | None:
    """
    Return the step with which the ticket was first sent.
    """
    return next((step for step in standing_steps(steps) if step.event is CaseEvent.SEND_TICKET), None)


def promised_at(steps: Iterable[CaseStep]) -> datetime | None:
    """
    Return since when Amazon's word stands that the order is excluded or corrected; None where it does not.
    """
    answer = last_answer(steps)
    return answer.happened_at if answer is not None and answer.event in _PROMISES else None


def is_refused(steps: Iterable[CaseStep]) -> bool:
    """
    Say whether Amazon's last word is a final no: then no letter to support is left (DOMAIN §7).
    """
    answer = last_answer(steps)
    return answer is not None and answer.event is CaseEvent.AMAZON_REFUSED


def follow_up_of(steps: Iterable[CaseStep], *, counted_at: datetime | None = None) -> FollowUp:
    """
    Return what a follow-up has to ask for now.

    Args:
        steps: the case's timeline.
        counted_at: of the newest performance report that counts the order as late, where one does.
    """
    answer = last_answer(steps)
    if answer is None:
        return FollowUp.NO_REPLY
    if answer.event in _PROMISES and counted_at is not None and counted_at > answer.happened_at:
        return FollowUp.STILL_COUNTED
    return _BY_ANSWER.get(answer.event, FollowUp.UNSETTLED)
