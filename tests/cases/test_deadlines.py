"""
By when Amazon is asked to answer, and when a case must be looked at again (DOMAIN §7).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from tests.cases.makers_cases import ORDER, a_case, a_finding, a_product_finding
from tests.makers import CALENDARS, POLICY, at
from watchdog.cases.deadlines import auto_cancel_on, due_at, due_steps, reply_by
from watchdog.terms.calendar import Calendar
from watchdog.terms.case import CaseEvent, CaseState, CaseStep
from watchdog.terms.identity import CaseNo
from watchdog.terms.marketplace import BY_ID, JAPAN, by_id
from watchdog.terms.moments import show_instant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watchdog.terms.case import Case
    from watchdog.terms.identity import MarketplaceId

TOKYO = BY_ID[JAPAN].zone
LOS_ANGELES = ZoneInfo("America/Los_Angeles")
_STATES = by_id("US")
assert _STATES is not None
AMERICA = _STATES.id


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


def dues(case: Case, steps: Sequence[CaseStep] = (), *, now: datetime, place: MarketplaceId = JAPAN) -> list[tuple[CaseEvent, datetime]]:
    """
    Return what is due in the case, with its times.
    """
    calendar = CALENDARS.get(place, Calendar())
    return [(due.event, due.at) for due in due_steps(case, steps, now=now, calendar=calendar, policy=POLICY)]


def looked_at(case: Case, steps: Sequence[CaseStep] = (), *, now: datetime) -> datetime | None:
    """
    Return when the case is looked at again.
    """
    return due_at(case, steps, now=now, calendar=CALENDARS[JAPAN], policy=POLICY)


def a_step(event: CaseEvent, when: datetime, state: CaseState = CaseState.OPEN, **detail: str) -> CaseStep:
    """
    Return a row of the timeline.
    """
    return CaseStep(CaseNo(1), when, event, state, "Sato", detail=detail)


def test_everything_that_is_due_of_an_order_with_its_times() -> None:
    """
    Ship-by Tuesday 8 September, found on the 1st: reminders 72, 24 and 4 hours before the day is over, the buyer at ten on Monday.
    """
    assert dues(a_case(), now=at(1)) == [
        (CaseEvent.DEADLINE_NEAR, tokyo(6, 0)),
        (CaseEvent.BUYER_CONTACT_DUE, tokyo(7, 10)),
        (CaseEvent.DEADLINE_NEAR, tokyo(8, 0)),
        (CaseEvent.DEADLINE_NEAR, tokyo(8, 20)),
        (CaseEvent.SHIP_BY_PASSED, tokyo(9, 0)),
        (CaseEvent.AUTO_CANCEL_NEAR, tokyo(15, 0)),
    ]


def test_every_step_has_a_key_of_its_own_and_keeps_it() -> None:
    """
    So it is told once, whatever sleeps in between; a later round of the same case has keys of its own.
    """
    again = a_case(rung=frozenset({"found:2026-09-08", "reset_again:2026-09-08#1"}))
    first, second = (
        [due.key for due in due_steps(case, (), now=at(1), calendar=CALENDARS[JAPAN], policy=POLICY)] for case in (a_case(), again)
    )

    assert len(set(first)) == len(first)
    assert not set(first) & set(second)


@pytest.mark.parametrize(
    ("ship_by", "buyer"),
    [
        pytest.param(date(2026, 9, 7), tokyo(4, 10), id="due on a Monday: Friday"),
        pytest.param(date(2026, 9, 6), tokyo(4, 10), id="due on a Sunday: Friday"),
        pytest.param(date(2026, 9, 24), tokyo(18, 10), id="after three holidays and a weekend: the Friday before"),
    ],
)
def test_the_buyer_is_written_to_on_a_business_day(ship_by: date, buyer: datetime) -> None:
    """
    The last one before the ship-by, at the hour of the deadlines.
    """
    case = a_case(finding=a_finding(ship_by=ship_by, release_date=date(2026, 9, 30)))

    assert (CaseEvent.BUYER_CONTACT_DUE, buyer) in dues(case, now=at(1))


def test_year_end_days_are_no_business_days_where_they_are_closed() -> None:
    """
    Due on Monday 4 January: the buyer is written to on Monday 28 December, the day before the year-end closure.
    """
    closed = Calendar(frozenset({date(2026, 12, 29), date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 1)}))
    case = a_case(finding=a_finding(ship_by=date(2027, 1, 4), release_date=date(2027, 1, 20)))
    due = {each.event: each.at for each in due_steps(case, (), now=at(1, month=12), calendar=closed, policy=POLICY)}
    usual = {each.event: each.at for each in due_steps(case, (), now=at(1, month=12), calendar=Calendar(), policy=POLICY)}

    assert due[CaseEvent.BUYER_CONTACT_DUE] == datetime(2026, 12, 28, 10, tzinfo=TOKYO)
    assert usual[CaseEvent.BUYER_CONTACT_DUE] == datetime(2027, 1, 1, 10, tzinfo=TOKYO)


def test_hours_are_hours_also_when_the_clock_changes() -> None:
    """
    In Los Angeles 1 November 2026 has 25 hours: 24 hours before its end is one o'clock in the first hour of summer time's end.
    """
    subject = replace(a_finding().subject, marketplace_id=AMERICA)
    case = a_case(finding=a_finding(ship_by=date(2026, 11, 1), release_date=date(2026, 11, 20)), subject=subject)
    case = replace(case, finding=replace(case.finding, subject=subject))
    found = dues(case, now=at(1, month=10), place=AMERICA)
    passes = datetime(2026, 11, 2, 0, tzinfo=LOS_ANGELES).astimezone(UTC)

    assert (CaseEvent.SHIP_BY_PASSED, passes) in found
    assert [when for event, when in found if event is CaseEvent.DEADLINE_NEAR] == [passes - timedelta(hours=n) for n in (72, 24, 4)]
    assert (CaseEvent.BUYER_CONTACT_DUE, datetime(2026, 10, 30, 10, tzinfo=LOS_ANGELES)) in found


def test_what_had_passed_when_the_case_opened_was_never_due() -> None:
    """
    Found on the morning of the 8th, the alarm itself says how little time is left: only the last reminder comes.
    """
    late = a_case(opened_at=tokyo(8, 8))

    assert dues(late, now=tokyo(8, 8))[0] == (CaseEvent.DEADLINE_NEAR, tokyo(8, 20))


def test_a_date_that_moved_still_earlier_has_its_own_reminders() -> None:
    """
    What lay before the news of it was never due.
    """
    case = a_case(finding=a_finding(ship_by=date(2026, 9, 7)))
    moved = a_step(CaseEvent.MOVED_EARLIER, tokyo(6, 9))

    assert dues(case, [moved], now=tokyo(6, 9))[:2] == [(CaseEvent.DEADLINE_NEAR, tokyo(7, 0)), (CaseEvent.DEADLINE_NEAR, tokyo(7, 20))]


@pytest.mark.parametrize("event", [CaseEvent.CONTACT_BUYER, CaseEvent.BUYER_ASKED])
def test_a_buyer_who_was_spoken_to_is_not_due(event: CaseEvent) -> None:
    """
    Unless that was taken back.
    """
    spoken = a_step(event, at(2))
    undone = a_step(CaseEvent.UNDO, at(2), undone=event.value)

    assert CaseEvent.BUYER_CONTACT_DUE not in dict(dues(a_case(), [spoken], now=at(3)))
    assert CaseEvent.BUYER_CONTACT_DUE in dict(dues(a_case(), [spoken, undone], now=at(3)))


def test_a_product_has_reminders_but_no_buyer_of_its_own() -> None:
    """
    Forty buyers are not told before the listing is put right.
    """
    found = dict(dues(a_case(finding=a_product_finding(ORDER)), now=at(1)))

    assert CaseEvent.DEADLINE_NEAR in found
    assert CaseEvent.BUYER_CONTACT_DUE not in found


def test_after_a_missing_answer_the_next_business_morning_is_due() -> None:
    """
    Due on Friday at three in the afternoon: Monday at ten.
    """
    case = a_case(CaseState.TICKET_SENT)
    step = a_step(CaseEvent.SEND_TICKET, at(3), CaseState.TICKET_SENT, reply_by=show_instant(tokyo(4, 15)))
    found = dict(dues(case, [step], now=at(3)))

    assert (found[CaseEvent.REPLY_OVERDUE], found[CaseEvent.FOLLOW_UP_DUE]) == (tokyo(4, 15), tokyo(7, 10))


def test_snoozed_reminders_wait_for_the_end_of_the_snooze() -> None:
    """
    What would come in it comes then.
    """
    case = a_case(CaseState.SNOOZED, snoozed_until=tokyo(7, 9))
    found = dues(case, now=at(3))

    assert found[:3] == [
        (CaseEvent.DEADLINE_NEAR, tokyo(7, 9)),
        (CaseEvent.SNOOZE_ENDED, tokyo(7, 9)),
        (CaseEvent.BUYER_CONTACT_DUE, tokyo(7, 10)),
    ]


def test_a_case_is_looked_at_when_its_finding_says_so_or_earlier() -> None:
    """
    The next instant at which time alone changes something.
    """
    early = a_case(finding=a_finding(reconsider_at=at(3)))
    later = a_case(finding=a_finding(reconsider_at=at(8)))

    assert looked_at(early, now=at(1)) == at(3)
    assert looked_at(later, now=at(1)) == tokyo(6, 0)


def test_what_has_passed_is_no_longer_waited_for() -> None:
    """
    Else the case would be looked at in every turn.
    """
    without = a_finding(ship_by=None, reconsider_at=at(8))

    assert looked_at(a_case(finding=without), now=at(8)) is None


def test_a_snooze_is_looked_at_at_its_end() -> None:
    """
    Outside of a snooze its end does not matter.
    """
    assert looked_at(a_case(CaseState.SNOOZED, snoozed_until=at(5)), now=at(1)) == at(5)
    assert looked_at(a_case(snoozed_until=at(5)), now=at(1)) == tokyo(6, 0)


def test_a_sent_ticket_is_looked_at_when_its_answer_is_due() -> None:
    """
    By the deadline its step holds.
    """
    case = a_case(CaseState.TICKET_SENT)
    step = a_step(CaseEvent.SEND_TICKET, at(2), CaseState.TICKET_SENT, reply_by="2026-09-03T01:00:00Z")

    assert looked_at(case, [step], now=at(2)) == at(3)


@pytest.mark.parametrize("state", [CaseState.RESOLVED, CaseState.DISMISSED])
def test_a_closed_case_waits_for_nothing(state: CaseState) -> None:
    """
    Facts may still move it; time does not.
    """
    case = a_case(state, a_finding(reconsider_at=at(8)))

    assert looked_at(case, now=at(1)) is None
    assert dues(case, now=at(1)) == []
