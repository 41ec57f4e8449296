"""
The shipped incident: made by ``tests/make_incident.py``, whole, and about nobody.
"""

from __future__ import annotations

import json
import re
from datetime import datetime

from tests import make_incident


def test_the_shipped_bytes_are_what_the_generator_makes() -> None:
    """
    ``python -m tests.make_incident`` changes nothing.
    """
    shipped = {path.name: path.read_bytes() for path in make_incident.FOLDER.iterdir()}

    assert shipped == make_incident.files()


def test_the_manifest_names_every_file_in_the_order_it_was_seen() -> None:
    """
    The demo needs nothing but the manifest: names, times, and the moment it is judged at.
    """
    manifest = json.loads((make_incident.FOLDER / "incident.json").read_bytes())
    seen = [datetime.fromisoformat(file["as_of"]) for file in manifest["files"]]

    assert {file["name"] for file in manifest["files"]} == make_incident.files().keys() - {"incident.json"}
    assert seen == sorted(seen)
    assert datetime.fromisoformat(manifest["now"]) > seen[-1]


def test_the_reports_are_as_amazon_writes_them() -> None:
    """
    CP932, CRLF, TAB, 34 columns in every row.
    """
    for name in ("unshipped-1.txt", "unshipped-2.txt"):
        content = (make_incident.FOLDER / name).read_bytes()
        rows = content.decode("cp932").split("\r\n")

        assert rows.pop() == ""
        assert content.count(b"\n") == content.count(b"\r\n") == len(rows)
        assert {row.count("\t") for row in rows} == {33}


def test_the_reset_order_appears_only_in_the_second_report() -> None:
    """
    A pre-order is absent from shipping reports until it leaves pending: its appearance is the evidence (DOMAIN §10).
    """
    first, second = ((make_incident.FOLDER / f"unshipped-{n}.txt").read_bytes().decode("cp932") for n in (1, 2))

    assert make_incident.RESET_ORDER not in first
    assert make_incident.RESET_ORDER in second
    assert not any(sibling in first + second for sibling in make_incident.SIBLINGS)


def test_only_the_reset_order_differs_between_the_two_answers() -> None:
    """
    Thirteen siblings stay as they were; one order left PENDING_AVAILABILITY and must ship six days early.
    """
    before, after = (_orders(f"orders-{n}.json") for n in (1, 2))

    changed = {order_id for order_id in before if before[order_id] != after[order_id]}

    assert before.keys() == after.keys()
    assert changed == {make_incident.RESET_ORDER}
    assert len(before) == 14


def test_every_buyer_is_invented() -> None:
    """
    No name, number, postal code or address in the samples could be anybody's.
    """
    text = b"".join(make_incident.files().values()).decode("utf-8", "replace") + "".join(
        make_incident.files()[f"unshipped-{n}.txt"].decode("cp932") for n in (1, 2)
    )

    assert set(re.findall(r"\b\d{3}-\d{4}\b(?!-)", text)) <= {"000-0000"}
    assert set(re.findall(r"\b0\d{1,3}-\d{2,4}-\d{4}\b", text)) <= {"000-0000-0000"}
    assert set(re.findall(r"[\w.]+@[\w.]+", text)) == {f"kakuu{n:04d}@marketplace.amazon.co.jp" for n in (7, 901, 902, 903, 904)}


def _orders(name: str) -> dict[str, object]:
    answer = json.loads((make_incident.FOLDER / name).read_bytes())
    return {order["orderId"]: order for order in answer["orders"]}
