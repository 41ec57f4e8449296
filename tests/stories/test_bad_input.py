"""
What a seller really drops: damaged, unfinished, of another kind, or at the wrong moment. It is said, nothing is lost, the rest is used.
"""

from __future__ import annotations

import io
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.stories.seller import Order, noon

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.stories.seller import Seller

_ROOT = Path(__file__).parents[2]
_NOON = "2026-09-05 12:30"


@dataclass(frozen=True)
class Taken:
    """
    One line of the view ``intake``.
    """

    name: str
    state: str
    counts: tuple[int, ...]
    line: int | None
    code: str | None


def intake(seller: Seller) -> list[Taken]:
    """
    Return what the log says came in, the oldest first.
    """
    with closing(sqlite3.connect(seller.state / "watchdog.db")) as database:
        found = database.execute(
            "SELECT name, state, rows_read, rows_used, rows_unchanged, rows_rejected, rows_ignored, line, reason FROM intake "
            "ORDER BY look_no, line"
        ).fetchall()
    return [Taken(row[0], row[1], row[2:7], row[7], json.loads(row[8])["code"] if row[8] else None) for row in found]


def beside(seller: Seller, folder: str, name: str) -> str:
    """
    Return what was written beside the kept file of that name.
    """
    (path,) = (seller.inbox / folder).glob(f"{Path(name).stem}.*.reason.txt")
    return path.read_text(encoding="utf-8")


def adds_up(document: Any) -> bool:
    """
    Say whether every order row that was read was counted once.
    """
    rows = document["rows"]
    return bool(rows["read"] == rows["used"] + rows["unchanged"] + rows["rejected"] + rows["ignored"])


def report(seller: Seller, orders: list[Order], *, seen: str = "2026-09-05") -> bytes:
    """
    Return the unshipped report of these orders, without dropping it.
    """
    seller.drops_report(orders, seen=seen, name="scratch.txt")
    path = seller.inbox / "scratch.txt"
    content = path.read_bytes()
    path.unlink()
    return content


def shipping(count: int) -> list[Order]:
    """
    Return orders that have left pending and are due on their release day.
    """
    return [Order(number, left_pending="2026-09-04") for number in range(1, count + 1)]


def known_release(seller: Seller) -> None:
    """
    Begin with the release date known.
    """
    seller.lists_release("2026-09-14", seen="2026-08-01")


@pytest.mark.parametrize(("language", "word"), [("ja", "出荷予定日がありません"), ("en", "carries no ship date")])
def test_a_report_without_ship_dates_is_used_for_what_it_has_and_says_so(seller: Seller, language: str, word: str) -> None:
    """
    Whoever drops it must not believe that his pre-orders are watched by it: it is said at once, beside the file and in the log.
    """
    seller.monkeypatch.setenv("PREORDER_LANGUAGE", language)
    known_release(seller)
    head = "amazon-order-id\tpurchase-date\torder-status\tsales-channel\tsku\tasin\tfulfillment-channel"
    row = "250-0000001-0000001\t2026-07-01T03:00:00+00:00\tPending\tAmazon.co.jp\tCD-01\tB0SAMPLE01\tMerchant"
    seller.drops("all.txt", f"{head}\r\n{row}\r\n".encode(), seen="2026-09-05")
    document = seller.checks(_NOON)

    assert document["rows"]["used"] == 1
    assert word in seller.errors
    assert word in beside(seller, "processed", "all.txt")
    assert [(taken.state, taken.code) for taken in intake(seller) if taken.name == "all.txt"] == [("done", "file_without_ship_date")]


def a_workbook() -> bytes:
    """
    Return what Excel saves by default, as far as its first bytes tell.
    """
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types/>')
        parts.writestr("xl/workbook.xml", "<workbook/>")
        parts.writestr("xl/worksheets/sheet1.xml", "<worksheet><sheetData/></worksheet>")
    return book.getvalue()


