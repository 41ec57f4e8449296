"""
The seller's decision in figures: let it be counted, ask Amazon, or wait for the buyer to cancel; pure.

Nothing here says what Amazon or a buyer will do. A late shipment counts on the day its shipment is confirmed (reference ``spapi.md``
§6.2), so what is not confirmed yet counts on the release date at the earliest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from watchdog.terms.case import CaseEvent
from watchdog.terms.health import HealthFigure, Metric, headroom_of, holds, leaves_on, rate_with, standing
from watchdog.terms.marketplace import BY_ID
from watchdog.terms.moments import local_date
from watchdog.terms.money import Money

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from watchdog.terms.calendar import Calendar
    from watchdog.terms.case import CaseFile
    from watchdog.terms.letter import Asked
    from watchdog.terms.policy import Policy


@dataclass(frozen=True, slots=True)
class Effect:
    """
    One window before and after these orders count in it.
    """

    figure: HealthFigure
    before: Fraction | None  #: shares of defects; None where the counts can't tell
    after: Fraction | None
    room_before: int | None  #: so many more would miss the target; 0: it is missed
    room_after: int | None
    leaves_on: date | None  #: the first day on which the window no longer holds them; None where the day they count on is unknown
    already: bool  #: the figure's window holds that day already, so it may have counted them

    @property
    def misses(self) -> bool | None:
        """
        Say whether the target is missed afterwards; None where the counts can't tell.
        """
        return None if self.room_after is None else self.room_after == 0


@dataclass(frozen=True, slots=True)
class Choices:
    """
    The three ways side by side, and what happens if none is taken.
    """

    orders: int
    counts_on: date | None  #: the marketplace day they count on; None where the release date is unknown
    is_confirmed: bool  #: that day is past and known, no estimate
    late: tuple[Effect, ...]  #: the late shipment rate, the shorter window first; empty where no figure is known
    cancels_on: date | None  #: Amazon cancels what is not confirmed by then; None once it is confirmed, or without a ship-by
    cancelled: tuple[Effect, ...]  #: the cancellation rate then
    cancel_is_past: bool = False  #: that day is over, so it may have happened
    margin: Money | None = None  #: what the seller loses by a cancellation, as he says
    saving: Money | None = None  #: what the buyer would save elsewhere, where both prices were told


def in_figures(
    file: CaseFile,
    figures: Iterable[HealthFigure],
    *,
    policy: Policy,
    calendar: Calendar,
    now: datetime,
    margin: Money | None = None,
    asked: Asked | None = None,
) -> Choices | None:
    """
    Return the choices of an open case; None where nothing is left to choose.
    """
    case, finding = file.case, file.case.finding
    if not case.state.is_open:
        return None
    store = BY_ID[case.subject.marketplace_id]
    confirmed = next((local_date(step.at, store.zone) for step in reversed(file.steps) if step.event is CaseEvent.SHIPPED), None)
    counts_on = confirmed or _earliest(finding.release_date, local_date(now, store.zone))
    unconfirmed_by = finding.ship_by if confirmed is None else None
    cancels_on = None if unconfirmed_by is None else calendar.shifted(unconfirmed_by, policy.auto_cancel_business_days) + timedelta(days=1)
    mine = [figure for figure in figures if figure.marketplace_id == store.id]
    return Choices(
        orders=finding.order_count,
        counts_on=counts_on,
        is_confirmed=confirmed is not None,
        late=_windows(mine, Metric.LATE_SHIPMENT, finding.order_count, counts_on, policy, happened=confirmed is not None),
        cancels_on=cancels_on,
        cancelled=() if cancels_on is None else _windows(mine, Metric.CANCELLATION, finding.order_count, cancels_on, policy),
        cancel_is_past=cancels_on is not None and cancels_on <= local_date(now, store.zone),
        margin=margin,
        saving=_saving(asked),
    )


def _earliest(release_date: date | None, today: date) -> date | None:
    return None if release_date is None else max(release_date, today)


def _windows(
    figures: Sequence[HealthFigure], metric: Metric, orders: int, day: date | None, policy: Policy, *, happened: bool = False
) -> tuple[Effect, ...]:
    mine = sorted((each for each in figures if each.metric is metric), key=lambda each: each.window_days)
    return tuple(_counted(figure, orders, day, policy, happened=happened) for figure in mine)


def _counted(figure: HealthFigure, orders: int, day: date | None, policy: Policy, *, happened: bool) -> Effect:
    """
    Return the window with and without these orders; one that may have counted them already is told from the other side.
    """
    limit = standing(figure, policy).limit
    already = happened and day is not None and holds(figure, day) is True
    before, after = (-orders, 0) if already else (0, orders)
    return Effect(
        figure,
        rate_with(figure, before),
        rate_with(figure, after),
        headroom_of(figure, limit, more=before),
        headroom_of(figure, limit, more=after),
        leaves_on(day, figure.window_days) if day is not None else None,
        already,
    )


def _saving(asked: Asked | None) -> Money | None:
    if asked is None or asked.price_now is None or asked.price_paid is None or asked.price_now.currency != asked.price_paid.currency:
        return None
    saved = asked.price_paid.amount - asked.price_now.amount
    return Money(saved, asked.price_now.currency) if saved > 0 else None
