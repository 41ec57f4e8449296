"""
「昔のレポートを読ませてみたら?」 A folder of old reports shows month by month what would have been caught; nothing is kept.
"""

from __future__ import annotations

import json
import os
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.stories.seller import Order, noon

if TYPE_CHECKING:
    from pathlib import Path

    from tests.stories.seller import Seller


def old_reports(seller: Seller, *, months: int = 7, resets: tuple[int, ...] = (2, 5)) -> Path:
    """
    Make a folder with one report a week: each month's CD is right, but in the months named one order is due far too early.
    """
    folder = seller.folder / "old"
    folder.mkdir()
    first = date(2025, 10, 1)
    for week in range(months * 4):
        seen = first + timedelta(weeks=week)
        number = week // 4
        release = first + timedelta(weeks=4 * number + 8)
        order = Order(number + 1, asin=f"B0SAMPLE{number:02d}", sku=f"CD-{number:02d}", bought=str(seen - timedelta(days=20)))
        wrong = number in resets and week % 4 >= 2
        order = order.but(ship_by=str(seen + timedelta(days=2) if wrong else release), left_pending=str(seen))
        seller.drops_report([order], seen=str(seen))
        (seller.inbox / "unshipped.txt").rename(folder / f"unshipped-{seen}.txt")
    return folder


def release_list(seller: Seller, *, months: int = 7) -> Path:
    """
    Write the dates of all these CDs.
    """
    path = seller.folder / "releases.csv"
    days = [(number, date(2025, 10, 1) + timedelta(weeks=4 * number + 8)) for number in range(months)]
    path.write_text("sku,release_date\n" + "".join(f"CD-{number:02d},{day}\n" for number, day in days), "utf-8")
    os.utime(path, (noon("2025-09-01").timestamp(),) * 2)
    return path


def test_years_of_reports_are_told_month_by_month_with_a_chart(seller: Seller) -> None:
    """
    Quiet months are shown, too; the months with a catch have a bar.
    """
    folder = old_reports(seller)
    told = seller.runs("replay", str(folder), "--releases", str(release_list(seller)))
    lines = told.splitlines()

    assert "28 ファイル" in told and "検知していたはずの件数" in told
    months = [
        line
        for line in lines
        if line[7:9] == "  " and line[:7] in {"2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03", "2026-04"}
    ]
    assert len(months) == 7
    assert [line[:7] for line in months if "█" in line] == ["2025-12", "2026-03"]
    assert "250-0000000-0000003" in told and "250-0000000-0000006" in told, "the findings are shown as ever"


def test_nothing_is_kept_of_a_first_impression(seller: Seller) -> None:
    """
    Neither a log nor a moved file is left behind.
    """
    folder = old_reports(seller, months=4)
    before = sorted(path.name for path in folder.iterdir())
    seller.runs("replay", str(folder))

    assert sorted(path.name for path in folder.iterdir()) == before
    assert not (seller.state / "watchdog.db").exists()


def test_programs_get_the_months_when_they_ask(seller: Seller) -> None:
    """
    The usual document, and the months in it.
    """
    folder = old_reports(seller)
    release = str(release_list(seller))
    bare = json.loads(seller.runs("replay", str(folder), "--releases", release, "--json"))
    told = json.loads(seller.runs("replay", str(folder), "--releases", release, "--by-month", "--json"))

    assert told.keys() - bare.keys() == {"months"}
    assert sum(month["files"] for month in told["months"]) == 28
    assert {month["month"]: month["caught"] for month in told["months"] if month["caught"]} == {"2025-12": 1, "2026-03": 1}


def test_without_release_dates_the_seller_is_told_what_would_help(seller: Seller) -> None:
    """
    Orders of a shipping report can't be told to be pre-orders.
    """
    told = seller.runs("replay", str(old_reports(seller)))

    assert "--releases releases.csv" in told


def test_copies_that_lost_their_times_are_noticed(seller: Seller) -> None:
    """
    Thirty files of one and the same minute are no history.
    """
    folder = old_reports(seller)
    for path in folder.iterdir():
        os.utime(path, (noon("2026-05-01").timestamp(),) * 2)
    seller.runs("replay", str(folder))

    assert "cp -p" in seller.errors


def test_a_few_files_of_one_week_are_shown_as_ever(seller: Seller) -> None:
    """
    An old release list beside them makes no months.
    """
    seller.drops_report([Order(1)], seen="2026-09-03")
    told = seller.runs("replay", str(seller.inbox / "unshipped.txt"), str(release_list(seller)))

    assert "█" not in told and "検知していたはずの件数" not in told


@pytest.mark.parametrize("path", ["nowhere", "nowhere@2026-09-03T10:00:00+09:00"])
def test_a_folder_that_is_not_there_is_named(seller: Seller, path: str) -> None:
    """
    A slip of the finger costs nothing.
    """
    seller.runs("replay", path, "--by-month", expect=2)

    assert "nowhere" in seller.errors


def test_an_empty_folder_is_peace(seller: Seller) -> None:
    """
    No file, no month, no crash.
    """
    (seller.folder / "old").mkdir()
    told = seller.runs("replay", str(seller.folder / "old"), "--by-month")

    assert "問題のある予約注文はありません" in told
