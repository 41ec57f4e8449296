"""
Notices of a seller whose review page is reached from elsewhere, as the golden files hold them: each leads to the page that shows it.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from tests.compose.golden_lists import listings
from tests.compose.makers_compose import (
    NOW,
    REPLY_BY,
    TOKYO,
    a_composer,
    a_resolved_ring,
    a_ring,
    an_order_finding,
    digests,
    many_rings,
)
from watchdog.compose.screens import Screens
from watchdog.compose.wording import LANGUAGES
from watchdog.terms.case import Outcome
from watchdog.terms.condition import Condition, ConditionEvent, ConditionKind, StandingCondition
from watchdog.terms.finding import Severity
from watchdog.terms.identity import CaseNo
from watchdog.terms.look import Reason
from watchdog.terms.marketplace import BY_ID, JAPAN
from watchdog.terms.moments import show_instant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchdog.compose import Composer
    from watchdog.terms.message import Notice

BASE = "https://watch.example"
_ANSWERS_NOT = Reason("silent_no_answer", {"source": "spapi:orders", "answered_at": show_instant(NOW), "minutes": 15})
_BLIND = Condition(ConditionKind.SOURCE_SILENT, "spapi:orders", Severity.URGENT, _ANSWERS_NOT)


@cache
def linked_composer() -> Composer:
    """
    Return the composer of a seller who has said where his page is.
    """
    return a_composer(screens=Screens(BASE))


def linked(name: str, language: str, composer: Composer | None = None) -> Notice:
    """
    Return the notice of that name, by default with links.
    """
    own = composer or linked_composer()
    match name:
        case "test":
            return own.test_notice(language=language, now=NOW, place=BY_ID[JAPAN])
        case "digest":
            return own.digest_notice(digests()["full"], language=language, zone=TOKYO, now=NOW)
        case "condition" | "condition-ended":
            event = ConditionEvent.ENDED if name == "condition-ended" else ConditionEvent.STANDS
            stands = StandingCondition(_BLIND, NOW, 2, NOW)
            return own.condition_notice(stands, event, language=language, zone=TOKYO, now=NOW)
        case "alert" | "forty" | "resolved":
            rings = {
                "alert": (a_ring(an_order_finding()),),
                "forty": many_rings(40),
                "resolved": (a_resolved_ring(Outcome.RESTORED),),
            }
            replies = {CaseNo(number): REPLY_BY for number in range(1, 101)}
            return own.notices(rings[name], language=language, now=NOW, reply_by=replies)[0]
        case _:
            return own.list_notice(listings(language)[name], language=language, zone=TOKYO, now=NOW)


NAMES = (
    "alert",
    "forty",
    "resolved",
    "reminder",
    "reminder-two",
    "summary",
    "undelivered",
    "digest",
    "condition",
    "condition-ended",
    "test",
)


def linked_texts() -> Iterator[tuple[str, str]]:
    """
    Yield every text by its file name.
    """
    for name in ("alert", "forty", "resolved", "reminder-two", "condition", "test"):
        for language in LANGUAGES:
            yield f"linked-{name}.{language}.txt", linked(name, language).text
    for name in ("alert", "reminder-two"):
        made = linked(name, "ja")
        yield f"linked-{name}.ja.html", made.html
        yield f"linked-{name}.ja.json", json.dumps(made.blocks, ensure_ascii=False, indent=1) + "\n"
