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
        The ship-by the others share, or None; None, too, where they were last shown so long ago that their date may be another by now.
        """
        return None if self._others_are_old else self.others.norm(self.policy)

    @property
    def _others_are_old(self) -> bool:
        """
        Say whether the line was seen so long after the others that the source which showed them would be called silent (DOMAIN §10).
        """
        shown_at = self.context.census.as_of
        if shown_at is None:
            return False
        silent_after = self.calendar.shifted(local_date(shown_at, self.zone), self.policy.blind_rhythms * self.policy.inbox_rhythm_days)
        return local_date(self.line.sightings[-1].seen_until, self.zone) > silent_after

    @property
    def siblings(self) -> Siblings:
        """
        Those who share a date and that date; else all others, and the date most of them share. When they were shown stands beside it.
        """
        shared = self.others.norm(self.policy)
        if shared is not None:
            return Siblings(self.others.counts[shared], shared)
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
    def shown_since(self) -> datetime:
        """
        When the present ship-by was first seen.
        """
        return self.moves[-1].seen_at if self.moves else self._first_dated_at

    @property
    def _first_dated_at(self) -> datetime:
        return next((s.as_of for s in self.line.sightings if s.known.ship_by), self.line.first_seen_at)

    @cached_property
    def reset(self) -> Move | None:
        """
        The last move earlier that did not follow the release date, unless its old ship-by or the release was reached again since.

        It was seen, whatever came after it: giving back a part does not undo it, nor is taking that part again another reset.
        """
        standing: list[Move] = []
        shown_since = self._first_dated_at
        for move in self.moves:
            if move.days_earlier < 0:
                standing = [] if self._fits_release(move.new) else [reset for reset in standing if reset.old > move.new]
            elif not self._follows_release(move, shown_since) and all(move.new < reset.new for reset in standing):
                standing.append(move)
            shown_since = move.seen_at
        return standing[-1] if standing else None

    def _follows_release(self, move: Move, shown_since: datetime) -> bool:
        """
        Say whether the release date moved earlier, too, since the old ship-by was first shown: by as much, or so that the new one fits it.
        """
        before, now = date_at(self.context.releases, shown_since), self.release
        if before is None or now is None or now >= before:
            return False
        return move.days_earlier <= (before - now).days or self._fits_release(move.new)

    def _fits_release(self, ship_by: date) -> bool:
        return self.release is not None and self.policy.fits(ship_by, self.release)

    @property
    def moved_days(self) -> int:
        """
        By how many days the ship-by is earlier than before its reset; 0 where there was none.
        """
        return (self.reset.old - self.ship_by).days if self.reset and self.ship_by else 0

    @property
    def is_moved_far(self) -> bool:
        """
        Say whether, the release date being unknown, a reset took the ship-by away by more than the tolerance.
        """
        return self.release is None and self.moved_days > self.policy.tolerance_days

    @cached_property
    def date_before_reset(self) -> date | None:
        """
        The ship-by that the last move earlier took away, also where a later one gave it back.
        """
        return next((move.old for move in reversed(self.moves) if move.days_earlier > 0), None)

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
