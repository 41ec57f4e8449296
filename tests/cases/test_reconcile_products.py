"""
What a verdict means for the cases of products, and for the orders a product explains.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.cases.makers_cases import ORDER, OTHER, THIRD, Book, a_book, a_case, a_finding, a_product_finding, examined, healthy, the_product
from tests.makers import at
from watchdog.terms.case import CaseEvent, CaseState, Intent, Outcome
from watchdog.terms.finding import Cause, Rule, Scope, Severity
from watchdog.terms.identity import CaseNo

if TYPE_CHECKING:
    from collections.abc import Iterable

    from watchdog.terms.case import Case
    from watchdog.terms.verdict import Examined, ExaminedProduct

THREE = (ORDER, OTHER, THIRD)
RESET_OF_ALL = the_product(a_product_finding(*THREE, seen_at=at(2)), *THREE)
MISDATED = a_product_finding(*THREE, rules=(Rule.LISTING_MISDATED,), cause=Cause.LISTING_MISDATED, severity=Severity.WARNING)


def wrong(orders: Iterable[str] = THREE, **fields: Any) -> list[Examined]:
    """
    Return each order as examined and wrong.
    """
    return [examined(a_finding(order), order, **fields) for order in THREE if order in orders]


def reset(book: Book | None = None) -> Book:
    """
    Return a casebook after the reset of all three on 2 September.
    """
    book = book or Book()
    book.turn(*wrong(), products=[RESET_OF_ALL], now=at(2))
    return book


def of(book: Book, scope: Scope) -> list[Case]:
    """
    Return the cases of orders or of products.
    """
    return [case for case in book.cases.values() if case.subject.scope is scope]


def events(decided: Iterable[Intent]) -> list[CaseEvent]:
    """
    Return what was decided, in order.
    """
    return [intent.event for intent in decided]


def test_a_product_in_trouble_is_one_case_and_one_ring() -> None:
    """
    Its orders open none of their own.
    """
    (intent,) = Book().turn(*wrong(), products=[RESET_OF_ALL], now=at(2))

    assert (intent.event, intent.finding.subject.order_id, intent.rings, intent.takes_over) == (CaseEvent.FOUND, None, True, ())


def test_an_order_the_product_does_not_explain_keeps_its_own_case() -> None:
    """
    Both ring, each its own matter.
    """
    two = the_product(a_product_finding(ORDER, OTHER), ORDER, OTHER)

    decided = Book().turn(*wrong(), products=[two], now=at(2))

    assert [intent.finding.subject.order_id for intent in decided] == [None, THIRD]


def test_orders_stay_silent_while_the_product_case_stands() -> None:
    """
    In later turns too, with the product in the verdict or not.
    """
    book = reset()

    assert book.turn(*wrong(), products=[RESET_OF_ALL], now=at(3)) == ()
    assert book.turn(*wrong(absorbed=True), now=at(3)) == ()


def test_an_order_that_joins_later_is_evidence_of_the_product_case() -> None:
    """
    It opens no case of its own.
    """
    book = Book()
    book.turn(*wrong(THREE[:2]), products=[the_product(a_product_finding(ORDER, OTHER), ORDER, OTHER)], now=at(2))

    decided = book.turn(*wrong(), products=[RESET_OF_ALL], now=at(3))

    assert [(intent.event, intent.rings, intent.finding.order_count) for intent in decided] == [(CaseEvent.EVIDENCE_ADDED, False, 3)]


def test_a_new_product_case_takes_over_the_order_cases_of_its_interval() -> None:
    """
    They end as merged, without a word of their own.
    """
    book = Book()
    book.turn(*wrong([ORDER]), now=at(2))

    product, taken = book.turn(*wrong(), products=[RESET_OF_ALL], now=at(2, 3))

    assert (product.event, product.takes_over) == (CaseEvent.FOUND, (CaseNo(1),))
    assert (taken.event, taken.state, taken.outcome, taken.rings) == (CaseEvent.TAKEN_OVER, CaseState.RESOLVED, Outcome.MERGED, False)


def test_an_order_case_from_before_the_interval_stays_its_own() -> None:
    """
    It had another reason.
    """
    book = Book()
    book.turn(*wrong([ORDER]), now=at(1))

    (product,) = book.turn(*wrong(), products=[RESET_OF_ALL], now=at(2, 3))

    assert product.takes_over == ()
    assert of(book, Scope.ORDER)[0].state is CaseState.OPEN


def test_an_open_product_case_takes_over_what_it_explains_later() -> None:
    """
    The step of the product case names it, though nothing else is new.
    """
    book = Book()
    book.turn(*wrong(), products=[the_product(a_product_finding(*THREE, seen_at=at(2)), ORDER, OTHER)], now=at(2))

    product, taken = book.turn(*wrong(), products=[RESET_OF_ALL], now=at(3))

    assert (product.event, product.rings, product.takes_over) == (CaseEvent.EVIDENCE_ADDED, False, (CaseNo(2),))
    assert taken.event is CaseEvent.TAKEN_OVER


def test_a_merged_order_stays_merged_while_its_product_case_stands() -> None:
    """
    It is never a finding of its own.
    """
    book = Book()
    book.turn(*wrong([ORDER]), now=at(2))
    reset(book)

    assert book.turn(*wrong(), products=[RESET_OF_ALL], now=at(3)) == ()


def test_a_merged_order_left_wrong_by_its_product_case_reopens() -> None:
    """
    In the very turn in which the product's matter is over.
    """
    book = Book()
    book.turn(*wrong([ORDER]), now=at(2))
    reset(book)

    decided = book.turn(*wrong([ORDER]), healthy(OTHER), products=[the_product(None, ended=Outcome.RESTORED)], now=at(4))

    assert events(decided) == [CaseEvent.SHIP_BY_RESTORED, CaseEvent.RESET_AGAIN]
    assert decided[1].detail["was"] == "merged"


@pytest.mark.parametrize(
    ("outcome", "event"),
    [
        (Outcome.RESTORED, CaseEvent.SHIP_BY_RESTORED),
        (Outcome.RELEASE_CORRECTED, CaseEvent.RELEASE_CORRECTED),
        (Outcome.SHIPPED_IN_TIME, CaseEvent.SHIPPED),
        (Outcome.CANCELLED, CaseEvent.CANCELLED),
    ],
)
def test_a_product_case_ends_as_the_verdict_says(outcome: Outcome, event: CaseEvent) -> None:
    """
    And says so, once.
    """
    book = reset()
    over = the_product(None, ended=outcome)

    (intent,) = book.turn(products=[over], now=at(4))

    assert (intent.event, intent.outcome, intent.rings) == (event, outcome, True)
    assert book.turn(products=[over], now=at(5)) == ()


def test_a_product_without_a_word_how_it_ended_stays_open() -> None:
    """
    No finding alone is no news.
    """
    book = reset()

    assert book.turn(products=[the_product(None)], now=at(4)) == ()
    assert book.only.state is CaseState.OPEN


def test_a_product_in_trouble_again_is_a_new_case() -> None:
    """
    Another day, other orders.
    """
    book = reset()
    book.turn(products=[the_product(None, ended=Outcome.RESTORED)], now=at(4))
    book.turn(products=[RESET_OF_ALL], now=at(6))

    assert [case.state for case in of(book, Scope.PRODUCT)] == [CaseState.RESOLVED, CaseState.OPEN]


def test_another_product_rule_updates_the_same_case() -> None:
    """
    One open product case, whatever explains it now; it rings only because it became louder.
    """
    book = Book()
    book.turn(products=[the_product(MISDATED, *THREE)], now=at(1))
    moved = replace(MISDATED, rules=(Rule.RELEASE_MOVED,), cause=Cause.RELEASE_MOVED)

    silent = book.turn(products=[the_product(moved, *THREE)], now=at(2))
    loud = book.turn(products=[the_product(replace(moved, severity=Severity.URGENT), *THREE)], now=at(3))

    assert [(intent.event, intent.rings) for intent in (*silent, *loud)] == [
        (CaseEvent.EVIDENCE_ADDED, False),
        (CaseEvent.SEVERITY_RAISED, True),
    ]
    assert (book.only.finding.cause, book.only.severity) == (Cause.RELEASE_MOVED, Severity.URGENT)


def test_what_becomes_due_on_its_orders_escalates_the_product_case() -> None:
    """
    A buyer's request rings, but is no state of the whole product.
    """
    book = Book()
    book.turn(products=[the_product(MISDATED, *THREE)], now=at(1))
    due = replace(MISDATED, severity=Severity.URGENT, rules=(*MISDATED.rules, Rule.PAST_SHIP_BY, Rule.BUYER_ASKED_CANCEL))

    (intent,) = book.turn(products=[the_product(due, *THREE)], now=at(9))

    assert (intent.event, intent.state, intent.rings) == (CaseEvent.CANCEL_REQUESTED, CaseState.OPEN, True)
    assert intent.detail["also"] == "severity_raised,ship_by_passed"


def test_a_dismissed_product_keeps_its_orders_silent() -> None:
    """
    Forty alarms must not follow from dismissing one.
    """
    book = a_book(a_case(CaseState.DISMISSED, a_product_finding(*THREE), outcome=Outcome.DISMISSED))

    assert events(book.turn(*wrong(), products=[RESET_OF_ALL], now=at(3))) == [CaseEvent.EVIDENCE_ADDED]
    assert book.turn(*wrong(absorbed=True), now=at(3)) == ()


def test_a_dismissed_product_takes_no_case_over() -> None:
    """
    Who was told of an order goes on with it.
    """
    book = Book()
    book.turn(*wrong([ORDER]), now=at(2))
    dismissed = a_case(CaseState.DISMISSED, a_product_finding(*THREE), no=CaseNo(9), outcome=Outcome.DISMISSED)
    book.cases[dismissed.no] = dismissed

    (intent,) = book.turn(products=[RESET_OF_ALL], now=at(3))

    assert intent.takes_over == ()


def test_a_dismissed_product_rings_again_when_a_date_is_still_earlier() -> None:
    """
    As a dismissed order does.
    """
    book = a_book(a_case(CaseState.DISMISSED, a_product_finding(*THREE), outcome=Outcome.DISMISSED))
    earlier = a_product_finding(*THREE, ship_by=date(2026, 9, 7))

    (intent,) = book.turn(products=[the_product(earlier, *THREE)], now=at(3))

    assert (intent.event, intent.state, intent.rings) == (CaseEvent.MOVED_EARLIER, CaseState.OPEN, True)


def test_a_dismissed_product_that_is_well_again_is_closed_so_that_new_trouble_is_heard() -> None:
    """
    Silently; the next reset is a new case.
    """
    book = a_book(a_case(CaseState.DISMISSED, a_product_finding(*THREE), outcome=Outcome.DISMISSED))

    (over,) = book.turn(products=[the_product(None)], now=at(3))
    (again,) = book.turn(products=[RESET_OF_ALL], now=at(4))

    assert (over.state, over.rings) == (CaseState.RESOLVED, False)
    assert (again.event, again.case) == (CaseEvent.FOUND, None)


def test_an_order_of_a_dismissed_case_rings_only_through_its_product() -> None:
    """
    The listing reset moved it earlier, and the product's message says so.
    """
    book = a_book(a_case(CaseState.DISMISSED, outcome=Outcome.DISMISSED))
    moved = examined(a_finding(ship_by=date(2026, 9, 7)))

    decided = book.turn(moved, products=[RESET_OF_ALL], now=at(2))

    assert [(intent.finding.subject.order_id, intent.rings) for intent in decided] == [(None, True)]


def test_a_snoozed_product_case_reminds() -> None:
    """
    As an order's does.
    """
    book = a_book(a_case(CaseState.SNOOZED, a_product_finding(*THREE), snoozed_until=at(5)))

    assert events(book.turn(now=at(5))) == [CaseEvent.SNOOZE_ENDED]


def test_a_notice_of_a_product_is_no_case() -> None:
    """
    It is a line of the digest.
    """
    quiet: ExaminedProduct = the_product(replace(MISDATED, severity=Severity.NOTICE), *THREE)

    assert Book().turn(products=[quiet], now=at(1)) == ()
