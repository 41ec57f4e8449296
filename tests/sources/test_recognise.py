"""
What a document is: decided by content, never by its name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sources.makers_sources import a_report, a_row, an_order, as_json, batches_of
from watchdog.terms.look import Kind
from watchdog.terms.sentences import say

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", ["report.txt", "report.csv", "report.json", "report"])
def test_a_name_decides_nothing(tmp_path: Path, name: str) -> None:
    """
    A report is a report under any name.
    """
    [batch] = batches_of(tmp_path, a_report(a_row()), name=name)

    assert batch.look.kind is Kind.ORDERS


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"\xef\xbb\xbf", "file_empty"),
        (b"PK\x03\x04rest", "file_binary"),
        (b"%PDF-1.7", "file_binary"),
        (b"a\x00b", "file_binary"),
        (b"hello world\n", "file_unknown"),
        (b"a,b,c\n1,2,3\n", "file_unknown"),
        (b'{"payload": {"Orders": []}}', "file_unknown"),
        (b"[]", "file_unknown"),
        (b"<?xml version='1.0'?><Orders/>", "file_unknown"),
        (b'{"or', "file_broken_json"),
        (as_json({"orders": [an_order()]})[:-5], "file_broken_json"),
        (b'{"orders": [\n\n{"orderId": 1,}]}', "file_broken_json"),
        (b'{"orders": ' + b"[" * 100_000, "file_broken_json"),
        (b'{"orders": "\xff\xfe"}', "file_broken_json"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(tmp_path: Path, content: bytes, code: str) -> None:
    """
    One batch with the reason, whose sentence can be said in both languages.
    """
    [batch] = batches_of(tmp_path, content)

    assert batch.refused is not None
    assert batch.refused.code == code
    assert batch.last
    assert all("file.txt" in say(code, language, batch.refused.values) for language in ("ja", "en"))


def test_broken_json_names_the_line(tmp_path: Path) -> None:
    """
    The line on which it breaks, counted from 1.
    """
    [batch] = batches_of(tmp_path, b'{"orders": [\n\n{"orderId": 1,}]}')

    assert batch.refused is not None
    assert batch.refused.values["line"] == 3
