"""
Report text: blocks of bytes become lines, lines become cells; cells stay bytes, because decoding is what costs (machine.md §2a).

Splitting bytes is safe: no character of UTF-8 or CP932 contains the byte of TAB, LF, CR, a double quote or a comma.
"""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from watchdog.terms.look import Reason, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: No report row is longer; a longer line is not even held (a stray quote or a binary file would eat the memory).
LONGEST_LINE = 1 << 20
#: How far down a header is looked for: tools put a title above it, never a page.
_HEADER_DEPTH = 10
_SEPARATORS = (b"\t", b",", b";")
_QUOTED_CELL = re.compile(rb'[ ]*"((?:[^"]|"")*+)"[ \r]*')

#: So many records of a quoted file are handed on together.
_SOME = 2_000

#: What a data line became: its cells, or why it can't be used.
Cells = list[bytes] | Reason
#: Picks the wanted cells of a line, given as many cells as the header has and an empty one for columns that are not there.
Picker = Callable[[list[bytes]], tuple[bytes, ...]]


@dataclass(frozen=True, slots=True)
class Header:
    """
    A line that may name the columns.
    """

    place: int  #: line number, counted from 1
    line: bytes
    separator: bytes
    quoted: bool  #: cells may be quoted; in Amazon's TAB reports a quote is an inch sign (columns.md, point 3)
    names: tuple[str, ...]  #: folded; empty cells at the end are dropped
    spare: int = 0  #: how many empty cells were dropped; a row may have as many


def headers(head: bytes, encoding: str, aliases: Mapping[str, str]) -> Iterator[Header]:
    """
    Yield every way to read one of the document's first lines as a header.
    """
    filled = ((place, line) for place, line in enumerate(head.split(b"\n"), 1) if line and not line.isspace())
    for place, line in islice(filled, _HEADER_DEPTH):
        for separator in _SEPARATORS:
            if separator in line:
                yield _header(place, line, separator=separator, encoding=encoding, aliases=aliases)


def _header(place: int, line: bytes, *, separator: bytes, encoding: str, aliases: Mapping[str, str]) -> Header:
    cells = line.rstrip(b"\r").split(separator)
    quoted = separator != b"\t" or all(len(cell) > 1 and cell[:1] == cell[-1:] == b'"' for cell in cells)
    names = [fold(cell.decode(encoding, "replace")) for cell in cells]
    while names and not names[-1]:
        names.pop()
    called = tuple(aliases.get(name, name) for name in names)
    return Header(place, line.rstrip(b"\r"), separator, quoted, called, len(cells) - len(names))


def fold(name: str) -> str:
    """
    Return a column's name as it is compared: trimmed, folded, without quotes, byte order mark or a form's ``content=``.
    """
    plain = unicodedata.normalize("NFKC", name).strip().strip("\ufeff\"'").strip().casefold()
    return plain.removeprefix("content=").strip()


def chunks(blocks: Iterable[bytes]) -> Iterator[tuple[int, list[bytes | None]]]:
    """
    Yield the lines block by block, without their LF, and the first one's number; None for one longer than LONGEST_LINE.

    Only LF ends a line (never U+0085 or U+2028).
    """
    pieces: list[bytes] = []
    held, place = 0, 1
    for block in blocks:
        parts: list[bytes | None] = [*block.split(b"\n")]
        last = parts.pop() or b""
        if parts:
            parts[0] = b"".join((*pieces, parts[0] or b"")) if held + len(parts[0] or b"") <= LONGEST_LINE else None
            yield place, parts if len(block) <= LONGEST_LINE else [_held(line) for line in parts]
            place += len(parts)
            pieces, held = [], 0
        held += len(last)
        pieces = [*pieces, last] if held <= LONGEST_LINE else []
    if held:
        yield place, [b"".join(pieces) if held <= LONGEST_LINE else None]


def _held(line: bytes | None) -> bytes | None:
    return line if line is not None and len(line) <= LONGEST_LINE else None


def rows(header: Header, blocks: Iterable[bytes], *, watched: Picker, digest: Callable[[bytes], int]) -> Iterator[list[Row]]:
    """
    Yield one Row per data line, in lists; its cells are the line itself (see ``cells_of``), or the Reason why it can't be used.

    The digest covers the watched cells. Blank lines and a header repeated as data are no rows.
    """
    width, separator, quoted = len(header.names), header.separator, header.quoted
    repeated = (header.line, header.line + b"\r")
    nothing = b"\x1f".join(watched([b""] * (width + 1)))
    ends = _is_watched(width - 1, width, watched)
    new_row, join = tuple.__new__, b"\x1f".join  # a NamedTuple's own constructor costs a quarter of this loop
    for numbered in _numbered(header, blocks):
        found: list[Row] = []
        add = found.append
        for place, line in numbered:
            if line is None:
                add(_unusable(place, Reason("row_too_long", {"limit": LONGEST_LINE}), digest))
                continue
            cells = split(header, line) if quoted else line.split(separator)
            if len(cells) == width:
                if ends:
                    cells[-1] = cells[-1].removesuffix(b"\r")
                cells.append(b"")  # what a column that is not there is picked from
                said = join(watched(cells))
                if line not in repeated and (said != nothing or not is_blank(header, line)):
                    add(new_row(Row, (digest(said), place, line)))
            elif not is_blank(header, line):
                add(_misfit(header, place, line, watched=watched, digest=digest))
        yield found


