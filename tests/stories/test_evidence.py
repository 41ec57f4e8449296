"""
Everything on record of a case as files for a ticket: complete, with times and sources, digests that fit, and no buyer in it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.stories.seller import Seller, fourteen

if TYPE_CHECKING:
    from pathlib import Path

#: What the seller's reports say of their buyer (tests/stories/seller.py); none of it may be found again.
BUYER = ("架空 太郎", "kakuu@", "0999", "999-0999", "見本市", "架空県", "いらなくなった")


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    The state folder of the incident's seller: an API answer, a shipping report with the buyer in it, a ticket, a follow-up.
    """
    with pytest.MonkeyPatch.context() as patch:
        seller = Seller(tmp_path_factory.mktemp("lived"), patch)
        orders = fourteen()
        reset = orders[6].but(ship_by="2026-09-08", status="UNSHIPPED", left_pending="2026-09-04")
        seller.lists_release("2026-09-14", seen="2026-09-01")
        seller.drops_orders(orders, seen="2026-09-03", name="|=monday.json")
        seller.checks("2026-09-03 13:00")
        seller.drops_report([reset], seen="2026-09-05")
        seller.drops_orders([*orders[:6], reset.but(cancel_requested=True), *orders[7:]], seen="2026-09-06", name="orders-06.json")
        seller.checks("2026-09-06 13:00")
        seller.runs("ticket-sent", "PW-0001", "12345678901", "--by", "花子")
    return seller.state


@pytest.fixture
def seller(seller: Seller, lived: Path) -> Seller:
    """
    That seller, with a log of his own.
    """
    shutil.copytree(lived, seller.state, dirs_exist_ok=True)
    return seller


def rows(path: Path) -> list[dict[str, str]]:
    """
    Return a CSV's rows.
    """
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def test_every_observation_stands_in_it_with_time_and_source(seller: Seller) -> None:
    """
    Before and after, in the order of time, each with the file it stood in.
    """
    folder = seller.folder / "evidence"
    seller.runs("evidence", "PW-0001", "--to", f"{folder}")
    seen = rows(folder / "observations.csv")

    assert [(row["seen_at_utc"], row["previous_ship_by"], row["ship_by"], row["source"]) for row in seen] == [
        ("2026-09-03T03:00:00Z", "", "2026-09-14", "inbox:orders_2026"),
        ("2026-09-05T03:00:00Z", "2026-09-14", "2026-09-08", "inbox:unshipped_report"),
        ("2026-09-06T03:00:00Z", "2026-09-08", "2026-09-08", "inbox:orders_2026"),
    ]
    assert seen[0]["seen_at_local"] == "2026-09-03 12:00:00+0900" and len(seen[0]["file_sha256_begins"]) >= 12
    assert len(rows(folder / "siblings.csv")) == 13
    assert rows(folder / "release-dates.csv")[0]["release_date"] == "2026-09-14"


def test_the_page_tells_it_in_the_marketplaces_language_or_the_one_asked_for(seller: Seller) -> None:
    """
    Each table whole: a file's odd name breaks no row.
    """
    for language, word in (("ja", "出荷予定日の変化"), ("en", "Letters as sent")):
        folder = seller.folder / language
        seller.runs("evidence", "250-0000000-0000007", "--to", f"{folder}", "--lang", language)
        page = (folder / "evidence.md").read_text(encoding="utf-8")
        assert word in page and "PW-0001" in page and "\\|=monday.json" in page
        tables = [line.replace("\\|", "").count("|") for line in page.splitlines() if line.startswith("|")]
        assert 2 not in tables


def test_the_ticket_is_there_as_it_was_when_it_was_sent(seller: Seller) -> None:
    """
    The text prepared at that moment, by whom, and unchanged by what came later.
    """
    folder = seller.folder / "evidence"
    seller.runs("evidence", "PW-0001", "--to", f"{folder}")
    [letter] = (folder / "letters").iterdir()
    text = letter.read_text(encoding="utf-8")
    seller.runs("amazon-replied", "PW-0001", "excluded")
    assert "letter PW-0001 follow-up" in " ".join(seller.runs("show", "PW-0001").split())
    seller.runs("ticket-sent", "PW-0001", "12345678901")
    seller.runs("evidence", "PW-0001", "--to", f"{seller.folder / 'later'}")

    assert letter.name == "1-ticket.ja.txt"
    assert sorted(path.name for path in (seller.folder / "later" / "letters").iterdir()) == ["1-ticket.ja.txt", "2-follow-up.ja.txt"]
    assert "250-0000000-0000007" in text and "2026年9月8日" in text
    assert "花子" in (folder / "evidence.md").read_text(encoding="utf-8")


def test_it_holds_no_note_and_no_undone_letter(seller: Seller) -> None:
    """
    It is made to be handed to Amazon: what the seller wrote for himself, and what he took back, stays with him.
    """
    folder = seller.folder / "evidence"
    seller.runs("note", "PW-0001", "購入者に電話した")
    seller.runs("ticket-sent", "PW-0001", "999")
    seller.runs("undo", "PW-0001")
    seller.runs("dismiss", "PW-0001", "--reason", "8日に出荷する")
    seller.runs("evidence", "PW-0001", "--to", f"{folder}")
    page = (folder / "evidence.md").read_text(encoding="utf-8")

    assert not [word for word in ("電話した", "メモ", "8日に出荷する", "取り消し", "999") if word in page]
    assert page.count("12345678901") == 1
    assert [path.name for path in (folder / "letters").iterdir()] == ["1-ticket.ja.txt"]


def test_a_ticket_taken_back_was_never_sent(seller: Seller) -> None:
    """
    The letter kept with it is no letter as sent; marked again, it is one.
    """
    seller.runs("undo", "PW-0001")
    seller.runs("evidence", "PW-0001", "--to", f"{seller.folder / 'none'}")
    seller.runs("ticket-sent", "PW-0001", "12345678901")
    seller.runs("evidence", "PW-0001", "--to", f"{seller.folder / 'one'}")

    assert not (seller.folder / "none" / "letters").exists()
    assert [path.name for path in (seller.folder / "one" / "letters").iterdir()] == ["1-ticket.ja.txt"]


def test_the_digests_are_those_of_the_files(seller: Seller) -> None:
    """
    Every file but the list itself, as ``sha256sum -c`` reads it.
    """
    folder = seller.folder / "evidence"
    seller.runs("evidence", "PW-0001", "--to", f"{folder}")
    listed = dict(line.split("  ", 1)[::-1] for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines())

    files = {f"{path.relative_to(folder)}": path for path in folder.rglob("*") if path.is_file() and path.name != "SHA256SUMS"}
    assert listed == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}


def test_no_buyer_is_in_it(seller: Seller) -> None:
    """
    Not in any file, though he stood in the reports.
    """
    folder = seller.folder / "evidence"
    seller.runs("evidence", "PW-0001", "--to", f"{folder}")
    everything = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file())

    assert [word for word in BUYER if word in everything] == []


def test_a_folder_with_something_in_it_and_an_unknown_case_are_refused(seller: Seller) -> None:
    """
    Nothing is written over, nothing is made up.
    """
    (seller.folder / "mine").mkdir()
    (seller.folder / "mine" / "notes.txt").write_text("…", encoding="utf-8")
    seller.runs("evidence", "PW-0001", "--to", f"{seller.folder / 'mine'}", expect=2)
    seller.runs("evidence", "PW-0099", "--to", f"{seller.folder / 'new'}", expect=1)

    assert [path.name for path in (seller.folder / "mine").iterdir()] == ["notes.txt"]
    assert not (seller.folder / "new").exists()
