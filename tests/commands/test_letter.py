"""
``letter``: ready to paste, on the screen or in a file; what can't be printed says why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from watchdog.terms.letter import LetterKind

if TYPE_CHECKING:
    from tests.stories.seller import Seller

_ORDER = "250-0000000-0000005"


def test_a_ticket_is_found_by_case_number_and_by_order(caught: Seller) -> None:
    """
    In whatever way the seller names it.
    """
    texts = {caught.runs("letter", name, "ticket") for name in ("PW-0001", "pw-0001", "1", _ORDER)}

    assert len(texts) == 1
    assert _ORDER in texts.pop()


def test_a_letter_is_in_the_marketplaces_language_unless_asked_for_another(caught: Seller) -> None:
    """
    Amazon.co.jp is written to in Japanese, although the seller's screen is English.
    """
    japanese, english = caught.runs("letter", "PW-0001", "ticket"), caught.runs("letter", "PW-0001", "ticket", "--lang", "en")

    assert "出荷予定日" in japanese
    assert "出荷予定日" not in english
    assert "September" in english or "2026-09-08" in english


def test_a_letter_goes_into_a_file_in_utf_8(caught: Seller) -> None:
    """
    The screen says where; the file holds the same text.
    """
    target = caught.folder / "ticket.txt"
    text = caught.runs("letter", "PW-0001", "ticket")

    assert caught.runs("letter", "PW-0001", "ticket", "--to", str(target)) == f"{target}\n"
    assert target.read_text("utf-8") == text.removesuffix("\n")


@pytest.mark.parametrize("kind", list(LetterKind))
def test_every_kind_prints_or_says_why_not(kind: LetterKind, caught: Seller) -> None:
    """
    Never a traceback, never half a letter.
    """
    answer = caught.monkeypatch
    answer.setenv("PREORDER_LANGUAGE", "en")
    try:
        text = caught.runs("letter", "PW-0001", kind)
    except AssertionError:
        text = ""
    if text:
        assert "{{" not in text
        assert "None" not in text
    else:
        assert caught.errors.strip()
        assert "Traceback" not in caught.errors


def test_an_unknown_kind_is_answered_with_the_kinds_there_are(caught: Seller) -> None:
    """
    Exit code 2.
    """
    caught.runs("letter", "PW-0001", "poem", expect=2)

    assert "ticket" in caught.errors
    assert "buyer-inform" in caught.errors


def test_an_unknown_case_is_a_sentence(caught: Seller) -> None:
    """
    Exit code 1, and where cases are listed.
    """
    caught.runs("letter", "PW-0042", "ticket", expect=1)

    assert caught.errors.startswith("PW-0042 is no known case or order.")
