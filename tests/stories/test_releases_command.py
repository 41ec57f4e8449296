"""
「この商品の発売日はいつになっている?」 Release dates: who says what, what is missing, set by hand, imported from any table.
"""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from click.testing import CliRunner

from tests.stories.seller import Order, fourteen, noon
from watchdog.__main__ import cli
from watchdog.store import listings, open_store
from watchdog.terms.identity import Asin
from watchdog.terms.look import Kind, Look, ReleaseSaid, ReleaseSource
from watchdog.terms.marketplace import JAPAN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.stories.seller import Seller


@pytest.fixture(autouse=True)
def _on_the_fifth() -> Iterator[None]:
    """
    It is the afternoon of 5 September.
    """
    with time_machine.travel(noon("2026-09-05 13:00"), tick=False):
        yield


def dvd(count: int = 3, **fields: Any) -> list[Order]:
    """
    Return pre-orders of a DVD nobody has named a release date for.
    """
    told = {"asin": "B0UNKNOWN1", "sku": "DVD-09", "title": "見本DVD", "ship_by": "2026-10-02"} | fields
    return [Order(number, **told) for number in range(101, 101 + count)]


def begins(seller: Seller, *more: Order) -> None:
    """
    Fourteen pre-orders of the CD, dated by the seller, and others.
    """
    seller.lists_release("2026-09-14", seen="2026-08-01")
    seller.drops_orders([*fourteen(), *more], seen="2026-09-03")
    seller.checks("2026-09-03 12:30")


def listed(seller: Seller) -> dict[str, Any]:
    """
    Return the list by ASIN or SKU.
    """
    return {each["asin"] or each["sku"]: each for each in json.loads(seller.runs("releases", "list", "--json"))["releases"]}


def test_what_is_missing_is_named_with_the_orders_it_leaves_unwatched(seller: Seller) -> None:
    """
    「発売日が分からない商品はどれ?」 The DVD, and its three orders.
    """
    begins(seller, *dvd())

    told = json.loads(seller.runs("releases", "unknown", "--json"))
    shown = seller.runs("releases", "unknown")

    assert [(each["asin"], each["open_orders"], each["order_ids"]) for each in told["unknown"]] == [
        ("B0UNKNOWN1", 3, [order.order_id for order in dvd()])
    ]
    assert "見本DVD" in shown and "250-0000000-0000101" in shown and "releases set B0UNKNOWN1" in shown


def test_a_sku_that_may_be_a_pre_order_is_named_too(seller: Seller) -> None:
    """
    A shipping report shows an unlisted SKU promised a month after its purchase.
    """
    seller.lists_release("2026-09-14", seen="2026-08-01")
    seller.drops_report([Order(201, asin="", sku="FIG-01", bought="2026-09-01", ship_by="2026-10-02")], seen="2026-09-03")
    seller.checks("2026-09-03 12:30")

    told = json.loads(seller.runs("releases", "unknown", "--json"))

    assert [each["sku"] for each in told["unlisted"]] == ["FIG-01"]
    assert "FIG-01" in seller.runs("releases", "unknown")


def test_a_date_set_by_hand_is_judged_by_at_the_next_turn(seller: Seller) -> None:
    """
    「10月9日発売」 and the orders due on the 2nd are flagged at once.
    """
    begins(seller, *dvd(count=3))
    told = seller.runs("releases", "set", "B0UNKNOWN1", "2026/10/9")
    waiting = seller.runs("releases")
    flagged = seller.flags("2026-09-05 13:30")

    assert "2026年10月9日(金)" in told and "次の巡回" in told
    assert "次の巡回から使います" in waiting
    assert {finding["asin"] for finding in flagged} == {"B0UNKNOWN1"}
    assert listed(seller)["B0UNKNOWN1"]["release_source"] == "releases.csv"
    assert json.loads(seller.runs("releases", "unknown", "--json"))["unknown"] == []


def test_the_sellers_newest_word_counts_also_within_the_same_second(seller: Seller) -> None:
    """
    A slip of the finger is corrected at once.
    """
    begins(seller, *dvd())
    seller.runs("releases", "set", "B0UNKNOWN1", "2026-11-20")
    told = seller.runs("releases", "set", "B0UNKNOWN1", "2026-10-02")
    seller.checks("2026-09-05 13:30")

    assert "11/20(金)" in told.replace("2026年11月20日(金)", "11/20(金)")
    assert listed(seller)["B0UNKNOWN1"]["release_date"] == "2026-10-02"


def test_a_product_no_order_was_seen_of_can_be_set_by_its_sku(seller: Seller) -> None:
    """
    It is said which of the two the name was taken for, and that no order is known.
    """
    begins(seller)
    told = seller.runs("releases", "set", "NEW-SKU", "2026年12月1日", "--title", "新しいCD")

    assert "まだ確認していません" in told and "SKU" in told
    assert (listed(seller)["NEW-SKU"]["title"], listed(seller)["NEW-SKU"]["open_orders"]) == ("新しいCD", 0)