_GARBAGE = bytes(range(256)) * 40
_PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"
_LOGIN = b"<!DOCTYPE html>\n<html><head><title>Amazon Sign-In</title></head><body>session expired</body></html>\n"
_CUT_JSON = b'{\n  "orders": [\n    {"orderId": "250-0000000-0000001",\n     "createdTi'
UNUSABLE = [
    ("garbage.txt", _GARBAGE, "file_binary", "テキストファイルではありません", "not a text file"),
    ("reports.zip", a_workbook(), "file_binary", "ZIPの場合は、展開して", "a ZIP unpacked"),
    ("orders.pdf", _PDF, "file_binary", "テキストファイルではありません", "not a text file"),
    ("empty.txt", b"", "file_empty", "0バイト", "0 bytes"),
    ("cut.json", _CUT_JSON, "file_broken_json", "4 行目で壊れています", "broken at line 4"),
    ("holiday.txt", "海の写真\n山の写真\n".encode("cp932"), "file_unknown", "読み込めるレポートではありません", "none of the files"),
    ("login.html", _LOGIN, "file_unknown", "読み込めるレポートではありません", "none of the files"),
    ("other.json", b'{"sales": [1, 2, 3]}', "file_unknown", "読み込めるレポートではありません", "none of the files"),
]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("case", UNUSABLE, ids=[each[0] for each in UNUSABLE])
def test_a_file_that_cannot_be_used_is_said_kept_and_journalled(
    seller: Seller, language: str, case: tuple[str, bytes, str, str, str]
) -> None:
    """
    Whatever it is: the sentence names it on the screen and beside it, it lies unchanged in ``rejected``, and the other file is used.
    """
    name, content, code, ja, en = case
    seller.monkeypatch.setenv("PREORDER_LANGUAGE", language)
    known_release(seller)
    seller.drops(name, content, seen="2026-09-04")
    seller.drops_orders([Order(1, ship_by="2026-09-08")], seen="2026-09-05", name="good.json")
    document = seller.checks(_NOON)

    assert [finding["order_id"] for finding in document["findings"]] == [Order(1).order_id]
    assert (document["rows"]["read"], document["rows"]["used"]) == (1, 1)
    assert adds_up(document)
    said = next(line for line in seller.errors.splitlines() if name in line)
    assert (ja if language == "ja" else en) in said
    assert beside(seller, "rejected", name).strip() == said
    kept = [path for path in (seller.inbox / "rejected").glob(f"{Path(name).stem}.*") if not path.name.endswith(".reason.txt")]
    assert [path.read_bytes() for path in kept] == [content]
    assert Taken(name, "refused", (0, 0, 0, 0, 0), None, code) in intake(seller)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_workbook_is_read_or_its_refusal_says_what_to_save_instead(seller: Seller, language: str) -> None:
    """
    Never a traceback, never silence.
    """
    seller.monkeypatch.setenv("PREORDER_LANGUAGE", language)
    known_release(seller)
    seller.drops("orders.xlsx", a_workbook(), seen="2026-09-04")
    seller.checks(_NOON)

    assert any("orders.xlsx" in line for line in seller.errors.splitlines())
    assert ("orders.xlsx", "refused") in [(taken.name, taken.state) for taken in intake(seller)]
    assert beside(seller, "rejected", "orders.xlsx").strip()


@pytest.mark.parametrize(("language", "word"), [("ja", "途中で切れている"), ("en", "cut off here")])
def test_a_report_that_was_cut_off_is_used_up_to_the_cut(seller: Seller, language: str, word: str) -> None:
    """
    The download broke: the last row is named with its line, the rest counts, and the whole file later brings the missing one.
    """
    seller.monkeypatch.setenv("PREORDER_LANGUAGE", language)
    known_release(seller)
    orders = shipping(5)
    whole = report(seller, orders)
    at = whole.rindex(b"250-0000000-0000005") + 60
    seller.drops("report.txt", whole[:at], seen="2026-09-05")
    document = seller.checks(_NOON)

    assert document["rows"] == {"read": 5, "used": 4, "unchanged": 0, "rejected": 1, "ignored": 0}
    assert word in beside(seller, "processed", "report.txt")
    assert "6" in beside(seller, "processed", "report.txt").splitlines()[-1].split(":")[0].split("：")[0]
    assert [taken.line for taken in intake(seller) if taken.code == "row_too_short"] == [6]

    seller.drops("report.txt", whole, seen="2026-09-06")

    assert seller.checks("2026-09-06 12:30")["rows"] == {"read": 5, "used": 1, "unchanged": 4, "rejected": 0, "ignored": 0}


