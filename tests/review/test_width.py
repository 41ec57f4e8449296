"""
On a terminal of 80 columns nothing is wider than it, in Japanese (two columns a character) as in English.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

if TYPE_CHECKING:
    from tests.stories.seller import Seller

_CASES = ("PW-0001", "PW-0002", "PW-0003")
_SCREENS = (("flagged",), ("flagged", "--all"), ("coverage",), *(("show", name) for name in _CASES))


@pytest.fixture(autouse=True)
def _a_screen_of_eighty_columns(seller: Seller) -> None:
    seller.monkeypatch.setenv("COLUMNS", "80")


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("arguments", _SCREENS, ids=" ".join)
def test_no_table_is_wider_than_the_screen(seller: Seller, arguments: tuple[str, ...], language: str) -> None:
    """
    Long titles, long SKUs and sixty orders are folded, not cut.

    Sentences below a table are left to the terminal, so that a command in one can be copied whole.
    """
    seller.monkeypatch.setenv("PREORDER_LANGUAGE", language)
    table = seller.runs(*arguments).partition("\n\n")[0].splitlines()

    assert [line for line in table if cell_len(line) > 80 and "`" not in line] == []
    assert len(table) > 3


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_case_stands_in_the_table_on_a_line_of_its_own(seller: Seller, language: str) -> None:
    """
    Number and level first, so that the eye finds the urgent ones.
    """
    seller.monkeypatch.setenv("PREORDER_LANGUAGE", language)
    lines = seller.runs("flagged", "--all").splitlines()

    assert sorted(line[:7] for line in lines if line.startswith("PW-")) == sorted(_CASES)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_is_open_is_shown_and_what_is_settled_only_when_asked(seller: Seller, language: str) -> None:
    """
    The restored order is over; ``--all`` still tells of it.
    """
    seller.monkeypatch.setenv("PREORDER_LANGUAGE", language)
    shown, everything = seller.runs("flagged"), seller.runs("flagged", "--all")

    assert shown.count("\nPW-") == 2
    assert everything.count("\nPW-") == 3


@pytest.mark.parametrize("columns", ["40", "60", "200"])
def test_another_width_breaks_nothing(seller: Seller, columns: str) -> None:
    """
    A telephone, or a very wide screen.
    """
    seller.monkeypatch.setenv("COLUMNS", columns)

    assert "PW-0001" in seller.runs("flagged", "--all")
    assert "PW-0001" in seller.runs("show", "PW-0001")
    assert seller.runs("coverage")


def test_nothing_is_coloured_where_nobody_looks(seller: Seller) -> None:
    """
    Written into a file, a screen is plain text.
    """
    for arguments in _SCREENS:
        assert "\x1b" not in seller.runs(*arguments)
