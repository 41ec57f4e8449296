"""
How a single order's matter ended: by the lines it was about, the worst first (DOMAIN §7).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.makers import CALENDARS, POLICY, RELEASE, RESET, a_bench, a_context, a_preorder, a_release, a_state, at
from watchdog.detect import judge
from watchdog.terms.case import Outcome
from watchdog.terms.observation import Canceller, Status

if TYPE_CHECKING:
    from watchdog.terms.preorder import Preorder
    from watchdog.terms.verdict import Context, Examined

_LATE = {"status": Status.SHIPPED, "shipped_at": at(10)}
_IN_TIME = {"status": Status.SHIPPED, "shipped_at": at(7)}
_BY_BUYER = {"status": Status.CANCELLED, "cancel_requested": True, "cancelled_by": Canceller.MERCHANT}


def line(name: str, **facts: Any) -> Preorder:
    """
    Return one line of the same order: reset to the 8th, then as given.
    """
    return a_preorder(a_state(at(2)), a_state(at(4), RESET), a_state(at(11), RESET, **facts), order_id="250-0000000-0000001", line=name)


def examined(context: Context, *lines: Preorder, about: str) -> Examined:
    """
    Return what the judge says of the order whose case is about one line.
    """
    order = lines[0].order
    bench = a_bench(context, *lines, flagged_since={order: at(4)}, flagged_lines={order: frozenset({about})})
    return judge(bench, policy=POLICY, calendars=CALENDARS, now=at(12)).orders[0]


@pytest.mark.parametrize(
    ("flagged", "other", "outcome"),
    [
        pytest.param(_LATE, _BY_BUYER, Outcome.SHIPPED_LATE, id="another line was cancelled"),
        pytest.param(_BY_BUYER, _LATE, Outcome.CANCELLED_BY_BUYER, id="another line was shipped late"),
        pytest.param(_IN_TIME, _BY_BUYER, Outcome.SHIPPED_IN_TIME, id="in time beside a cancelled one"),
        pytest.param({"status": Status.UNFULFILLABLE}, _IN_TIME, Outcome.CANCELLED, id="nobody says who gave it up"),
    ],
)
def test_an_order_ends_as_the_line_its_case_is_about(flagged: dict[str, Any], other: dict[str, Any], outcome: Outcome) -> None:
    """
    What became of the other lines is another matter.
    """
    assert examined(a_context(a_release()), line("1", **flagged), line("2", **other), about="1").ended is outcome


def test_a_flagged_line_ends_the_matter_while_another_line_is_open_and_right() -> None:
    """
    The buyer cancelled the one CD that was due too early; the other is still waited for.
    """
    right = a_preorder(a_state(at(2)), a_state(at(11)), order_id="250-0000000-0000001", line="2")

    found = examined(a_context(a_release(), siblings={RELEASE: 1}), line("1", **_BY_BUYER), right, about="1")

    assert found.ended is Outcome.CANCELLED_BY_BUYER


def test_the_matter_goes_on_while_another_line_is_wrong() -> None:
    """
    The case is about that one from now on.
    """
    found = examined(a_context(a_release(), siblings={RESET: 1}), line("1", **_BY_BUYER), line("2", status=Status.UNSHIPPED), about="1")

    assert found.ended is None
    assert found.finding is not None
    assert found.finding.order_item_ids == ("2",)


def test_a_norm_that_came_down_to_an_order_restores_nothing() -> None:
    """
    Release unknown, due on the 8th since first seen: the siblings of the 14th went, others of the 8th came.
    """
    alone = a_preorder(a_state(at(1), RESET))

    assert not examined(a_context(siblings={RESET: 5}), alone, about=alone.line).healthy


def test_an_order_that_moved_up_to_the_norm_is_restored() -> None:
    """
    Release unknown and never seen right: its own date moved to that of the others.
    """
    back = a_preorder(a_state(at(1), RESET), a_state(at(5), date(2026, 9, 14)))

    assert examined(a_context(siblings={RELEASE: 5}), back, about=back.line).healthy
