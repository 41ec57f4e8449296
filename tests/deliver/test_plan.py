"""
Who is told what, when and how often: the timetable as the seller has set it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from watchdog.deliver.timetable import QuietHours, Timetable
from watchdog.terms.case import CaseState
from watchdog.terms.dispatch import Leave, Pending, Ruling, Standing, Unanswered
from watchdog.terms.finding import Severity
from watchdog.terms.identity import CaseNo
from watchdog.terms.maintenance import parse_maintenance
from watchdog.terms.message import MessageKind
from watchdog.terms.repeats import Repeats

TOKYO = ZoneInfo("Asia/Tokyo")
HOUR = timedelta(hours=1)


def local(text: str) -> datetime:
    """
    Return the instant of a time in Japan.
    """
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO).astimezone(UTC)


NIGHT = local("2026-09-08T23:00")
MORNING = local("2026-09-09T07:00")
PLAN = Timetable(TOKYO, quiet=QuietHours.parse("22:00-07:00"))
OPEN = Standing(CaseNo(1), CaseState.OPEN, answered=False)
SEEN = Standing(CaseNo(1), CaseState.ACKNOWLEDGED, answered=True)
SNOOZED = Standing(CaseNo(1), CaseState.SNOOZED, answered=True, snoozed_until=NIGHT + 20 * HOUR)


def pending(kind: MessageKind = MessageKind.ALERT, severity: Severity = Severity.URGENT, *standings: Standing) -> Pending:
    """
    Return a message about to leave at night.
    """
    return Pending(kind, severity, NIGHT, standings or (OPEN,))


NOW = Ruling(Leave.NOW)
RULINGS = {
    "an urgent alert": (pending(), NOW),
    "a warning": (pending(MessageKind.ALERT, Severity.WARNING), Ruling(Leave.LATER, MORNING)),
    "an all-clear": (pending(MessageKind.RESOLVED, Severity.WARNING, SEEN), Ruling(Leave.LATER, MORNING)),
    "a reminder of an urgent case": (pending(MessageKind.REMINDER), Ruling(Leave.LATER, MORNING)),
    "a reminder that was answered": (pending(MessageKind.REMINDER, Severity.URGENT, SEEN), Ruling(Leave.NEVER)),
    "a reminder, one of two answered": (pending(MessageKind.REMINDER, Severity.URGENT, SEEN, OPEN), Ruling(Leave.LATER, MORNING)),
    "an alert that was answered": (pending(MessageKind.ALERT, Severity.URGENT, SEEN), NOW),
    "a snoozed case": (pending(MessageKind.ALERT, Severity.URGENT, SNOOZED), Ruling(Leave.LATER, NIGHT + 20 * HOUR)),
    "one of two snoozed": (pending(MessageKind.ALERT, Severity.URGENT, SNOOZED, OPEN), NOW),
    "the account": (Pending(MessageKind.CONDITION, Severity.URGENT, NIGHT), NOW),
}


@pytest.mark.parametrize(("asked", "ruling"), RULINGS.values(), ids=RULINGS)
def test_what_may_leave_at_night(asked: Pending, ruling: Ruling) -> None:
    """
    Urgent ones at once, but nobody is woken twice for the same thing.
    """
    assert PLAN.ruling(asked, now=NIGHT) == ruling


@pytest.mark.parametrize(
    ("windows", "now", "until"),
    [
        ("2026-12-30 18:00/2027-01-03 09:00", "2027-01-01T12:00", "2027-01-03T09:00"),
        ("2026-12-30 18:00/2027-01-03 09:00", "2027-01-03T09:00", None),
        ("Sun 02:00-04:00", "2026-09-13T02:00", "2026-09-13T04:00"),
        ("Sun 02:00-04:00", "2026-09-13T01:59", None),
        ("日 23:00〜01:00", "2026-09-14T00:30", "2026-09-14T01:00"),
        ("日 23:00〜01:00", "2026-09-14T01:00", None),
        ("Mon 01:00-02:00, 土 00:00-23:59", "2026-09-12T12:00", "2026-09-12T23:59"),
    ],
)
def test_nothing_leaves_in_a_maintenance_window(windows: str, now: str, until: str | None) -> None:
    """
    Not even what is urgent: the seller has said so.
    """
    plan = Timetable(TOKYO, maintenance=parse_maintenance(windows))

    assert plan.ruling(pending(), now=local(now)) == (Ruling(Leave.LATER, local(until)) if until else NOW)


@pytest.mark.parametrize("text", ["Someday 02:00-04:00", "2027-01-03 09:00/2026-12-30 18:00", "02:00-04:00", "Sun 25:00-26:00", "x"])
def test_other_texts_are_no_windows(text: str) -> None:
    """
    A window that was mistyped must not become silence, or none.
    """
    with pytest.raises(ValueError, match=r"maintenance|must be in"):
        parse_maintenance(text)


def test_the_distance_between_reminders_grows_and_then_stays() -> None:
    """
    An urgent one after 1, 3, 6, 12, then every 24 hours; a notice never.
    """
    repeats = Repeats()
    urgent = [repeats.after(Severity.URGENT, said) for said in range(1, 8)]

    assert urgent == [HOUR * hours for hours in (1, 3, 6, 12, 24, 24, 24)]
    assert repeats.after(Severity.WARNING, 9) == timedelta(days=7)
    assert repeats.after(Severity.NOTICE, 1) is None
    assert Repeats((), ()).after(Severity.URGENT, 1) is None


CASE = Unanswered(CaseNo(1), 1, Severity.URGENT, NIGHT)


@pytest.mark.parametrize(
    ("each", "after", "due"),
    [
        (CASE, HOUR, True),
        (CASE, HOUR - timedelta(seconds=1), False),
        (replace(CASE, said=2, said_at=NIGHT + HOUR), 3 * HOUR, False),
        (replace(CASE, said=2, said_at=NIGHT + HOUR), 4 * HOUR, True),
        (replace(CASE, severity=Severity.WARNING), 23 * HOUR, False),
        (replace(CASE, severity=Severity.WARNING), 24 * HOUR, True),
        (replace(CASE, severity=Severity.NOTICE), 1000 * HOUR, False),
    ],
)
def test_when_a_case_is_said_again(each: Unanswered, after: timedelta, due: bool) -> None:
    """
    Counted from when it was said last.
    """
    assert PLAN.is_said_again(each, now=NIGHT + after) is due


@pytest.mark.parametrize(
    ("each", "after", "up"),
    [
        (CASE, 2 * HOUR, True),
        (CASE, HOUR, False),
        (replace(CASE, severity=Severity.WARNING), 99 * HOUR, False),
        (replace(CASE, escalated_at=NIGHT), 99 * HOUR, False),
    ],
)
def test_when_a_case_goes_to_the_second_list(each: Unanswered, after: timedelta, up: bool) -> None:
    """
    Urgent ones only, once.
    """
    assert Timetable(TOKYO, escalate_after=2 * HOUR).escalates(each, now=NIGHT + after) is up
    assert not Timetable(TOKYO).escalates(each, now=NIGHT + after)


def test_severities_go_to_the_channels_that_were_named() -> None:
    """
    To all where none of those named is set up: better too loud than silent.
    """
    plan = Timetable(TOKYO, routes={Severity.URGENT: ("slack", "email"), Severity.WARNING: ("pigeon",)})
    there = ("slack", "email", "webhook")

    assert plan.channels(Severity.URGENT, there) == ("slack", "email")
    assert plan.channels(Severity.WARNING, there) == there
    assert plan.channels(Severity.NOTICE, there) == there


@pytest.mark.parametrize(("sent", "due", "alone"), [(0, 30, 30), (0, 31, 29), (29, 1, 1), (29, 2, 0), (30, 1, 0), (40, 9, 0), (10, 50, 19)])
def test_a_storm_begins_beyond_the_cap(sent: int, due: int, alone: int) -> None:
    """
    One place of the cap is the summary's.
    """
    assert Timetable(TOKYO, storm_cap=30).alone(sent=sent, due=due) == alone
