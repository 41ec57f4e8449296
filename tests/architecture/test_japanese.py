"""
Japanese for people is punctuated in one way: full-width colons and brackets, but for dates such as 9/13(日), code and addresses.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.docs.pages import pages, prose
from watchdog.commands.japanese_help import HELP, WRONG
from watchdog.compose.plan_words import FIELDS
from watchdog.review import choice_texts, evidence_texts, health_texts, texts
from watchdog.review.web import texts as web
from watchdog.settings.faults import FAULTS
from watchdog.settings.options import options
from watchdog.terms.answers import ANSWERS
from watchdog.terms.sentences import SENTENCES

if TYPE_CHECKING:
    from collections.abc import Iterator

_APART = re.compile(r"`[^`\n]*`|https?://[^\s）、。]*|\]\([^)]*\)|<!--.*?-->|\([日月火水木金土]\)|\d:\d|\{host\}:\{port\}", re.DOTALL)
_JAPANESE = "ぁ-んァ-ヶ一-龠々ー"
_HALF = re.compile(rf"[{_JAPANESE}」）}}] ?[:(]|[:)] ?[{_JAPANESE}「]")


def spoken() -> Iterator[tuple[str, str]]:
    """
    Yield every Japanese sentence of the tables by its code.
    """
    yield from ((code, forms["ja"]) for code, forms in (*SENTENCES.items(), *FAULTS.items()))
    yield from ((name, str(option.json_schema_extra["ja"])) for name, option in options().items())
    for table in (texts.TEXTS, choice_texts.TEXTS, evidence_texts.TEXTS, health_texts.TEXTS, web.TEXTS):
        yield from ((code, said[0]) for code, said in table.items())
    yield from (*HELP.items(), *WRONG, *ANSWERS.items())
    yield from ((str(field), said.ja) for field, said in FIELDS.items())


def half_width(text: str) -> list[str]:
    """
    Return where a half-width colon or bracket touches Japanese.
    """
    plain = _APART.sub("\N{OBJECT REPLACEMENT CHARACTER}", text)
    return [plain[max(0, found.start() - 10) : found.end() + 10] for found in _HALF.finditer(plain)]


def test_every_sentence_of_the_tables_is_punctuated_as_japanese() -> None:
    """
    Two styles on one screen look like two programs.
    """
    assert {code: found for code, text in spoken() if (found := half_width(text))} == {}


@pytest.mark.parametrize("page", [page for page in pages() if page.endswith(".ja.md")])
def test_every_japanese_page_is_punctuated_as_japanese(page: str) -> None:
    """
    Code, links and dates apart.
    """
    assert half_width(prose(page)) == []


def test_the_rule_knows_what_is_right() -> None:
    """
    Dates, times, code and addresses stay as they are.
    """
    assert half_width("9/13(日) 10:00 に `a(b): c` を（https://例:8765/）：確認") == []
    assert half_width("確認(済み)") and half_width("{channel}:正常")
