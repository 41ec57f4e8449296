"""
The words of the improvement plan, as the review page is handed them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watchdog.review.web.front import PlanWords


def plan_words() -> PlanWords:
    """
    Return what is asked, what the log puts in, how an answer is read, and what follows.
    """
    from watchdog.compose.plan_form import answered, known_lines, questions
    from watchdog.compose.plan_words import AFTERWARDS
    from watchdog.review.web.front import PlanWords, Question

    return PlanWords(
        questions=lambda kind, language: tuple(Question(*each) for each in questions(kind, language)),
        known=known_lines,
        answered=answered,
        afterwards=lambda language: tuple(both.ja if language == "ja" else both.en for both in AFTERWARDS),
    )