def test_an_order_cut_off_is_not_taken_for_gone(seller: Seller) -> None:
    """
    The flagged order stands in the rejected line of the newer file: its case stays as it is.
    """
    known_release(seller)
    orders = [*shipping(3), Order(5, ship_by="2026-09-08", left_pending="2026-09-04")]
    seller.drops("report.txt", report(seller, orders), seen="2026-09-05")
    seller.checks(_NOON)
    whole = report(seller, orders, seen="2026-09-06")
    seller.drops("report.txt", whole[: whole.rindex(b"250-0000000-0000005") + 60], seen="2026-09-06")

    (finding,) = seller.flags("2026-09-06 12:30")

    assert (finding["case_no"], finding["state"], finding["ship_by"]) == ("PW-0001", "open", "2026-09-08")


@pytest.mark.parametrize(("language", "word"), [("ja", "バイトを超えており"), ("en", "longer than")])
def test_a_line_of_ten_megabytes_is_skipped_and_the_rest_used(seller: Seller, language: str, word: str) -> None:
    """
    Whatever wrote it, the rows before and after count.
    """
    seller.monkeypatch.setenv("PREORDER_LANGUAGE", language)
    known_release(seller)
    header, *rows = report(seller, shipping(4)).splitlines(keepends=True)
    seller.drops("report.txt", b"".join([header, *rows[:2], b"x" * 10_000_000 + b"\r\n", *rows[2:]]), seen="2026-09-05")
    document = seller.checks(_NOON)

    assert document["rows"] == {"read": 5, "used": 4, "unchanged": 0, "rejected": 1, "ignored": 0}
    assert word in beside(seller, "processed", "report.txt")
    assert [(taken.line, taken.code) for taken in intake(seller) if taken.line] == [(4, "row_too_long")]


def test_a_line_of_ten_megabytes_alone_is_no_report(seller: Seller) -> None:
    """
    Without end and without sense: refused, not held in memory.
    """
    known_release(seller)
    seller.drops("blob.txt", b"A" * 10_000_000, seen="2026-09-05")
    document = seller.checks(_NOON)

    assert adds_up(document)
    assert ("blob.txt", "refused") in [(taken.name, taken.state) for taken in intake(seller)]
    assert "blob.txt" in seller.errors


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8", "utf-8-sig", "cp932", "shift_jis", "euc_jp"])
def test_a_report_saved_in_another_encoding_is_read_all_the_same(seller: Seller, encoding: str) -> None:
    """
    An editor or Excel has saved it anew. The title is readable wherever the encoding can be told.
    """
    known_release(seller)
    text = report(seller, [Order(5, ship_by="2026-09-08", left_pending="2026-09-04")]).decode("cp932")
    seller.drops("report.txt", text.encode(encoding), seen="2026-09-05")

    (finding,) = seller.flags(_NOON)

    assert (finding["order_id"], finding["ship_by"]) == (Order(5).order_id, "2026-09-08")
    if encoding != "euc_jp":
        assert finding["title"] == "見本CD 初回限定盤"


def test_a_report_in_latin_1_is_read_where_the_shop_is_european(seller: Seller) -> None:
    """
    Amazon's European reports are Latin-1: the title keeps its umlauts.
    """
    seller.monkeypatch.setenv("PREORDER_MARKETPLACE_IDS", "DE")
    known_release(seller)
    order = Order(5, ship_by="2026-09-08", left_pending="2026-09-04", title="Grönemeyer: Für dich – ÄÖÜ ß")
    seller.drops(
        "report.txt",
        report(seller, [order.but(title="TITLE")])
        .decode("cp932")
        .replace("TITLE", "Grönemeyer: Für dich ÄÖÜ ß")
        .encode("latin-1", "replace"),
        seen="2026-09-05",
    )

    (finding,) = seller.flags(_NOON)

    assert finding["title"] == "Grönemeyer: Für dich ÄÖÜ ß"


