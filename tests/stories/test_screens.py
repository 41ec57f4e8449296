"""
What the seller sees: tables of 80 columns in his language, no colour where nobody looks, sheets that Excel opens.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from rich.cells import cell_len

from tests.stories.seller import Order, fourteen, noon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.stories.seller import Seller

SCREENS = (("flagged",), ("flagged", "--all"), ("show", "PW-0001"), ("coverage",), ("releases",), ("releases", "unknown"))


@pytest.fixture(autouse=True)
def _after_a_reset(seller: Seller) -> Iterator[None]:
    """
    PW-0001 is open, a DVD has no release date, one of its orders has no ship date yet; it is the afternoon of 5 September.
    """
    told: dict[str, Any] = {"asin": "B0UNKNOWN1", "sku": "DVD-09", "title": "=見本DVD とても長い題名の初回限定盤ブックレットつき"}
    others = [Order(number, ship_by="2027-01-15" if number % 2 else None, **told) for number in range(101, 116)]
    orders = [*fourteen(), *others]
    seller.lists_release("2026-09-14", seen="2026-08-01")
    seller.drops_orders(orders, seen="2026-09-03")
    seller.checks("2026-09-03 12:30")
    orders[4] = orders[4].but(ship_by="2026-09-08", status="UNSHIPPED")
    seller.drops_orders(orders, seen="2026-09-05")
    seller.checks("2026-09-05 12:30")
    with time_machine.travel(noon("2026-09-05 13:00"), tick=False):
        yield


@pytest.mark.parametrize("command", SCREENS)
def test_no_order_id_is_torn_apart_at_80_columns(seller: Seller, command: tuple[str, ...]) -> None:
    """
    What is to be copied stands on one line.
    """
    seller.monkeypatch.setenv("COLUMNS", "80")
    told = seller.runs(*command)

    assert any(wanted in told for wanted in ("250-0000000-0000005", "250-0000000-0000101", "B0SAMPLE01"))
    assert "…" not in told, "nothing is cut off"


@pytest.mark.parametrize("command", [("flagged", "--all"), ("releases",)])
def test_a_table_is_not_wider_than_the_screen(seller: Seller, command: tuple[str, ...]) -> None:
    """
    A Japanese character takes two columns.
    """
    seller.monkeypatch.setenv("COLUMNS", "80")
    rows = [line for line in seller.runs(*command).splitlines() if line.startswith(("PW-", "-  ", "B0", "案件", "商品"))]

    assert rows
    assert max(cell_len(line.rstrip()) for line in rows) <= 80


@pytest.mark.parametrize("command", SCREENS)
def test_no_colour_goes_into_a_pipe(seller: Seller, command: tuple[str, ...]) -> None:
    """
    Colour is for terminals.
    """
    assert "\x1b" not in seller.runs(*command)


def test_dates_of_another_year_say_so(seller: Seller) -> None:
    """
    Pre-orders reach into the next year.
    """
    assert "2027/01/15" in seller.runs("flagged", "--all")


def test_findings_open_in_excel(seller: Seller) -> None:
    """
    UTF-8 with a mark, headed and told in Japanese, dates Excel knows.
    """
    (head, row) = csv.reader(io.StringIO(seller.runs("flagged", "--csv")))
    told = dict(zip(head, row, strict=True))

    assert head[0] == "\ufeff案件"
    assert (told["注文番号 / 商品"], told["出荷予定日"], told["発売日"]) == ("250-0000000-0000005", "2026-09-08", "2026-09-14")
    assert (told["状況"], told["最初に検知"]) == ("未対応", "2026-09-05 12:00")


def test_a_case_opens_in_excel_in_the_order_of_time(seller: Seller) -> None:
    """
    What was observed and what was done, in one table.
    """
    seller.runs("ticket-sent", "PW-0001", "12345678901", "--by", "花子")
    _head, *rows = csv.reader(io.StringIO(seller.runs("show", "PW-0001", "--csv")))

    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    assert any(row[1] == "出荷予定日の変化" and row[2:4] == ["2026-09-14", "2026-09-08"] for row in rows)
    assert "12345678901" in rows[-1][1] and rows[-1][4] == "花子"


def test_coverage_names_the_orders_left_unwatched(seller: Seller) -> None:
    """
    On the screen the first dozen, in JSON and in the sheet all of them.
    """
    shown = seller.runs("coverage")
    told = {each["asin"]: each for each in json.loads(seller.runs("coverage", "--json"))["coverage"]["products"]}
    rows = list(csv.reader(io.StringIO(seller.runs("coverage", "--csv"))))

    assert "250-0000000-0000101" in shown and "ほか 3 件" in shown and "releases set B0UNKNOWN1" in shown
    assert len(told["B0UNKNOWN1"]["unwatched_order_ids"]) == 15
    assert told["B0SAMPLE01"]["unwatched_order_ids"] == []
    assert any(row[-1].count("250-") == 15 for row in rows)


def test_a_title_can_never_become_a_formula(seller: Seller) -> None:
    """
    The catalog's word is not ours; Excel must show it as text.
    """
    cells = [cell for row in csv.reader(io.StringIO(seller.runs("coverage", "--csv"))) for cell in row]

    assert "'=見本DVD とても長い題名の初回限定盤ブックレットつき" in cells


@pytest.mark.parametrize("command", [("flagged",), ("show", "PW-0001"), ("coverage",), ("releases", "list"), ("releases", "unknown")])
def test_one_form_at_a_time(seller: Seller, command: tuple[str, ...]) -> None:
    """
    JSON and CSV together make no document.
    """
    seller.runs(*command, "--json", "--csv", expect=2)

    assert "どちらか一つ" in seller.errors


def test_the_screen_speaks_english_where_asked(seller: Seller) -> None:
    """
    The same, for who reads English.
    """
    seller.monkeypatch.setenv("PREORDER_LANGUAGE", "en")
    told = seller.runs("snooze", "PW-0001", "--hours", "3")

    assert "snoozed" in told and "reminded at Sat 5 Sep, 16:00" in told


def test_a_text_that_breaks_the_rules_is_opened_only_on_purpose_and_that_is_on_record(seller: Seller) -> None:
    """
    The cancellation script: refused, then opened with --anyway; the caution never mixes with the text.
    """
    refused = seller.runs("letter", "PW-0001", "buyer-cancel", expect=2)
    why = seller.errors
    text = seller.runs("letter", "PW-0001", "buyer-cancel", "--anyway", "--by", "花子")
    last = json.loads(seller.runs("show", "PW-0001", "--json"))["timeline"][-1]

    assert refused == "" and "--anyway" in why
    assert "お使いになる前に" in seller.errors or "お使いになる前に" in why
    assert "お使いになる前に" not in text and "250-0000000-0000005" in text
    assert (last["event"], last["by"], last["detail"]["letter"]) == ("note", "花子", "buyer-cancel")


@pytest.mark.parametrize("amount", ["やすい", "-1", "NaN"])
def test_a_price_that_is_none_is_refused(seller: Seller, amount: str) -> None:
    """
    No letter is printed on it.
    """
    assert seller.runs("letter", "PW-0001", "buyer-inform", "--price-now", amount, expect=2) == ""
    assert amount in seller.errors