def _is_watched(place: int, width: int, watched: Picker) -> bool:
    """
    Say whether the cell at that place is one of the watched ones.
    """
    cells = [b""] * (width + 1)
    cells[place] = b"here"
    return b"here" in watched(cells)


def cells_of(header: Header, line: bytes) -> Cells:
    """
    Return the line's cells, as many as the header has and an empty one at the end, or why there are not so many.
    """
    width = len(header.names)
    cells = split(header, line.removesuffix(b"\r"))
    if len(cells) == width:
        cells.append(b"")
        return cells
    if len(cells) < width:
        return Reason("row_too_short", {"found": len(cells), "expected": width})
    if len(cells) <= width + header.spare and not any(cell.strip() for cell in cells[width:]):
        return [*cells[:width], b""]  # a spreadsheet fills header and rows up with empty cells alike
    # More cells than the header has: some cell holds a separator, and everything after it is shifted, buyers' cells too.
    return Reason("row_too_wide", {"found": len(cells), "expected": width})


def _misfit(header: Header, place: int, line: bytes, *, watched: Picker, digest: Callable[[bytes], int]) -> Row:
    cells = cells_of(header, line)
    if isinstance(cells, Reason):
        return _unusable(place, cells, digest)
    return Row(digest(b"\x1f".join(watched(cells))), place, line)


def _unusable(place: int, reason: Reason, digest: Callable[[bytes], int]) -> Row:
    """
    Return the row of a line without usable cells; its digest is its place, so that two of them are never the same row.
    """
    return Row(digest(b"%d\x1e%s" % (place, reason.code.encode())), place, reason)


def written_rows(header: Header, blocks: Iterable[bytes]) -> Iterator[tuple[int, Cells]]:
    """
    Yield the cells of a list that people keep by hand, each line with its place.

    Lines that begin with ``#`` are comments; at the end of a line empty cells may be left out or added.
    """
    header = replace(header, spare=LONGEST_LINE)
    for numbered in _numbered(header, blocks):
        for place, line in numbered:
            if line is None:
                yield place, Reason("row_too_long", {"limit": LONGEST_LINE})
            elif line.rstrip(b"\r") != header.line and not is_blank(header, line) and not line.lstrip().startswith(b"#"):
                missing = len(header.names) - len(split(header, line.rstrip(b"\r")))
                yield place, cells_of(header, line.rstrip(b"\r") + header.separator * max(missing, 0))


def is_blank(header: Header, line: bytes) -> bool:
    """
    Say whether the line holds nothing but separators, blanks and empty quotes.
    """
    return not line.strip(header.separator + (b' "\t\r' if header.quoted else b" \r"))


def split(header: Header, line: bytes) -> list[bytes]:
    """
    Return the line's cells as they come.
    """
    if header.quoted and b'"' in line:
        return _split_quoted(line, header.separator)
    return line.split(header.separator)


def _numbered(header: Header, blocks: Iterable[bytes]) -> Iterator[Iterable[tuple[int, bytes | None]]]:
    """
    Yield the lines below the header with their places, some thousand at a time.
    """
    if header.quoted:
        below = ((place, line) for first, part in chunks(blocks) for place, line in enumerate(part, first) if place > header.place)
        records = _records(below)
        while some := list(islice(records, _SOME)):
            yield some
        return
    for first, part in chunks(blocks):
        above = max(0, header.place - first + 1)
        yield enumerate(part[above:], first + above) if above else enumerate(part, first)


def _records(numbered: Iterator[tuple[int, bytes | None]]) -> Iterator[tuple[int, bytes | None]]:
    """
    Join lines while a quote is open; a quote that never closes spoils its own line only.
    """
    waiting: deque[tuple[int, bytes | None]] = deque()
    while True:
        place, line = waiting.popleft() if waiting else next(numbered, (0, b""))
        if not place:
            return
        if line is not None and line.count(b'"') % 2:
            tail = _until_closed(chain(list(waiting), numbered), room=LONGEST_LINE - len(line))
            taken = [part for _, part in tail]
            closed = bool(taken) and taken[-1] is not None and taken[-1].count(b'"') % 2 == 1
            if closed:
                for _ in range(min(len(waiting), len(tail))):
                    waiting.popleft()
                line = b"\n".join([line, *(part or b"" for part in taken)])
            else:
                waiting = deque([*tail, *islice(waiting, len(tail), None)])
        yield place, line


def _until_closed(following: Iterator[tuple[int, bytes | None]], *, room: int) -> list[tuple[int, bytes | None]]:
    taken = []
    for place, line in following:
        taken.append((place, line))
        room -= len(line) + 1 if line is not None else LONGEST_LINE
        if room < 0 or line is None or line.count(b'"') % 2:
            break
    return taken


def _split_quoted(record: bytes, separator: bytes) -> list[bytes]:
    """
    Split a record whose cells may be quoted; a quote inside an unquoted cell is text.
    """
    cells, start = [], 0
    while True:
        match = _QUOTED_CELL.match(record, start)
        if match and record[match.end() : match.end() + 1] in {b"", separator}:
            cells.append(match[1].replace(b'""', b'"'))
            start = match.end()
        else:
            end = record.find(separator, start)
            end = len(record) if end < 0 else end
            cells.append(record[start:end])
            start = end
        if start >= len(record):
            return cells
        start += 1
