"""
Amazon's word is held against its own performance reports, day by day, until the order has left the windows in which it could count.

A report counts orders, it names none. So it is compared with the newest one of before the ship-by passed, and what other late orders on
record could explain is never laid at this one's door: then it says that it can't tell, and why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from watchdog.cases import rings
from watchdog.cases.lifecycle import MOVES, apply
from watchdog.terms.case import Case, CaseEvent, CaseState, CaseStep, Intent, Outcome
from watchdog.terms.health import HealthFigure, Metric, holds, leaves_on
from watchdog.terms.marketplace import BY_ID
from watchdog.terms.moments import end_of, local_date, show_instant, start_of
from watchdog.terms.promise import Check, Counted, Ground, Promise
from watchdog.terms.replies import promised_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

#: Endings after which the mark should be gone too.
_CANCELLED = frozenset({Outcome.CANCELLED_BY_BUYER, Outcome.CANCELLED_BY_SELLER, Outcome.CANCELLED_BY_AMAZON, Outcome.CANCELLED})


@dataclass(frozen=True, slots=True)
class Watched:
    """
    A case with everything its promise is read from.
    """

    case: Case
    steps: Sequence[CaseStep]
    figures: Sequence[HealthFigure] = ()  #: the late shipment rate of its marketplace, all windows, oldest first
    others_late_on: Sequence[date] = ()  #: ship-bys of other orders on record that were missed, marketplace dates
    order_open: bool = False  #: neither shipped nor cancelled yet: whatever a report says, it may still count tomorrow


def promise_of(watched: Watched) -> Promise | None:
    """
    Return the order under watch with what every report says of it; None for a product, and where no ship-by is known.
    """
    case, late_on = watched.case, watched.case.finding.ship_by
    if late_on is None or case.subject.order_id is None:
        return None
    zone = BY_ID[case.subject.marketplace_id].zone
    last = late_on if case.closed_at is None else max(late_on, local_date(case.closed_at, zone))
    leaves = tuple((window, leaves_on(last, window)) for window in Metric.LATE_SHIPMENT.windows)
    passed = end_of(late_on, zone)
    checks = [check for window, gone in leaves for check in _checks(watched, window, passed, gone)]
    checks.sort(key=lambda check: (check.as_of, check.window_days))
    return Promise(late_on, _since(watched, passed), leaves, tuple(checks))


def _since(watched: Watched, passed: datetime) -> datetime | None:
    """
    Return since when the order should not count: by Amazon's word, or because it was cancelled after its ship-by had passed.
    """
    case, promised = watched.case, promised_at(watched.steps)
    cancelled = case.closed_at if case.outcome in _CANCELLED and case.closed_at is not None and case.closed_at >= passed else None
    return max((moment for moment in (promised, cancelled) if moment is not None), default=None)


def _checks(watched: Watched, window: int, passed: datetime, gone: date) -> Iterable[Check]:
    zone = BY_ID[watched.case.subject.marketplace_id].zone
    figures = [figure for figure in watched.figures if figure.window_days == window]
    before = [figure for figure in figures if figure.as_of < passed]
    baseline = before[-1] if before else None
    worst = 0
    for figure in figures:
        if figure.as_of < passed:
            continue
        day = figure.window_to or local_date(figure.as_of, zone)
        new = [each for each in watched.others_late_on if _late_between(each, baseline, day)]
        check = _check(figure, day, baseline, others=len(new), worst=worst)
        if day >= gone or holds(figure, watched.case.finding.ship_by or day) is False:
            check = replace(check, counted=Counted.NOT_COUNTED, ground=Ground.LEFT)
        worst = max(worst, check.late or 0) if check.counted is Counted.COUNTED else worst
        yield check


def _late_between(missed: date, baseline: HealthFigure | None, day: date) -> bool:
    """
    Say whether another order's ship-by was missed after the baseline was made and before this report.
    """
    zone = None if baseline is None else BY_ID[baseline.marketplace_id].zone
    known = baseline is not None and zone is not None and end_of(missed, zone) <= baseline.as_of
    return missed < day and not known


def _check(figure: HealthFigure, day: date, baseline: HealthFigure | None, *, others: int, worst: int) -> Check:
    late, before = _late(figure), None if baseline is None else _late(baseline)
    counted, ground = _verdict(late, before, others, worst)
    return Check(figure.as_of, day, figure.window_days, counted, ground, late, figure.orders, before)


def _verdict(late: int | None, before: int | None, others: int, worst: int) -> tuple[Counted, Ground]:
    if late is None:
        return Counted.UNKNOWN, Ground.NO_COUNT
    if late == 0:
        return Counted.NOT_COUNTED, Ground.NONE_LATE
    if before is None:
        return Counted.UNKNOWN, Ground.NO_BASELINE
    if late > before + others:
        return Counted.COUNTED, Ground.MORE_THAN_BEFORE
    if late > before:
        return Counted.UNKNOWN, Ground.OTHERS_LATE
    return Counted.UNKNOWN, Ground.FELL if late < worst else Ground.NO_MORE_THAN_BEFORE


def _late(figure: HealthFigure) -> int | None:
    """
    Return how many orders count as late: as said, or worked out of the rate where the number of orders is known.
    """
    if figure.defects is not None:
        return figure.defects
    if figure.rate == 0:
        return 0
    if figure.rate is None or figure.orders is None:
        return None
    return round(figure.rate * figure.orders)


def kept(watched: Watched, promise: Promise, *, now: datetime) -> Intent | None:
    """
    Return what the newest report means for the case: still counted, the mark gone, the windows left; None where it says nothing new.
    """
    return next((intent for intent in _meant(watched, promise, now) if intent is not None), None)


def _meant(watched: Watched, promise: Promise, now: datetime) -> Iterator[Intent | None]:
    case, last, sure = watched.case, promise.last, promise.last_sure
    if last is not None and _is_broken(promise, last):
        yield _told(case, CaseEvent.COUNTED_LATE, _stamp(promise.since))
    if last is not None and _is_gone(promise, last) and not watched.order_open:
        yield _told(case, CaseEvent.MARK_REMOVED, _stamp(promise.counted_at), outcome=Outcome.CORRECTED)
    left = start_of(promise.until, BY_ID[case.subject.marketplace_id].zone) <= now
    if left and sure is not None and promise.since is not None and case.state.is_open:
        outcome = Outcome.COUNTED_LATE if sure.counted is Counted.COUNTED else Outcome.CORRECTED
        yield _told(case, CaseEvent.WINDOWS_LEFT, str(promise.until), outcome=outcome)


def _stamp(moment: datetime | None) -> str:
    return "" if moment is None else show_instant(moment)


def _is_broken(promise: Promise, last: Check) -> bool:
    return promise.since is not None and last.counted is Counted.COUNTED and last.as_of > promise.since


def _is_gone(promise: Promise, last: Check) -> bool:
    """
    Say whether a mark that stood in a report is no longer there, although the window still holds the order.
    """
    counted = promise.counted_at
    return promise.since is not None and counted is not None and last.ground is Ground.NONE_LATE and last.as_of > counted


def _told(case: Case, event: CaseEvent, what: str, *, outcome: Outcome | None = None) -> Intent | None:
    """
    Return the ring, once for each word of Amazon's or each mark; None where it was told or the case does not hear it.
    """
    key = rings.of_this_round(case, event, what)
    move = MOVES[case.state, event]
    if key in rings.told(case) or move is None or not move.rings:
        return None
    named = outcome if move.outcomes and outcome in move.outcomes else None
    standing = apply(case, event, outcome=named)
    return Intent(event, standing.state, case.finding, case, standing.outcome, rings=True, ring_key=key, severity=case.severity)


def was_missed(case: Case) -> bool:
    """
    Say whether the order's ship-by may have been missed for good, so that a report may count it.
    """
    return case.outcome in {None, Outcome.SHIPPED_LATE, Outcome.COUNTED_LATE, Outcome.DISMISSED, *_CANCELLED}


def is_under_watch(case: Case, steps: Sequence[CaseStep]) -> bool:
    """
    Say whether reports can mean something for the case: an order whose ship-by was missed, or of which Amazon promised something.
    """
    if case.subject.order_id is None or case.state is CaseState.DISMISSED or case.outcome is Outcome.MERGED:
        return False
    return promised_at(steps) is not None or case.outcome in _CANCELLED or case.state.is_open
