"""
What a source says of an order without naming its items is told of each of its lines that the log knows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.store.makers_store import RELEASE, RESET, a_look, absorb, at, seen
from watchdog.store import Store, history, journal
from watchdog.terms.identity import WHOLE_ORDER, OrderId, OrderKey
from watchdog.terms.look import Look, RowCounts
from watchdog.terms.marketplace import JAPAN
from watchdog.terms.observation import Interface, Observation, Status

if TYPE_CHECKING:
    from datetime import datetime

    from watchdog.terms.preorder import Preorder


def whole(order: str, *args: Any, **facts: Any) -> Observation:
    """
    Return what is said of a whole order.
    """
    return replace(seen(order, *args, asin=None, sku=None, **facts), line=WHOLE_ORDER)


def page(as_of: datetime, *, complete: bool = False) -> Look:
    """
    Return a look of the interface that shows no items.
    """
    return a_look(as_of, source="spapi:orders_v0", interface=Interface.ORDERS_V0, complete=complete, name="getOrders")


def lines_of(store: Store, order: str) -> list[Preorder]:
    """
    Return the lines of an order, by their keys.
    """
    key = OrderKey(JAPAN, OrderId(order))
    with store.reading() as tx:
        return sorted(history.orders(tx, [key])[key], key=lambda line: line.line)


def two_items(order: str) -> list[Observation]:
    """
    Return an order of two discs.
    """
    return [seen(order, line="item-1"), seen(order, line="item-2", asin="B0TESTCD02", sku="CD-2")]


@pytest.mark.parametrize("complete", [True, False])
def test_every_line_of_the_order_moves(store: Store, complete: bool) -> None:
    """
    One row, two lines, one row counted.
    """
    absorb(store, a_look(at(1)), [*two_items("o1"), seen("o2")])
    counts = absorb(store, page(at(2), complete=complete), [whole("o1", RESET), whole("o2")])

    assert counts == RowCounts(used=2)
    assert [(line.ship_by, line.asin) for line in lines_of(store, "o1")] == [(RESET, "B0TESTCD01"), (RESET, "B0TESTCD02")]
    assert lines_of(store, "o2")[0].ship_by == RELEASE


@pytest.mark.parametrize("complete", [True, False])
def test_the_same_said_again_is_unchanged(store: Store, complete: bool) -> None:
    """
    However often, and a change is seen again.
    """
    absorb(store, a_look(at(1)), two_items("o1"))
    absorb(store, page(at(2), complete=complete), [whole("o1", RESET)])
    again = absorb(store, page(at(3), complete=complete), [whole("o1", RESET), whole("o1", RESET)])
    changed = absorb(store, page(at(4), complete=complete), [whole("o1")])

    assert (again, changed) == (RowCounts(unchanged=2), RowCounts(used=1))
    assert [len(line.states) for line in lines_of(store, "o1")] == [3, 3]
    assert all(line.listed for line in lines_of(store, "o1"))


def test_an_order_left_out_of_a_complete_answer_is_absent_there(store: Store) -> None:
    """
    As with answers that name items; the other source still lists it.
    """
    absorb(store, a_look(at(1)), [*two_items("o1"), seen("o2")])
    absorb(store, page(at(2), complete=True), [whole("o1"), whole("o2")])
    absorb(store, page(at(3), complete=True), [whole("o2")])

    assert [[state.listed for state in line.states] for line in lines_of(store, "o1")] == [[True, True, False]] * 2
    assert all(line.listed for line in lines_of(store, "o1"))


def test_an_open_order_nobody_has_shown_is_named_and_a_closed_one_ignored(store: Store) -> None:
    """
    Its product is unknown: silence about it would look like peace.
    """
    absorb(store, a_look(at(1)), two_items("o1"))
    counts = absorb(store, page(at(2)), [whole("o8"), whole("o9", status=Status.SHIPPED), whole("o1", RESET)])
    with store.reading() as tx:
        intake = journal.intake(tx, 1)[0]

    assert counts == RowCounts(used=1, rejected=1, ignored=1)
    assert [(defect.place, defect.reason.code) for defect in intake.defects] == [(1, "row_order_without_items")]


def test_it_is_told_as_soon_as_another_source_has_shown_the_order(store: Store) -> None:
    """
    The very same answer, a day later.
    """
    absorb(store, page(at(1), complete=True), [whole("o1", RESET)])
    absorb(store, a_look(at(2)), two_items("o1"))
    counts = absorb(store, page(at(3), complete=True), [whole("o1", RESET)])

    assert counts == RowCounts(used=1)
    assert [line.ship_by for line in lines_of(store, "o1")] == [RESET, RESET]
