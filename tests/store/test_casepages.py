"""
Lists page by page: cases as they are asked for, messages with what became of them.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.store.makers_store import a_look, absorb, at, seen
from tests.store.test_casebook import CD, a_finding, found, moved
from tests.store.test_outbox import a_notice
from watchdog.store import Store, casebook, casepages, outbox, posted
from watchdog.store.casepages import Order, Wanted
from watchdog.terms.case import CaseEvent, CaseState, Outcome
from watchdog.terms.finding import Cause, Severity
from watchdog.terms.identity import OrderId
from watchdog.terms.message import Fate, Receipt


def _order(number: int) -> OrderId:
    return OrderId(f"250-0000000-000000{number}")


@pytest.fixture
def filled(store: Store) -> Store:
    """
    Four cases: a warning, two urgent ones of which one has no ship-by, and one that is over; a fifth was taken over.
    """
    told: tuple[dict[str, Any], ...] = (
        {"severity": Severity.WARNING, "ship_by": date(2026, 9, 1), "title": "Vinyl 100%"},
        {"ship_by": None, "cause": Cause.UNDETERMINED},
        {"ship_by": date(2026, 9, 8)},
        {"ship_by": date(2026, 9, 9)},
        {"ship_by": date(2026, 9, 2)},
    )
    absorb(store, a_look(at(1)), [seen(_order(1))])
    with store.writing() as tx:
        cases = [casebook.open_case(tx, found(a_finding(_order(n), **each)), now=at(2)) for n, each in enumerate(told, 1)]
        casebook.move(tx, moved(cases[3], CaseEvent.SHIPPED, CaseState.RESOLVED, outcome=Outcome.SHIPPED_IN_TIME), now=at(3))
        casebook.move(tx, moved(cases[4], CaseEvent.TAKEN_OVER, CaseState.RESOLVED, outcome=Outcome.MERGED), now=at(3))
    return store


#: What is asked for, and which cases are listed.
LISTED: tuple[tuple[Wanted, list[int]], ...] = (
    (Wanted(), [3, 2, 1]),
    (Wanted(open=None), [3, 4, 2, 1]),
    (Wanted(open=False), [4]),
    (Wanted(order=Order.SHIP_BY), [1, 3, 2]),
    (Wanted(order=Order.NEWEST), [3, 2, 1]),
    (Wanted(severity=Severity.WARNING), [1]),
    (Wanted(cause=Cause.UNDETERMINED), [2]),
    (Wanted(state=CaseState.RESOLVED, open=None), [4]),
    (Wanted(ship_from=date(2026, 9, 2)), [3]),
    (Wanted(ship_to=date(2026, 9, 2)), [1]),
    (Wanted(words="0000003"), [3]),
    (Wanted(words="vinyl 100%"), [1]),
    (Wanted(words="100%x"), []),
    (Wanted(words="_"), []),
    (Wanted(words="限定盤"), [3, 2]),
)


def test_the_list_holds_what_is_asked_for(filled: Store) -> None:
    """
    Filtered and sorted by the database; a word is found in small and capital letters, and its signs mean themselves.
    """
    with filled.reading() as tx:
        pages = [casepages.page(tx, wanted, first=0, count=50) for wanted, _ in LISTED]

    assert [[each.case_no for each in page.listed] for page in pages] == [numbers for _, numbers in LISTED]
    assert [page.total for page in pages] == [len(numbers) for _, numbers in LISTED]


def test_pages_follow_each_other(filled: Store) -> None:
    """
    Each page has its part, and every page knows the whole; behind the last one there is nothing.
    """
    with filled.reading() as tx:
        pages = [casepages.page(tx, Wanted(), first=first, count=2) for first in (0, 2, 4)]

    assert [[each.case_no for each in page.listed] for page in pages] == [[3, 2], [1], []]
    assert [page.total for page in pages] == [3, 3, 3]


def test_the_cases_in_figures(filled: Store) -> None:
    """
    Open ones by severity, closed ones by outcome.
    """
    with filled.reading() as tx:
        tally = casepages.tally(tx)

    assert (tally.urgent, tally.warning) == (2, 1)
    assert tally.outcomes[Outcome.SHIPPED_IN_TIME] == 1


def test_open_orders_by_their_ship_by(store: Store) -> None:
    """
    A product's open orders are counted by day, without the one that is looked at.
    """
    absorb(store, a_look(at(1)), [seen(_order(n), date(2026, 9, 8 if n == 1 else 14)) for n in range(1, 5)])
    with store.reading() as tx:
        every, others = casepages.ship_bys(tx, CD), casepages.ship_bys(tx, CD, without=_order(1))

    assert every == {date(2026, 9, 8): 1, date(2026, 9, 14): 3}
    assert others == {date(2026, 9, 14): 3}


def test_every_message_with_what_became_of_it(store: Store) -> None:
    """
    The newest first, each with its cases; those that wait and those given up are counted.
    """
    with store.writing() as tx:
        for key in ("a", "b", "c"):
            outbox.enqueue(tx, a_notice(key), ["slack"], now=at(1))
        for fate in (Fate.SENT, Fate.REFUSED):
            message = outbox.claim(tx, "slack", now=at(2), owner="me", lease=timedelta(minutes=5))
            assert message is not None
            outbox.settle(tx, message, Receipt(fate, "said"), now=at(2), retry_at=None)
        page = posted.page(tx, first=0, count=2)

    assert [each.fate for each in page.listed] == ["waiting", "given_up"]
    assert (page.total, page.waiting, page.given_up) == (3, 1, 1)
