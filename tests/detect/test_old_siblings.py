"""
A norm is made of siblings that were shown lately; older ones are evidence, with their date (DOMAIN §5, §10).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.makers import CALENDARS, POLICY, RELEASE, a_bench, a_context, a_preorder, a_release, a_state, at, days
from watchdog.detect import judge
from watchdog.terms.finding import EvidenceKind, Rule

if TYPE_CHECKING:
    from watchdog.terms.verdict import Context


def _shown(context: Context, day: int) -> Context:
    return replace(context, census=replace(context.census, as_of=at(day)))


@pytest.mark.parametrize(
    ("seen", "fires"),
    [
        pytest.param(3, True, id="the same look"),
        pytest.param(9, True, id="four business days later"),
        pytest.param(10, False, id="five business days later"),
    ],
)
def test_siblings_older_than_a_source_may_be_silent_make_no_norm(seen: int, fires: bool) -> None:
    """
    Shown on Thursday 3 September: after two rhythms of two business days their date may be another by now.
    """
    context = _shown(a_context(a_release(), siblings={RELEASE: 5, RELEASE - days(1): 1}), 3)

    (order,) = judge(
        a_bench(context, a_preorder(a_state(at(seen), RELEASE - days(1)))), policy=POLICY, calendars=CALENDARS, now=at(11)
    ).orders

    assert (order.finding is not None and Rule.ODD_ONE_OUT in order.finding.rules) is fires


def test_old_siblings_stay_evidence_with_their_date() -> None:
    """
    That the order stood alone against them then is still worth telling.
    """
    context = _shown(a_context(a_release(), siblings={RELEASE: 5, RELEASE - days(6): 1}), 3)

    (order,) = judge(
        a_bench(context, a_preorder(a_state(at(10), RELEASE - days(6)))), policy=POLICY, calendars=CALENDARS, now=at(11)
    ).orders

    assert order.finding is not None
    assert (order.finding.siblings.count, order.finding.siblings.ship_by) == (5, RELEASE)
    assert next(each.seen_at for each in order.finding.evidence if each.kind is EvidenceKind.SIBLINGS) == at(3)