IMPOSSIBLE = ["2026-02-30T23:59:59+09:00", "2026-13-01T23:59:59+09:00", "2026-09-14T25:00:00+09:00", "0000-00-00", "someday", "14/09"]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_impossible_dates_are_named_row_by_row(seller: Seller, language: str) -> None:
    """
    None of them is guessed; the healthy rows between them count.
    """
    seller.monkeypatch.setenv("PREORDER_LANGUAGE", language)
    known_release(seller)
    content = report(seller, shipping(2 + len(IMPOSSIBLE)))
    header, *rows = content.splitlines(keepends=True)
    for place, bad in enumerate(IMPOSSIBLE, start=1):
        rows[place] = rows[place].replace(b"2026-09-14T23:59:59+09:00", bad.encode())
    seller.drops("report.txt", header + b"".join(rows), seen="2026-09-05")
    document = seller.checks(_NOON)

    assert document["rows"] == {"read": 8, "used": 2, "unchanged": 0, "rejected": 6, "ignored": 0}
    assert all(finding["severity"] == "notice" for finding in document["findings"])
    assert [taken.line for taken in intake(seller) if taken.code in {"row_date_unreadable", "row_no_date"}] == [3, 4, 5, 6, 7, 8]
    told = beside(seller, "processed", "report.txt")
    assert told.count("promise-date") == 6
    assert "2026-02-30" in told


@pytest.mark.parametrize("bad", ["9999-12-31T23:59:59+09:00", "2026-09-14T23:59:59+99:00", "-2026-09-14", "２０２６年９月３１日"])
def test_a_date_at_the_edge_of_the_calendar_breaks_nothing(seller: Seller, bad: str) -> None:
    """
    Used or rejected, the turn goes on and every row is counted.
    """
    known_release(seller)
    content = report(seller, shipping(3)).replace(b"2026-09-14T23:59:59+09:00", bad.encode("cp932"), 1)
    seller.drops("report.txt", content, seen="2026-09-05")
    document = seller.checks(_NOON)

    assert document["rows"]["read"] == 3
    assert document["rows"]["used"] >= 2
    assert adds_up(document)


@pytest.mark.parametrize("cell", ["2026年9月14日", "２０２６－０９－１４", "　"])
def test_a_date_written_in_japanese_is_read_or_named_and_never_stops_the_turn(seller: Seller, cell: str) -> None:
    """
    Excel's Japanese dates, full-width digits, a full-width blank: used or rejected, the other rows count and so does the other file.
    """
    known_release(seller)
    content = report(seller, shipping(3)).replace(b"2026-09-14T23:59:59+09:00", cell.encode("cp932"), 1)
    seller.drops("report.txt", content, seen="2026-09-05")
    document = seller.checks(_NOON)

    assert document["rows"]["read"] == 3
    assert document["rows"]["used"] >= 2
    assert adds_up(document)


@pytest.mark.parametrize(("language", "word"), [("ja", "Excelで開く前のレポート"), ("en", "without opening it in Excel")])
def test_ids_that_a_spreadsheet_has_rounded_are_refused_by_row(seller: Seller, language: str, word: str) -> None:
    """
    1.23457E+13 can't be made whole again; a wrong number would be worse than none.
    """
    seller.monkeypatch.setenv("PREORDER_LANGUAGE", language)
    known_release(seller)
    content = report(seller, shipping(3)).replace(b"00000000000002", b"1.23457E+13")
    seller.drops("report.txt", content, seen="2026-09-05")
    document = seller.checks(_NOON)

    assert document["rows"] == {"read": 3, "used": 2, "unchanged": 0, "rejected": 1, "ignored": 0}
    assert word in beside(seller, "processed", "report.txt")
    assert [(taken.line, taken.code) for taken in intake(seller) if taken.line] == [(3, "row_id_damaged")]


