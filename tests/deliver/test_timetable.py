"""
When a message may leave, and when it is tried again.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchdog.deliver.timetable import LEAST_ATTEMPTS, MOST_ATTEMPTS, QuietHours, may_leave_at, retry_at
from watchdog.terms.finding import Severity

TOKYO = ZoneInfo("Asia/Tokyo")
BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = QuietHours.parse("22:00-07:00")
NOW = datetime(2026, 9, 8, 1, 0, tzinfo=UTC)
DRAWS = st.floats(0, 1, exclude_max=True)


def local(text: str, zone: ZoneInfo = TOKYO) -> datetime:
    """
    Return the instant of a local time.
    """
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "leaves"),
    [
        pytest.param("2026-09-08T21:59:59", "2026-09-08T21:59:59", id="before"),
        pytest.param("2026-09-08T22:00:00", "2026-09-09T07:00:00", id="begins"),
        pytest.param("2026-09-08T23:30:00", "2026-09-09T07:00:00", id="before midnight"),
        pytest.param("2026-09-09T00:30:00", "2026-09-09T07:00:00", id="after midnight"),
        pytest.param("2026-09-09T06:59:59", "2026-09-09T07:00:00", id="last second"),
        pytest.param("2026-09-09T07:00:00", "2026-09-09T07:00:00", id="over"),
    ],
)
def test_a_warning_waits_for_the_end_of_the_night(now: str, leaves: str) -> None:
    """
    In the seller's zone, over midnight.
    """
    assert may_leave_at(Severity.WARNING, now=local(now), zone=TOKYO, quiet=NIGHT) == local(leaves)


def test_an_urgent_message_leaves_at_night() -> None:
    """
    Quiet hours are no reason to lose a day of five.
    """
    night = local("2026-09-08T23:30:00")

    assert may_leave_at(Severity.URGENT, now=night, zone=TOKYO, quiet=NIGHT) == night


def test_without_quiet_hours_everything_leaves_at_once() -> None:
    """
    The default.
    """
    assert may_leave_at(Severity.WARNING, now=NOW, zone=TOKYO, quiet=None) == NOW


def test_quiet_hours_may_lie_within_one_day() -> None:
    """
    A nap at noon.
    """
    noon = QuietHours.parse("12:00-13:30")

    assert may_leave_at(Severity.NOTICE, now=local("2026-09-08T12:10:00"), zone=TOKYO, quiet=noon) == local("2026-09-08T13:30:00")
    assert may_leave_at(Severity.NOTICE, now=local("2026-09-08T11:59:00"), zone=TOKYO, quiet=noon) == local("2026-09-08T11:59:00")


def test_quiet_hours_that_end_in_a_skipped_hour_end_all_the_same() -> None:
    """
    On 29 March 2026 Berlin's clocks go from 02:00 to 03:00; half past two never comes.
    """
    quiet = QuietHours.parse("22:00-02:30")
    leaves = may_leave_at(Severity.WARNING, now=local("2026-03-29T01:00:00", BERLIN), zone=BERLIN, quiet=quiet)

    assert leaves == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_quiet_hours_that_end_in_a_repeated_hour_end_after_now() -> None:
    """
    On 25 October 2026 Berlin's half past two comes twice; a message of the second round waits for the second.
    """
    quiet = QuietHours.parse("22:00-02:30")
    second_round = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)  # 02:10 for the second time

    assert may_leave_at(Severity.WARNING, now=second_round, zone=BERLIN, quiet=quiet) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)), st.times(), st.times(), st.sampled_from([TOKYO, BERLIN]))  # noqa: DTZ001 - UTC below
def test_a_message_never_leaves_in_the_past_and_never_waits_longer_than_a_day(
    moment: datetime, start: time, end: time, zone: ZoneInfo
) -> None:
    """
    Whatever the hours, the zone and the season; an hour more where clocks go back.
    """
    now = moment.replace(tzinfo=UTC, microsecond=0)

    leaves = may_leave_at(Severity.WARNING, now=now, zone=zone, quiet=QuietHours(start, end))

    assert now <= leaves <= now + timedelta(hours=25)


@pytest.mark.parametrize("text", ["22:00-07:00", "22:00 - 07:00", "22:00〜07:00", "２２：００～０７：００", "22:00–7:00"])
def test_quiet_hours_are_read_as_people_type_them(text: str) -> None:
    """
    Also with a Japanese keyboard.
    """
    assert QuietHours.parse(text) == QuietHours(time(22), time(7))


@pytest.mark.parametrize("text", ["", "22-7", "22:00", "24:00-07:00", "22:60-07:00", "07:00-07:00", "a:b-c:d"])
def test_other_texts_are_no_quiet_hours(text: str) -> None:
    """
    Equal ends would be quiet never, or for ever.
    """
    with pytest.raises(ValueError, match=r"quiet hours|must be in"):
        QuietHours.parse(text)


@given(st.integers(0, 10_000), DRAWS)
def test_the_wait_lies_between_half_a_minute_and_an_hour(attempts: int, draw: float) -> None:
    """
    For any number of failures, in whole seconds.
    """
    again = retry_at(attempts, now=NOW, asked=None, draw=draw, since=NOW)

    assert again is not None
    assert timedelta(seconds=30) <= again - NOW <= timedelta(hours=1)
    assert again.microsecond == 0


def test_the_bound_doubles_up_to_an_hour() -> None:
    """
    The longest possible waits: 1, 2, 4 … minutes, then an hour each.
    """
    waits = [retry_at(n, now=NOW, asked=None, draw=0.999_999, since=NOW) for n in range(1, 9)]

    assert [round((wait - NOW).total_seconds() / 60) for wait in waits if wait] == [1, 2, 4, 8, 16, 32, 60, 60]


def test_the_draw_spreads_the_waits() -> None:
    """
    Full jitter: two messages that failed together come back apart.
    """
    drawn = [retry_at(6, now=NOW, asked=None, draw=draw, since=NOW) for draw in (0.0, 0.5, 0.999_999)]

    assert [(wait - NOW).total_seconds() for wait in drawn if wait] == [30, 975, 1920]


@pytest.mark.parametrize(
    ("asked", "seconds"), [(None, 30), (5.0, 30), (90.0, 90), (7200.0, 7200), (10.0**9, 86_400), (float("inf"), 86_400)]
)
def test_what_the_other_side_asks_is_honoured_up_to_a_day(asked: float | None, seconds: int) -> None:
    """
    A shorter wish than our own wait changes nothing; an absurd one must not become silence.
    """
    assert retry_at(1, now=NOW, asked=asked, draw=0.0, since=NOW) == NOW + timedelta(seconds=seconds)


@given(st.lists(DRAWS, min_size=300, max_size=300))
def test_nothing_is_given_up_before_72_hours(draws: list[float]) -> None:
    """
    A channel that is down over a long weekend costs no alarm.
    """
    now, attempts = NOW, 0
    while (again := retry_at(attempts + 1, now=now, asked=None, draw=draws[attempts % 300], since=NOW)) is not None:
        now, attempts = again, attempts + 1

    assert now - NOW >= timedelta(hours=72)
    assert attempts + 1 >= LEAST_ATTEMPTS


def test_a_machine_that_slept_still_tries() -> None:
    """
    Four days old and tried once is not given up.
    """
    assert retry_at(1, now=NOW, asked=None, draw=0.0, since=NOW - timedelta(days=4)) is not None


def test_without_the_message_age_the_attempts_decide() -> None:
    """
    So many waits that three days are over by far.
    """
    assert retry_at(MOST_ATTEMPTS - 1, now=NOW, asked=None, draw=0.5) is not None
    assert retry_at(MOST_ATTEMPTS, now=NOW, asked=None, draw=0.5) is None
