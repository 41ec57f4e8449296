"""
However a row is shifted, and however well it fits its header by chance: no buyer's cell is taken for a fact (DOMAIN §9).
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tests.golden.layouts import HEADERS
from tests.golden.make import AS_OF
from tests.sources.makers_sources import a_reading
from tests.stories.seller import Seller, noon
from tests.stories.test_no_buyer_data import left_behind, told
from watchdog.sources.files import read_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Reports that carry buyers' cells and name the product of each row.
LAYOUTS = (
    "jp_34",
    "jp_32",
    "plain_27",
    "us_68",
    "uk_85",
    "in_30",
    "easy_ship_21",
    "new_orders_34",
    "new_orders_44_window",
    "all_orders_28",
)
SEPARATORS = {"tab": "\t", "comma": ","}
#: One in every personal cell, also in each half of a cell that is cut in two.
MARKS = ("qkakuu", "qnosuke", "0999-88-7766", "0999887766", "987-6543", "9876543", "qmachi", "qheya", "qshi", "qken")
_MOST_SHIFTED = 4


def a_row(columns: tuple[str, ...], number: int, chance: random.Random) -> list[str]:
    """
    Return a row of somebody's pre-order in which every column that is known is filled.
    """
    bare = chance.choice(("0999-88-7766", "0999887766", ""))
    cells = {
        "order-id": f"250-0000000-{number:07d}",
        "amazon-order-id": f"250-0000000-{number:07d}",
        "order-item-id": f"{number:014d}",
        "purchase-date": "2026-07-20T12:00:00+09:00",
        "payments-date": "2026-07-20T12:00:00+09:00",
        "reporting-date": "2026-09-04T12:00:00+09:00",
        "promise-date": "2026-09-14T23:59:59+09:00",
        "expected-ship-date": "2026-09-14T23:59:59+09:00",
        "latest-ship-date": "2026-09-14T23:59:59+09:00",
        "last-updated-date": "2026-09-04T12:00:00+09:00",
        "days-past-promise": "-10",
        "order-status": "Pending",
        "buyer-email": "qkakuu0@marketplace.amazon.co.jp",
        "buyer-name": chance.choice(("qkakuu qnosuke", "qkakuu")),
        "recipient-name": chance.choice(("qkakuu qnosuke", "qnosuke")),
        "buyer-phone-number": bare,
        "ship-phone-number": bare,
        "sku": chance.choice(("CD-01", "4900000000000", "77")),
        "asin": "B0SAMPLE01",
        "product-name": chance.choice(("見本CD 初回限定盤", "77", "1989 (qualite)")),
        "quantity-purchased": "1",
        "quantity-shipped": "0",
        "quantity-to-ship": "1",
        "quantity": "1",
        "currency": "JPY",
        "number-of-items": "1",
        "ship-service-level": "Standard",
        "ship-address-1": "qmachi 1-1",
        "ship-address-2": chance.choice(("qheya 5", "")),
        "ship-city": chance.choice(("qshi", "")),
        "ship-state": "qken",
        "ship-postal-code": "987-6543",
        "ship-country": "JP",
        "payment-method": chance.choice(("COD", "")),
        "is-buyer-requested-cancellation": "false",
    }
    return [cells.get(name, "") for name in columns]


def shifted(cells: list[str], chance: random.Random) -> list[str]:
    """
    Return the row with all behind some cell moved, mostly so that its length is right all the same.
    """
    place, by = chance.randrange(len(cells)), chance.choice([n for n in range(-_MOST_SHIFTED, _MOST_SHIFTED + 1) if n])
    halves = cells[place].split(" ", 1)
    moved = [*halves, *[""] * (by - len(halves) + 1)] if by > 0 else []
    found = [*cells[:place], *moved, *cells[place + max(1, -by) :]]
    if chance.random() < 0.8:
        found = [*found[: len(cells)], *[""] * (len(cells) - len(found))]
    return found


def a_report(layout: str, separator: str, chance: random.Random, rows: int) -> bytes:
    """
    Return a report of that many shifted rows; sometimes a spreadsheet has filled header and rows up.
    """
    columns = HEADERS[layout]
    spare = [""] * chance.randrange(3)
    lines = [[*columns, *spare], *([*shifted(a_row(columns, number, chance), chance), *spare] for number in range(1, rows + 1))]
    return "".join(separator.join(cells) + "\r\n" for cells in lines).encode("cp932")


def kept_of(path: Path) -> Iterator[str]:
    """
    Yield all that is kept or said of the file's rows.
    """
    for batch in read_file(path, as_of=AS_OF, reading=a_reading()):
        yield from (repr(batch.read(row)) for row in batch.rows)


@pytest.mark.parametrize("separator", SEPARATORS.values(), ids=SEPARATORS.keys())
@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_cell_of_a_shifted_row_is_taken_for_a_fact(tmp_path: Path, layout: str, separator: str, proving: bool) -> None:
    """
    By one to four cells, to either side, from any cell on, with the surplus cut off or the gap filled up.
    """
    chance = random.Random(f"{layout}{separator}")
    path = tmp_path / "report.txt"
    path.write_bytes(a_report(layout, separator, chance, 100_000 if proving else 300))

    wrong = [said for said in kept_of(path) if any(mark in said.lower() for mark in MARKS)]

    assert wrong == []


def test_shifted_rows_leave_nothing_in_the_log_the_messages_or_the_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Three layouts with both separators, into the inbox at once: neither the database's bytes nor anything written names anybody.
    """
    seller, chance = Seller(tmp_path, monkeypatch, language="en"), random.Random(9)
    seller.lists_release("2026-09-14", seen="2026-08-01")
    for layout in ("jp_34", "us_68", "new_orders_34"):
        for name, separator in SEPARATORS.items():
            seller.drops(f"{layout}.{name}.txt", a_report(layout, separator, chance, 25), seen="2026-09-04")
    heap = told(seller, "check", "--now", noon("2026-09-04 12:30").isoformat()) + told(seller, "coverage", "--json") + left_behind(seller)
    heap += b"".join(path.read_bytes() for path in seller.state.glob("watchdog.db*"))

    assert b"row_shifted" in heap, "rows were caught by what stands under the wrong heading"
    assert [mark for mark in MARKS if mark.encode() in heap.lower()] == []
