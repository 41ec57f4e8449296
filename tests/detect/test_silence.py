"""
When a source counts as silent, refused, degraded or well, at each threshold (DOMAIN §10).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from watchdog.detect.silence import JudgedBy, blindness, conditions, seeing
from watchdog.terms.calendar import Calendar
from watchdog.terms.condition import ConditionKind
from watchdog.terms.finding import Severity
from watchdog.terms.look import Reason
from watchdog.terms.policy import Policy
from watchdog.terms.sight import Eye, Fallback, Missing, Sight, Trouble, TroubleKind

NOW = datetime(2026, 9, 10, 3, tzinfo=UTC)  # a Thursday, noon in Japan
RHYTHM = timedelta(minutes=15)
API, INBOX = Eye("spapi:orders", "spapi:orders", every=RHYTHM), Eye("inbox", "inbox", business_days=2)
#: Monday and Tuesday of the week before are holidays.
HOLIDAYS = frozenset({date(2026, 9, 1), date(2026, 9, 2)})
BY: JudgedBy = {"now": NOW, "policy": Policy(), "calendar": Calendar(HOLIDAYS), "zone": ZoneInfo("Asia/Tokyo")}
REFUSED = Trouble(TroubleKind.REFUSED, Reason("spapi_reauthorise"), NOW)
DOWN = Trouble(TroubleKind.UNAVAILABLE, Reason("spapi_no_interface"), NOW)
FALLBACK = Fallback("orders_v0", "orders_2026", Reason("spapi_no_interface"))


def seen(eye: Eye, **fields: Any) -> Sight:
    """
    Return a source that answered a minute ago, with orders open.
    """
    return Sight(eye, **{"answered_at": NOW - timedelta(minutes=1), "last_saw_at": NOW, "nothing_open": False, **fields})


def why(sight: Sight) -> str | None:
    """
    Return why it is silent.
    """
    found = blindness(sight, **BY)
    return None if found is None else found.reason.code


@pytest.mark.parametrize(("minutes", "code"), [(30, None), (31, "silent_no_answer")])
def test_two_rhythms_without_a_complete_answer(minutes: int, code: str | None) -> None:
    """
    Exactly two are still patience.
    """
    assert why(seen(API, answered_at=NOW - timedelta(minutes=minutes))) == code


def test_a_source_that_never_answered_is_counted_from_its_beginning() -> None:
    """
    Wrong credentials from the first day are silence, too; before anything was asked there is nothing to say.
    """
    assert why(seen(API, answered_at=None, begun_at=NOW - timedelta(minutes=31))) == "silent_never_answered"
    assert why(seen(API, answered_at=None)) is None


@pytest.mark.parametrize(
    ("day", "code"),
    [("2026-09-04", None), ("2026-09-03", "silent_no_file"), ("2026-08-31", "silent_no_file")],
    ids=["four business days", "five", "holidays between"],
)
def test_files_are_counted_in_business_days(day: str, code: str | None) -> None:
    """
    Two rhythms of two business days may pass.
    """
    at = datetime.fromisoformat(f"{day}T12:00:00+09:00").astimezone(UTC)

    assert why(seen(INBOX, answered_at=at)) == code


def test_weekends_and_holidays_do_not_count() -> None:
    """
    From Friday 28 August over a weekend and two holidays to Monday 7 September four business days pass.
    """
    by: JudgedBy = {**BY, "now": datetime(2026, 9, 7, 3, tzinfo=UTC)}

    assert blindness(seen(INBOX, answered_at=datetime(2026, 8, 28, 3, tzinfo=UTC)), **by) is None


def test_with_nothing_open_only_a_listed_release_makes_files_awaited() -> None:
    """
    It is counted from when the release was listed, not from the last file of last year.
    """
    long_ago = NOW - timedelta(days=200)

    assert why(seen(INBOX, nothing_open=True, answered_at=long_ago)) is None
    assert why(seen(INBOX, nothing_open=True, answered_at=long_ago, needed_since=NOW - timedelta(days=3))) is None
    assert why(seen(INBOX, nothing_open=True, answered_at=None, needed_since=NOW - timedelta(days=30))) == "silent_never_a_file"


def test_a_folder_of_which_nothing_is_expected_is_never_silent() -> None:
    """
    Beside an API the inbox is a help, no duty.
    """
    missing = Missing(9, 9, NOW - timedelta(days=1))

    assert why(seen(Eye("inbox", "inbox"), answered_at=NOW - timedelta(days=300), vanished=missing, undated=missing)) is None


@pytest.mark.parametrize(
    ("orders", "of", "silent"), [(2, 2, False), (3, 6, True), (3, 7, False), (7, 14, True)], ids=["few", "half", "less", "many"]
)
def test_at_least_three_and_at_least_half_make_it_blind(orders: int, of: int, *, silent: bool) -> None:
    """
    Of windows that are gone, and of orders that vanished.
    """
    missing = Missing(orders, of, NOW - timedelta(hours=1))

    assert why(seen(API, undated=missing)) == ("silent_without_dates" if silent else None)
    assert why(seen(API, vanished=missing)) == ("silent_vanished" if silent else None)


def test_a_source_that_answers_by_itself_has_a_rhythm_to_explain_what_vanished() -> None:
    """
    Orders that were shipped leave the list at once and are shown as shipped by the next increments; files explain nothing.
    """
    just_now = Missing(9, 9, NOW - timedelta(minutes=14))

    assert why(seen(API, vanished=just_now)) is None
    assert why(seen(INBOX, vanished=just_now)) == "silent_vanished"


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, "ok"),
        ({"trouble": DOWN}, "degraded"),
        ({"fallback": FALLBACK}, "degraded"),
        ({"trouble": REFUSED}, "refused"),
        ({"trouble": DOWN, "answered_at": NOW - timedelta(hours=1)}, "silent"),
        ({"trouble": REFUSED, "answered_at": NOW - timedelta(hours=1)}, "refused"),
    ],
    ids=["well", "down", "another speaks", "refused", "down for long", "refused for long"],
)
def test_the_state_names_what_helps_most(fields: dict[str, Any], state: str) -> None:
    """
    A refusal is said as one however long it lasts: only a person can end it.
    """
    assert seeing(seen(API, **fields), **BY).state == state


def test_a_refusal_and_the_silence_it_makes_are_urgent_once() -> None:
    """
    The silence is repeated; the refusal beside it is only said.
    """
    early = {each.kind: each.severity for each in conditions(seen(API, trouble=REFUSED), **BY)}
    late = {each.kind: each.severity for each in conditions(seen(API, trouble=REFUSED, answered_at=NOW - timedelta(hours=1)), **BY)}

    assert early == {ConditionKind.ACCESS_REFUSED: Severity.URGENT}
    assert late == {ConditionKind.SOURCE_SILENT: Severity.URGENT, ConditionKind.ACCESS_REFUSED: Severity.WARNING}


@pytest.mark.parametrize(("by_person", "step"), [(False, "step_fallback"), (True, "step_connect")])
def test_another_voice_is_a_warning_with_its_step(*, by_person: bool, step: str) -> None:
    """
    An outage passes by itself; a missing role does not.
    """
    (found,) = conditions(seen(API, fallback=Fallback("orders_v0", "orders_2026", DOWN.reason, by_person=by_person)), **BY)

    assert (found.kind, found.severity, found.step and found.step.code) == (ConditionKind.SOURCE_DEGRADED, Severity.WARNING, step)


def test_an_order_that_never_had_a_window_makes_nobody_blind() -> None:
    """
    A source that answered and showed no date yet is well; it says so.
    """
    assert seeing(seen(INBOX, last_saw_at=None), **BY).reason.code == "sight_waiting"
    assert seeing(seen(INBOX, nothing_open=True), **BY).reason.code == "sight_peace"
