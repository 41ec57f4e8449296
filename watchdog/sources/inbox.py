"""
The inbox folder: a file that stands still is claimed, read, and kept with its reasons; the seller's release list stays where it is.
"""

from __future__ import annotations

import stat
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from watchdog.sources.archive import PROCESSED, REJECTED, discard, dropped_name, expire, keep, kept, reason_beside
from watchdog.sources.claim import CLAIMED, claimed, restore
from watchdog.sources.files import Reading, digest_of, is_release_list, modified_at, read_file
from watchdog.sources.litter import is_litter
from watchdog.sources.reasons import Notes
from watchdog.terms.errors import PlaceUnusable, SourceUnavailable
from watchdog.terms.look import Batch, Kind, Look, Reason, Rest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from watchdog.terms.identity import OrderKey
    from watchdog.terms.look import Mark

#: A file that has not changed for so long is taken as complete.
STAND_STILL = timedelta(seconds=5)
#: So long after it was dropped a file can be taken; whoever waits for one waits so long.
READY_AFTER = STAND_STILL + timedelta(seconds=1)
#: The folders inside the inbox that are the program's own.
_OWN = frozenset({PROCESSED, REJECTED, CLAIMED})
#: Sellers' own reports hold buyers' data: no longer than this (DOMAIN §9).
KEEP_DAYS = 30