@pytest.mark.parametrize(
    "last",
    [
        "COD",
        "",
    ],
)
def test_a_shifted_row_is_refused_as_a_whole(seller: Seller, last: str) -> None:
    """
    A tab inside a cell: every cell behind it stands under the wrong heading, whether the last column is filled or not.
    """
    known_release(seller)
    content = report(seller, shipping(3)).replace("見本CD".encode("cp932"), "見本\tCD".encode("cp932"), 1)
    content = content.replace(b"JP\t\r\n", f"JP\t{last}\r\n".encode())
    seller.drops("report.txt", content, seen="2026-09-05")
    document = seller.checks(_NOON)

    assert document["rows"] == {"read": 3, "used": 2, "unchanged": 0, "rejected": 1, "ignored": 0}
    assert [taken.code for taken in intake(seller) if taken.line] == ["row_too_wide"]


def test_a_bad_order_in_an_answer_of_the_api_is_named_and_the_others_used(seller: Seller) -> None:
    """
    One entry without a number, one that is no order at all.
    """
    known_release(seller)
    seller.drops_orders([Order(1), Order(2, ship_by="2026-09-08"), Order(3)], seen="2026-09-05", name="orders.json")
    path = seller.inbox / "orders.json"
    document = json.loads(path.read_text())
    del document["orders"][0]["orderId"]
    document["orders"].append("not an order")
    seller.drops("orders.json", json.dumps(document).encode(), seen="2026-09-05")
    told = seller.checks(_NOON)

    assert [finding["order_id"] for finding in told["findings"] if finding["severity"] != "notice"] == [Order(2).order_id]
    assert (told["rows"]["read"], told["rows"]["used"], told["rows"]["rejected"]) == (4, 2, 2)
    assert len([taken for taken in intake(seller) if taken.line and taken.code in {"row_id_missing", "row_not_an_order"}]) == 2


def test_bad_lines_of_a_release_list_are_named_and_the_others_learned(seller: Seller) -> None:
    """
    A list typed by hand has typing errors; release lines are counted apart from order rows.
    """
    lines = ["asin,sku,発売日", "B0SAMPLE01,CD-01,2026/9/14", "B0SAMPLE02,,2026/9/31", ",,2026/9/14", "B0SAMPLE03,CD-03,"]
    seller.drops("releases.csv", "\r\n".join(lines).encode("cp932"), seen="2026-08-01")
    seller.drops_orders([Order(1, ship_by="2026-09-08")], seen="2026-09-05")
    document = seller.checks(_NOON)

    assert [finding["release_date"] for finding in document["findings"]] == ["2026-09-14"]
    assert document["rows"]["read"] == 1
    told = beside(seller, "processed", "releases.csv")
    assert all(f"{line}行目" in told for line in (3, 4, 5))


def test_a_folder_in_the_inbox_is_left_alone_and_named(seller: Seller) -> None:
    """
    Somebody dropped a whole folder: it stays, what lies beside it is used, and he hears that it was not read.
    """
    (seller.inbox / "September").mkdir()
    (seller.inbox / "September" / "report.txt").write_bytes(report(seller, shipping(1)))
    known_release(seller)
    seller.drops_orders([Order(1, ship_by="2026-09-08")], seen="2026-09-05")

    assert len(seller.flags(_NOON)) == 1
    assert (seller.inbox / "September" / "report.txt").is_file()
    assert seller.errors.count("フォルダのため読んでいません") == 1 and "September は" in seller.errors


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="takes rights away from root")
@pytest.mark.skipif(shutil.which("setpriv") is None, reason="setpriv is not here")
@pytest.mark.parametrize(("language", "word"), [("ja", "ファイルを読めません"), ("en", "can't be read")])
def test_a_file_without_permission_is_told_once_stays_and_is_read_when_it_may_be(seller: Seller, language: str, word: str) -> None:
    """
    Dropped by another user: the sentence names the permissions; once they are mended the file is read.
    """
    seller.monkeypatch.setenv("PREORDER_LANGUAGE", language)
    known_release(seller)
    seller.drops_orders([Order(1, ship_by="2026-09-08")], seen="2026-09-05", name="closed.json")
    closed = seller.inbox / "closed.json"
    closed.chmod(0)
    answer = _checks_alone(seller, "setpriv", "--bounding-set", "-dac_override,-dac_read_search")

    assert answer.returncode == 0, answer.stderr
    assert any(word in line and "closed.json" in line for line in answer.stderr.splitlines())
    assert closed.is_file()
    assert ("closed.json", "refused") in [(taken.name, taken.state) for taken in intake(seller)]

    closed.chmod(0o600)

    assert [finding["order_id"] for finding in seller.flags("2026-09-05 12:40")] == [Order(1).order_id]


