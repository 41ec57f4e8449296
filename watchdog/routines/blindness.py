"""
Keeps watch over the watch: which sources see, and what must be said where one does not (DOMAIN §10).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from watchdog.detect import silence
from watchdog.store import Store, Transaction, history, journal, sights
from watchdog.terms.calendar import Calendar
from watchdog.terms.condition import Condition, ConditionKind
from watchdog.terms.errors import SourceChanged, SourceError, SourceRefused
from watchdog.terms.look import API, Mark, Reason
from watchdog.terms.moments import local_date
from watchdog.terms.policy import Policy
from watchdog.terms.sight import Eye, Fallback, Sight, TroubleKind

if TYPE_CHECKING:
    from watchdog.terms.identity import OrderKey

#: Of the orders that vanished so many are offered to the doubt step, which takes its turns with them.
_ASKED_FOR = 200


def remember(store: Store, source: str, error: SourceError | None, *, answered: bool, now: datetime) -> None:
    """
    Note what stands between us and a source, or that nothing does any more; unchanged, nothing is written.

    An API that was not asked in this turn, because its limit or its patience is used up, is as it was: only an answer ends its trouble.
    """
    with store.reading() as tx:
        known = sights.troubles(tx).get(source)
    if error is None:
        if known is not None and (answered or not source.startswith(API)):
            with store.writing() as tx:
                sights.forget_trouble(tx, source)
        return
    kind, reason = _kind_of(error), Reason(error.code, error.values)
    if known is None or (known.kind, known.reason) != (kind, reason):
        with store.writing() as tx:
            sights.note_trouble(tx, source, kind, reason, now=now)


def _kind_of(error: SourceError) -> TroubleKind:
    if isinstance(error, SourceRefused):
        return TroubleKind.REFUSED
    return TroubleKind.CHANGED if isinstance(error, SourceChanged) else TroubleKind.UNAVAILABLE


@dataclass(frozen=True, slots=True)
class Lookout:
    """
    A source that is expected to see, and how its rhythm follows from its mark where it is not always the same.
    """

    eye: Eye
    every: Callable[[Mark | None], timedelta] | None = None
    speaking: Callable[[Mark | None], Fallback | None] = lambda _mark: None  #: who speaks in its place

    def now_expected(self, tx: Transaction) -> Eye:
        """
        Return the eye with the rhythm it has now.
        """
        return self.eye if self.every is None else replace(self.eye, every=self.every(journal.mark(tx, self.eye.asked_as)))


@dataclass(frozen=True)
class Blindness:
    """
    Watches the sources at every turn, and tells how each is doing whenever it is asked.
    """

    lookouts: Sequence[Lookout]
    policy: Policy
    calendar: Calendar
    zone: ZoneInfo
    kinds: ClassVar[tuple[ConditionKind, ...]] = (
        ConditionKind.SOURCE_SILENT,
        ConditionKind.SOURCE_DEGRADED,
        ConditionKind.ACCESS_REFUSED,
    )

    def observe(self, tx: Transaction, now: datetime) -> Iterator[Condition]:
        """
        Count anew what has gone missing, and yield what must be said; part of the judging transaction.
        """
        today, since = local_date(now, self.zone), history.judged(tx).state
        for lookout in self.lookouts:
            eye = lookout.now_expected(tx)
            sights.renew(tx, eye, today=today, since_state=since)
            yield from silence.conditions(self._sight(tx, lookout, now), **self._judged_by(now))

    def missing(self, tx: Transaction, now: datetime) -> tuple[OrderKey, ...]:
        """
        Return the orders that vanished and that nothing explains yet: the doubt step asks for them one by one.
        """
        today = local_date(now, self.zone)
        return tuple(key for lookout in self.lookouts for key in sights.missing_orders(tx, lookout.eye, today=today, most=_ASKED_FOR))

    def seeings(self, tx: Transaction, now: datetime) -> tuple[silence.Seeing, ...]:
        """
        Return how each source is doing; nothing is written.
        """
        return tuple(silence.seeing(self._sight(tx, lookout, now), **self._judged_by(now)) for lookout in self.lookouts)

    def _sight(self, tx: Transaction, lookout: Lookout, now: datetime) -> Sight:
        seen = sights.sight(tx, lookout.now_expected(tx), today=local_date(now, self.zone))
        return replace(seen, fallback=lookout.speaking(journal.mark(tx, lookout.eye.asked_as)))

    def _judged_by(self, now: datetime) -> silence.JudgedBy:
        return {"now": now, "policy": self.policy, "calendar": self.calendar, "zone": self.zone}
