"""
Cells under the wrong heading: a shifted row is refused, and what only looks odd is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sources.makers_sources import COLUMNS, NAME, PHONE, a_report, a_row, batches_of, only_observation, only_reason
from watchdog.sources.formats.headings import payment_in

if TYPE_CHECKING:
    from pathlib import Path


def _split(column: str, by: int = 1) -> list[str]:
    """
    Return a row with separators inside that cell, its end cut off to the header's width; the last cells are empty ones.
    """
    cells = a_row(payment_method="", is_buyer_requested_cancellation="")
    place = COLUMNS.index(column)
    return [*cells[: place + 1], *["Room 5"] * by, *cells[place + 1 :]][: len(COLUMNS)]


@pytest.mark.parametrize("by", [1, 2])
@pytest.mark.parametrize("column", ["buyer-email", "buyer-name", "buyer-phone-number", "sku", "product-name"])
def test_a_row_shifted_under_the_product_is_refused(tmp_path: Path, column: str, by: int) -> None:
    """
    Whatever moves SKU or title moves the quantities beside them, and a quantity is a number.
    """
    code, values = only_reason(tmp_path, a_report(_split(column, by)))

    assert code == "row_shifted"
    assert values["column"] in COLUMNS


def test_a_row_shifted_inside_the_address_is_refused(tmp_path: Path) -> None:
    """
    The postal code stands under the country, which has no digits.
    """
    assert only_reason(tmp_path, a_report(_split("ship-address-1"))) == ("row_shifted", {"column": "ship-country"})


@pytest.mark.parametrize("column", ["sku", "product-name"])
@pytest.mark.parametrize("stranger", [NAME, PHONE])
def test_a_product_that_is_called_like_its_buyer_is_refused(tmp_path: Path, column: str, stranger: str) -> None:
    """
    The row's quantities are in place all the same: a cell was put in before it, and one is lost behind.
    """
    code, _values = only_reason(tmp_path, a_report(a_row(**{column.replace("-", "_"): stranger})))

    assert code == "row_shifted"


@pytest.mark.parametrize("title", ["0999-88-7766", "09998877665", "+81 3-1234-5678", "kakuu@example.jp", "〒987-6543"])
def test_a_title_that_is_an_address_or_number_of_somebody_is_not_kept(tmp_path: Path, title: str) -> None:
    """
    The order is watched all the same.
    """
    assert only_observation(tmp_path, a_report(a_row(product_name=title))).title is None


@pytest.mark.parametrize(
    "changes",
    [
        {"quantity_purchased": "1.0", "quantity_to_ship": " 1 "},
        {"product_name": "1989", "sku": "4900000000000"},
        {"sku": "01-234-5678"},
        {"buyer_phone_number": "", "sku": "01-234-5678"},
        {"buyer_phone_number": "XXXX", "sku": "987-6543", "buyer_name": "", "recipient_name": "***"},
        {"ship_country": "", "ship_postal_code": ""},
        {"ship_country": "Japan"},
        {"quantity_shipped": "", "quantity_to_ship": ""},
    ],
    ids=str,
)
def test_what_only_looks_odd_is_used(tmp_path: Path, changes: dict[str, str]) -> None:
    """
    A refused row is an unwatched order: nothing is refused for a shape that a whole row may have.
    """
    said = only_observation(tmp_path, a_report(a_row(**changes)))

    assert said.sku == changes.get("sku", said.sku)


@pytest.mark.parametrize("text", ["CreditCard", "CreditCard, GiftCertificate", "COD", "CVS", "Other", "代金引換", "コンビニ払い", "PayPay"])
def test_a_payment_method_is_kept_as_written(text: str) -> None:
    """
    It is made of words that payment methods have.
    """
    assert payment_in(f" {text} ") == text


@pytest.mark.parametrize("text", ["", "Hanako", "Ricardo", "東京都", "Tokyo", "999-0999", "0999-99-9999", "CreditCard Hanako", "JP"])
def test_what_stands_there_beside_a_payment_method_is_not_kept(text: str) -> None:
    """
    A shifted row may bring a name, a prefecture, a postal code: unknown is no trace of the buyer.
    """
    assert payment_in(text) is None


@pytest.mark.parametrize("column", ["注文番号", "氏名", "buyer-name", "Amazon-Order-ID"])
def test_a_table_of_orders_is_no_release_list(tmp_path: Path, column: str) -> None:
    """
    A tool's export of orders with release dates: its remarks are the buyers'.
    """
    content = f"SKU,発売日,備考,{column}\nCD-01,2026-09-14,お急ぎください,架空\n".encode()

    assert [(batch.refused is None, batch.releases) for batch in batches_of(tmp_path, content)] == [(False, ())]


def test_a_release_list_keeps_no_number_or_address_for_a_title(tmp_path: Path) -> None:
    """
    The date is used.
    """
    content = "SKU,発売日,商品名,備考\nCD-01,2026-09-14,0999-88-7766,kakuu@example.jp\n".encode()

    [batch] = batches_of(tmp_path, content)

    assert [(each.sku, each.title, each.note) for each in batch.releases] == [("CD-01", None, None)]
