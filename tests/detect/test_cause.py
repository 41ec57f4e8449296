"""
Why a ship-by is wrong, and how sure we are: only what was observed counts (DOMAIN §5).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.makers import CALENDARS, POLICY, RELEASE, RESET, a_bench, a_context, a_preorder, a_release, a_state, at
from watchdog.detect import judge
from watchdog.terms.case import Outcome
from watchdog.terms.finding import Cause, Confidence, EvidenceKind, Finding
from watchdog.terms.observation import Canceller, Interface, Status

if TYPE_CHECKING:
    from watchdog.terms.preorder import Preorder
    from watchdog.terms.verdict import Examined

THIRTEEN = {RELEASE: 13, RESET: 1}


def examined(line: Preorder, siblings: dict[Any, int] | None = None, **fields: Any) -> Examined:
    """
    Return what the judge says of the order among its siblings.
    """
    bench = a_bench(a_context(a_release(), siblings=siblings or THIRTEEN), line, **fields)
    return judge(bench, policy=POLICY, calendars=CALENDARS, now=at(7)).orders[0]


def finding(line: Preorder, siblings: dict[Any, int] | None = None) -> Finding:
    """
    Return the order's finding, which must exist.
    """
    found = examined(line, siblings).finding
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("before", "after", "cause", "confidence"),
    [
        pytest.param({}, {"status": Status.UNSHIPPED}, Cause.BUYER_CHANGE, Confidence.LIKELY, id="left pending in the interval"),
        pytest.param({"payment": "CreditCard"}, {"payment": "Konbini"}, Cause.BUYER_CHANGE, Confidence.LIKELY, id="payment changed"),
        pytest.param({}, {"payment": "CreditCard"}, Cause.RESET_UNEXPLAINED, Confidence.POSSIBLE, id="payment authorised only"),
        pytest.param({"address": "k:full:a"}, {"address": "k:full:b"}, Cause.BUYER_CHANGE, Confidence.LIKELY, id="address changed"),
        pytest.param({"address": "k:full:a"}, {"address": "k:postal:b"}, Cause.RESET_UNEXPLAINED, Confidence.POSSIBLE, id="another kind"),
        pytest.param({"address": "k:full:a"}, {"address": "j:full:b"}, Cause.RESET_UNEXPLAINED, Confidence.POSSIBLE, id="another key"),
        pytest.param({}, {}, Cause.RESET_UNEXPLAINED, Confidence.POSSIBLE, id="no trace"),
    ],
)
def test_a_seen_move_is_the_buyers_only_with_a_trace(
    before: dict[str, Any], after: dict[str, Any], cause: Cause, confidence: Confidence
) -> None:
    """
    The trace must lie in the interval of the move.
    """
    line = a_preorder(a_state(at(3), **before), a_state(at(5), RESET, **after))

    found = finding(line)

    assert (found.cause, found.confidence, found.move_seen) == (cause, confidence, True)


def test_a_trace_outside_the_interval_proves_nothing() -> None:
    """
    The order left pending before the move was seen, in an interval of its own.
    """
    line = a_preorder(a_state(at(1)), a_state(at(3), status=Status.UNSHIPPED), a_state(at(5), RESET, status=Status.UNSHIPPED))

    assert finding(line).cause is Cause.RESET_UNEXPLAINED


def test_a_notification_between_two_sweeps_hides_no_trace() -> None:
    """
    It brings the new ship-by and says nothing of the payment, which the next sweep shows changed.
    """
    line = a_preorder(
        a_state(at(3), payment="CreditCard"),
        a_state(at(4), RESET, interface=Interface.ORDER_CHANGE),
        a_state(at(5), RESET, payment="ConvenienceStore"),
    )

    found = finding(line)

    assert (found.cause, found.confidence) == (Cause.BUYER_CHANGE, Confidence.LIKELY)


_V0: dict[str, Any] = {"interface": Interface.ORDERS_V0}
_VAGUE = {"status": Status.PENDING_AVAILABILITY, "interface": Interface.ALL_ORDERS_REPORT}


@pytest.mark.parametrize(
    ("states", "cause"),
    [
        pytest.param([(1, {}), (2, {"status": Status.PENDING}), (3, _VAGUE)], Cause.RESET_UNEXPLAINED, id="a vague report in between"),
        pytest.param([(1, {"status": Status.PENDING}), (3, {})], Cause.RESET_UNEXPLAINED, id="it had left before"),
        pytest.param([(1, {})], Cause.BUYER_CHANGE, id="within one interface"),
    ],
)
def test_only_the_first_exit_from_pending_is_a_trace(states: list[tuple[int, dict[str, Any]]], cause: Cause) -> None:
    """
    An order leaves pending availability once; what looks like a second time is another source's word for it.
    """
    told = [a_state(at(day), None if fields is _VAGUE else RELEASE, **fields) for day, fields in states]

    assert finding(a_preorder(*told, a_state(at(5), RESET, status=Status.PENDING))).cause is cause


@pytest.mark.parametrize(
    ("status", "cause"),
    [
        pytest.param(Status.PENDING, Cause.RESET_UNEXPLAINED, id="the other interface's word for a pre-order that waits"),
        pytest.param(Status.UNSHIPPED, Cause.BUYER_CHANGE, id="ready to ship is the same everywhere"),
    ],
)
def test_pending_in_another_interfaces_words_is_no_exit(status: Status, cause: Cause) -> None:
    """
    The source changed between the two sights, not the order.
    """
    assert finding(a_preorder(a_state(at(3)), a_state(at(5), RESET, status=status, **_V0))).cause is cause


def test_an_order_leaves_pending_in_the_new_interfaces_words() -> None:
    """
    After the change of source its "Pending" may be the pre-order still waiting; that it can be shipped then is an exit.
    """
    line = a_preorder(a_state(at(2)), a_state(at(3), status=Status.PENDING, **_V0), a_state(at(5), RESET, status=Status.UNSHIPPED, **_V0))

    assert finding(line).cause is Cause.BUYER_CHANGE


def test_an_order_alone_among_siblings_that_left_pending_early_is_possibly_the_buyers() -> None:
    """
    Seen first in an unshipped report, with the others in order: possible, no more.
    """
    line = a_preorder(a_state(at(5), RESET, status=Status.UNSHIPPED, interface=Interface.UNSHIPPED_REPORT))

    found = finding(line)

    assert (found.cause, found.confidence, found.move_seen) == (Cause.BUYER_CHANGE, Confidence.POSSIBLE, False)


def test_an_order_alone_without_trace_is_unexplained() -> None:
    """
    It stands alone against two that agree.
    """
    found = finding(a_preorder(a_state(at(5), RESET)), {RELEASE: 2, RESET: 1})

    assert found.cause is Cause.RESET_UNEXPLAINED


def test_first_sight_without_siblings_is_undetermined() -> None:
    """
    Nothing was seen to move and there is nobody to compare with.
    """
    found = finding(a_preorder(a_state(at(5), RESET)), {RESET: 1})

    assert (found.cause, found.confidence) == (Cause.UNDETERMINED, Confidence.POSSIBLE)


def test_evidence_names_both_times_and_never_an_address() -> None:
    """
    Old → new with the times seen; of an address only that it differs.
    """
    line = a_preorder(a_state(at(3), seen_until=at(4), address="k:full:a"), a_state(at(5), RESET, address="k:full:b"))

    evidence = {each.kind: each for each in finding(line).evidence}

    assert (evidence[EvidenceKind.SHIP_BY].before_at, evidence[EvidenceKind.SHIP_BY].seen_at) == (at(4), at(5))
    assert (evidence[EvidenceKind.ADDRESS].old, evidence[EvidenceKind.ADDRESS].new) == (None, None)
    assert evidence[EvidenceKind.SIBLINGS].note == "13"
    assert evidence[EvidenceKind.RELEASE_STEADY].before_at == at(1, month=7)


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        ({"cancel_requested": True, "cancelled_by": Canceller.MERCHANT}, Outcome.CANCELLED_BY_BUYER),
        ({"cancelled_by": Canceller.BUYER}, Outcome.CANCELLED_BY_BUYER),
        ({"cancelled_by": Canceller.MERCHANT}, Outcome.CANCELLED_BY_SELLER),
        ({"cancelled_by": Canceller.AMAZON}, Outcome.CANCELLED_BY_AMAZON),
        ({}, Outcome.CANCELLED),
    ],
)
def test_a_cancellation_is_the_buyers_where_a_request_stood(facts: dict[str, Any], outcome: Outcome) -> None:
    """
    Whoever executed it; the 1970 dates of cancelled orders mean nothing (S08).
    """
    line = a_preorder(a_state(at(3)), a_state(at(5), RESET), a_state(at(6), None, status=Status.CANCELLED, **facts))

    assert examined(line).ended is outcome


@pytest.mark.parametrize(("shipped", "outcome"), [(at(8, 14), Outcome.SHIPPED_IN_TIME), (at(8, 15), Outcome.SHIPPED_LATE)])
def test_a_shipment_is_late_by_the_moment_it_was_confirmed(shipped: Any, outcome: Outcome) -> None:
    """
    Late = confirmed after the ship-by day in the marketplace (S22).
    """
    line = a_preorder(a_state(at(3), RESET), a_state(at(10), RESET, status=Status.SHIPPED, shipped_at=shipped))

    assert examined(line).ended is outcome


def test_seen_open_after_the_ship_by_is_late_without_a_shipping_time() -> None:
    """
    No source says when it was confirmed, but we saw it open afterwards.
    """
    line = a_preorder(a_state(at(3), RESET, seen_until=at(9)), a_state(at(10), None, status=Status.SHIPPED))

    assert examined(line).ended is Outcome.SHIPPED_LATE


@pytest.mark.parametrize(("back", "healthy"), [(RELEASE, True), (RELEASE.replace(day=13), False)])
def test_a_ship_by_is_restored_at_the_norm(back: Any, healthy: bool) -> None:
    """
    Within the tolerance is not enough while thirteen siblings stand later.
    """
    line = a_preorder(a_state(at(1)), a_state(at(3), RESET), a_state(at(5), back))

    assert examined(line, {RELEASE: 13, back: 1 + 13 * (back == RELEASE)}).healthy is healthy