def test_a_known_sku_that_looks_like_an_asin_is_a_sku(seller: Seller) -> None:
    """
    Sellers call their goods what they like.
    """
    begins(seller, *dvd(sku="B0ABCDEFGH"))
    seller.runs("releases", "set", "B0ABCDEFGH", "2026-10-09")
    seller.checks("2026-09-05 13:30")

    assert listed(seller)["B0UNKNOWN1"]["release_date"] == "2026-10-09"


def test_sources_that_disagree_are_shown_with_the_believed_one_marked(seller: Seller) -> None:
    """
    Your list says the 14th, Amazon's catalog the 21st.
    """
    begins(seller)
    said = ReleaseSaid(JAPAN, Asin("B0SAMPLE01"), None, date(2026, 9, 21), ReleaseSource.CATALOG)
    book = open_store(f"sqlite:///{seller.state / 'watchdog.db'}")
    with book.writing() as tx:
        listings.learn(tx, Look("catalog", "catalog", Kind.RELEASES, noon("2026-09-04")), [said], now=noon("2026-09-04"))
    book.close()
    seller.checks("2026-09-05 12:30")
    told = listed(seller)["B0SAMPLE01"]

    assert told["sources_disagree"] is True
    assert [each["source"] for each in told["release_dates"] if each["believed"]] == ["releases.csv"]
    assert "* 9/14(月)" in seller.runs("releases") and "違います" in seller.runs("releases")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "asin,sku,発売日,備考\r\nB0SAMPLE01,CD-01,2026/9/14,初回\r\n# 注\r\n",
            "asin,sku,発売日,備考\r\nB0SAMPLE01,CD-01,2026-09-28,初回\r\n# 注\r\n",
        ),
        ("sku\trelease_date\nOTHER\t2026-01-01\n", "sku\trelease_date\nOTHER\t2026-01-01\nCD-01\t2026-09-28\n"),
        ('asin,title,release_date\n"B0SAMPLE01","見本, CD",2026-09-14', 'asin,title,release_date\nB0SAMPLE01,"見本, CD",2026-09-28'),
    ],
)
def test_the_sellers_own_file_is_changed_in_place(seller: Seller, before: str, after: str) -> None:
    """
    His list is the settings' file: the product's line gets the date, every other byte stays, CP932 stays CP932.
    """
    path = seller.folder / "my-list.csv"
    path.write_bytes(before.encode("cp932"))
    seller.monkeypatch.setenv("PREORDER_RELEASES_FILE", str(path))
    begins(seller)
    seller.runs("releases", "set", "CD-01" if "\t" in before else "B0SAMPLE01", "2026-09-28")

    assert path.read_bytes().decode("cp932") == after


def test_the_file_and_the_log_say_the_same_afterwards(seller: Seller) -> None:
    """
    The next turn reads the changed file and nothing flips back.
    """
    path = seller.folder / "my-list.csv"
    path.write_text("asin,release_date\nB0SAMPLE01,2026-09-14\n", "utf-8")
    seller.monkeypatch.setenv("PREORDER_RELEASES_FILE", str(path))
    begins(seller)
    seller.runs("releases", "set", "B0SAMPLE01", "2026-09-28")
    seller.checks("2026-09-05 13:30")
    seller.checks("2026-09-05 13:45")

    assert listed(seller)["B0SAMPLE01"]["release_date"] == "2026-09-28"


def test_a_file_that_is_no_release_list_stops_the_setting(seller: Seller) -> None:
    """
    Neither the file nor the log is changed.
    """
    path = seller.folder / "my-list.csv"
    path.write_text("name,price\nCD,1980\n", "utf-8")
    seller.monkeypatch.setenv("PREORDER_RELEASES_FILE", str(path))
    begins(seller)
    seller.runs("releases", "set", "B0SAMPLE01", "2026-09-28", expect=2)

    assert "my-list.csv" in seller.errors and "発売日の一覧" in seller.errors
    assert path.read_text("utf-8") == "name,price\nCD,1980\n"
    assert listed(seller)["B0SAMPLE01"]["release_date"] == "2026-09-14"


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        (("B0SAMPLE01", "来月"), "来月"),
        (("B0SAMPLE01", "2026-13-01"), "2026-13-01"),
        (("みほん", "2026-10-01", "--as", "asin"), "ASIN"),
        (("  ", "2026-10-01"), "ASIN"),
        (("B0SAMPLE01", "2026-10-01", "--marketplace", "XX"), "XX"),
    ],
)
def test_a_wrong_word_is_refused_in_a_sentence(seller: Seller, typed: tuple[str, ...], word: str) -> None:
    """
    Nothing is learned of it.
    """
    begins(seller)
    seller.runs("releases", "set", *typed, expect=2)

    assert word in seller.errors
    assert listed(seller).keys() == {"B0SAMPLE01"}


# import

LISTING = """\
出品者SKU\tasin1\titem-name\tprice\trelease
DVD-09\tB0UNKNOWN1\t見本DVD\t3980\t2026/10/2
CD-01\tB0SAMPLE01\t見本CD\t2980\t2026/9/28
X-1\t\t品\t1\tそのうち
"""


