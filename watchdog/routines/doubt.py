"""
The doubt step: Amazon is asked for the few orders about to be flagged or resolved, and for those with open cases (DESIGN §1).

A failed answer delays nothing: what is not confirmed says so, and what is over waits for the confirmation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from watchdog.routines.judgement import Judgement
from watchdog.store import Store, Transaction, casebook
from watchdog.terms.case import CaseState
from watchdog.terms.identity import OrderKey

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from watchdog.terms.case import Intent
    from watchdog.terms.finding import Finding
    from watchdog.terms.look import Batch

#: Orders asked for in one turn; a third of the burst Amazon allows stays for the next.
MOST = 20
#: Orders asked for in the name of a whole product: what is true of three that moved together is true of the others.
OF_PRODUCT = 3
#: An order whose case is open is asked for again no sooner than this, though nothing is about to happen to it.
EVERY = timedelta(minutes=3)


class Askable(Protocol):
    """
    A source that can be asked for single orders.
    """

    @property
    def name(self) -> str:
        """
        The stable name under which the journal keeps its mark.
        """

    def look(self, keys: Sequence[OrderKey], now: datetime) -> Iterator[Batch]:
        """
        Yield what these orders look like now; fewer where it can't say.
        """


@dataclass
class Doubt:
    """
    Chooses whom to ask for; what is answered is absorbed like any batch.
    """

    store: Store
    judgement: Judgement
    source: Askable
    missing: Callable[[Transaction, datetime], Iterable[OrderKey]] = lambda _tx, _now: ()  #: vanished without a trace (DOMAIN §10)
    _asked_at: dict[OrderKey, datetime] = field(default_factory=dict)

    def answers(self, now: datetime) -> Iterator[Batch]:
        """
        Yield Amazon's present word on the orders in doubt, the most pressing first.
        """
        keys = self._chosen(now)
        if not keys:
            return
        self._asked_at = {key: at for key, at in self._asked_at.items() if now - at < EVERY}
        self._asked_at |= dict.fromkeys(keys, now)
        yield from self.source.look(keys, now)

    def _chosen(self, now: datetime) -> tuple[OrderKey, ...]:
        with self.store.reading() as tx:
            foreseen = self.judgement.foreseen(tx, now)
            standing = casebook.open_cases(tx)
            vanished = tuple(self.missing(tx, now))
        pressing = dict.fromkeys(key for intent in sorted(foreseen, key=_loudest_first) for key in _orders_of(intent))
        watched = (*(key for case in standing for key in _named(case.finding)), *vanished)
        rest = (key for key in watched if key not in pressing and now - self._asked_at.get(key, _NEVER) >= EVERY)
        chosen = dict.fromkeys((*pressing, *sorted(rest, key=self._longest_ago)))
        return tuple(key for key in chosen if key.marketplace_id in self.judgement.asks)[:MOST]

    def _longest_ago(self, key: OrderKey) -> tuple[datetime, str]:
        return self._asked_at.get(key, _NEVER), key.order_id


_NEVER = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


def _orders_of(intent: Intent) -> Iterable[OrderKey]:
    """
    Return the orders whose answer decides: of what opens or rings, and of what would be over.
    """
    if intent.case is not None and not intent.rings and intent.state is not CaseState.RESOLVED:
        return ()
    return _named(intent.finding)


def _named(finding: Finding) -> Iterable[OrderKey]:
    place = finding.subject.marketplace_id
    if finding.subject.order is not None:
        return (finding.subject.order,)
    return [OrderKey(place, order_id) for order_id in finding.orders[:OF_PRODUCT]]


def _loudest_first(intent: Intent) -> tuple[int, bool, str]:
    return -intent.finding.severity.rank, intent.case is not None, intent.finding.subject.order_id or ""