def test_a_file_that_is_still_being_written_is_left_until_it_is_whole(seller: Seller) -> None:
    """
    The first turn finds half of it, written just now; it says so and touches nothing. Standing still, it is read whole.
    """
    known_release(seller)
    whole = report(seller, shipping(3))
    half = whole[: len(whole) // 2]
    path = seller.inbox / "report.txt"
    path.write_bytes(half)
    began = datetime.now(UTC).replace(microsecond=0)
    first = json.loads(seller.runs("check", "--now", began.isoformat(), "--json"))

    assert first["rows"]["read"] == 0
    assert path.read_bytes() == half
    assert "report.txt" in seller.errors, "the seller is told why nothing came of it"

    path.write_bytes(whole)
    os.utime(path, (began.timestamp() - 10, began.timestamp() - 10))
    second = json.loads(seller.runs("check", "--now", began.isoformat(), "--json"))

    assert (second["rows"]["read"], second["rows"]["rejected"]) == (3, 0)
    assert not path.exists()


@pytest.mark.slow
def test_a_log_that_another_program_holds_is_said_and_nothing_is_lost(seller: Seller) -> None:
    """
    A database browser with an open transaction: exit 75, the files stay in the inbox, and the next turn does it all.
    """
    known_release(seller)
    seller.checks("2026-08-02 12:00")
    seller.drops_orders([Order(1, ship_by="2026-09-08")], seen="2026-09-05")
    with closing(sqlite3.connect(seller.state / "watchdog.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        seller.runs("check", "--now", noon(_NOON).isoformat(), expect=75)
        said = seller.errors
        other.execute("ROLLBACK")

    assert str(seller.state / "watchdog.db") in said
    assert "ほかのプログラムが使用中です" in said
    assert [finding["case_no"] for finding in seller.flags("2026-09-05 12:40")] == ["PW-0001"]


@pytest.mark.slow
@pytest.mark.parametrize(("language", "word"), [("ja", "空き容量"), ("en", "free some space")])
def test_a_disk_that_is_full_is_said_and_nothing_is_lost(seller: Seller, language: str, word: str) -> None:
    """
    The log may not grow any more: the sentence says what to do, the files stay, and with room again the turn does it all.
    """
    seller.monkeypatch.setenv("PREORDER_LANGUAGE", language)
    known_release(seller)
    seller.checks("2026-08-02 12:00")
    seller.drops_orders([Order(number, ship_by="2026-09-08") for number in range(1, 2001)], seen="2026-09-05")
    size = sum(path.stat().st_size for path in seller.state.glob("watchdog.db*"))
    answer = _checks_alone(seller, before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))

    assert answer.returncode == 1, answer.stderr
    assert str(seller.state / "watchdog.db") in answer.stderr
    assert word in answer.stderr
    assert "Traceback" not in answer.stderr

    document = seller.checks("2026-09-05 12:40")

    assert document["coverage"]["open_orders"] == 2000
    assert len([finding for finding in document["findings"] if finding["severity"] != "notice"]) == 1, "one product case"
    assert seller.runs("db", "check")


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="mounts a tiny disk")
def test_a_disk_without_a_byte_left_is_said_and_nothing_is_lost(seller: Seller) -> None:
    """
    The whole state folder lies on a disk of a few megabytes, filled to the last.
    """
    _run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(seller.state))
    try:
        seller.inbox.mkdir()
        known_release(seller)
        seller.checks("2026-08-02 12:00")
        seller.drops_orders([Order(number, ship_by="2026-09-08") for number in range(1, 401)], seen="2026-09-05")
        filler = seller.state / "filler"
        with filler.open("wb", buffering=0) as file:
            _fill(file)
        answer = _checks_alone(seller)

        assert answer.returncode == 1, answer.stderr
        assert "空き容量" in answer.stderr
        assert "Traceback" not in answer.stderr
        filler.unlink()

        assert seller.checks("2026-09-05 12:40")["coverage"]["open_orders"] == 400
        assert seller.runs("db", "check")
    finally:
        _run("umount", "--lazy", str(seller.state))


