"""
Files become batches: opened once, streamed in blocks, never held; the inbox and replay read through here.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO

from watchdog.sources.formats import release_list
from watchdog.sources.formats.encoding import as_utf8, byte_order_mark, encoding_of, said_encoding
from watchdog.sources.formats.head import HEAD_BYTES as HEAD_BYTES  # noqa: PLC0414 - sheets are recognised by as much
from watchdog.sources.formats.head import Head
from watchdog.sources.formats.reading import Document
from watchdog.sources.formats.reading import Reading as Reading  # noqa: PLC0414 - made by assemble, which knows this module
from watchdog.sources.formats.recognise import recognise
from watchdog.terms.look import Batch, Kind, Reason
from watchdog.terms.marketplace import JAPAN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BLOCK = 1 << 20
#: So much text with other than ASCII characters tells a document's encoding.
_SAMPLE = 1 << 19
#: So many hexadecimal digits of a content's digest are kept.
_DIGITS = 32


@dataclass(frozen=True, slots=True)
class _Survey:
    content: str
    sample: bytes  #: whole lines that hold more than ASCII


def read_file(path: Path, *, as_of: datetime, reading: Reading, name: str | None = None) -> Iterator[Batch]:
    """
    Yield the file's batches; each carries the same look, with the digest of the whole content in it.

    A file that can't be used yields one batch with the reason. ``name`` is what people called it, where it was moved.

    Raises:
        OSError: the file can't be opened or read now.
    """
    with path.open("rb") as file:
        yield from read_open(file, as_of=as_of, reading=reading, name=name or path.name)


def read_open(file: BinaryIO, *, as_of: datetime, reading: Reading, name: str, charset: str | None = None) -> Iterator[Batch]:
    """
    Yield the batches of an open file that can be read from its beginning again, compressed or not; see ``read_file``.

    ``charset`` is the encoding somebody said it has; it is believed where a byte order mark says nothing and the text can be read so.

    Raises:
        OSError: it can't be read.
    """
    survey = _survey(file)
    skipped, utf = _rewind(file)
    wide = utf if utf and utf != "utf-8" else None
    blocks = as_utf8(_blocks(file), wide) if wide else _blocks(file)
    encoding = "utf-8" if utf else said_encoding(charset, survey.sample) or encoding_of(survey.sample, japanese=reading.home.id == JAPAN)
    document = Document(name, as_of, survey.content, encoding, reading)
    first = next(blocks, b"")
    text = first[:HEAD_BYTES]
    head = Head(text, encoding, whole=len(text) == len(first) < _BLOCK, aliases=tuple(reading.aliases.items()))
    reader = recognise(head)
    if isinstance(reader, Reason):
        yield document.refused("inbox:unknown", Kind.UNKNOWN, reader)
        return
    file.seek(skipped)
    yield from reader(document, as_utf8(_blocks(file), wide) if wide else _blocks(file))


def is_release_list(path: Path, reading: Reading) -> bool:
    """
    Say whether the file begins like a list of release dates; one that can't be read now is none.
    """
    try:
        with path.open("rb") as file:
            _skipped, utf = _rewind(file)
            text = file.read(HEAD_BYTES)
    except OSError:
        return False
    if utf and utf != "utf-8":
        text, utf = b"".join(as_utf8([text], utf)), "utf-8"
    encoding = utf or encoding_of(text, japanese=reading.home.id == JAPAN)
    return release_list.opened(Head(text, encoding, whole=False, aliases=tuple(reading.aliases.items()))) is not None


def text_of(path: Path, reading: Reading) -> tuple[bytes, str]:
    """
    Return a small file's whole text without byte order mark, and its encoding; UTF-16 comes as UTF-8.

    Raises:
        OSError: it can't be read.
    """
    content = path.read_bytes()
    skipped, utf = byte_order_mark(content[:4])
    text = content[skipped:]
    if utf and utf != "utf-8":
        return b"".join(as_utf8([text], utf)), "utf-8"
    return text, utf or encoding_of(text, japanese=reading.home.id == JAPAN)


def digest_of(path: Path) -> str:
    """
    Return the digest of the file's content, the same that ``Look.content`` holds.
    """
    with path.open("rb") as file:
        return _survey(file).content


def modified_at(path: Path) -> datetime:
    """
    Return when the file was last changed, in whole seconds: the moment its content speaks of (DOMAIN §6).
    """
    return datetime.fromtimestamp(int(path.stat().st_mtime), UTC)


def _survey(file: BinaryIO) -> _Survey:
    """
    Read the file once for its digest and a sample of its text; 400 MB take half a second.
    """
    digest = hashlib.sha256()  # twice as fast as BLAKE2 where the processor helps
    sample: list[bytes] = []
    for block in _blocks(file):
        digest.update(block)
        if sum(map(len, sample)) < _SAMPLE and not block.isascii():
            sample.append(_whole_lines(block, begins=file.tell() == len(block), ends=len(block) < _BLOCK))
    return _Survey(digest.hexdigest()[:_DIGITS], b"".join(sample))


def _whole_lines(block: bytes, *, begins: bool, ends: bool) -> bytes:
    start = 0 if begins else block.find(b"\n") + 1
    end = len(block) if ends else block.rfind(b"\n") + 1
    return block[start : end or len(block)]


def _rewind(file: BinaryIO) -> tuple[int, str | None]:
    file.seek(0)
    skipped, encoding = byte_order_mark(file.read(4))
    file.seek(skipped)
    return skipped, encoding


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    while block := file.read(_BLOCK):
        yield block
