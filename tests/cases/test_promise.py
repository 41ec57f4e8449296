"""
Amazon's word held against its own figures: every report since, both windows, and honest about what figures can't tell.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.cases.makers_cases import a_case, a_finding, a_product_finding
from tests.makers import at
from watchdog.cases.promise import Watched, is_under_watch, kept, promise_of, was_missed
from watchdog.terms.case import Case, CaseEvent, CaseState, CaseStep, Outcome
from watchdog.terms.health import HealthFigure, Metric
from watchdog.terms.identity import CaseNo
from watchdog.terms.marketplace import BY_ID, JAPAN
from watchdog.terms.promise import Counted, Ground, Promise

if TYPE_CHECKING:
    from collections.abc import Sequence

TOKYO = BY_ID[JAPAN].zone
#: The day before the ship-by of 8 September was over, and days after.
BEFORE, AFTER = 8, 12
LATER = at(20)


def a_report(day: int, late: int | None, *, window: int = 30, orders: int | None = 50, month: int = 9, **fields: Any) -> HealthFigure:
    """
    Return the late shipments as reported at noon in Japan on that day.
    """
    said = datetime(2026, month, day, 3, tzinfo=UTC)
    return HealthFigure(JAPAN, Metric.LATE_SHIPMENT, window, said, "health enter", orders, late, **fields)


def said(event: CaseEvent, when: datetime, state: CaseState = CaseState.VERIFYING) -> CaseStep:
    """
    Return Amazon's answer as the seller noted it.
    """
    return CaseStep(CaseNo(1), when, event, state, "花子")


EXCLUDED = (said(CaseEvent.AMAZON_EXCLUDED, at(10)),)


def watched(*figures: HealthFigure, case: Case | None = None, steps: Sequence[CaseStep] = EXCLUDED, **fields: Any) -> Watched:
    """
    Return the incident's case, which Amazon said on the 10th to be excluded.
    """
    ordered = tuple(sorted(figures, key=lambda figure: figure.as_of))
    return Watched(case or a_case(CaseState.VERIFYING), steps, ordered, **fields)


def the_promise(*figures: HealthFigure, **fields: Any) -> Promise:
    """
    Return what these reports say of it.
    """
    promise = promise_of(watched(*figures, **fields))
    assert promise is not None
    return promise


@pytest.mark.parametrize(
    ("figures", "others", "counted", "ground"),
    [
        pytest.param([(BEFORE, 0), (AFTER, 0)], (), Counted.NOT_COUNTED, Ground.NONE_LATE, id="none at all is late"),
        pytest.param([(AFTER, 0)], (), Counted.NOT_COUNTED, Ground.NONE_LATE, id="none late needs no baseline"),
        pytest.param([(BEFORE, 0), (AFTER, 1)], (), Counted.COUNTED, Ground.MORE_THAN_BEFORE, id="one more than before"),
        pytest.param([(BEFORE, 3), (AFTER, 4)], (), Counted.COUNTED, Ground.MORE_THAN_BEFORE, id="one more among others"),
        pytest.param([(AFTER, 1)], (), Counted.UNKNOWN, Ground.NO_BASELINE, id="nothing to compare with"),
        pytest.param([(BEFORE, 0), (AFTER, 1)], (9,), Counted.UNKNOWN, Ground.OTHERS_LATE, id="another order of ours was late meanwhile"),
        pytest.param([(BEFORE, 0), (AFTER, 2)], (9,), Counted.COUNTED, Ground.MORE_THAN_BEFORE, id="more than the other explains"),
        pytest.param(
            [(BEFORE, 1), (AFTER, 2)], (5,), Counted.COUNTED, Ground.MORE_THAN_BEFORE, id="the other stands in the baseline already"
        ),
        pytest.param([(BEFORE, 2), (AFTER, 2)], (), Counted.UNKNOWN, Ground.NO_MORE_THAN_BEFORE, id="as many as before"),
        pytest.param([(BEFORE, 2), (AFTER, 3), (AFTER + 1, 2)], (), Counted.UNKNOWN, Ground.FELL, id="fewer, but older ones may have left"),
        pytest.param([(BEFORE, 0), (AFTER, None)], (), Counted.UNKNOWN, Ground.NO_COUNT, id="a report without figures"),
    ],
)
def test_a_report_says_counted_or_not_or_that_it_cannot_tell(
    figures: list[tuple[int, int | None]], others: tuple[int, ...], counted: Counted, ground: Ground
) -> None:
    """
    By comparison with the newest report of before the ship-by passed; other late orders on record are never laid at this one's door.
    """
    reports = [a_report(day, late) for day, late in figures]
    promise = the_promise(*reports, others_late_on=tuple(date(2026, 9, day) for day in others))

    assert promise.last is not None
    assert (promise.last.counted, promise.last.ground) == (counted, ground)


@pytest.mark.parametrize(
    ("rate", "orders", "late"),
    [(0.0, None, 0), (0.02, 50, 1), (0.02, None, None), (None, 50, None)],
    ids=["zero", "rate", "bare rate", "none"],
)
def test_a_rate_tells_the_count_where_it_can(rate: float | None, orders: int | None, late: int | None) -> None:
    """
    Typed figures may hold a rate only.
    """
    promise = the_promise(a_report(AFTER, None, orders=orders, rate=rate))

    assert [check.late for check in promise.checks] == [late]


def test_both_windows_are_read_and_the_one_that_counts_it_decides() -> None:
    """
    The 10-day window may have none while the other still has it.
    """
    promise = the_promise(a_report(BEFORE, 0), a_report(BEFORE, 0, window=10), a_report(AFTER, 1), a_report(AFTER, 0, window=10))

    assert [(check.window_days, check.counted) for check in promise.checks] == [(10, Counted.NOT_COUNTED), (30, Counted.COUNTED)]
    assert promise.last is not None and promise.last.counted is Counted.COUNTED


def test_the_windows_end_by_the_marketplaces_dates() -> None:
    """
    Missed on 8 September: gone from the 10-day window on the 18th, from the 30-day one on 8 October.
    """
    promise = the_promise(a_report(18, 1, window=10), a_report(17, 1, window=10))

    assert promise.leaves == ((10, date(2026, 9, 18)), (30, date(2026, 10, 8)))
    assert [check.ground for check in promise.checks] == [Ground.NO_BASELINE, Ground.LEFT]


def test_an_order_shipped_later_counts_later() -> None:
    """
    Late is what was confirmed after the ship-by: shipped on the 14th, it stays in the windows until the 24th and 14 October.
    """
    shipped = replace(a_case(CaseState.RESOLVED), outcome=Outcome.SHIPPED_LATE, closed_at=at(14))
    promise = the_promise(case=shipped)

    assert promise.leaves == ((10, date(2026, 9, 24)), (30, date(2026, 10, 14)))


def test_a_late_report_of_an_hour_before_midnight_is_of_that_day_in_japan() -> None:
    """
    15:30 UTC on the 17th is half past midnight on the 18th in Japan: the 10-day window has let go of the order.
    """
    late = replace(a_report(17, 1, window=10), as_of=datetime(2026, 9, 17, 15, 30, tzinfo=UTC))

    assert the_promise(late).checks[0].ground is Ground.LEFT


def test_a_product_and_an_order_without_date_are_not_watched() -> None:
    """
    There is nothing to compare.
    """
    assert promise_of(watched(case=a_case(finding=a_product_finding()))) is None
    assert promise_of(watched(case=a_case(finding=a_finding(ship_by=None)))) is None


# what it means for the case


def told(*figures: HealthFigure, now: datetime = LATER, **fields: Any) -> tuple[CaseEvent, CaseState, Outcome | None] | None:
    """
    Return what becomes of the case by these reports.
    """
    book = watched(*figures, **fields)
    promise = promise_of(book)
    assert promise is not None
    intent = kept(book, promise, now=now)
    return None if intent is None else (intent.event, intent.state, intent.outcome)


def test_a_broken_word_rings_and_the_ticket_is_open_again() -> None:
    """
    Excluded on the 10th, counted in the report of the 12th.
    """
    assert told(a_report(BEFORE, 0), a_report(AFTER, 1)) == (CaseEvent.COUNTED_LATE, CaseState.TICKET_SENT, None)


def test_a_report_of_before_amazons_word_breaks_nothing() -> None:
    """
    It was counted when Amazon promised to take it out; the next report will show.
    """
    assert told(a_report(BEFORE, 0), a_report(9, 1)) is None


def test_the_same_word_is_broken_once() -> None:
    """
    Day by day it is counted, and told the first time; Amazon's next word is held against the reports after it.
    """
    book = watched(a_report(BEFORE, 0), a_report(AFTER, 1), a_report(AFTER + 1, 1))
    promise = promise_of(book)
    assert promise is not None
    intent = kept(book, promise, now=at(20))
    assert intent is not None
    after = replace(book.case, state=intent.state, rung=book.case.rung | {intent.ring_key})
    again = (*EXCLUDED, said(CaseEvent.AMAZON_EXCLUDED, at(13)))

    assert told(a_report(BEFORE, 0), a_report(AFTER + 2, 1), case=after) is None
    assert told(a_report(BEFORE, 0), a_report(AFTER + 2, 1), case=replace(after, state=CaseState.VERIFYING), steps=again) == (
        CaseEvent.COUNTED_LATE,
        CaseState.TICKET_SENT,
        None,
    )


def test_a_word_that_was_taken_back_is_not_watched() -> None:
    """
    The answer was noted by mistake.
    """
    undone = CaseStep(CaseNo(1), at(11), CaseEvent.UNDO, CaseState.TICKET_SENT, "花子", detail={"undone": "amazon_excluded"})
    case = a_case(CaseState.TICKET_SENT)

    assert told(a_report(BEFORE, 0), a_report(AFTER, 1), case=case, steps=(*EXCLUDED, undone)) is None


def test_after_a_cancellation_the_mark_should_be_gone_and_its_end_is_told() -> None:
    """
    One late shipment stood on the 9th, the order was cancelled on the 10th, none stands on the 12th.
    """
    case = replace(a_case(CaseState.RESOLVED), outcome=Outcome.CANCELLED_BY_BUYER, closed_at=at(10))
    gone = told(a_report(BEFORE, 0), a_report(9, 1), a_report(AFTER, 0), case=case, steps=())

    assert gone == (CaseEvent.MARK_REMOVED, CaseState.RESOLVED, Outcome.CANCELLED_BY_BUYER)


def test_a_cancelled_order_that_still_counts_opens_its_case_again() -> None:
    """
    The seller believes the matter to be over.
    """
    case = replace(a_case(CaseState.RESOLVED), outcome=Outcome.CANCELLED_BY_BUYER, closed_at=at(10))
    still = told(a_report(BEFORE, 0), a_report(9, 1), a_report(AFTER, 1), case=case, steps=())

    assert still == (CaseEvent.COUNTED_LATE, CaseState.OPEN, None)


def test_cancelled_in_time_there_was_never_a_mark() -> None:
    """
    Before the ship-by had passed nothing could count.
    """
    case = replace(a_case(CaseState.RESOLVED), outcome=Outcome.CANCELLED_BY_BUYER, closed_at=at(7))

    assert told(a_report(BEFORE, 0), a_report(AFTER, 1), case=case, steps=()) is None


def test_an_order_that_has_not_left_is_not_settled_by_a_clean_report() -> None:
    """
    It may count tomorrow: neither shipped nor cancelled, its case stays.
    """
    figures = (a_report(BEFORE, 0), a_report(9, 1), a_report(AFTER, 0))

    assert told(*figures, order_open=True) is None
    assert told(*figures) == (CaseEvent.MARK_REMOVED, CaseState.RESOLVED, Outcome.CORRECTED)


@pytest.mark.parametrize(("late", "outcome"), [(0, Outcome.CORRECTED), (1, Outcome.COUNTED_LATE)])
def test_when_the_order_has_left_both_windows_the_last_sure_report_names_the_end(late: int, outcome: Outcome) -> None:
    """
    On 8 October, 30 days after the missed date, the watch is over; what was counted to the end is said so.
    """
    case = a_case(CaseState.VERIFYING)
    if late:
        case = replace(case, rung=case.rung | {"counted_late:2026-09-10T01:00:00Z"})
    figures = (a_report(BEFORE, 0), a_report(AFTER, late))

    assert told(*figures, now=at(7, month=10), case=case) is None
    assert told(*figures, now=at(8, month=10), case=case) == (CaseEvent.WINDOWS_LEFT, CaseState.RESOLVED, outcome)


def test_nobody_claims_an_end_that_no_report_has_shown() -> None:
    """
    Without a single telling report the case stays until the seller has looked himself.
    """
    assert told(a_report(AFTER, 1), now=at(8, month=10) + timedelta(days=30)) is None


@pytest.mark.parametrize(
    ("fields", "under"),
    [
        ({"state": CaseState.VERIFYING}, True),
        ({"state": CaseState.DISMISSED, "outcome": Outcome.DISMISSED}, False),
        ({"state": CaseState.RESOLVED, "outcome": Outcome.MERGED}, False),
        ({"state": CaseState.RESOLVED, "outcome": Outcome.RESTORED}, False),
        ({"state": CaseState.RESOLVED, "outcome": Outcome.CANCELLED_BY_BUYER}, True),
    ],
)
def test_what_is_under_watch(fields: dict[str, Any], under: bool) -> None:
    """
    What is open or cancelled; whatever else is over only where Amazon has promised something.
    """
    case = replace(a_case(), **fields)

    assert is_under_watch(case, ()) is under


@pytest.mark.parametrize("outcome", [None, *Outcome])
def test_only_what_may_have_been_missed_explains_a_figure(outcome: Outcome | None) -> None:
    """
    A restored or merged order was never late.
    """
    harmless = {Outcome.RESTORED, Outcome.RELEASE_CORRECTED, Outcome.CORRECTED, Outcome.SHIPPED_IN_TIME, Outcome.MERGED}

    assert was_missed(replace(a_case(), outcome=outcome)) is (outcome not in harmless)
