"""
Every condition of the account is told in both languages: what is so, why it matters, what to do; and its end.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from tests.compose.makers_compose import shared_composer
from watchdog.compose.conditions import spoken
from watchdog.compose.slack import BLOCKS, SECTION
from watchdog.terms.condition import Condition, ConditionEvent, ConditionKind, StandingCondition
from watchdog.terms.finding import Severity
from watchdog.terms.look import Reason

if TYPE_CHECKING:
    from watchdog.terms.message import Notice

TOKYO = ZoneInfo("Asia/Tokyo")
SINCE, NOW = datetime(2026, 9, 1, 1, tzinfo=UTC), datetime(2026, 9, 1, 7, tzinfo=UTC)
REASON = Reason("silent_no_answer", {"source": "spapi:orders", "answered_at": "2026-08-31T23:30:00Z", "minutes": 15})


def told(kind: ConditionKind, event: ConditionEvent, language: str, severity: Severity = Severity.URGENT) -> Notice:
    """
    Return the message of a condition that stands for the third time.
    """
    stands = StandingCondition(Condition(kind, "spapi:orders", severity, REASON), SINCE, 3, NOW)
    return shared_composer().condition_notice(stands, event, language=language, zone=TOKYO, now=NOW)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("event", ConditionEvent)
@pytest.mark.parametrize("kind", ConditionKind)
def test_every_condition_can_be_told(kind: ConditionKind, event: ConditionEvent, language: str) -> None:
    """
    Plain text, mail and blocks all carry the sentence of the reason, or of the end; nothing is left unfilled.
    """
    notice = told(kind, event, language)
    sentence = spoken(REASON, language, zone=TOKYO, now=NOW)

    assert (sentence in notice.text) == (event is not ConditionEvent.ENDED)
    assert "{" not in notice.text + notice.subject + notice.html.replace("<style>", "")
    assert "None" not in notice.text
    assert len(notice.blocks) <= BLOCKS
    assert all(len(block["text"]["text"]) <= SECTION for block in notice.blocks if block["type"] == "section")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_japanese_text_holds_no_english_sentence_and_the_other_way_round(language: str) -> None:
    """
    A reader gets one language.
    """
    texts = [told(kind, event, language).text for kind in ConditionKind for event in ConditionEvent]
    foreign = [line for text in texts for line in text.splitlines() if any("ぁ" <= sign <= "ん" for sign in line) != (language == "ja")]

    assert [line for line in foreign if line and "preorder-watchdog" not in line and "times" not in line.lower()] == []


def test_an_all_clear_can_wait_for_the_morning() -> None:
    """
    An urgent condition wakes, its end does not.
    """
    assert told(ConditionKind.SOURCE_SILENT, ConditionEvent.STANDS, "ja").severity is Severity.URGENT
    assert told(ConditionKind.SOURCE_SILENT, ConditionEvent.ENDED, "ja").severity is Severity.WARNING


def test_each_message_of_one_standing_has_its_own_key() -> None:
    """
    Its third alert and its end are different messages; the same alert written twice is one.
    """
    keys = [told(ConditionKind.SOURCE_SILENT, event, language).key for event in ConditionEvent for language in ("ja", "en")]

    assert set(keys) == {f"condition/source_silent/spapi:orders/2026-09-01T01:00:00Z/{end}" for end in ("3", "ended")}


def test_its_own_step_stands_in_the_place_of_the_kind_s() -> None:
    """
    A condition that knows better what to do says that.
    """
    condition = Condition(ConditionKind.SOURCE_SILENT, "inbox", Severity.URGENT, REASON, Reason("step_vanished"))
    stands = StandingCondition(condition, SINCE, 1, NOW)
    notice = shared_composer().condition_notice(stands, ConditionEvent.BEGAN, language="ja", zone=TOKYO, now=NOW)
    plain = shared_composer().condition_notice(
        replace(stands, condition=replace(condition, step=None)), ConditionEvent.BEGAN, language="ja", zone=TOKYO, now=NOW
    )

    assert "注文管理で、これらの注文が残っているかご確認ください" in notice.text
    assert "注文管理で、これらの注文が残っているかご確認ください" not in plain.text


def test_another_year_is_said_with_its_year() -> None:
    """
    Instants are shown in the seller's time, dates as dates, numbers as they are.
    """
    reason = Reason("secret_expires", {"made_on": "2026-03-19", "ends_on": "2026-09-15", "days": 14})
    far = Reason("sight_saw", {"seen_at": "2025-12-31T20:00:00Z"})

    assert "2026年3月19日(木)" in spoken(reason, "ja", zone=TOKYO, now=NOW)
    assert "2026年1月1日(木) 05:00" in spoken(far, "ja", zone=TOKYO, now=datetime(2025, 6, 1, tzinfo=UTC))


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("source", ["spapi:catalog", "spapi:pricing", "spapi:report:health", "spapi:report:unshipped", "sqs"])
def test_a_missing_role_says_what_is_not_done_without_it(source: str, language: str) -> None:
    """
    Each source has its own words for what it would have told; one nobody foresaw at least says that orders are watched on.
    """
    condition = Condition(ConditionKind.ROLE_MISSING, source, Severity.WARNING, REASON)
    plain = replace(condition, subject="spapi:new")
    notices = [
        shared_composer()
        .condition_notice(StandingCondition(each, SINCE, 1, NOW), ConditionEvent.BEGAN, language=language, zone=TOKYO, now=NOW)
        .text
        for each in (condition, plain)
    ]

    assert notices[0] != notices[1]
    assert ("監視は続いています" if language == "ja" else "Orders are watched all the same") in notices[1]
