"""
The keys and kinds of values other programs rely on: a golden file each; additions are welcome, changes and losses are not.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.stories.seller import Seller

_GOLDEN = Path(__file__).parent / "golden"
_DOCUMENTS = {
    "flagged": ("flagged", "--all", "--json"),
    "coverage": ("coverage", "--json"),
    "case-of-an-order": ("show", "PW-0001", "--json"),
    "case-of-a-product": ("show", "PW-0003", "--json"),
}


def kinds(value: Any) -> Any:
    """
    Return the document with every value replaced by its kind; of a list, the kinds of its members as one.
    """
    if isinstance(value, dict):
        return {key: kinds(inner) for key, inner in value.items()}
    if isinstance(value, list):
        members = [kinds(inner) for inner in value]
        return [_both(members)] if members else []
    return type(value).__name__


def _both(members: list[Any]) -> Any:
    if all(isinstance(member, dict) for member in members):
        keys = dict.fromkeys(key for member in members for key in member)
        return {key: _both([member[key] for member in members if key in member]) for key in keys}
    if all(isinstance(member, list) for member in members):
        inner = [kind for member in members for kind in member]
        return [_both(inner)] if inner else []
    return " or ".join(sorted({member for member in members if isinstance(member, str)}))


def missing(golden: Any, shown: Any, path: str = "") -> list[str]:
    """
    Return where the document has lost a key or changed a kind of value.
    """
    if isinstance(golden, dict) and isinstance(shown, dict):
        lost = [f"{path}.{key}" for key in golden if key not in shown]
        return lost + [place for key in golden if key in shown for place in missing(golden[key], shown[key], f"{path}.{key}")]
    if isinstance(golden, list) and isinstance(shown, list):
        return missing(golden[0], shown[0], f"{path}[]") if golden and shown else []
    return [] if golden == shown else [f"{path}: {golden} became {shown}"]


@pytest.mark.parametrize("name", _DOCUMENTS)
def test_no_key_is_lost_and_no_kind_of_value_changed(seller: Seller, name: str, rewriting: bool) -> None:
    """
    ``PREORDER_GOLDEN=rewrite pytest tests/review`` writes the files anew.
    """
    shown = kinds(json.loads(seller.runs(*_DOCUMENTS[name])))
    path = _GOLDEN / f"{name}.json"
    if rewriting:
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(shown, indent=1) + "\n", encoding="utf-8")

    assert missing(json.loads(path.read_text(encoding="utf-8")), shown) == []


def test_enums_are_spelt_as_the_domain_spells_them(seller: Seller) -> None:
    """
    Other programs compare these words.
    """
    found = json.loads(seller.runs("flagged", "--all", "--json"))["findings"]

    assert {finding["scope"] for finding in found} == {"order", "product"}
    assert {finding["cause"] for finding in found} <= {
        "buyer_change", "reset_unexplained", "release_moved", "listing_reset", "listing_misdated", "undetermined",
    }  # fmt: skip
    assert {finding["confidence"] for finding in found} <= {"certain", "likely", "possible"}
    assert {finding["severity"] for finding in found} == {"notice", "urgent"}
    assert {finding["resolved"] for finding in found} == {None, "restored"}


def test_a_comparison_that_finds_nothing_would_prove_nothing() -> None:
    """
    A lost key and a changed kind are found, an added one is not.
    """
    golden = {"a": "str", "b": [{"c": "int"}]}

    assert missing(golden, {"a": "str", "b": [{"c": "int", "d": "str"}]}) == []
    assert missing(golden, {"b": [{"c": "str"}]}) == [".a", ".b[].c: int became str"]
