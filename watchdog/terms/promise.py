"""
Amazon's word held against its own figures: what each performance report says of one order, as far as figures can tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Counted(StrEnum):
    """
    Whether a report counts the order as a late shipment.
    """

    COUNTED = "counted"
    NOT_COUNTED = "not_counted"
    UNKNOWN = "unknown"  #: the figures can't tell


class Ground(StrEnum):
    """
    Why a report is read as it is.
    """

    NONE_LATE = "none_late"  #: no late order at all in the window
    MORE_THAN_BEFORE = "more_than_before"  #: more than before the ship-by passed, and no other late order on record explains it
    OTHERS_LATE = "others_late"  #: as many other orders of ours were late meanwhile
    NO_MORE_THAN_BEFORE = "no_more_than_before"  #: late orders of before may still stand in it
    FELL = "fell"  #: fewer than while it was counted, but older ones may have left the window
    NO_BASELINE = "no_baseline"  #: no report from before the ship-by passed to compare with
    NO_COUNT = "no_count"  #: the report names neither orders nor a rate that tells
    LEFT = "left"  #: the window no longer reaches back to the order


@dataclass(frozen=True, slots=True)
class Check:
    """
    One window of one performance report, read for one order.
    """

    as_of: datetime
    day: date  #: the report's last day, a date of the marketplace
    window_days: int
    counted: Counted
    ground: Ground
    late: int | None = None  #: late orders in the window
    orders: int | None = None  #: all orders in the window
    before: int | None = None  #: late orders in the newest report of before the ship-by passed


@dataclass(frozen=True, slots=True)
class Promise:
    """
    One order under watch: since when, until when, and what every report since has said.
    """

    late_on: date  #: the ship-by that was missed, a date of the marketplace
    since: datetime | None  #: Amazon's word, or the order's cancellation; None: nothing was promised
    leaves: tuple[tuple[int, date], ...]  #: each window in days, and the first day on which it no longer holds the order
    checks: tuple[Check, ...] = ()  #: oldest first

    @property
    def until(self) -> date:
        """
        The first day on which no window holds the order.
        """
        return max(day for _window, day in self.leaves)

    @property
    def last(self) -> Check | None:
        """
        What the newest report says: of its windows the one that counts the order, else the one that is sure it does not.
        """
        return _surest([check for check in self.checks if check.day == self.checks[-1].day])

    @property
    def last_sure(self) -> Check | None:
        """
        The newest report that could tell while the order stood in a window.
        """
        sure = [check for check in self.checks if check.counted is not Counted.UNKNOWN and check.ground is not Ground.LEFT]
        return _surest([check for check in sure if check.day == sure[-1].day])

    @property
    def counted_at(self) -> datetime | None:
        """
        When the newest report that counts the order was made.
        """
        return max((check.as_of for check in self.checks if check.counted is Counted.COUNTED), default=None)


def _surest(checks: list[Check]) -> Check | None:
    order = (Counted.COUNTED, Counted.NOT_COUNTED, Counted.UNKNOWN)
    return min(checks, key=lambda check: (order.index(check.counted), check.ground is Ground.LEFT), default=None)
