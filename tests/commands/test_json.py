"""
``--json``: exactly one document on stdout, in UTF-8, with the keys other programs rely on; everything else on stderr.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.commands.spoken import program
from tests.stories.seller import fourteen, noon

if TYPE_CHECKING:
    from tests.stories.seller import Seller

FINDING = set(
    "order_id order_item_ids marketplace_id asin sku title scope cause confidence severity rules ship_by previous_ship_by release_date "
    "release_source siblings first_seen_at source case_no state resolved".split()
)
ROWS = ["read", "used", "unchanged", "rejected", "ignored"]
SOURCE = {"name", "state", "last_saw_ship_dates_at", "message"}
ASCII_ONLY = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def document(written: bytes) -> Any:
    """
    Return the one document that was written.
    """
    return json.loads(written.decode("utf-8"))


def news(seller: Seller) -> None:
    """
    Drop a file in which one of fourteen orders is reset, its title in Japanese.
    """
    orders = fourteen()
    orders[0] = orders[0].but(ship_by="2026-09-08")
    seller.lists_release("2026-09-14", seen="2026-08-01")
    seller.drops_orders(orders, seen="2026-09-05")


@pytest.mark.parametrize("arguments", [("flagged", "--json"), ("flagged", "--all", "--json")], ids=" ".join)
def test_flagged_has_the_keys_of_the_design(arguments: tuple[str, ...], caught: Seller) -> None:
    """
    DESIGN §5: additions are welcome, changes are not.
    """
    shown = json.loads(caught.runs(*arguments))

    assert {"findings", "rows", "coverage", "sources"} <= shown.keys()
    assert list(shown["rows"]) == ROWS
    (finding,) = [each for each in shown["findings"] if each["severity"] != "notice"]
    assert finding.keys() >= FINDING
    assert finding["siblings"].keys() == {"count", "ship_by"}
    assert all(source.keys() >= SOURCE for source in shown["sources"])
    assert shown["sources"]


def test_check_and_replay_say_the_same_in_the_same_form(seller: Seller) -> None:
    """
    One form for all three; only what the log numbers may differ.
    """
    news(seller)
    files = [str(seller.inbox / name) for name in ("releases.csv", "orders.json")]
    now = noon("2026-09-05 12:30").isoformat()
    replayed = json.loads(seller.runs("replay", *files, "--now", now, "--json"))
    checked = json.loads(seller.runs("check", "--now", now, "--json"))

    assert replayed.keys() == checked.keys()
    assert replayed["rows"] == checked["rows"]
    for finding in (*replayed["findings"], *checked["findings"]):
        finding.pop("first_seen_at")
    assert replayed["findings"] == checked["findings"]


def test_instants_are_utc_and_dates_are_the_marketplaces(caught: Seller) -> None:
    """
    ``2026-09-08`` is a day in Japan; ``…Z`` is an instant.
    """
    (finding,) = json.loads(caught.runs("flagged", "--json"))["findings"]

    assert (finding["ship_by"], finding["release_date"]) == ("2026-09-08", "2026-09-14")
    assert finding["first_seen_at"] == "2026-09-05T03:00:00Z"


def test_coverage_names_products_and_sources(caught: Seller) -> None:
    """
    The same blocks as in the other documents.
    """
    shown = json.loads(caught.runs("coverage", "--json"))

    assert shown["coverage"]["open_orders"] == 14
    assert {"products", "unlisted", "unwatched_orders"} <= shown["coverage"].keys()
    assert all(source.keys() >= SOURCE for source in shown["sources"])


def test_a_case_is_shown_with_evidence_and_timeline(caught: Seller) -> None:
    """
    ``show --json`` is the finding, and more.
    """
    shown = json.loads(caught.runs("show", "PW-0001", "--json"))

    assert shown.keys() >= FINDING | {"evidence", "timeline", "opened_at", "closed_at", "ticket_no", "version"}
    assert [step["event"] for step in shown["timeline"]] == ["found"]


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [("flagged", "--json"), ("coverage", "--json"), ("show", "PW-0001", "--json")], ids=" ".join)
def test_the_document_is_utf_8_whatever_the_terminal(arguments: tuple[str, ...], caught: Seller) -> None:
    """
    Also where everything else is ASCII.
    """
    answer = program(caught.folder, *arguments, **ASCII_ONLY)

    assert answer.returncode == 0, answer.stderr
    assert "見本CD" in json.dumps(document(answer.stdout), ensure_ascii=False)


@pytest.mark.slow
def test_logs_and_console_alerts_go_to_stderr(seller: Seller) -> None:
    """
    At the most talkative level, with a new alarm, and on a terminal that can't even show it.
    """
    news(seller)
    seller.drops("scrap.txt", b"not a report", seen="2026-09-05")
    now = noon("2026-09-05 12:30").isoformat()
    answer = program(seller.folder, "check", "--now", now, "--json", **ASCII_ONLY, PREORDER_LOG_LEVEL="debug", PREORDER_LANGUAGE="ja")

    assert answer.returncode == 0, answer.stderr
    assert [finding["case_no"] for finding in document(answer.stdout)["findings"]] == ["PW-0001"]
    told = answer.stderr.decode()
    assert "PW-0001" in told, "the console alert"
    assert "scrap.txt" in told, "the file that could not be used"
    assert '"event"' in told, "the log"


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [("flagged",), ("show", "PW-0001"), ("letter", "PW-0001", "ticket"), ("coverage",)], ids=" ".join)
def test_a_terminal_of_another_encoding_shows_less_and_fails_at_nothing(arguments: tuple[str, ...], caught: Seller) -> None:
    """
    Japanese on a Latin-1 terminal is no reason for a traceback.
    """
    answer = program(caught.folder, *arguments, PYTHONIOENCODING="latin-1", PREORDER_LANGUAGE="ja")

    assert (answer.returncode, answer.stderr) == (0, b"")
    assert b"250-0000000-0000005" in answer.stdout or arguments == ("coverage",)
