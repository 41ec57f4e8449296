"""
A case whose order a report still counts as late is about the mark: neither a shipment ends it nor an end that was told before.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.cases.makers_cases import Book, a_finding, examined
from tests.makers import at
from watchdog.cases.decisions import decide
from watchdog.terms.case import CaseEvent, CaseState, Intent, Outcome

if TYPE_CHECKING:
    from watchdog.terms.case import Case


def counted(book: Book, state: CaseState) -> Case:
    """
    Let a report count the order as late, as the promise keeper tells it.
    """
    case = book.only
    ring = Intent(CaseEvent.COUNTED_LATE, state, case.finding, case, rings=True, ring_key="counted_late:2026-09-10", severity=case.severity)
    return book.write(ring, now=at(12))


def a_story(*, excluded: bool = True) -> Book:
    """
    Return the incident, its ticket sent and excluded by Amazon.
    """
    book = Book()
    book.turn(examined(a_finding()), now=at(1))
    for event in (CaseEvent.SEND_TICKET, *([CaseEvent.AMAZON_EXCLUDED] if excluded else [])):
        book.write(decide(book.only, event, now=at(2)), now=at(2), by="花子")
    return book


@pytest.mark.parametrize("ended", [Outcome.SHIPPED_LATE, Outcome.SHIPPED_IN_TIME])
def test_a_shipment_does_not_end_what_is_counted(ended: Outcome) -> None:
    """
    The mark stays in the windows for weeks; without the count the case is over.
    """
    book, other = a_story(), a_story()
    counted(book, CaseState.TICKET_SENT)
    book.turn(examined(None, ended=ended), now=at(14))
    other.turn(examined(None, ended=ended), now=at(14))

    assert book.only.state is CaseState.TICKET_SENT
    assert (other.only.state, other.only.outcome) == (CaseState.RESOLVED, ended)


def test_the_buyers_cancellation_ends_it_once() -> None:
    """
    The step of the seed; if a later report counts it all the same, the case is open again and stays so.
    """
    book = a_story()
    counted(book, CaseState.TICKET_SENT)
    book.turn(examined(None, ended=Outcome.CANCELLED_BY_BUYER), now=at(14))
    over = book.only
    case = book.only
    again = Intent(CaseEvent.COUNTED_LATE, CaseState.OPEN, case.finding, case, rings=True, ring_key="counted_late:2026-09-14")
    book.write(replace(again, severity=case.severity), now=at(15))
    book.turn(examined(None, ended=Outcome.CANCELLED_BY_BUYER), now=at(16))

    assert (over.state, over.outcome) == (CaseState.RESOLVED, Outcome.CANCELLED_BY_BUYER)
    assert book.only.state is CaseState.OPEN
    assert book.rung.count(CaseEvent.CANCELLED) == 1
