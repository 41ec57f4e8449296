"""
The cases of whole products as the judge reads them: which one stands, and every order it has named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases.makers_cases import ORDER, OTHER, THIRD, a_finding, a_product_finding
from tests.makers import CD, at
from watchdog.store import casebook, product_cases
from watchdog.terms.case import CaseEvent, CaseState, Intent, Outcome

if TYPE_CHECKING:
    from watchdog.store import Store
    from watchdog.terms.case import Case
    from watchdog.terms.finding import Finding
    from watchdog.terms.identity import OrderId


def opened(store: Store, finding: Finding, *joining: OrderId) -> Case:
    """
    Open a case that explains these orders.
    """
    intent = Intent(CaseEvent.FOUND, CaseState.OPEN, finding, joining=frozenset(joining), severity=finding.severity)
    with store.writing() as tx:
        return casebook.open_case(tx, intent, now=at(2))


def test_a_product_case_names_every_order_it_explains(store: Store) -> None:
    """
    Also those that its finding, which shows fifty examples, leaves out.
    """
    opened(store, a_product_finding(ORDER), ORDER, OTHER)

    with store.reading() as tx:
        standing = product_cases.standing(tx, [CD])
        assert {number: case.orders for number, case in standing.items()} == {CD: {ORDER, OTHER}}
        assert casebook.find_case(tx, OTHER) == 1


def test_a_case_names_the_orders_of_those_it_takes_over(store: Store) -> None:
    """
    They are its orders from now on, and it ends only with the last of them.
    """
    whole = opened(store, a_product_finding(ORDER))
    other = opened(store, a_finding(THIRD))
    with store.writing() as tx:
        casebook.move(tx, Intent(CaseEvent.EVIDENCE_ADDED, whole.state, whole.finding, whole, takes_over=(other.no,)), now=at(3))

    with store.reading() as tx:
        assert product_cases.standing(tx, [CD])[CD].orders == {ORDER, THIRD}


def test_of_two_open_cases_of_a_product_the_older_stands_for_the_orders_of_both(store: Store) -> None:
    """
    Two products proved to be one; one that is over is no matter of it any more.
    """
    gone = opened(store, a_product_finding(THIRD))
    with store.writing() as tx:
        over = Intent(CaseEvent.SHIP_BY_RESTORED, CaseState.RESOLVED, gone.finding, gone, Outcome.RESTORED)
        casebook.move(tx, over, now=at(3))
    older = opened(store, a_product_finding(ORDER))
    opened(store, a_product_finding(OTHER))

    with store.reading() as tx:
        standing = product_cases.standing(tx, [CD])[CD]
    assert (standing.finding, standing.orders) == (older.finding, frozenset({ORDER, OTHER}))
