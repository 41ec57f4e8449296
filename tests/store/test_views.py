"""
What a seller finds in the database with any tool: plain words, local dates, instants in columns ending ``_utc``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from tests.store.makers_store import NOW, RELEASE, RESET, a_look, absorb, at, say_release, seen, watch_all
from tests.store.test_casebook import OTHER, a_finding, found, moved, opened
from tests.store.test_outbox import a_notice, put, settle, take
from watchdog.store import Store, casebook, listings, looks
from watchdog.store.views import VIEWS
from watchdog.terms.case import CaseEvent, CaseState, Outcome
from watchdog.terms.finding import Rule
from watchdog.terms.identity import ProductId
from watchdog.terms.look import Batch, Defect, Reason
from watchdog.terms.message import Fate, Receipt
from watchdog.terms.verdict import Coverage

if TYPE_CHECKING:
    from collections.abc import Iterable


def shown(store: Store, view: str, order: str) -> list[dict[str, Any]]:
    """
    Return the account's rows of a view as dictionaries.
    """
    with store.reading() as tx:
        query = text(f"SELECT * FROM {view} WHERE account_id = :mine ORDER BY {order}")  # noqa: S608 - names of ours
        return [dict(row) for row in tx.connection.execute(query, {"mine": store.account_id}).mappings()]


def part(rows: Iterable[dict[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    """
    Return some columns of the rows.
    """
    return [tuple(row[name] for name in names) for row in rows]


@pytest.mark.parametrize("view", sorted(VIEWS))
def test_every_view_can_be_read_when_nothing_is_there(store: Store, view: str) -> None:
    """
    Empty, but with its columns; every instant's name says that it is UTC.
    """
    with store.reading() as tx:
        columns = list(tx.connection.execute(text(f"SELECT * FROM {view} LIMIT 0")).keys())  # noqa: S608 - names of ours

    assert columns[0] == "account_id"
    assert [name for name in columns if re.search(r"_at$", name)] == []


def test_flagged_orders_has_one_row_per_case_and_order(store: Store) -> None:
    """
    An order case shows its dates; a product case shows every order it names with that order's own ship-by.
    """
    absorb(store, a_look(at(1)), [seen("503-1234567-0000001", RESET), seen(OTHER, RELEASE)])
    (case,) = opened(store, found())
    opened(store, found(a_finding(None, rules=(Rule.LISTING_RESET,), orders=(case.subject.order_id, OTHER), order_count=40)))
    with store.writing() as tx:
        casebook.move(tx, moved(case, CaseEvent.SHIPPED, CaseState.RESOLVED, outcome=Outcome.SHIPPED_IN_TIME), now=at(3))

    rows = shown(store, "flagged_orders", "case_no, order_id")
    assert part(rows, "case_no", "scope", "order_id", "ship_by", "affected_orders") == [
        ("PW-0001", "order", "503-1234567-0000001", "2026-09-08", 1),
        ("PW-0002", "product", "503-1234567-0000001", "2026-09-08", 40),
        ("PW-0002", "product", OTHER, "2026-09-14", 40),
    ]
    assert part(rows[:1], "state", "outcome", "severity", "rules", "release_date", "siblings_count", "opened_at_utc", "closed_at_utc") == [
        (
            "resolved",
            "shipped_in_time",
            "urgent",
            "ship_by_before_release, odd_one_out",
            "2026-09-14",
            39,
            "2026-09-02T01:00:00Z",
            "2026-09-03T01:00:00Z",
        )
    ]


def test_case_timeline_tells_every_step(store: Store) -> None:
    """
    What happened, when, by whom.
    """
    (case,) = opened(store, found())
    with store.writing() as tx:
        casebook.move(tx, moved(case, CaseEvent.SEND_TICKET, CaseState.TICKET_SENT, detail={"ticket_no": "123"}), now=at(3), by="佐藤")

    assert part(shown(store, "case_timeline", "step"), "case_no", "event", "state_after", "done_by", "rang", "at_utc") == [
        ("PW-0001", "found", "open", "watchdog", "yes", "2026-09-02T01:00:00Z"),
        ("PW-0001", "send_ticket", "ticket_sent", "佐藤", "no", "2026-09-03T01:00:00Z"),
    ]
    assert part(shown(store, "flagged_orders", "order_id"), "ticket_no") == [("123",)]


def test_alerts_sent_tells_the_fate_of_every_message(store: Store) -> None:
    """
    Sent, given up, waiting.
    """
    put(store, a_notice("a", 1), a_notice("b", 2), a_notice("c", 3))
    settle(store, take(store), Receipt(Fate.SENT, "250 ok"))
    settle(store, take(store), Receipt(Fate.REFUSED, "550 no"))

    assert part(shown(store, "alerts_sent", "message_no"), "fate", "answer", "sent_at_utc") == [
        ("sent", "250 ok", "2026-09-02T01:00:00Z"),
        ("given up", "550 no", None),
        ("waiting", None, None),
    ]


def test_order_history_shows_old_and_new(store: Store) -> None:
    """
    Every state with what was said before it, when it was seen and where.
    """
    absorb(store, a_look(at(1), name="monday.txt"), [seen("o1"), seen("o2")])
    absorb(store, a_look(at(2), name="tuesday.txt"), [seen("o1", RESET), seen("o2")])
    absorb(store, a_look(at(3), name="wednesday.txt"), [seen("o2")])

    rows = [row for row in shown(store, "order_history", "state_no") if row["order_id"] == "o1"]
    assert part(rows, "seen_in", "listed", "previous_ship_by", "ship_by", "seen_at_utc") == [
        ("monday.txt", "yes", None, "2026-09-14", "2026-09-01T01:00:00Z"),
        ("tuesday.txt", "yes", "2026-09-14", "2026-09-08", "2026-09-02T01:00:00Z"),
        ("wednesday.txt", "no", "2026-09-08", None, "2026-09-03T01:00:00Z"),
    ]


def test_release_dates_names_who_said_what(store: Store) -> None:
    """
    One row per value with the time it was learned and last repeated.
    """
    say_release(store, at(1), RELEASE, note="予約特典つき")
    say_release(store, at(5), RELEASE, note="予約特典つき")

    names = ("release_date", "source", "note", "learned_at_utc", "last_said_at_utc", "said_in")
    assert part(shown(store, "release_dates", "learned_at_utc"), *names) == [
        ("2026-09-14", "releases.csv", "予約特典つき", "2026-09-01T01:00:00Z", "2026-09-05T01:00:00Z", "releases.csv")
    ]


def test_coverage_names_what_is_not_watched_and_why(store: Store) -> None:
    """
    Products with open orders, as the judge left them.
    """
    absorb(store, a_look(at(1)), [seen("o1", title="限定盤CD")])
    with store.writing() as tx:
        product = listings.product(tx, ProductId(1))
        listings.save_coverage(tx, [Coverage(product, 3, None, None, "release_unknown", (), 1)])

    assert part(shown(store, "coverage", "asin"), "title", "open_orders", "orders_without_ship_by", "not_watched_because") == [
        ("限定盤CD", 3, 1, "release_unknown")
    ]


def test_intake_names_files_counts_and_reasons(store: Store) -> None:
    """
    One row per file, or per rejected row of it; a refused file says why.
    """
    absorb(store, a_look(at(1), name="good.txt"), [seen("o1"), Defect(2, Reason("row_id_missing", {"column": "order-id"}))])
    refused = a_look(at(2), name="bad.txt", interface=None)
    looks.begin(store, refused, now=NOW).take(Batch(refused, refused=Reason("file_empty", {"name": "bad.txt"})), watch_all, now=NOW)

    rows = shown(store, "intake", "look_no")
    assert part(rows, "name", "state", "rows_read", "rows_used", "rows_rejected", "line") == [
        ("good.txt", "done", 2, 1, 1, 2),
        ("bad.txt", "refused", 0, 0, 0, None),
    ]
    assert "file_empty" in rows[1]["reason"]
