"""
The seller's own list of release dates.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.sources.makers_sources import a_reading, batches_of
from watchdog.terms.identity import Asin, Sku
from watchdog.terms.look import Batch, Kind, ReleaseSaid, ReleaseSource
from watchdog.terms.marketplace import BY_COUNTRY, JAPAN

if TYPE_CHECKING:
    from pathlib import Path


def read(folder: Path, text: str, encoding: str = "utf-8") -> Batch:
    """
    Return the one batch of a list of that text.
    """
    [batch] = batches_of(folder, text.encode(encoding))
    return batch


def test_a_list_says_release_dates(tmp_path: Path) -> None:
    """
    Source, date, title and note are as written; without a marketplace the date holds for any.
    """
    batch = read(tmp_path, "asin,sku,release_date,title,note\nB0EXAMPLE1,CD-0914,2026-09-14,Album,first\n")

    assert (batch.look.source, batch.look.kind) == ("releases", Kind.RELEASES)
    assert [*batch.releases] == [
        ReleaseSaid(None, Asin("B0EXAMPLE1"), Sku("CD-0914"), date(2026, 9, 14), ReleaseSource.SELLER_LIST, "Album", "first")
    ]


@pytest.mark.parametrize(
    "header",
    ["asin,発売日", "ASIN,発売予定日", "出品者SKU,release date", "商品管理番号,Release_Date", '"sku","発売日"', "ｓｋｕ,release-date"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_headers_may_be_japanese_in_any_encoding(tmp_path: Path, header: str, encoding: str) -> None:
    """
    What Excel saves is read.
    """
    [said] = read(tmp_path, f"{header}\r\nB0EXAMPLE1,2026/9/14\r\n", encoding).releases

    assert said.release_date == date(2026, 9, 14)


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_the_separator_is_found_by_content(tmp_path: Path, separator: str) -> None:
    """
    Comma, TAB, or the semicolon of some countries' Excel.
    """
    assert len(read(tmp_path, f"asin{separator}発売日\nB0EXAMPLE1{separator}2026年9月14日\n").releases) == 1


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("B0EXAMPLE1,,", "row_release_date_missing"),
        ("B0EXAMPLE1", "row_release_date_missing"),
        ("B0EXAMPLE1,,1970-01-01", "row_release_date_missing"),
        ("B0EXAMPLE1,,未定", "row_no_release_date"),
        (",,2026-09-14", "row_product_missing"),
        ("4988000000000,,2026-09-14", "row_product_missing"),
        ("4.988E+12,,2026-09-14", "row_id_damaged"),
        ("B0EXAMPLE1,,2026-09-14,XX", "row_marketplace_unknown"),
        ("B0EXAMPLE1,,2026-09-14,JP,more", "row_too_wide"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path: Path, line: str, code: str) -> None:
    """
    By its place and reason; the other lines are used.
    """
    batch = read(tmp_path, f"asin,sku,発売日,marketplace\n# a comment, with commas,,,,\n,,,\n{line}\nB0EXAMPLE1,,2026-09-14\n")

    assert [(defect.place, defect.reason.code) for defect in batch.defects] == [(4, code)]
    assert len(batch.releases) == 1


@pytest.mark.parametrize("written", ["JP", "A1VC38T7YXB528", "Amazon.co.jp"])
def test_a_date_may_be_said_for_one_marketplace(tmp_path: Path, written: str) -> None:
    """
    By country, id or name.
    """
    [said] = read(tmp_path, f"asin,発売日,マーケットプレイス\nB0EXAMPLE1,2026-09-14,{written}\n").releases

    assert said.marketplace_id == JAPAN


def test_a_list_without_a_product_column_is_refused(tmp_path: Path) -> None:
    """
    A date alone belongs to nothing.
    """
    refused = read(tmp_path, "title,発売日\nAlbum,2026-09-14\n").refused

    assert refused is not None
    assert refused.code == "file_column_missing"


def test_an_instant_at_local_midnight_is_that_day(tmp_path: Path) -> None:
    """
    Dates pasted from a catalog answer are read by the marketplace's zone.
    """
    [batch] = batches_of(tmp_path, b"asin,release_date\nB0EXAMPLE1,2026-09-13T15:00:00Z\n", reading=a_reading(BY_COUNTRY["JP"]))

    assert batch.releases[0].release_date == date(2026, 9, 14)