def listing(seller: Seller, text: str = LISTING) -> str:
    """
    Put a listing report on the desk.
    """
    path = seller.folder / "listings.txt"
    path.write_bytes(text.encode("cp932"))
    return str(path)


def test_a_listing_report_is_imported_by_its_columns_and_nothing_is_replaced(seller: Seller) -> None:
    """
    The DVD is new, the CD's date differs and stays, the third line can't be read: all of it is said.
    """
    begins(seller, *dvd())
    told = seller.runs("releases", "import", listing(seller), "--date-column", "release")
    seller.checks("2026-09-05 13:30")

    assert "見本DVD" in told and "新規 1 件" in told and "登録済みと違う 1 件" in told and "読めない行 1 行" in told
    assert "4行目" in told and "--replace" in told
    assert {name: each["release_date"] for name, each in listed(seller).items()} == {"B0SAMPLE01": "2026-09-14", "B0UNKNOWN1": "2026-10-02"}


def test_replacing_must_be_asked_for(seller: Seller) -> None:
    """
    With --replace the file's word is taken.
    """
    begins(seller)
    told = seller.runs("releases", "import", listing(seller), "--date-column", "5", "--sku-column", "1", "--replace")
    seller.checks("2026-09-05 13:30")

    assert "登録済み 2026-09-14 → ファイル 2026-09-28" in told
    assert listed(seller)["B0SAMPLE01"]["release_date"] == "2026-09-28"


def test_the_same_import_again_changes_nothing(seller: Seller) -> None:
    """
    It says that all is known.
    """
    begins(seller)
    seller.runs("releases", "import", listing(seller), "--date-column", "release", "--replace")
    told = seller.runs("releases", "import", listing(seller), "--date-column", "release")

    assert "新規 0 件、登録済みと同じ 2 件、登録済みと違う 0 件" in told
    assert "新しく登録するものはありません" in told


def test_where_nobody_can_be_asked_unclear_columns_are_named(seller: Seller) -> None:
    """
    A script gets the names to choose from.
    """
    begins(seller)
    seller.runs("releases", "import", listing(seller), expect=2)

    assert "--date-column" in seller.errors and "item-name" in seller.errors and "release" in seller.errors


@pytest.mark.parametrize(
    ("name", "content", "options", "word"),
    [
        ("gone.csv", None, (), "gone.csv"),
        ("photo.jpg", b"\xff\xd8\x00\x00\x10", (), "photo.jpg"),
        ("empty.csv", b"", (), "empty.csv"),
        ("list.csv", b"sku,when\nA,2026-10-01\n", ("--date-column", "day"), "day"),
    ],
)
def test_what_is_no_table_is_refused(seller: Seller, name: str, content: bytes | None, options: tuple[str, ...], word: str) -> None:
    """
    The sentence says what to do instead.
    """
    begins(seller)
    if content is not None:
        (seller.folder / name).write_bytes(content)
    seller.runs("releases", "import", str(seller.folder / name), *options, expect=2)

    assert word in seller.errors


class _Terminal(io.StringIO):
    """
    A stdin at which somebody sits.
    """

    def isatty(self) -> bool:
        return True


def test_on_a_terminal_the_columns_are_asked_for(seller: Seller) -> None:
    """
    「発売日の列は?」 The guesses are offered, and the seller says yes in the end.
    """
    begins(seller, *dvd())
    answers = "\n\nrelease\n\nn\ny\n"  # ASIN and SKU as guessed, the date, the title as guessed, replace none, go on
    seller.monkeypatch.setattr("sys.stdin", _Terminal(answers))
    told = seller.runs("releases", "import", listing(seller))
    seller.checks("2026-09-05 13:30")

    assert "ASINの列" in told and "発売日の列" in told and "上書きしますか" in told and "1 件を登録しました" in told
    assert {name: each["release_date"] for name, each in listed(seller).items()} == {"B0SAMPLE01": "2026-09-14", "B0UNKNOWN1": "2026-10-02"}


def test_the_list_opens_in_excel(seller: Seller) -> None:
    """
    UTF-8 with a mark, headed in Japanese.
    """
    begins(seller)
    rows = list(csv.reader(io.StringIO(seller.runs("releases", "list", "--csv"))))

    assert rows[0][0] == "\ufeffASIN"
    assert rows[1][:6] == ["B0SAMPLE01", "CD-01", "見本CD 初回限定盤", "14", "2026-09-14", "当店の発売日の一覧"]


def test_help_shows_what_there_is(tmp_path: Path) -> None:
    """
    Each part explains itself without any log.
    """
    for part in ((), ("list",), ("set",), ("import",), ("unknown",)):
        answer = CliRunner().invoke(cli, ["releases", *part, "--help"], env={"PREORDER_LANGUAGE": "en"})

        assert answer.exit_code == 0 and "Example: preorder-watchdog releases" in answer.output
