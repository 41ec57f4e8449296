"""
The seller's own release list as a file: dates are put into it in place, every other byte of it stays as he wrote it.
"""

from __future__ import annotations

import csv
import io
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from watchdog.sources.files import Reading, text_of
from watchdog.sources.formats import tabular
from watchdog.sources.formats.encoding import byte_order_mark
from watchdog.sources.formats.release_list import cell_text, places_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from watchdog.terms.look import ReleaseSaid

_NEW = "asin,sku,release_date,title\r\n"
_MODE = 0o644


class UnusableListError(Exception):
    """
    The configured file is no release list.
    """


def write(path: Path, said: Sequence[ReleaseSaid], reading: Reading) -> None:
    """
    Put each date into the line of its product, or add a line; the file is replaced in one step, so it is never half written.

    A new file is UTF-8 with a byte order mark, which Excel opens rightly.

    Raises:
        UnusableListError: the file has no header of a release list.
        OSError: it can't be written.
    """
    target = path.resolve()
    if target.exists() and target.stat().st_size:
        text, encoding = text_of(target, reading)
        mark = target.read_bytes()[: byte_order_mark(target.read_bytes()[:4])[0]]
        utf16 = mark[:2] in {b"\xff\xfe", b"\xfe\xff"}
        content = (b"\xef\xbb\xbf" if utf16 else mark) + _edited(text, encoding, said, reading)
    else:
        content = b"\xef\xbb\xbf" + _edited(_NEW.encode(), "utf-8", said, reading)
    _replace(target, content)


def _edited(text: bytes, encoding: str, said: Sequence[ReleaseSaid], reading: Reading) -> bytes:
    header, places = _header(text, encoding, reading)
    lines = text.split(b"\n")
    end = b"\r\n" if lines[0].endswith(b"\r") else b"\n"
    placed: set[ReleaseSaid] = set()
    for number, line in enumerate(lines):
        if number >= header.place and not line.lstrip().startswith(b"#"):
            lines[number], found = _with_date(header, places, line, encoding=encoding, said=said)
            placed |= found
    body = b"\n".join(lines)
    missing = [each for each in said if each not in placed]
    if missing and body and not body.endswith(b"\n"):
        body += end
    return body + b"".join(_line(header, places, each, encoding) + end for each in missing)


def _header(text: bytes, encoding: str, reading: Reading) -> tuple[tabular.Header, Mapping[str, int]]:
    for header in tabular.headers(text, encoding, dict(reading.aliases)):
        places = places_in(header)
        if "release_date" in places and ("asin" in places or "sku" in places):
            return header, places
    raise UnusableListError


def _with_date(
    header: tabular.Header, places: Mapping[str, int], line: bytes, *, encoding: str, said: Sequence[ReleaseSaid]
) -> tuple[bytes, set[ReleaseSaid]]:
    """
    Return the line with the date of its product, and what has found its place in it.
    """
    bare = line.rstrip(b"\r")
    cells = tabular.split(header, bare)
    if tabular.is_blank(header, bare) or bare.count(b'"') % 2 or len(cells) <= places["release_date"]:
        return line, set()
    names = {key: cell_text(cells[places[key]], encoding) for key in ("asin", "sku") if key in places and places[key] < len(cells)}
    mine = {each for each in said if _is_of(names, each)}
    if not mine:
        return line, mine
    cells[places["release_date"]] = max(each.release_date for each in mine).isoformat().encode()
    return _joined(header, cells) + line[len(bare) :], mine


def _is_of(names: Mapping[str, str], said: ReleaseSaid) -> bool:
    if said.sku is not None and names.get("sku"):
        return names["sku"] == said.sku
    return said.asin is not None and names.get("asin", "").upper() == said.asin


def _line(header: tabular.Header, places: Mapping[str, int], said: ReleaseSaid, encoding: str) -> bytes:
    texts = {"asin": said.asin, "sku": said.sku, "release_date": said.release_date.isoformat(), "title": said.title}
    cells = [b""] * len(header.names)
    for key, place in places.items():
        cells[place] = (texts.get(key) or "").encode(encoding, "replace")
    return _joined(header, cells)


def _joined(header: tabular.Header, cells: Sequence[bytes]) -> bytes:
    if not header.quoted:
        return header.separator.join(cells)
    out = io.StringIO()
    csv.writer(out, delimiter=header.separator.decode(), lineterminator="").writerow([cell.decode("latin-1") for cell in cells])
    return out.getvalue().encode("latin-1")


def _replace(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    mode = target.stat().st_mode & 0o777 if target.exists() else _MODE
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
