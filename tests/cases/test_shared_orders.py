"""
Two cases that are about the same orders: an order's own beside its product's, and two of one product.
"""

from __future__ import annotations

from datetime import date

from tests.cases.makers_cases import ORDER, OTHER, THIRD, Book, a_book, a_case, a_finding, a_product_finding, examined, the_product
from tests.makers import at
from watchdog.terms.case import CaseEvent
from watchdog.terms.finding import Rule
from watchdog.terms.identity import CaseNo

THREE = (ORDER, OTHER, THIRD)
RESET_OF_ALL = the_product(a_product_finding(*THREE, seen_at=at(2)), *THREE)
WRONG = [examined(a_finding(order), order) for order in THREE]


def test_an_older_case_of_an_order_leaves_the_telling_to_its_product() -> None:
    """
    It had another reason; now the whole product was reset, and one message says so.
    """
    book = Book()
    book.turn(examined(a_finding(ship_by=date(2026, 9, 10))), now=at(1))

    decided = book.turn(*WRONG, products=[RESET_OF_ALL], now=at(2, 3))

    assert [(intent.event, intent.rings) for intent in decided] == [(CaseEvent.FOUND, True), (CaseEvent.EVIDENCE_ADDED, False)]


def test_a_buyers_request_rings_in_the_orders_own_case_too() -> None:
    """
    It is to be approved for this one order, whatever the product's case is about.
    """
    book = Book()
    book.turn(WRONG[0], now=at(1))
    asked = a_finding(rules=(Rule.SHIP_BY_BEFORE_RELEASE, Rule.BUYER_ASKED_CANCEL))

    decided = book.turn(examined(asked), products=[RESET_OF_ALL], now=at(2, 3))

    assert [intent.event for intent in decided if intent.rings] == [CaseEvent.FOUND, CaseEvent.CANCEL_REQUESTED]


def test_of_two_cases_of_one_product_the_younger_is_merged_into_the_older() -> None:
    """
    Two products proved to be one; what the younger case has told is not told again by the older.
    """
    older = a_case(finding=a_product_finding(ORDER))
    younger = a_case(finding=a_product_finding(OTHER, ship_by=date(2026, 9, 7)), no=CaseNo(2))
    book = a_book(older)
    book.cases[younger.no] = younger
    both = the_product(a_product_finding(ORDER, OTHER, ship_by=date(2026, 9, 7)), ORDER, OTHER)

    decided = book.turn(products=[both], now=at(2))

    assert [(intent.case and intent.case.no, intent.event, intent.takes_over) for intent in decided] == [
        (1, CaseEvent.EVIDENCE_ADDED, (2,)),
        (2, CaseEvent.TAKEN_OVER, ()),
    ]
    assert not any(intent.rings for intent in decided)