@pytest.mark.parametrize(("language", "word"), [("ja", "バックアップから戻してください"), ("en", "restore a backup")])
def test_a_damaged_log_is_said_and_the_files_stay(seller: Seller, language: str, word: str) -> None:
    """
    The file was overwritten from its beginning: nothing is read, nothing is moved, and with the backup back the turn does it all.
    """
    seller.monkeypatch.setenv("PREORDER_LANGUAGE", language)
    known_release(seller)
    seller.checks("2026-08-02 12:00")
    log = seller.state / "watchdog.db"
    copy = seller.folder / "backup.db"
    seller.runs("db", "backup", str(copy))
    log.write_bytes(b"\xa5" * log.stat().st_size)
    seller.drops_orders([Order(1, ship_by="2026-09-08")], seen="2026-09-05")
    seller.runs("check", "--now", noon(_NOON).isoformat(), expect=1)

    assert str(log) in seller.errors
    assert word in seller.errors
    assert (seller.inbox / "orders.json").is_file()

    for path in seller.state.glob("watchdog.db*"):
        path.unlink()
    copy.rename(log)

    assert [finding["case_no"] for finding in seller.flags("2026-09-05 12:40")] == ["PW-0001"]


def _checks_alone(seller: Seller, *prefix: str, before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    """
    Take a turn in a process of its own, which may have less than this one.
    """
    command = [*prefix, sys.executable, "-m", "watchdog", "check", "--now", noon(_NOON).isoformat(), "--json"]
    given = os.environ | {"PYTHONPATH": str(_ROOT)}
    return subprocess.run(
        command, cwd=seller.folder, env=given, capture_output=True, encoding="utf-8", check=False, timeout=120, preexec_fn=before
    )


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def _fill(file: Any) -> None:
    for size in (65536, 4096, 1):
        try:
            while True:
                file.write(b"\0" * size)
        except OSError:
            continue


@pytest.mark.parametrize(
    ("language", "word"), [("ja", "が見つかりません。PREORDER_RELEASES_FILE"), ("en", "does not exist. Correct PREORDER_RELEASES_FILE")]
)
def test_a_release_list_that_is_not_there_is_said_by_every_command(seller: Seller, language: str, word: str) -> None:
    """
    A slip in the path must not leave every order unwatched in silence.
    """
    seller.monkeypatch.setenv("PREORDER_LANGUAGE", language)
    seller.monkeypatch.setenv("PREORDER_RELEASES_FILE", str(seller.folder / "relaeses.csv"))
    for command, expect in (
        (("check", "--now", noon(_NOON).isoformat()), 0),
        (("check",), 0),
        (("config", "check"), 78),
        (("coverage",), 0),
    ):
        seller.runs(*command, expect=expect)
        assert word in seller.errors and "relaeses.csv" in seller.errors
    told = seller.runs("doctor", expect=1)

    assert word in told


def test_a_release_list_that_went_missing_is_a_warning_until_it_is_back(seller: Seller) -> None:
    """
    Whoever reads no screen is told once, also when the program starts anew, and once when it is there again.
    """
    own = seller.folder / "own.csv"
    own.write_text("asin,発売日\nB0SAMPLE01,2026-09-14\n", encoding="utf-8")
    seller.monkeypatch.setenv("PREORDER_RELEASES_FILE", str(own))
    seller.checks("2026-09-05 12:30")
    away = own.rename(seller.folder / "away.csv")
    for minute in (35, 40, 45):
        seller.checks(f"2026-09-05 12:{minute}")
    away.rename(own)
    seller.checks("2026-09-05 12:50")
    with closing(sqlite3.connect(seller.state / "watchdog.db")) as log:
        subjects = [subject for (subject,) in log.execute("SELECT subject FROM messages ORDER BY message_no")]

    assert subjects == ["【注意】発売日の一覧が見つかりません", "【回復】発売日の一覧を読み込めるようになりました"]


def test_every_file_with_rows_that_were_not_used_is_named(seller: Seller) -> None:
    """
    A report and a release list, each with how many rows and where the reasons lie; the configured list with its first reason.
    """
    own = seller.folder / "own.csv"
    own.write_text("asin,発売日\nB0SAMPLE09,いつか\n", encoding="utf-8")
    seller.monkeypatch.setenv("PREORDER_RELEASES_FILE", str(own))
    seller.drops("releases.csv", "sku,発売日\nCD-01,2026-09-14\nCD-02,いつか\nCD-03,2026/99/99\n".encode(), seen="2026-08-01")
    seller.drops_report([*shipping(2), Order(9, ship_by="あした")], seen="2026-09-05")
    seller.checks(_NOON)
    said = seller.errors.splitlines()
    [releases] = [line for line in said if line.startswith("releases.csv：2 行を使えませんでした。")]
    [unshipped] = [line for line in said if line.startswith("unshipped.txt：1 行を使えませんでした。")]
    [listed] = [line for line in said if line.startswith("own.csv：1 行を使えませんでした。")]

    for line in (releases, unshipped):
        assert Path(line.split("理由は ")[1].removesuffix(" をご覧ください。")).is_file()
    assert "発売日" in listed
    seller.checks("2026-09-05 12:31")
    assert "使えませんでした" not in seller.errors, "it is said once"


def test_an_inbox_that_is_a_file_is_named_as_what_it_is(seller: Seller) -> None:
    """
    It is a place on this machine, no data of Amazon's that could not be reached.
    """
    path = seller.folder / "inbox.txt"
    path.write_text("", encoding="utf-8")
    seller.monkeypatch.setenv("PREORDER_INBOX_DIR", str(path))
    told = seller.runs("check", "--now", noon(_NOON).isoformat(), expect=1)

    assert f"{path} を使えません" in seller.errors
    assert "Amazonの注文データ" not in told


def test_a_replay_says_what_it_did_not_use(seller: Seller) -> None:
    """
    Nothing is written beside a file handed over by hand: the first reason stands in the line itself.
    """
    path = seller.folder / "old.txt"
    path.write_bytes(report(seller, [*shipping(2), Order(9, ship_by="あした")]))
    seller.runs("replay", f"{path}@2026/9/5 9:00")

    assert "old.txt：1 行を使えませんでした。最初の行：" in seller.errors and "promise-date" in seller.errors


def test_after_a_report_without_release_dates_they_are_asked_for(seller: Seller) -> None:
    """
    The report is there: another one would not help.
    """
    seller.drops_report([Order(1, ship_by="2026-12-20", bought="2026-09-01")], seen="2026-09-05")
    told = seller.runs("check", "--now", noon(_NOON).isoformat())
    covered = seller.runs("coverage")
    seller.runs("releases", "set", "OTHER", "2026-12-24")
    listed = seller.runs("flagged")

    for screen in (told, covered):
        assert "発売日の一覧がないため" in screen and "releases set CD-01 2026-09-14" in screen
        assert "レポートを受信フォルダ" not in screen
    assert "予約注文はありませんでした" in listed
