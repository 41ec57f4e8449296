"""
What people type is read as they meant it: dates in every usual form, numbers as an input method writes them.
"""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from watchdog.terms.errors import UsageError
from watchdog.terms.identity import parse_case_no
from watchdog.terms.typed import half_width, typed_instant, typed_name

TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("2026-09-08T10:00:00+09:00", 1, 0),
        ("2026-09-08T01:00:00Z", 1, 0),
        ("2026-09-08T10:00", 1, 0),
        ("2026-09-08 10:00", 1, 0),
        ("2026/9/8 10:00", 1, 0),
        ("2026/09/08 9:05", 0, 5),
        ("2026年9月8日 10:00", 1, 0),
        ("２０２６／９／８　１０：００", 1, 0),
        ("２０２６ー０９ー０８", 0, 0),
        ("2026-09-08", 0, 0),
        ("2026/9/8", 0, 0),
        ("20260908", 0, 0),
        (" 2026-09-08 10:00 ", 1, 0),
        ("2026-09-08 10:00:30.5", 1, 0),
    ],
)
def test_an_instant_is_read_in_every_usual_form(text: str, hour: int, minute: int) -> None:
    """
    In the marketplace's own time unless it says another; a bare date is its morning at nine.
    """
    assert typed_instant(text, TOKYO).replace(second=0) == datetime(2026, 9, 8, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", " ", "soon", "あした", "10:00", "2026-02-30", "2026-09-08 25:00", "1970-01-01", "9999-12-31", "0001-01-01"]
)
def test_what_is_no_instant_is_named(text: str) -> None:
    """
    Placeholders and slips of the pen, too.
    """
    with pytest.raises(UsageError) as error:
        typed_instant(text, TOKYO)

    assert (error.value.code, error.value.values) == ("instant_unreadable", {"text": text})


@pytest.mark.parametrize("text", ["PW-0001", "pw-1", "1", " 0001 ", "ＰＷ－０００１", "ｐｗー１", "PW−0001", "１"])
def test_a_case_is_found_however_its_number_is_typed(text: str) -> None:
    """
    Half or full width, with whatever hyphen.
    """
    assert parse_case_no(text) == 1


def test_full_width_digits_are_digits() -> None:
    """
    In an order's number hyphens become hyphens; a reference keeps its words.
    """
    assert typed_name("２５０ー００００００１－０００００００") == "250-0000001-0000000"
    assert half_width("メール１２３＠") == "メール123@"
