"""
The walk over an interface's pages: a sweep or an increment, taken up again where a crash or an empty bucket has ended it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from watchdog.sources.spapi.asking import Asker
from watchdog.sources.spapi.memory import SAME_LOOK, OrdersMemory, Side, Walk
from watchdog.sources.spapi.troubles import Rejected
from watchdog.terms.look import API, Batch, Ignored, Kind, Look, Row
from watchdog.terms.moments import show_instant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchdog.sources.spapi.asking import AnswerPage

#: The source's name; its looks are named below it, by kind and interface.
NAME = f"{API}orders"
SWEEP, UPDATES = "sweep", "updates"
#: Amazon shows nothing of the last two minutes.
_LAG = timedelta(minutes=2)
#: Increments look so far behind what the server says they speak of: a clock may be off, an update may be filed late.
OVERLAP = timedelta(minutes=2)
#: More pages than this are a loop, not a shop.
_MOST_PAGES = 2_000


@dataclass
class Walking:
    """
    One interface being walked; the memory is kept right after every page, because any page may be the last before a crash.
    """

    asker: Asker
    memory: OrdersMemory
    mark: Callable[[], Mapping[str, Any]]
    now: datetime

    @property
    def side(self) -> Side:
        """
        What is known of the interface.
        """
        return self.memory.of(self.asker.interface)

    def sweep(self) -> Iterator[Batch]:
        """
        Yield every open order, from the beginning.
        """
        yield from self._walk(Walk(SWEEP, self.now, dict(self.asker.sweep_question(self.now))))

    def updates(self) -> Iterator[Batch]:
        """
        Yield what changed since the server's last word.
        """
        since = min(self.side.watermark or self.now, self.now - _LAG) - OVERLAP
        yield from self._walk(Walk(UPDATES, self.now, dict(self.asker.updates_question(since))))

    def go_on(self, walk: Walk) -> Iterator[Batch]:
        """
        Yield the rest of a walk that was cut short.
        """
        if self.now - walk.began_at > SAME_LOOK or not self.asker.resumes:
            walk.whole = False
        try:
            yield from self._walk(walk)
        except Rejected:
            del self.side.walks[walk.kind]  # its token may have died early; a walk from the beginning tells whether it was more than that
            yield from self.sweep() if walk.kind == SWEEP else self.updates()

    def _walk(self, walk: Walk) -> Iterator[Batch]:
        look = self._look(walk)
        shown = walk.shown() if look.complete else []
        while True:
            page = self.asker.page(walk.question, walk.token, self.now)
            if shown:
                yield Batch(look, [Row(digest, 0, None) for digest in shown], _already_shown, last=False)
                shown = []
            looped = page.next_token is not None and (page.next_token == walk.token or walk.pages >= _MOST_PAGES)
            walk.went_on((row.digest for row in page.rows), page.next_token, self.now)
            last = page.next_token is None or looped
            self._note(walk, page, last=last)
            if looped:
                look = self._partial(look)
            yield Batch(look, page.rows, page.read, last=last, mark=self.mark())
            if last:
                return

    def _note(self, walk: Walk, page: AnswerPage, *, last: bool) -> None:
        side = self.side
        side.down_since = side.shut_until = None
        side.walks[walk.kind] = walk
        if not last:
            return
        del side.walks[walk.kind]
        if walk.kind == UPDATES:
            side.watermark, side.updated_at = page.watermark or walk.began_at - _LAG, self.now
            return
        side.swept_at, side.pages = walk.began_at, walk.pages
        if side.watermark is None:
            side.watermark, side.updated_at = walk.began_at - _LAG, walk.began_at

    def _look(self, walk: Walk) -> Look:
        """
        Return the look this walk is; one that goes on too late to be one moment's is a partial look of its own.
        """
        interface = self.asker.interface
        name = f"{self.asker.search.name} {walk.kind} {show_instant(walk.began_at)}"
        look = Look(f"{NAME}:{walk.kind}:{interface}", name, Kind.ORDERS, walk.began_at, interface, complete=walk.kind == SWEEP)
        return look if walk.whole else self._partial(look)

    def _partial(self, look: Look) -> Look:
        source = f"{NAME}:{UPDATES}:{self.asker.interface}"
        return Look(source, f"{look.name} rest", look.kind, self.now, look.interface, complete=False)


def _already_shown(_row: Row) -> Ignored:
    return Ignored("already_shown")
