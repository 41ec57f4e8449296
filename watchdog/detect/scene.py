"""
One order line set against its product: everything a rule may look at, computed once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from watchdog.detect.belief import Belief, believe, date_at
from watchdog.detect.norm import Others
from watchdog.terms.calendar import Calendar
from watchdog.terms.finding import Siblings
from watchdog.terms.marketplace import BY_ID
from watchdog.terms.moments import local_date
from watchdog.terms.observation import Interface
from watchdog.terms.policy import Policy
from watchdog.terms.preorder import Preorder
from watchdog.terms.verdict import Context

if TYPE_CHECKING:
    from datetime import date
    from zoneinfo import ZoneInfo

    from watchdog.terms.preorder import Move


@dataclass(frozen=True)
class Scene:
    """
    A line, its product and the moment of judging.
    """

    line: Preorder
    context: Context
    policy: Policy
    calendar: Calendar
    now: datetime

    @property
    def zone(self) -> ZoneInfo:
        """
        The marketplace's zone.
        """
        return BY_ID[self.context.product.marketplace_id].zone

    @property
    def today(self) -> date:
        """
        The marketplace's date now.
        """
        return local_date(self.now, self.zone)

    @cached_property
    def belief(self) -> Belief:
        """
        The believed release date.
        """
        return believe(self.context, policy=self.policy, calendar=self.calendar)

    @property
    def release(self) -> date | None:
        """
        The believed release date, or None.
        """
        return self.belief.date

    @cached_property
    def others(self) -> Others:
        """
        The product's other open pre-orders.
        """
        return Others.of(self.line, self.context.census)

    @cached_property
    def norm(self) -> date | None:
        """
        The ship-by the others share, or None.
        """
        return self.others.norm(self.policy)

    @property
    def siblings(self) -> Siblings:
        """
        Those who share the norm and their date; without a norm all others, and the date they all share if they do.
        """
        if self.norm is not None:
            return Siblings(self.others.counts[self.norm], self.norm)
        return Siblings(self.others.total, self.others.agreed(self.policy))

    @property
    def ship_by(self) -> date | None:
        """
        The line's ship-by.
        """
        return self.line.ship_by

    @property
    def gap(self) -> int | None:
        """
        Release date − ship-by in days; None where either is unknown.
        """
        if self.release is None or self.ship_by is None:
            return None
        return (self.release - self.ship_by).days

    @property
    def is_gap_wide(self) -> bool:
        """
        Say whether the ship-by lies before release by more than the tolerance.
        """
        return self.gap is not None and self.gap > self.policy.tolerance_days

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """
        The ship-by's changes, without the one-day difference between two interfaces that is no move (DOMAIN §5).
        """
        return tuple(move for move in self.line.moves if not _is_reading_difference(move))

    @cached_property
    def reset(self) -> Move | None:
        """
        The last move, if it went earlier and the release date did not move earlier by as much.
        """
        last = self.moves[-1] if self.moves else None
        if last is None or last.days_earlier <= 0 or last.days_earlier <= self._release_moved_earlier(last):
            return None
        return last

    def _release_moved_earlier(self, move: Move) -> int:
        before, now = date_at(self.context.releases, move.before_at), self.release
        return (before - now).days if before is not None and now is not None else 0

    @property
    def moved_days(self) -> int:
        """
        By how many days the last move went earlier; 0 where it did not.
        """
        return self.reset.days_earlier if self.reset else 0

    @cached_property
    def date_before_reset(self) -> date | None:
        """
        The latest ship-by that a move took away and no later one gave back.
        """
        taken = [move.old for move in self.moves if move.days_earlier > 0]
        return max(taken, default=None)

    @cached_property
    def left_pending_at(self) -> datetime | None:
        """
        When the line became ready to ship: its ``reporting-date``, else when it was first seen out of pending availability.
        """
        known = self.line.known
        if known.fulfillable_at is not None:
            return known.fulfillable_at
        left = (s.as_of for s in self.line.sightings if s.known.status is not None and s.known.status.has_left_pending_availability)
        return next(left, None)

    @property
    def stands_alone(self) -> bool:
        """
        Say whether the others have a norm (or at least two agree) and this line is earlier than they are (DOMAIN §5, cause).
        """
        agreed = self.others.agreed(self.policy)
        return agreed is not None and self.ship_by is not None and self.ship_by < agreed

    def is_early(self, moment: datetime) -> bool:
        """
        Say whether leaving pending at that moment was well before release (or, release unknown, before the norm).
        """
        release = self.release or self.norm
        return release is not None and (release - local_date(moment, self.zone)).days > self.policy.left_pending_days


def _is_reading_difference(move: Move) -> bool:
    return abs(move.days_earlier) == 1 and Interface(move.interface) is not Interface(move.old_interface)
