"""
Files handed over by hand, one turn each: what would have been flagged had they been dropped one after the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from watchdog.sources.files import Reading, modified_at, read_file
from watchdog.sources.litter import is_litter
from watchdog.sources.reasons import Notes
from watchdog.terms.errors import PlaceUnusable, UsageError
from watchdog.terms.look import Rest
from watchdog.terms.typed import typed_instant

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from watchdog.terms.identity import OrderKey
    from watchdog.terms.look import Batch, Mark


@dataclass(frozen=True, slots=True)
class Sighted:
    """
    One file and the moment it speaks of.
    """

    path: Path
    as_of: datetime


@dataclass
class Replay:
    """
    A source over ``PATH[@ISO]`` in the given order; a folder stands for its files by time, then name.
    """

    files: tuple[Sighted, ...]
    reading: Reading
    language: str = "en"  #: of what is said of rows that were not used
    name: str = "replay"
    _read: dict[str, Sighted] = field(default_factory=dict)  #: by content, so that a file can be read again

    def turns(self) -> Iterator[tuple[datetime, FileTurn]]:
        """
        Yield one source per file, with the moment at which the patrol is to poll it.
        """
        for file in self.files:
            yield file.as_of, FileTurn(self, (file,))

    def poll(self, mark: Mark | None, now: datetime) -> Iterator[Batch | Rest]:  # noqa: ARG002 - the port's signature
        """
        Yield the batches of all files at once, for who wants a single turn.
        """
        yield from self.batches(self.files)

    def look(self, keys: Sequence[OrderKey], now: datetime) -> Iterator[Batch]:  # noqa: ARG002 - the port's signature
        """
        Yield nothing: a file can't be asked.
        """
        return iter(())

    def again(self, content: str) -> Iterator[Batch]:
        """
        Yield the batches of the file of that content once more, if it was read before.
        """
        if file := self._read.get(content):
            yield from read_file(file.path, as_of=file.as_of, reading=self.reading)

    def batches(self, files: Sequence[Sighted]) -> Iterator[Batch | Rest]:
        """
        Yield the batches of these files and remember them; after a file with rows that were not used, what is to be said of it.

        Raises:
            PlaceUnusable: a file can't be read.
        """
        for file in files:
            notes = Notes(file.path.name, self.language)
            try:
                for batch in read_file(file.path, as_of=file.as_of, reading=self.reading):
                    self._read[batch.look.content or ""] = file
                    yield notes.following(batch)
            except OSError as error:
                raise PlaceUnusable(path=str(file.path), problem=error.strerror or str(error)) from error
            if notes.count:
                yield Rest(remarks=notes.first())


@dataclass(frozen=True)
class FileTurn:
    """
    One file of a replay as a source of its own.
    """

    replay: Replay
    files: tuple[Sighted, ...]
    name: str = "replay"

    def poll(self, mark: Mark | None, now: datetime) -> Iterator[Batch | Rest]:  # noqa: ARG002 - the port's signature
        """
        Yield the file's batches.
        """
        yield from self.replay.batches(self.files)

    def look(self, keys: Sequence[OrderKey], now: datetime) -> Iterator[Batch]:
        """
        Yield nothing: a file can't be asked.
        """
        return self.replay.look(keys, now)

    def again(self, content: str) -> Iterator[Batch]:
        """
        Yield the batches of an earlier file of the replay, or of this one, once more.
        """
        return self.replay.again(content)


def replay(arguments: Sequence[str], *, reading: Reading, releases: Path | None = None, language: str = "en") -> Replay:
    """
    Return the replay of ``PATH[@ISO]...``; a release list given apart is read first, as if known from the beginning.

    Raises:
        UsageError: a path does not exist, or what follows the ``@`` is no instant.
    """
    files = [file for argument in arguments for file in _sighted(argument, reading)]
    if releases is not None:
        if not releases.is_file():
            raise UsageError("path_absent", path=str(releases))
        start = min((file.as_of for file in files), default=modified_at(releases))
        files.insert(0, Sighted(releases, min(start, modified_at(releases))))
    return Replay(tuple(files), reading, language)


def _sighted(argument: str, reading: Reading) -> list[Sighted]:
    path, as_of = _split(argument, reading)
    if path.is_dir():
        found = [Sighted(file, as_of or modified_at(file)) for file in path.iterdir() if file.is_file() and not is_litter(file.name)]
        return sorted(found, key=lambda file: (file.as_of, file.path.name))
    return [Sighted(path, as_of or modified_at(path))]


def _split(argument: str, reading: Reading) -> tuple[Path, datetime | None]:
    whole = Path(argument)
    if whole.exists():
        return whole, None
    before, at, text = argument.rpartition("@")
    if not at or not Path(before).exists():
        raise UsageError("path_absent", path=before or argument)
    return Path(before), typed_instant(text, reading.home.zone)
