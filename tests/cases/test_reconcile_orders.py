"""
What a verdict means for the cases of orders.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.cases.makers_cases import ORDER, OTHER, Book, a_book, a_case, a_finding, examined, healthy
from tests.makers import RELEASE, RESET, at
from watchdog.terms.case import CaseEvent, CaseState, Outcome
from watchdog.terms.finding import Cause, Confidence, Evidence, EvidenceKind, Rule, Severity, Siblings

if TYPE_CHECKING:
    from watchdog.terms.finding import Finding

WARNING = a_finding(rules=(Rule.ODD_ONE_OUT,), severity=Severity.WARNING)
EARLIER = date(2026, 9, 7)
STILL_EARLIER = date(2026, 9, 4)
PAST = a_finding(rules=(Rule.SHIP_BY_BEFORE_RELEASE, Rule.PAST_SHIP_BY))
ASKED = a_finding(rules=(Rule.SHIP_BY_BEFORE_RELEASE, Rule.BUYER_ASKED_CANCEL))
QUIET_STATES = [CaseState.ACKNOWLEDGED, CaseState.SNOOZED]


def flagged(finding: Finding | None = None) -> Book:
    """
    Return a casebook in which the order was found on 1 September.
    """
    book = Book()
    book.turn(examined(finding or a_finding()), now=at(1))
    return book


# opening


@pytest.mark.parametrize("severity", [Severity.WARNING, Severity.URGENT])
def test_a_wrong_order_opens_a_case_and_rings(severity: Severity) -> None:
    """
    From a warning upwards.
    """
    (intent,) = Book().turn(examined(a_finding(severity=severity)), now=at(1))

    assert (intent.event, intent.state, intent.case, intent.rings) == (CaseEvent.FOUND, CaseState.OPEN, None, True)
    assert intent.severity is severity


@pytest.mark.parametrize(
    "quiet",
    [
        examined(None),
        healthy(),
        examined(a_finding(severity=Severity.NOTICE)),
        examined(a_finding(), live=False),
        examined(a_finding(), ended=Outcome.SHIPPED_IN_TIME),
        examined(a_finding(), healthy=True),
    ],
    ids=["no finding", "healthy", "a notice", "late arrival only", "already shipped", "date where it belongs"],
)
def test_nothing_else_opens_a_case(quiet: object) -> None:
    """
    A healthy pre-order makes no noise, and a late arrival never rings (DOMAIN §6).
    """
    assert Book().turn(quiet, now=at(1)) == ()  # type: ignore[arg-type]


def test_the_same_facts_seen_again_change_nothing() -> None:
    """
    Neither a ring nor a row in the timeline.
    """
    book = flagged()

    assert book.turn(examined(a_finding()), now=at(2)) == ()


def test_facts_that_every_look_confirms_anew_are_no_news() -> None:
    """
    The time of the newest sweep and "unchanged since" move with every turn.
    """
    seen = [Evidence(kind, new="2026-09-14", seen_at=at(1)) for kind in (EvidenceKind.SIBLINGS, EvidenceKind.RELEASE_STEADY)]
    book = flagged(a_finding(evidence=tuple(seen)))
    again = a_finding(evidence=tuple(replace(item, seen_at=at(2)) for item in seen))

    assert book.turn(examined(again), now=at(2)) == ()


def test_two_orders_open_two_cases() -> None:
    """
    One order, one case.
    """
    book = Book()
    book.turn(examined(a_finding()), examined(a_finding(OTHER), OTHER), now=at(1))

    assert sorted(case.subject.order_id or "" for case in book.cases.values()) == [ORDER, OTHER]


def test_a_case_that_opens_past_its_date_with_a_standing_request_tells_all_at_once() -> None:
    """
    What is already so when the case opens never rings again.
    """
    rules = (Rule.SHIP_BY_BEFORE_RELEASE, Rule.PAST_SHIP_BY, Rule.BUYER_ASKED_CANCEL)
    book = flagged(a_finding(rules=rules))

    assert book.only.state is CaseState.BUYER_ASKED
    assert book.turn(examined(a_finding(rules=rules)), now=at(2)) == ()


# what rings again


@pytest.mark.parametrize("state", QUIET_STATES)
@pytest.mark.parametrize(
    ("before", "after", "event"),
    [
        (a_finding(), a_finding(ship_by=EARLIER), CaseEvent.MOVED_EARLIER),
        (WARNING, a_finding(), CaseEvent.SEVERITY_RAISED),
        (a_finding(), PAST, CaseEvent.SHIP_BY_PASSED),
        (a_finding(), ASKED, CaseEvent.CANCEL_REQUESTED),
    ],
    ids=["moved earlier", "severity rose", "ship-by passed", "buyer asked"],
)
def test_a_quiet_case_rings_again(state: CaseState, before: Finding, after: Finding, event: CaseEvent) -> None:
    """
    Acknowledged or snoozed: the four reasons of DOMAIN §7.
    """
    book = a_book(a_case(state, before, snoozed_until=at(30)))

    (intent,) = book.turn(examined(after), now=at(9))

    assert (intent.event, intent.rings) == (event, True)
    assert intent.state is (CaseState.BUYER_ASKED if event is CaseEvent.CANCEL_REQUESTED else CaseState.OPEN)


def test_a_buyer_who_asks_again_rings_again() -> None:
    """
    The first request was rung for and withdrawn; the second is a new wish. The same wish, seen again, is not.
    """
    again = replace(ASKED, evidence=(Evidence(EvidenceKind.CANCEL_REQUEST, seen_at=at(4), note="2"),))
    book = flagged(ASKED)
    book.turn(examined(a_finding()), now=at(3))

    (intent,) = book.turn(examined(again), now=at(4))

    assert (intent.event, intent.rings) == (CaseEvent.CANCEL_REQUESTED, True)
    assert not any(each.rings for each in book.turn(examined(again), now=at(5)))


def test_a_dismissed_case_rings_again_when_ship_by_moves_still_earlier() -> None:
    """
    And only then (DOMAIN §7).
    """
    book = a_book(a_case(CaseState.DISMISSED, outcome=Outcome.DISMISSED))

    (intent,) = book.turn(examined(a_finding(ship_by=EARLIER)), now=at(2))

    assert (intent.event, intent.state, intent.outcome, intent.rings) == (CaseEvent.MOVED_EARLIER, CaseState.OPEN, None, True)


@pytest.mark.parametrize("after", [PAST, ASKED], ids=["ship-by passed", "buyer asked"])
def test_a_dismissed_case_keeps_silent_about_the_rest(after: Finding) -> None:
    """
    The finding is kept up to date all the same.
    """
    book = a_book(a_case(CaseState.DISMISSED, outcome=Outcome.DISMISSED))

    (intent,) = book.turn(examined(after), now=at(9))

    assert (intent.event, intent.state, intent.outcome, intent.rings) == (
        CaseEvent.EVIDENCE_ADDED,
        CaseState.DISMISSED,
        Outcome.DISMISSED,
        False,
    )


def test_what_a_dismissed_case_kept_to_itself_is_told_when_it_rings_again() -> None:
    """
    A buyer's request that came meanwhile decides the state.
    """
    book = a_book(a_case(CaseState.DISMISSED, outcome=Outcome.DISMISSED))
    book.turn(examined(ASKED), now=at(2))

    (intent,) = book.turn(examined(replace(ASKED, ship_by=EARLIER)), now=at(3))

    assert (intent.state, intent.rings) == (CaseState.BUYER_ASKED, True)
    assert book.turn(examined(replace(ASKED, ship_by=EARLIER)), now=at(4)) == ()


def test_a_date_that_has_rung_before_is_not_still_earlier() -> None:
    """
    8th → 7th rings; back to the 10th and again to the 8th does not.
    """
    book = flagged()
    for day in (EARLIER, date(2026, 9, 10), RESET, EARLIER):
        book.turn(examined(a_finding(ship_by=day)), now=at(2))

    assert book.rung == [CaseEvent.FOUND, CaseEvent.MOVED_EARLIER]


def test_a_severity_that_falls_and_rises_rings_once() -> None:
    """
    The case keeps its highest.
    """
    book = flagged(WARNING)
    for finding in (a_finding(), WARNING, a_finding()):
        book.turn(examined(finding), now=at(2))

    assert book.rung == [CaseEvent.FOUND, CaseEvent.SEVERITY_RAISED]
    assert book.only.severity is Severity.URGENT


def test_a_passed_ship_by_rings_once_and_a_new_date_that_passes_rings_again() -> None:
    """
    The key names the date.
    """
    book = flagged()
    for day, hour in ((RESET, 1), (RESET, 2), (date(2026, 9, 10), 3)):
        book.turn(examined(replace(PAST, ship_by=day)), now=at(11, hour))

    assert book.rung == [CaseEvent.FOUND, CaseEvent.SHIP_BY_PASSED, CaseEvent.SHIP_BY_PASSED]


@pytest.mark.parametrize("state", [state for state in CaseState if state.is_open])
def test_the_automatic_cancellation_is_announced_once_whatever_is_being_done(state: CaseState) -> None:
    """
    Urgent: Amazon is about to cancel the order itself.
    """
    near = replace(PAST, rules=(*PAST.rules, Rule.AUTO_CANCEL_NEAR))
    book = a_book(a_case(state, PAST, rung=frozenset({"found:2026-09-08+severity_raised:urgent+ship_by_passed:2026-09-08"})))

    first, second = book.turn(examined(near), now=at(16)), book.turn(examined(near), now=at(17))

    assert [(intent.event, intent.rings) for intent in first] == [(CaseEvent.AUTO_CANCEL_NEAR, True)]
    assert second == ()


def test_several_facts_in_one_turn_are_one_ring_by_the_strongest() -> None:
    """
    The others stand in the detail and count as told.
    """
    book = flagged(WARNING)
    after = a_finding(ship_by=EARLIER, rules=(Rule.SHIP_BY_BEFORE_RELEASE, Rule.PAST_SHIP_BY))

    (intent,) = book.turn(examined(after), now=at(8))

    assert intent.event is CaseEvent.MOVED_EARLIER
    assert intent.detail == {"also": "severity_raised,ship_by_passed", "ship_by_before": "2026-09-08", "ship_by": "2026-09-07"}
    assert book.turn(examined(after), now=at(9)) == ()


def test_a_buyers_request_is_the_strongest_fact() -> None:
    """
    Approving at once ends the matter, whatever else happened.
    """
    book = flagged()
    (intent,) = book.turn(examined(replace(ASKED, ship_by=EARLIER)), now=at(2))

    assert (intent.event, intent.state) == (CaseEvent.CANCEL_REQUESTED, CaseState.BUYER_ASKED)
    assert intent.detail["also"] == "moved_earlier"


# evidence


@pytest.mark.parametrize(
    "news",
    [
        {"cause": Cause.BUYER_CHANGE},
        {"confidence": Confidence.LIKELY},
        {"evidence": (Evidence(EvidenceKind.PAYMENT, seen_at=at(1)),)},
        {"siblings": Siblings(40, RELEASE)},
        {"ship_by": date(2026, 9, 10)},
    ],
    ids=["cause", "confidence", "evidence", "siblings", "a later date that is still wrong"],
)
def test_new_evidence_is_kept_silently(news: dict[str, Any]) -> None:
    """
    The finding is updated; nothing rings.
    """
    book = flagged()

    (intent,) = book.turn(examined(a_finding(**news)), now=at(2))

    assert (intent.event, intent.state, intent.rings) == (CaseEvent.EVIDENCE_ADDED, CaseState.OPEN, False)
    assert book.only.finding == a_finding(**news)


def test_a_cause_told_by_amazon_itself_is_kept() -> None:
    """
    Certain only by Amazon's own reply (DOMAIN §5); what is merely observed does not change it back.
    """
    told = a_finding(cause=Cause.BUYER_CHANGE, confidence=Confidence.CERTAIN)
    book = a_book(a_case(CaseState.TICKET_SENT, told))
    book.turn(examined(a_finding(ship_by=EARLIER)), now=at(2))

    assert (book.only.finding.cause, book.only.finding.confidence) == (Cause.BUYER_CHANGE, Confidence.CERTAIN)


def test_a_due_time_that_passed_without_news_is_replaced_by_the_next() -> None:
    """
    Else the case would stay due in every turn.
    """
    book = flagged(a_finding(reconsider_at=at(5)))

    (intent,) = book.turn(examined(a_finding(reconsider_at=at(8))), now=at(5))

    assert (intent.event, intent.rings, intent.finding.reconsider_at) == (CaseEvent.EVIDENCE_ADDED, False, at(8))


def test_a_due_time_that_changes_before_it_is_reached_is_no_step() -> None:
    """
    Nothing happened yet.
    """
    book = flagged(a_finding(reconsider_at=at(5)))

    assert book.turn(examined(a_finding(reconsider_at=at(8))), now=at(2)) == ()


def test_an_order_no_rule_speaks_of_any_more_stays_open_and_is_no_longer_due() -> None:
    """
    No finding is no restoration: an absent date or a norm that dissolved proves nothing.
    """
    book = flagged(a_finding(reconsider_at=at(5)))

    assert book.turn(examined(None), now=at(2)) == ()
    (intent,) = book.turn(examined(None), now=at(5))
    assert (intent.state, intent.finding.reconsider_at) == (CaseState.OPEN, None)


# late arrivals


@pytest.mark.parametrize("after", [a_finding(ship_by=EARLIER), ASKED, a_finding(cause=Cause.BUYER_CHANGE)])
def test_a_late_arrival_only_adds_evidence(after: Finding) -> None:
    """
    It neither rings nor raises anything (DOMAIN §6).
    """
    book = flagged()

    (intent,) = book.turn(examined(after, live=False), now=at(2))

    assert (intent.event, intent.state, intent.rings) == (CaseEvent.EVIDENCE_ADDED, CaseState.OPEN, False)


def test_what_a_late_arrival_brought_rings_with_the_next_real_sight() -> None:
    """
    The silence of a late arrival never swallows an alarm.
    """
    book = flagged(WARNING)
    after = a_finding(ship_by=EARLIER)
    book.turn(examined(after, live=False), now=at(2))

    (intent,) = book.turn(examined(after), now=at(3))

    assert (intent.event, intent.rings, intent.detail["also"]) == (CaseEvent.MOVED_EARLIER, True, "severity_raised")


@pytest.mark.parametrize("closing", [healthy(live=False), examined(None, live=False, ended=Outcome.SHIPPED_LATE)])
def test_a_late_arrival_resolves_nothing(closing: object) -> None:
    """
    Only a sight of today does.
    """
    book = flagged()

    assert book.turn(closing, now=at(2)) == ()  # type: ignore[arg-type]
    assert book.only.state is CaseState.OPEN


def test_time_rings_even_where_only_a_late_arrival_touched_the_order() -> None:
    """
    The ship-by it had already has passed; that is no news of the late arrival.
    """
    book = flagged()

    (intent,) = book.turn(examined(PAST, live=False), now=at(9))

    assert (intent.event, intent.rings) == (CaseEvent.SHIP_BY_PASSED, True)


# endings


@pytest.mark.parametrize("state", [state for state in CaseState if state.is_open])
@pytest.mark.parametrize(
    ("seen", "event", "outcome"),
    [
        (healthy(), CaseEvent.SHIP_BY_RESTORED, Outcome.RESTORED),
        (healthy(ship_by=RESET, release_date=RESET), CaseEvent.RELEASE_CORRECTED, Outcome.RELEASE_CORRECTED),
        *((examined(None, ended=outcome), CaseEvent.SHIPPED, outcome) for outcome in (Outcome.SHIPPED_IN_TIME, Outcome.SHIPPED_LATE)),
        *(
            (examined(None, ended=outcome), CaseEvent.CANCELLED, outcome)
            for outcome in (
                Outcome.CANCELLED_BY_BUYER,
                Outcome.CANCELLED_BY_SELLER,
                Outcome.CANCELLED_BY_AMAZON,
                Outcome.CANCELLED,
            )
        ),
    ],
)
def test_facts_resolve_the_case_and_say_so(state: CaseState, seen: object, event: CaseEvent, outcome: Outcome) -> None:
    """
    In whatever state it is; the finding stays as it was found, with its highest severity.
    """
    book = a_book(a_case(state))

    (intent,) = book.turn(seen, now=at(3))  # type: ignore[arg-type]

    assert (intent.event, intent.state, intent.outcome, intent.rings) == (event, CaseState.RESOLVED, outcome, True)
    assert (intent.finding, intent.severity) == (a_finding(), Severity.URGENT)


def test_a_restored_case_names_the_dates_that_are_right_now() -> None:
    """
    The finding keeps the wrong date, the step tells the right one.
    """
    (intent,) = flagged().turn(healthy(), now=at(3))

    assert intent.detail == {"ship_by": "2026-09-14", "release_date": "2026-09-14"}


def test_without_a_known_date_an_order_that_is_right_again_counts_as_restored() -> None:
    """
    ``release_corrected`` needs the same ship-by and another release date.
    """
    (intent,) = flagged().turn(healthy(ship_by=None, release_date=None), now=at(3))

    assert intent.outcome is Outcome.RESTORED


@pytest.mark.parametrize(
    ("seen", "outcome"), [(healthy(), Outcome.RESTORED), (examined(None, ended=Outcome.CANCELLED_BY_BUYER), Outcome.CANCELLED_BY_BUYER)]
)
def test_a_dismissed_case_is_closed_without_a_word(seen: object, outcome: Outcome) -> None:
    """
    The seller did not want to hear of it.
    """
    book = a_book(a_case(CaseState.DISMISSED, outcome=Outcome.DISMISSED))

    (intent,) = book.turn(seen, now=at(3))  # type: ignore[arg-type]

    assert (intent.state, intent.outcome, intent.rings) == (CaseState.RESOLVED, outcome, False)


@pytest.mark.parametrize("seen", [healthy(), examined(None, ended=Outcome.SHIPPED_LATE), examined(None)])
def test_a_resolved_case_stays_resolved_while_nothing_is_wrong(seen: object) -> None:
    """
    What happens afterwards to a healthy order is no matter of ours.
    """
    book = flagged()
    book.turn(healthy(), now=at(3))

    assert book.turn(seen, now=at(4)) == ()  # type: ignore[arg-type]


# reset again


def test_a_resolved_order_that_is_reset_again_reopens_the_same_case_and_rings() -> None:
    """
    Also to the very same date: after a restoration that is a new fact (DOMAIN §7).
    """
    book = flagged()
    book.turn(healthy(), now=at(3))

    (intent,) = book.turn(examined(a_finding(seen_at=at(4))), now=at(4))

    assert (intent.event, intent.state, intent.outcome, intent.rings) == (CaseEvent.RESET_AGAIN, CaseState.OPEN, None, True)
    assert (book.only.no, intent.detail["was"]) == (1, "restored")


def test_after_a_reopening_the_same_facts_are_new_again() -> None:
    """
    Moved to the 7th, restored, reset to the 8th: the 7th and the passing of it ring once more.
    """
    book = flagged()
    book.turn(examined(a_finding(ship_by=EARLIER)), now=at(2))
    for day in (3, 5):
        book.turn(healthy(), now=at(day))
        book.turn(examined(WARNING), now=at(day, 2))
        book.turn(examined(a_finding(ship_by=EARLIER)), now=at(day, 3))
        book.turn(examined(a_finding(ship_by=EARLIER)), now=at(day, 4))
    again = [CaseEvent.SHIP_BY_RESTORED, CaseEvent.RESET_AGAIN, CaseEvent.MOVED_EARLIER]

    assert book.rung == [CaseEvent.FOUND, CaseEvent.MOVED_EARLIER, *again, *again]
    assert len(book.only.rung) == len(book.rung)


def test_a_reopened_case_keeps_its_highest_severity() -> None:
    """
    Though this time it is only a warning.
    """
    book = flagged()
    book.turn(healthy(), now=at(3))
    book.turn(examined(WARNING), now=at(4))

    assert (book.only.severity, book.only.finding.severity) == (Severity.URGENT, Severity.WARNING)


@pytest.mark.parametrize("outcome", [Outcome.CANCELLED, Outcome.SHIPPED_IN_TIME, Outcome.MERGED])
def test_an_order_that_is_open_and_wrong_after_all_reopens_its_case(outcome: Outcome) -> None:
    """
    A cancellation or shipment that did not hold, or a product case that is over and left it behind.
    """
    book = a_book(a_case(CaseState.RESOLVED, outcome=outcome, closed_at=at(3)))

    (intent,) = book.turn(examined(a_finding()), now=at(4))

    assert intent.event is CaseEvent.RESET_AGAIN


@pytest.mark.parametrize("outcome", [Outcome.CORRECTED, Outcome.COUNTED_LATE])
def test_what_amazon_has_settled_reopens_only_by_a_newer_sight(outcome: Outcome) -> None:
    """
    The old date may still stand there; that alone is no reset.
    """
    book = a_book(a_case(CaseState.RESOLVED, outcome=outcome, closed_at=at(3)))

    assert book.turn(examined(a_finding(seen_at=at(1))), now=at(4)) == ()
    assert [intent.event for intent in book.turn(examined(a_finding(seen_at=at(4))), now=at(4))] == [CaseEvent.RESET_AGAIN]


def test_a_late_arrival_reopens_nothing() -> None:
    """
    It only adds evidence.
    """
    book = flagged()
    book.turn(healthy(), now=at(3))

    assert book.turn(examined(a_finding(), live=False), now=at(4)) == ()


# snooze


def test_a_snoozed_case_reminds_when_its_time_has_come_though_nothing_else_happened() -> None:
    """
    Once, and it is open again.
    """
    book = a_book(a_case(CaseState.SNOOZED, snoozed_until=at(5)))

    assert book.turn(now=at(4)) == ()
    (intent,) = book.turn(now=at(5))
    assert (intent.event, intent.state, intent.rings) == (CaseEvent.SNOOZE_ENDED, CaseState.OPEN, True)
    assert book.turn(now=at(6)) == ()


def test_a_reminder_and_a_fact_in_one_turn_are_one_ring() -> None:
    """
    The fact names it.
    """
    book = a_book(a_case(CaseState.SNOOZED, snoozed_until=at(5)))

    (intent,) = book.turn(examined(a_finding(ship_by=STILL_EARLIER)), now=at(5))

    assert (intent.event, intent.detail["also"]) == (CaseEvent.MOVED_EARLIER, "snooze_ended")
    assert book.turn(now=at(6)) == ()


def test_of_several_cases_of_one_order_the_open_one_counts() -> None:
    """
    An old resolved case beside it changes nothing.
    """
    old = a_case(CaseState.RESOLVED, outcome=Outcome.MERGED)
    book = Book({old.no: old, replace(old, no=2).no: a_case(no=2)})  # type: ignore[arg-type]

    assert book.turn(examined(a_finding()), now=at(2)) == ()


def test_an_order_whose_first_date_is_learned_later_has_not_moved() -> None:
    """
    From no date to a date is no move; a still earlier one is.
    """
    book = flagged(a_finding(ship_by=None, rules=(Rule.ODD_ONE_OUT,)))
    events = [book.turn(examined(a_finding(ship_by=day)), now=at(2))[0].event for day in (RESET, EARLIER)]

    assert events == [CaseEvent.EVIDENCE_ADDED, CaseEvent.MOVED_EARLIER]
