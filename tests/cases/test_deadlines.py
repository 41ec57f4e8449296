"""
By when Amazon is asked to answer, and when a case must be looked at again (DOMAIN §7).
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.cases.makers_cases import a_case, a_finding
from tests.makers import CALENDARS, POLICY, at
from watchdog.cases.deadlines import auto_cancel_on, due_at, reply_by
from watchdog.terms.calendar import Calendar
from watchdog.terms.case import CaseEvent, CaseState, CaseStep
from watchdog.terms.identity import CaseNo
from watchdog.terms.marketplace import BY_ID, JAPAN

TOKYO = BY_ID[JAPAN].zone
LOS_ANGELES = ZoneInfo("America/Los_Angeles")


def tokyo(day: int, hour: int, minute: int = 0) -> datetime:
    """
    Return a local time of September 2026 in Tokyo.
    """
    return datetime(2026, 9, day, hour, minute, tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("now", "ship_by", "wanted"),
    [
        pytest.param(tokyo(1, 9, 30), date(2026, 9, 8), tokyo(2, 9, 30), id="24 hours, where ship-by is far"),
        pytest.param(tokyo(6, 12), date(2026, 9, 8), tokyo(7, 10), id="10:00 on the day before, where that is earlier"),
        pytest.param(tokyo(4, 5), date(2026, 9, 7), tokyo(4, 10), id="the last business day before a Monday is Friday"),
        pytest.param(tokyo(18, 5), date(2026, 9, 25), tokyo(19, 5), id="24 hours also into a weekend"),
        pytest.param(tokyo(17, 12), date(2026, 9, 24), tokyo(18, 10), id="three holidays and a weekend before ship-by are skipped"),
        pytest.param(tokyo(7, 6), date(2026, 9, 8), tokyo(7, 10), id="exactly 4 hours are enough"),
        pytest.param(tokyo(7, 6, 1), date(2026, 9, 8), tokyo(8, 10), id="less than 4 hours: the next morning"),
        pytest.param(tokyo(7, 15), date(2026, 9, 8), tokyo(8, 10), id="past: the next morning"),
        pytest.param(tokyo(8, 8), date(2026, 9, 8), tokyo(9, 10), id="past, and 10:00 too close: the morning after"),
        pytest.param(tokyo(4, 15), date(2026, 9, 4), tokyo(7, 10), id="the next morning is a business day's"),
        pytest.param(tokyo(18, 15), date(2026, 9, 18), tokyo(24, 10), id="holidays are no business days"),
        pytest.param(tokyo(30, 15), date(2026, 9, 8), datetime(2026, 10, 1, 10, tzinfo=TOKYO), id="long past"),
        pytest.param(tokyo(1, 9), None, tokyo(2, 9), id="no ship-by: 24 hours"),
    ],
)
def test_the_reply_is_due(now: datetime, ship_by: date | None, wanted: datetime) -> None:
    """
    By the earlier of 24 h and 10:00 local on the last business day before ship-by; past or < 4 h away: the next 10:00.
    """
    due = reply_by(a_finding(ship_by=ship_by), calendar=CALENDARS[JAPAN], zone=TOKYO, policy=POLICY, now=now.astimezone(UTC))

    assert due == wanted
    assert due.tzinfo is UTC


def test_the_morning_is_the_marketplaces_own_also_when_its_clock_changes() -> None:
    """
    On Monday 2 November 2026 Los Angeles is back on standard time: 10:00 there is 18:00 UTC.
    """
    now = datetime(2026, 11, 1, 20, tzinfo=UTC)

    due = reply_by(a_finding(ship_by=date(2026, 11, 3)), calendar=Calendar(), zone=LOS_ANGELES, policy=POLICY, now=now)

    assert due == datetime(2026, 11, 2, 18, tzinfo=UTC)


def test_amazon_cancels_on_the_seventh_business_day_after_ship_by() -> None:
    """
    8 September and seven business days is the 17th.
    """
    assert auto_cancel_on(date(2026, 9, 8), calendar=CALENDARS[JAPAN], policy=POLICY) == date(2026, 9, 17)


def test_holidays_put_the_automatic_cancellation_off() -> None:
    """
    Silver week: 21 to 23 September do not count.
    """
    assert auto_cancel_on(date(2026, 9, 15), calendar=CALENDARS[JAPAN], policy=POLICY) == date(2026, 9, 29)


def test_a_case_is_due_when_its_finding_says_so() -> None:
    """
    The next instant at which time alone changes it.
    """
    finding = a_finding(reconsider_at=at(8))

    assert due_at(finding, a_case(finding=finding), now=at(1)) == at(8)
    assert due_at(finding, None, now=at(1)) == at(8)


def test_what_has_passed_is_no_longer_due() -> None:
    """
    Else the case would be looked at in every turn.
    """
    assert due_at(a_finding(reconsider_at=at(8)), a_case(), now=at(8)) is None


def test_a_snooze_is_due_at_its_end_or_earlier_by_its_finding() -> None:
    """
    The earlier of the two; outside of a snooze its end does not matter.
    """
    snoozed, finding = a_case(CaseState.SNOOZED, snoozed_until=at(5)), a_finding(reconsider_at=at(8))

    assert due_at(finding, snoozed, now=at(1)) == at(5)
    assert due_at(a_finding(reconsider_at=at(3)), snoozed, now=at(1)) == at(3)
    assert due_at(finding, a_case(snoozed_until=at(5)), now=at(1)) == at(8)


def test_a_sent_ticket_is_due_when_its_answer_is() -> None:
    """
    By the deadline its step holds.
    """
    case = a_case(CaseState.TICKET_SENT)
    step = CaseStep(CaseNo(1), at(2), CaseEvent.SEND_TICKET, CaseState.TICKET_SENT, "Sato", detail={"reply_by": "2026-09-03T01:00:00Z"})

    assert due_at(case.finding, case, now=at(2), steps=[step]) == at(3)


@pytest.mark.parametrize("state", [CaseState.RESOLVED, CaseState.DISMISSED])
def test_a_closed_case_is_never_due(state: CaseState) -> None:
    """
    Facts may still move it; time does not.
    """
    assert due_at(a_finding(reconsider_at=at(8)), a_case(state), now=at(1)) is None
