"""
Account health in figures: what Amazon counts, against which target, and how many whole orders are left until it is missed; pure.

Counting is exact (fractions, never floats). A window rolls on: as many orders leave it as come, so one more defect is one more of the same
number of orders. With growing sales that errs on the careful side.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from watchdog.terms.identity import MarketplaceId
from watchdog.terms.metric import Metric

if TYPE_CHECKING:
    from watchdog.terms.policy import Policy

__all__ = [
    "Aim",
    "HealthFigure",
    "HealthStanding",
    "Level",
    "Metric",
    "as_fraction",
    "headroom_of",
    "holds",
    "leaves_on",
    "per_cent",
    "rate_with",
    "standing",
]


class Aim(StrEnum):
    """
    On which side of its target a figure must stay; on the target itself it is missed.
    """

    BELOW = "below"
    ABOVE = "above"
    EXACTLY = "exactly"


@dataclass(frozen=True, slots=True)
class HealthFigure:
    """
    One metric of one window as one source said it; None always means "not said". Rates and targets are shares: 0.04 is 4 %.
    """

    marketplace_id: MarketplaceId
    metric: Metric
    window_days: int  #: 0 where the metric has no window
    as_of: datetime
    source: str
    orders: int | None = None  #: what is counted over: orders, shipments or units
    defects: int | None = None  #: those that count against the seller, whichever way the metric is told
    rate: float | None = None  #: as said: of defects, or (aim above) of what went well
    target: float | None = None
    status: str | None = None  #: Amazon's own word: GOOD, BAD, NONE, AT_RISK, …
    aim: Aim = Aim.BELOW
    window_from: date | None = None  #: first and last day of the window, marketplace dates
    window_to: date | None = None

    @property
    def counted(self) -> Fraction | None:
        """
        The share of defects by the counts, where both were said and fit together.
        """
        if self.orders is None or self.defects is None or not 0 <= self.defects <= self.orders:
            return None
        return Fraction(self.defects, self.orders) if self.orders else Fraction(0)

    @property
    def told(self) -> Fraction | None:
        """
        The share of defects by the rate, where one was said.
        """
        if self.rate is None:
            return None
        said = as_fraction(self.rate)
        return 1 - said if self.aim is Aim.ABOVE else said

    @property
    def contradicts_itself(self) -> bool:
        """
        Say whether the counts and the rate tell different things (they do in Amazon's own example): then the rate is Amazon's word.
        """
        if self.told is None or self.orders is None or self.defects is None:
            return False
        return self.counted is None or abs(self.counted - self.told) > _ROUNDING

    @property
    def share(self) -> Fraction | None:
        """
        The share of defects to judge by: counted, or told where the two disagree; None where neither is known.
        """
        if self.counted is None or self.contradicts_itself:
            return self.told
        return self.counted

    @property
    def shown(self) -> Fraction | None:
        """
        The share as the metric is told: of defects, or (aim above) of what went well.
        """
        share = self.share
        return share if share is None or self.aim is not Aim.ABOVE else 1 - share


#: Rates are rounded to a tenth of a per cent where people read them.
_ROUNDING = Fraction(6, 10_000)


def as_fraction(number: float) -> Fraction:
    """
    Return the number as it is written: 0.04 is 4/100, not the nearest binary fraction.
    """
    return Fraction(str(number))


class Level(StrEnum):
    """
    How a figure stands against its target.
    """

    GOOD = "good"
    NEAR = "near"  #: over 75 % of the target, or one more defect misses it (DOMAIN §5)
    MISSED = "missed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class HealthStanding:
    """
    A figure held against its target.
    """

    figure: HealthFigure
    level: Level
    target: float | None  #: in the figure's own sense, from its source, else the policy's
    target_is_policy: bool  #: the source named none
    limit: Fraction | None  #: the share of defects at which the target is missed
    headroom: int | None  #: with so many more defects it is missed; 0: it is; None: can't be told

    @property
    def used(self) -> Fraction | None:
        """
        How much of the limit is used up: 1 is missed.
        """
        share = self.figure.share
        return None if share is None or not self.limit else share / self.limit

    @property
    def aimed_at(self) -> str:
        """
        The target as people write it: ``< 4%``, ``> 95%``; empty where there is none.
        """
        if self.target is None or not self.figure.metric.is_rate:
            return ""
        return f"{'>' if self.figure.aim is Aim.ABOVE else '<'} {per_cent(as_fraction(self.target))}"


def per_cent(share: Fraction | None) -> str:
    """
    Return the share as ``3.2%``, with at most two decimals, cut off rather than rounded: 3.999% is not 4%.
    """
    if share is None:
        return ""
    return f"{int(share * 10_000) / 100:.2f}".rstrip("0").rstrip(".") + "%"


def standing(figure: HealthFigure, policy: Policy) -> HealthStanding:
    """
    Return how the figure stands; the target is the source's own, the policy's only where it named none.
    """
    own = figure.metric.target(policy) if figure.target is None else None
    target = figure.target if own is None else own
    limit = _limit(target, figure.aim) if figure.metric.is_rate else None
    headroom = headroom_of(figure, limit)
    return HealthStanding(figure, _level(figure, limit, headroom, policy), target, own is not None, limit, headroom)


def _limit(target: float | None, aim: Aim) -> Fraction | None:
    if target is None or aim is Aim.EXACTLY:
        return None
    return 1 - as_fraction(target) if aim is Aim.ABOVE else as_fraction(target)


def headroom_of(figure: HealthFigure, limit: Fraction | None, *, more: int = 0) -> int | None:
    """
    Return with how many more defects the limit is reached (0: it is), after ``more`` of them; None where the counts can't tell.
    """
    if limit is None or figure.counted is None or figure.contradicts_itself:
        return None
    orders = max(figure.orders or 0, 1)
    return max(0, -(-limit * orders // 1) - (figure.defects or 0) - more)


def rate_with(figure: HealthFigure, more: int) -> Fraction | None:
    """
    Return the share of defects with so many more (or fewer) of them in the same window; None where the counts can't tell.
    """
    if figure.counted is None or figure.contradicts_itself:
        return None
    return Fraction(max(0, (figure.defects or 0) + more), max(figure.orders or 0, 1))


def _level(figure: HealthFigure, limit: Fraction | None, headroom: int | None, policy: Policy) -> Level:
    if not figure.metric.is_rate:
        return _by_word(figure)
    share = figure.share
    if share is None or limit is None:
        return _by_word(figure)
    missed = share >= limit
    if figure.status == "BAD" or (missed and figure.status != "GOOD"):
        return Level.MISSED
    # Amazon's own GOOD beside a rate on the line is a rounded rate: near, not missed
    is_last = headroom == 1 and bool(figure.orders)
    return Level.NEAR if missed or is_last or share > limit * as_fraction(policy.near_limit_share) else Level.GOOD


_WORDS = {
    "GOOD": Level.GOOD,
    "NORMAL": Level.GOOD,
    "GREAT": Level.GOOD,
    "BAD": Level.MISSED,
    "AT_RISK": Level.NEAR,
    "WARNED": Level.NEAR,
    "DEACTIVATED": Level.MISSED,
    "SUSPENDED": Level.MISSED,
}


def _by_word(figure: HealthFigure) -> Level:
    """
    Judge by Amazon's word alone; a count that must be zero judges itself where no word was said.
    """
    if figure.status in _WORDS:
        return _WORDS[figure.status]
    if figure.aim is Aim.EXACTLY and figure.defects is not None:
        return Level.MISSED if figure.defects else Level.GOOD
    return Level.UNKNOWN


def leaves_on(counted_on: date, window_days: int) -> date:
    """
    Return the first day on which a window of so many days, ending on that day, no longer holds an order counted on ``counted_on``.

    Both are dates of the marketplace: counted on 1 September, an order is gone from the 10-day window that ends on 11 September.
    """
    return counted_on + timedelta(days=window_days)


def holds(figure: HealthFigure, day: date) -> bool | None:
    """
    Say whether the figure's window holds that marketplace date; None where the window is not known.
    """
    if figure.window_to is None or not figure.window_days:
        return None
    return figure.window_to - timedelta(days=figure.window_days) < day <= figure.window_to
