"""
Every state × event once more, written by hand: a change of the table shows here and must be meant.
"""

from __future__ import annotations

from itertools import product

import pytest

from watchdog.cases.lifecycle import MOVES
from watchdog.terms.case import CaseEvent, CaseState

#: How a state is written below.
SHORT = dict(zip(CaseState, ("op", "ac", "sn", "ti", "ve", "rf", "ba", "re", "di"), strict=True))
#: One row an event, one column a state in the order of ``SHORT``: where it goes (``.`` stays), ``!`` rings, ``no`` refused, ``<-`` undone.
TABLE = """
found              .   .   .   .   .   .   .   .   .
evidence_added     .   .   .   .   .   .   .   .   .
moved_earlier      .!  op! op! .!  .!  .!  .!  .   op!
severity_raised    .!  op! op! .!  .!  .!  .!  .   .
ship_by_passed     .!  op! op! .!  .!  .!  .!  .   .
cancel_requested   ba! ba! ba! ba! ba! ba! .!  .   .
ship_by_restored   re! re! re! re! re! re! re! .   re
release_corrected  re! re! re! re! re! re! re! .   re
shipped            re! re! re! re! re! re! re! .   re
cancelled          re! re! re! re! re! re! re! .   re
taken_over         re  re  re  re  re  re  re  .   .
reset_again        .   .   .   .   .   .   .   op! .
counted_late       .!  op! op! .!  ti! re! .!  op! .
mark_removed       re! re! re! re! re! re! re! .!  re
acknowledge        ac  .   ac  .   .   .   .   no  no
snooze             sn  sn  .   no  no  no  no  no  no
send_ticket        ti  ti  ti  .   .   no  .   no  no
amazon_excluded    no  no  no  ve  .   ve  .   .   no
amazon_corrected   no  no  no  ve  .   ve  .   .   no
amazon_refused     no  no  no  rf  rf  .   .   .   no
amazon_asks        no  no  no  .   ti  ti  .   .   no
amazon_answered    no  no  no  .   .   .   .   .   no
contact_buyer      .   .   .   .   .   .   .   no  no
buyer_asked        ba  ba  ba  ba  ba  ba  .   no  no
dismiss            di  di  di  di  di  di  di  no  no
note               .   .   .   .   .   .   .   .   .
undo               <-  <-  <-  <-  <-  <-  <-  no  <-
deadline_near      .!  .!  .   .!  .!  .!  .!  .   .
buyer_contact_due  .!  .!  .   .!  .!  .!  .   .   .
auto_cancel_near   .!  op! op! .!  .!  .!  .!  .   .
reply_overdue      .   .   .   .!  .!  .   .   .   .
follow_up_due      .   .   .   .!  .!  .   .   .   .
verification_due   .   .   .   .!  .!  .   .   .   .
windows_left       re! re! re! re! re! re! re! .   .
snooze_ended       .   .   op! .   .   .   .   .   .
"""
ROWS = {CaseEvent(row.split()[0]): row.split()[1:] for row in TABLE.strip().splitlines()}


def shown(state: CaseState, event: CaseEvent) -> str:
    """
    Return the move as the table above writes it.
    """
    move = MOVES[state, event]
    if move is None:
        return "no"
    if move.back:
        return "<-"
    goes = "." if move.to in {None, state} else SHORT[move.to]
    return goes + "!" * move.rings


@pytest.mark.parametrize(("state", "event"), list(product(CaseState, CaseEvent)))
def test_an_event_does_in_a_state_what_was_meant(state: CaseState, event: CaseEvent) -> None:
    """
    306 moves, none of them by chance.
    """
    assert shown(state, event) == ROWS[event][list(CaseState).index(state)]