@dataclass(frozen=True, slots=True)
class _Found:
    path: Path
    size: int
    modified_ns: int

    @property
    def modified_at(self) -> datetime:
        return datetime.fromtimestamp(self.modified_ns // 1_000_000_000, UTC)


class Inbox:
    """
    The source "inbox". A file it has read lies in ``processed`` or ``rejected``, what it could not use is said beside it.

    The same order rows of the same moment are read once: dropped again they are kept with that reason and journalled as refused
    with ``file_repeated``. The same rows of another moment are news: what they say stood still, or came back. Files without rows and
    release lists are read whenever they are dropped.
    """

    name = "inbox"

    def __init__(
        self,
        folder: Path,
        *,
        releases_file: Path | None,
        reading: Reading,
        language: str,
        known: Callable[[str, datetime], bool],
        stand_still: timedelta = STAND_STILL,
        keep_days: int = KEEP_DAYS,
        reached: Callable[[str], None] = lambda _point: None,
    ) -> None:
        """
        Take the folder, which is made at the first poll, and who knows what was absorbed already.

        A file is kept ``keep_days`` days after it was read; with 0 it is deleted as soon as it was read. ``reached`` hears of the steps
        of a file's way: claimed, read, archived.
        """
        self._reached = reached
        self.folder = folder
        self.waiting: tuple[str, ...] = ()  #: names that did not stand still yet at the last poll
        self._releases_file = releases_file.resolve() if releases_file else None
        self._reading = reading
        self._language = language
        self._known = known
        self._stand_still = stand_still
        self._keep_days = keep_days
        self._seen: dict[str, _Found] = {}
        self._told: set[_Found] = set()  #: unreadable files that were already spoken of
        self._remarks: list[Reason] = []  #: what people should know of this poll

    def poll(self, mark: Mark | None, now: datetime) -> Iterator[Batch | Rest]:
        """
        Yield the release list where it changed, then every complete file: release lists first, then by the time they speak of.

        At last a Rest where there is something to say: a list that is not there, a folder in the folder, rows that were not used.

        Raises:
            PlaceUnusable: the folder can't be used.
        """
        self._remarks = []
        ready = self._ready(now)
        yield from self._releases(mark or {}, now)
        for found in ready:
            yield from self._taken(found, min(found.modified_at, now))
        if self._remarks:
            yield Rest(remarks=tuple(self._remarks))

    def look(self, keys: Sequence[OrderKey], now: datetime) -> Iterator[Batch]:  # noqa: ARG002 - the port's signature
        """
        Yield nothing: a folder can't be asked.
        """
        return iter(())

    def again(self, content: str) -> Iterator[Batch]:
        """
        Yield the batches of the newest kept file of that content once more, as the same look; nothing where it is gone.
        """
        same = [path for path in kept(self.folder / PROCESSED, content) if digest_of(path) == content]
        if same:
            path = max(same, key=modified_at)
            yield from read_file(path, as_of=modified_at(path), reading=self._reading, name=dropped_name(path))

    def _ready(self, now: datetime) -> list[_Found]:
        try:
            for folder in (self.folder, *(self.folder / name for name in (PROCESSED, REJECTED, CLAIMED))):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for name in (PROCESSED, REJECTED):
                expire(self.folder / name, now=now, keep_days=self._keep_days)
            restore(self.folder)
            clock = self._clock()
            found = list(self._files())
        except OSError as error:
            raise PlaceUnusable(path=str(self.folder), problem=error.strerror or str(error)) from error
        still = [file for file in found if self._stands_still(file, now, clock)]
        self._seen = {file.path.name: file for file in found if file not in still}
        self.waiting = tuple(self._seen)
        return sorted(still, key=lambda file: (not is_release_list(file.path, self._reading), file.modified_at, file.path.name))

    def _files(self) -> Iterator[_Found]:
        for path in self.folder.iterdir():
            status = path.lstat()
            if stat.S_ISDIR(status.st_mode) and path.name not in _OWN and not is_litter(path.name):
                self._remarks.append(Reason("inbox_folder", {"name": path.name}))
            if stat.S_ISREG(status.st_mode) and not is_litter(path.name) and path.resolve() != self._releases_file:
                yield _Found(path, status.st_size, status.st_mtime_ns)

    def _clock(self) -> datetime:
        """
        Return the file system's own time, which is that of the files even on another machine and while an earlier moment is judged.
        """
        clock = self.folder / CLAIMED / ".clock"
        clock.touch(mode=0o600)
        return modified_at(clock)

    def _stands_still(self, file: _Found, now: datetime, clock: datetime) -> bool:
        """
        Say whether the file is as it was at the last poll and as old as it must be.

        The age of a file from the future tells nothing: an earlier moment is judged, or a clock was set back.
        """
        before = self._seen.get(file.path.name)
        age = max(now, clock) - file.modified_at
        return before in {None, file} and (age >= self._stand_still or file.modified_at - now > self._stand_still)

    def _taken(self, found: _Found, as_of: datetime) -> Iterator[Batch]:
        try:
            with claimed(found.path) as path:
                if path is not None:
                    self._reached("file.claimed")
                    yield from self._read(path, as_of)
        except (OSError, SourceUnavailable) as error:
            if found not in self._told:
                self._told.add(found)
                problem = error.strerror or "" if isinstance(error, OSError) else str(error.values["problem"])
                look = Look(f"{self.name}:unknown", found.path.name, Kind.UNKNOWN, as_of)
                yield Batch(look, refused=Reason("file_unreadable", {"name": found.path.name, "problem": problem}))

    def _read(self, path: Path, as_of: datetime) -> Iterator[Batch]:
        """
        Yield the claimed file's batches, and move it on once the last one was taken.
        """
        notes = Notes(path.name, self._language)
        content = ""
        for batch in self._unless_known(read_file(path, as_of=as_of, reading=self._reading), path.name):
            content = batch.look.content or ""
            yield notes.following(batch)
        rejected = notes.refused is not None and notes.refused.code != "file_repeated"
        folder = self.folder / (REJECTED if rejected else PROCESSED)
        self._reached("file.read")
        if self._keep_days > 0:
            beside = reason_beside(keep(path, folder, content=content, as_of=as_of, reason=notes.text()))
        else:
            beside = discard(path, folder, content=content, reason=notes.text())
        if notes.count:
            self._remarks.append(Reason("file_rows_unused", {"name": notes.name, "count": notes.count, "path": str(beside)}))
        self._reached("file.archived")

    def _unless_known(self, batches: Iterator[Batch], name: str) -> Iterator[Batch]:
        first = next(batches)
        look = first.look
        if first.rows and look.content is not None and self._known(look.content, look.as_of):
            yield Batch(replace(look, complete=False), refused=Reason("file_repeated", {"name": name}))
            return
        yield first
        yield from batches

    def _releases(self, mark: Mark, now: datetime) -> Iterator[Batch]:
        """
        Yield the configured release list where its content is another than the mark says.

        Its time is that of its last change; an older file put in the place of a newer one speaks of now.
        """
        path = self._releases_file
        if path is None:
            return
        if not path.is_file():
            self._remarks.append(Reason("releases_file_absent", {"path": str(path)}))
            return
        try:
            content, changed = digest_of(path), min(modified_at(path), now)
            if content == mark.get("releases"):
                return
            before = mark.get("releases_as_of")
            as_of = now if before and changed <= datetime.fromisoformat(before) else changed
            notes = Notes(path.name, self._language)
            for batch in read_file(path, as_of=as_of, reading=self._reading):
                notes.following(batch)
                said = batch if batch.look.kind is Kind.RELEASES else _no_release_list(batch.look)
                yield replace(said, mark={**mark, "releases": content, "releases_as_of": as_of.isoformat()})
                if said is not batch:
                    return
            self._remarks += notes.first()
        except OSError as error:
            raise PlaceUnusable(path=str(path), problem=error.strerror or str(error)) from error


def _no_release_list(look: Look) -> Batch:
    look = replace(look, source="releases", kind=Kind.RELEASES, interface=None, complete=False)
    return Batch(look, refused=Reason("file_column_missing", {"name": look.name, "column": "release_date"}))
