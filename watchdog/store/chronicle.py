"""
One line's stored history, and how a new statement is put into it so that the order of arrival makes no difference.

Only changes are stored, so a later look that showed the line unchanged exists only as a *confirmation*: derivable as long as nothing
lies between it and the state it confirms. When something arrives in between, the confirmation is *materialised*: stored as a state of its
own at its own time. Every stored state is something a look truly said, hence storing one more never falsifies the timeline; what must
never happen is that a confirmation stays unstored though it changed what was known. Two invariants hold per line and source:

1. what the source showed at a time is what its newest stored states up to that time say (several, where one look showed several rows);
2. a confirmation is unstored only if nothing stored from the confirmed state's time up to its own contradicts what it says.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING

from watchdog.terms.identity import LookNo
from watchdog.terms.observation import Facts, Interface
from watchdog.terms.preorder import State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence


_COMPARED = tuple(field.name for field in fields(Facts) if field.name != "updated_at")


@dataclass(slots=True, eq=False)
class Statement:
    """
    One statement about a line: stored (``no`` > 0), or about to be.
    """

    source: str
    interface: Interface
    look_no: LookNo
    as_of: datetime
    listed: bool
    facts: Facts
    digest: int | None
    late: bool = False
    no: int = 0

    def at(self, moment: Confirmation) -> Statement:
        """
        Return the same statement as the confirming look made it.
        """
        return Statement(self.source, self.interface, moment.look_no, moment.as_of, self.listed, self.facts, self.digest, late=True)

    def state(self) -> State:
        """
        Return it in the words of ``terms``; until when it was seen is not needed for folding.
        """
        return State(self.no, self.look_no, self.source, self.interface, self.as_of, self.as_of, self.listed, self.facts, self.late)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """
    A look at which a source showed the line as its newest state up to then says.
    """

    as_of: datetime
    look_no: LookNo
    sweep: bool  #: a complete look: it can also confirm that the line is absent
    sure: bool = True  #: it passed no row by, so a line it never showed was absent


@dataclass(frozen=True, slots=True)
class Shown:
    """
    What a source shows of the line now: the digests of its rows, and whether an equal row would be news all the same.
    """

    digests: Mapping[int, bool]  #: digest → it carries a ship-by
    stale: bool


def contradicts(one: Facts, other: Facts) -> bool:
    """
    Say whether both say something different of the same fact.
    """
    return any(
        (said := getattr(one, name)) is not None and (also := getattr(other, name)) is not None and said != also for name in _COMPARED
    )


class Chronicle:
    """
    The stored states of one line, the later confirmations that may have to be materialised, and what has to be written.
    """

    def __init__(self, told: Iterable[Statement], confirmed: Mapping[str, Sequence[Confirmation]]) -> None:
        """
        Keep the states, and each source's confirmations at or after the look being absorbed, oldest first.
        """
        self.told = list(told)
        self.news: list[Statement] = []
        self._confirmed = confirmed

    @property
    def sources(self) -> tuple[str, ...]:
        """
        Every source that has ever spoken of the line.
        """
        return tuple(dict.fromkeys(each.source for each in self.told))

    def tell(self, said: Statement, *, met: Callable[[int], bool]) -> bool:
        """
        Take in what a look shows of the line; False where that is no news. ``met`` says which digests the same look has shown already.
        """
        group = self._shown_at(said.source, said.as_of)
        if any(each.listed and each.digest == said.digest for each in group) and not self._is_news(group, said):
            return False
        self._put(said, met)
        return True

    def omit(self, said: Statement) -> bool:
        """
        Take in that a complete look did not show the line; False where another look of that very moment did, or it was absent before.
        """
        group = self._shown_at(said.source, said.as_of)
        seen_then = group and (group[0].as_of == said.as_of or any(self._confirmations(said.source, said.as_of, said.as_of)))
        if seen_then or not any(each.listed for each in group):
            return False
        self._put(said, lambda _digest: False)
        return True

    def shown(self, source: str) -> Shown | None:
        """
        Return what the source shows now; None where it does not list the line.
        """
        group = [each for each in self._newest(source) if each.listed]
        digests = {each.digest: each.facts.ship_by is not None for each in group if each.digest is not None}
        if not digests:
            return None
        return Shown(digests, len(digests) > 1 or self._is_contradicted(group, group[0].as_of, None))

    def is_listed(self) -> bool:
        """
        Say whether some source's newest word of the line lists it.
        """
        return any(each.listed for source in self.sources for each in self._newest(source))

    def _newest(self, source: str) -> list[Statement]:
        return _last_moment(each for each in self.told if each.source == source)

    def _shown_at(self, source: str, moment: datetime) -> list[Statement]:
        """
        Return the statements that tell what the source showed at this moment: those of its last moment up to then.
        """
        return _last_moment(each for each in self.told if each.source == source and each.as_of <= moment)

    def _is_news(self, group: list[Statement], said: Statement) -> bool:
        since = group[0].as_of
        if since == said.as_of:
            return False
        return sum(each.listed for each in group) > 1 or self._is_contradicted(group, since, said.as_of)

    def _is_contradicted(self, group: list[Statement], since: datetime, until: datetime | None) -> bool:
        """
        Say whether anything stored from ``since`` on (up to ``until``) says otherwise than the group.
        """
        return any(
            contradicts(other.facts, each.facts)
            for other in self.told
            if other.listed and other.as_of >= since and (until is None or other.as_of <= until) and other not in group
            for each in group
            if each.listed
        )

    def _put(self, said: Statement, met: Callable[[int], bool]) -> None:
        said.late = self._was_seen_after(said.as_of)
        for source in dict.fromkeys((*self.sources, said.source, *self._confirmed)):
            own = source == said.source
            for due in tuple(self._own_due(said, met) if own else self._other_due(source, said)):
                self._store(due)
        self._store(said)

    def _store(self, told: Statement) -> None:
        self.told.append(told)
        self.news.append(told)

    def _own_due(self, said: Statement, met: Callable[[int], bool]) -> Iterator[Statement]:
        """
        Yield the confirmations of the same source that would otherwise be read as confirming the new statement.
        """
        group = self._shown_at(said.source, said.as_of)
        standing = [each for each in group if each.listed and each.as_of < said.as_of and each.digest != said.digest]
        then = Confirmation(said.as_of, said.look_no, sweep=False)
        at_once = next(self._confirmations(said.source, said.as_of, said.as_of), None)
        for each in standing:
            if at_once is not None:
                yield each.at(at_once)
            elif said.listed and each.digest is not None and met(each.digest):
                yield _live(each.at(then), late=said.late)
        yield from self._next_of_own(said, [each for each in group if each.listed])

    def _next_of_own(self, said: Statement, standing: list[Statement]) -> Iterator[Statement]:
        if said.listed and {each.digest for each in standing} == {said.digest}:
            return
        ever = any(each.source == said.source and each.as_of <= said.as_of for each in self.told)
        for later in self._confirmations(said.source, said.as_of, None):
            if later.as_of == said.as_of:
                continue
            if any(each.source == said.source and said.as_of < each.as_of <= later.as_of for each in self.told):
                return
            if standing:
                yield from (each.at(later) for each in standing)
                return
            if later.sweep and (ever or later.sure) and said.listed:
                yield Statement(
                    said.source, said.interface, later.look_no, later.as_of, listed=False, facts=Facts(), digest=None, late=True
                )
                return

    def _other_due(self, source: str, said: Statement) -> Iterator[Statement]:
        """
        Yield another source's confirmations that the new statement would otherwise hide.
        """
        if not said.listed:
            return
        group = self._shown_at(source, said.as_of)
        if not any(each.listed and contradicts(said.facts, each.facts) for each in group):
            return
        at_once = next(self._confirmations(source, said.as_of, said.as_of), None)
        if at_once is not None and group[0].as_of < said.as_of:
            yield from (each.at(at_once) for each in group if each.listed)
        later = next((each for each in self._confirmations(source, said.as_of, None) if each.as_of > said.as_of), None)
        if later is not None and self._shown_at(source, later.as_of)[0].as_of <= said.as_of:
            yield from (each.at(later) for each in group if each.listed)

    def _confirmations(self, source: str, start: datetime, end: datetime | None) -> Iterator[Confirmation]:
        for each in self._confirmed.get(source, ()):
            if each.as_of >= start and (end is None or each.as_of <= end):
                yield each

    def _was_seen_after(self, moment: datetime) -> bool:
        """
        Say whether a later sighting of the line is known, stored or confirmed.
        """
        if any(each.listed and each.as_of > moment for each in self.told):
            return True
        return any(
            later.as_of > moment and any(each.listed for each in self._shown_at(source, later.as_of))
            for source, confirmations in self._confirmed.items()
            for later in confirmations
        )


def _live(told: Statement, *, late: bool) -> Statement:
    told.late = late
    return told


def _last_moment(told: Iterable[Statement]) -> list[Statement]:
    """
    Return the statements of the newest moment among these.
    """
    newest: list[Statement] = []
    for each in told:
        if not newest or each.as_of > newest[0].as_of:
            newest = [each]
        elif each.as_of == newest[0].as_of:
            newest.append(each)
    return newest


def seen_until(state: Statement, following: datetime | None, confirmed: Sequence[datetime]) -> datetime:
    """
    Return when the statement was last confirmed: the last of ``confirmed`` (sorted) before the source's next statement.
    """
    upto = len(confirmed) if following is None else bisect_left(confirmed, following)
    return max(state.as_of, confirmed[upto - 1]) if upto else state.as_of
