"""
Plain words and dates: complete for every code word, and written as people write them.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from string import Formatter
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from tests.compose.makers_compose import NOW
from watchdog.compose import phrases, steps, words
from watchdog.compose.steps import NextStep
from watchdog.compose.wording import words as spoken
from watchdog.terms.case import CaseEvent, CaseState, Outcome
from watchdog.terms.finding import Cause, Confidence, EvidenceKind, Rule, Scope, Severity
from watchdog.terms.letter import LetterKind
from watchdog.terms.look import ReleaseSource
from watchdog.terms.message import MessageKind
from watchdog.terms.observation import Interface, Status

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

    from watchdog.terms.said import Said

TOKYO = ZoneInfo("Asia/Tokyo")
TABLES: list[Any] = [
    pytest.param(words.RULES, Rule, id="rules"),
    pytest.param(words.CAUSES, Cause, id="causes"),
    pytest.param(words.CONFIDENCES, Confidence, id="confidences"),
    pytest.param(words.SEVERITIES, Severity, id="severities"),
    pytest.param(words.SCOPES, Scope, id="scopes"),
    pytest.param(words.STATES, CaseState, id="states"),
    pytest.param(words.OUTCOMES, Outcome, id="outcomes"),
    pytest.param(words.EVENTS, CaseEvent, id="events"),
    pytest.param(words.EVIDENCE, EvidenceKind, id="evidence"),
    pytest.param(words.STATUSES, Status, id="statuses"),
    pytest.param(words.INTERFACES, Interface, id="interfaces"),
    pytest.param(words.RELEASE_SOURCES, ReleaseSource, id="release_sources"),
    pytest.param(words.LETTER_KINDS, LetterKind, id="letter_kinds"),
    pytest.param(words.MESSAGE_KINDS, MessageKind, id="message_kinds"),
    pytest.param(steps.STEPS, NextStep, id="steps"),
    pytest.param(steps.STEP_TITLES, NextStep, id="step_titles"),
    pytest.param(phrases.AFTERWARDS, Outcome, id="afterwards"),
]


@pytest.mark.parametrize(("table", "code"), TABLES)
def test_every_code_word_has_a_plain_word_in_both_languages(table: Mapping[StrEnum, Said], code: type[StrEnum]) -> None:
    """
    No member is forgotten, and none is empty.
    """
    assert set(table) == set(code)
    assert all(said.ja and said.en for said in table.values())


def test_every_reason_for_a_gap_in_the_coverage_has_a_sentence() -> None:
    """
    The codes are those of ``Coverage.gap``.
    """
    assert set(words.GAPS) == {"release_unknown", "release_not_believed", "no_ship_by", "pending_not_visible"}


@pytest.mark.parametrize("name", sorted(phrases.PHRASES))
def test_both_languages_of_a_phrase_take_the_same_values(name: str) -> None:
    """
    A value told in one language is told in the other.
    """
    said = phrases.PHRASES[name]

    assert set(_fields(said.ja)) == set(_fields(said.en))


def _fields(text: str) -> list[str]:
    return [name for _text, name, _spec, _conversion in Formatter().parse(text) if name]


@pytest.mark.parametrize(
    ("language", "long", "short", "bare"),
    [("ja", "2016年9月8日(木)", "9/8(木)", "9/8"), ("en", "Thursday 8 September 2016", "Thu 8 Sep", "8 Sep")],
)
def test_dates_are_written_as_people_write_them(language: str, long: str, short: str, bare: str) -> None:
    """
    Long in letters, short in lists, bare in subjects.
    """
    speech = spoken(language)
    day = date(2016, 9, 8)

    assert (speech.day(day), speech.short_day(day), speech.bare_day(day)) == (long, short, bare)


@pytest.mark.parametrize(("language", "shown"), [("ja", "9/8(木) 10:00"), ("en", "Thu 8 Sep, 10:00")])
def test_instants_are_shown_in_the_marketplaces_time(language: str, shown: str) -> None:
    """
    01:00 UTC is ten in the morning in Tokyo.
    """
    assert spoken(language).moment(datetime(2016, 9, 8, 1, tzinfo=UTC), TOKYO, now=NOW) == shown


def test_an_instant_of_another_year_shows_its_year() -> None:
    """
    December is not mistaken for the one to come.
    """
    assert spoken("ja").moment(datetime(2015, 12, 30, 15, 30, tzinfo=UTC), TOKYO, now=NOW) == "2015年12月31日(木) 00:30"


def test_a_language_without_words_is_spoken_in_english() -> None:
    """
    Letters to a German marketplace are English.
    """
    assert spoken("de") == spoken("en")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("inbox:unshipped_report", "未出荷注文レポート"),
        ("orders_2026", "注文データ（Orders API）"),
        ("releases.csv", "当店の発売日の一覧"),
        ("inbox:something", "Amazonの注文データ"),
    ],
)
def test_sources_have_plain_words(name: str, shown: str) -> None:
    """
    A source without a word of its own is Amazon's order data, which is all it can be.
    """
    assert spoken("ja").source(name) == shown


@pytest.mark.parametrize(("language", "shown"), [("ja", "現地時間：Europe/Berlin"), ("en", "Europe/Berlin time")])
def test_other_zones_are_named(language: str, shown: str) -> None:
    """
    Only Japan has a name of its own.
    """
    assert spoken(language).zone(ZoneInfo("Europe/Berlin")) == shown
