"""
Cases and their steps, and findings without a case.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.store.makers_store import ASIN, RELEASE, RESET, a_look, absorb, at, seen
from watchdog.store import Store, casebook, history, steps
from watchdog.terms.case import Case, CaseEvent, CaseFile, CaseState, Intent, Outcome
from watchdog.terms.errors import CaseMoved
from watchdog.terms.finding import Cause, Confidence, Evidence, EvidenceKind, Finding, Rule, Severity, Siblings, Subject
from watchdog.terms.identity import CaseNo, LineKey, OrderId, OrderKey, ProductId, Sku
from watchdog.terms.marketplace import JAPAN

ORDER = OrderId("503-1234567-0000001")
OTHER = OrderId("503-1234567-0000002")
CD = ProductId(1)


def a_finding(order: OrderId | None = ORDER, *, ship_by: date | None = RESET, topic: str = "", **fields: Any) -> Finding:
    """
    Return the incident's finding with every field filled.
    """
    told: dict[str, Any] = {
        "rules": (Rule.SHIP_BY_BEFORE_RELEASE, Rule.ODD_ONE_OUT),
        "severity": Severity.URGENT,
        "cause": Cause.RESET_UNEXPLAINED,
        "confidence": Confidence.POSSIBLE,
        "asin": ASIN,
        "sku": Sku("CD-1"),
        "title": "限定盤CD",
        "previous_ship_by": RELEASE,
        "release_date": RELEASE,
        "release_source": "releases.csv",
        "siblings": Siblings(39, RELEASE),
        "source": "inbox:unshipped_report",
        "seen_at": at(1),
        "evidence": (Evidence(EvidenceKind.SHIP_BY, "2026-09-14", "2026-09-08", at(1), at(2), "inbox:unshipped_report"),),
        "order_item_ids": (LineKey("item-1"),),
        "reconsider_at": at(8),
        "bought_at": at(1),
        "move_seen": True,
    }
    return Finding(subject=Subject(JAPAN, CD, order, topic), ship_by=ship_by, **(told | fields))


def found(finding: Finding | None = None, **fields: Any) -> Intent:
    """
    Return the opening of a case.
    """
    finding = finding or a_finding()
    told: dict[str, Any] = {"rings": True, "ring_key": "found", "severity": finding.severity}
    return Intent(CaseEvent.FOUND, CaseState.OPEN, finding, **(told | fields))


def moved(case: Case, event: CaseEvent, state: CaseState, **fields: Any) -> Intent:
    """
    Return a move of a case.
    """
    told: dict[str, Any] = {"finding": case.finding, "severity": case.severity}
    return Intent(event, state, case=case, **(told | fields))


def opened(store: Store, *intents: Intent) -> tuple[Case, ...]:
    """
    Open the cases on the second.
    """
    with store.writing() as tx:
        return tuple(casebook.open_case(tx, intent, now=at(2)) for intent in intents)


def stored(store: Store, number: int) -> CaseFile:
    """
    Return a case as it is stored.
    """
    with store.reading() as tx:
        file = casebook.case_file(tx, CaseNo(number))
    assert file is not None
    return file


def test_a_case_comes_back_as_it_was_opened(store: Store) -> None:
    """
    With its whole finding, the ring it made, and its first step.
    """
    (case,) = opened(store, found())

    file = stored(store, 1)
    assert file.case == case
    assert (case.no, case.version, case.rung, case.lowest_ship_by) == (1, 1, frozenset({"found"}), RESET)
    assert [(step.event, step.state, step.at, step.by, step.rings) for step in file.steps] == [
        (CaseEvent.FOUND, CaseState.OPEN, at(2), "watchdog", True)
    ]


def test_a_move_is_one_more_step_and_version(store: Store) -> None:
    """
    The seller's ticket: its number stays with the case, the deadline with the step.
    """
    (case,) = opened(store, found())
    sent = moved(case, CaseEvent.SEND_TICKET, CaseState.TICKET_SENT, detail={"ticket_no": "123", "reply_by": "2026-09-03T01:00:00Z"})
    with store.writing() as tx:
        after = casebook.move(tx, sent, now=at(3), by="Sato")

    file = stored(store, 1)
    assert file.case == after
    assert (after.state, after.version, after.ticket_no) == (CaseState.TICKET_SENT, 2, "123")
    assert (file.steps[-1].by, file.steps[-1].detail["reply_by"]) == ("Sato", "2026-09-03T01:00:00Z")
    with store.reading() as tx:
        assert steps.of_cases(tx, [CaseNo(1)]) == {1: file.steps}


def test_a_decision_made_on_an_older_version_is_refused(store: Store) -> None:
    """
    Who decides on what is no longer so is told, and nothing is written.
    """
    (case,) = opened(store, found())
    with store.writing() as tx:
        casebook.move(tx, moved(case, CaseEvent.ACKNOWLEDGE, CaseState.ACKNOWLEDGED), now=at(3))

    with pytest.raises(CaseMoved), store.writing() as tx:
        casebook.move(tx, moved(case, CaseEvent.DISMISS, CaseState.DISMISSED, outcome=Outcome.DISMISSED), now=at(3))

    assert [step.event for step in stored(store, 1).steps] == [CaseEvent.FOUND, CaseEvent.ACKNOWLEDGE]


def test_a_closed_case_has_an_outcome_until_it_is_reopened(store: Store) -> None:
    """
    Resolved, then reset again: open once more, with everything it has rung for.
    """
    (case,) = opened(store, found())
    with store.writing() as tx:
        over = casebook.move(tx, moved(case, CaseEvent.SHIP_BY_RESTORED, CaseState.RESOLVED, outcome=Outcome.RESTORED), now=at(3))
        again = moved(
            over, CaseEvent.RESET_AGAIN, CaseState.OPEN, finding=a_finding(ship_by=date(2026, 9, 5)), rings=True, ring_key="again"
        )
        reopened = casebook.move(tx, again, now=at(4))

    assert (over.outcome, over.closed_at) == (Outcome.RESTORED, at(3))
    assert (reopened.outcome, reopened.closed_at, reopened.lowest_ship_by) == (None, None, date(2026, 9, 5))
    assert reopened.rung == {"found", "again"}
    assert stored(store, 1).case == reopened


def test_a_snooze_ends_with_its_state(store: Store) -> None:
    """
    The end of a snooze is known while it lasts.
    """
    (case,) = opened(store, found())
    with store.writing() as tx:
        asleep = casebook.move(tx, moved(case, CaseEvent.SNOOZE, CaseState.SNOOZED, detail={"until": "2026-09-05T01:00:00Z"}), now=at(3))
        awake = casebook.move(tx, moved(asleep, CaseEvent.SNOOZE_ENDED, CaseState.OPEN), now=at(5))

    assert (asleep.snoozed_until, awake.snoozed_until) == (at(5), None)


def test_a_product_case_takes_over_order_cases(store: Store) -> None:
    """
    Each of them knows where it went; merged cases are no findings of their own.
    """
    (case,) = opened(store, found())
    product = found(a_finding(None, rules=(Rule.LISTING_RESET,), orders=(ORDER, OTHER), order_count=40), takes_over=(case.no,))
    (whole,) = opened(store, product)
    with store.writing() as tx:
        casebook.move(
            tx, moved(case, CaseEvent.TAKEN_OVER, CaseState.RESOLVED, outcome=Outcome.MERGED, detail={"into": "PW-0002"}), now=at(2)
        )

    merged = stored(store, 1).case
    assert (merged.outcome, merged.merged_into) == (Outcome.MERGED, whole.no)
    with store.reading() as tx:
        assert [each.case_no for each in casebook.findings(tx, everything=True)] == [2]


@pytest.mark.parametrize(
    ("name", "number"), [("PW-0001", 1), ("pw-1", 1), ("1", 1), (ORDER, 3), (f" {OTHER} ", 2), ("PW-0009", None), ("x", None)]
)
def test_a_case_is_found_by_number_or_order(store: Store, name: str, number: int | None) -> None:
    """
    An order's own latest case comes before the product case that names it.
    """
    product = found(a_finding(None, orders=(ORDER, OTHER), order_count=2))
    opened(store, found(), product, found())

    with store.reading() as tx:
        assert casebook.find_case(tx, name) == number


def test_the_cases_of_a_turn(store: Store) -> None:
    """
    Every open case of the products, the latest product case, and each order's latest case whatever its state.
    """
    old, product, closed = opened(store, found(), found(a_finding(None)), found(a_finding(OTHER)))
    with store.writing() as tx:
        casebook.move(tx, moved(product, CaseEvent.SHIP_BY_RESTORED, CaseState.RESOLVED, outcome=Outcome.RESTORED), now=at(3))
        casebook.move(tx, moved(closed, CaseEvent.CANCELLED, CaseState.RESOLVED, outcome=Outcome.CANCELLED), now=at(3))

    with store.reading() as tx:
        of_product = [case.no for case in casebook.cases_of(tx, [CD], [])]
        of_order = [case.no for case in casebook.cases_of(tx, [], [OrderKey(JAPAN, OTHER)])]
    assert (of_product, of_order) == ([old.no, product.no], [closed.no])


def test_a_case_is_due_at_its_time_while_it_is_open(store: Store) -> None:
    """
    Products whose cases time alone can change are judged though nothing new was said.
    """
    (case,) = opened(store, found())
    with store.writing() as tx:
        casebook.set_due(tx, case.no, at(4))
        due = casebook.due(tx, at(3)), casebook.due(tx, at(4)), casebook.next_due(tx)
        current = replace(case, due_at=at(4))
        casebook.move(tx, moved(current, CaseEvent.SHIPPED, CaseState.RESOLVED, outcome=Outcome.SHIPPED_IN_TIME), now=at(5))
        over = casebook.due(tx, at(9)), casebook.next_due(tx)

    assert due == ((), (CD,), at(4))
    assert over == ((), None)


def test_findings_are_listed_loudest_first(store: Store) -> None:
    """
    By severity, then by ship-by; resolved ones keep their highest severity and are listed on request, as are notices.
    """
    warning = found(a_finding(OTHER, ship_by=date(2026, 9, 1), severity=Severity.WARNING))
    later = found(a_finding(OrderId("late"), ship_by=date(2026, 9, 9)))
    first, *_rest = opened(store, found(), warning, later)
    with store.writing() as tx:
        healed = moved(first, CaseEvent.SHIP_BY_RESTORED, CaseState.RESOLVED, outcome=Outcome.RESTORED)
        casebook.move(tx, replace(healed, finding=a_finding(severity=Severity.NOTICE)), now=at(3))
        casebook.record_notices(tx, [a_finding(None, topic="ship_by_near", severity=Severity.NOTICE)], now=at(3))

    with store.reading() as tx:
        standing = casebook.findings(tx, everything=False)
        everything = casebook.findings(tx, everything=True)
    assert [each.case_no for each in standing] == [3, 2]
    assert [(each.case_no, each.finding.severity, each.outcome) for each in everything] == [
        (1, Severity.URGENT, Outcome.RESTORED),
        (3, Severity.URGENT, None),
        (2, Severity.WARNING, None),
        (None, Severity.NOTICE, None),
    ]


def test_a_notice_keeps_its_first_sight_and_goes_when_it_no_longer_stands(store: Store) -> None:
    """
    Notices of the examined products and orders are dropped unless kept; others are not touched.
    """
    near, unknown = a_finding(None, topic="ship_by_near"), a_finding(ORDER, rules=(Rule.RELEASE_UNKNOWN,), severity=Severity.NOTICE)
    with store.writing() as tx:
        casebook.record_notices(tx, [near, unknown, a_finding(OTHER)], now=at(2))
        casebook.record_notices(tx, [replace(near, seen_at=at(3), title="CD")], now=at(3))
        casebook.drop_notices(tx, [CD], [OrderKey(JAPAN, ORDER)], keep={near.subject})
        left = casebook.findings(tx, everything=True)

    assert {each.finding.subject for each in left} == {near.subject, a_finding(OTHER).subject}
    assert [(each.first_seen_at, each.finding.title) for each in left if each.finding.subject == near.subject] == [(at(1), "CD")]


def test_a_case_follows_its_product_when_two_are_merged(store: Store) -> None:
    """
    The finding was written for a product that is another's by now.
    """
    absorb(store, a_look(at(1)), [seen(OTHER, sku=None), seen(ORDER, asin=None)])
    with store.reading() as tx:
        (line,) = history.orders(tx, [OrderKey(JAPAN, ORDER)])[OrderKey(JAPAN, ORDER)]
    loose = replace(a_finding(), subject=Subject(JAPAN, line.product_id, ORDER))
    opened(store, found(loose))
    absorb(store, a_look(at(2), complete=False), [seen(OrderId("both"))])

    case = stored(store, 1).case
    with store.reading() as tx:
        (kept,) = casebook.findings(tx, everything=False)
        (same,) = history.orders(tx, [OrderKey(JAPAN, ORDER)])[OrderKey(JAPAN, ORDER)]
    assert same.product_id != line.product_id
    assert case.subject.product_id == case.finding.subject.product_id == kept.finding.subject.product_id == same.product_id
