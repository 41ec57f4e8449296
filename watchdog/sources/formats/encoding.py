"""
Which encoding a document's text has, decided once for the whole document and honestly (columns.md, point 5).
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CHARSETS = {
    **dict.fromkeys(("utf-8", "utf8", "us-ascii"), "utf-8"),
    **dict.fromkeys(("windows-31j", "shift_jis", "shift-jis", "sjis", "ms932", "cp932", "x-sjis"), "cp932"),
    **dict.fromkeys(("cp1252", "windows-1252", "iso-8859-1", "latin1"), "latin-1"),
}
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UTF8_CHARACTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = bytes(range(0x80, 0x100))
#: Two kana or kanji in a row; in Western text such signs stand alone between letters and blanks.
_JAPANESE_RUN = re.compile(rb"(?:[\x81-\x9f\xe0-\xea][\x40-\x7e\x80-\xfc]){2,}")


def byte_order_mark(head: bytes) -> tuple[int, str | None]:
    """
    Return the length of the mark the document begins with and the encoding it names, or ``(0, None)``.
    """
    for mark, name in _BOMS:
        if head.startswith(mark):
            return len(mark), name
    return 0, None


def encoding_of(sample: bytes, *, japanese: bool) -> str:
    """
    Return the encoding of a sample of whole lines: utf-8, cp932 or cp1252.

    One broken character (a title cut in the middle) does not turn UTF-8 into something else. CP932 is believed where the
    bytes look Japanese, or where the seller is at home in Japan and they can be read as such.
    """
    if _reads_as(sample, "utf-8"):
        return "utf-8"
    high = _count(sample, _HIGH)
    if 10 * sum(map(len, _UTF8_CHARACTER.findall(sample))) >= 9 * high:
        return "utf-8"
    if 2 * sum(map(len, _JAPANESE_RUN.findall(sample))) >= high or (japanese and _reads_as(sample, "cp932")):
        return "cp932"
    return "cp1252"


def said_encoding(charset: str | None, sample: bytes) -> str | None:
    """
    Return the encoding a header names, as Python reads it, where the sample can be read so; else None, and the text decides.

    Amazon says ``windows-31j`` and ``Shift_JIS`` of CP932, and ``Cp1252`` of what is ISO-8859-1 (reference ``spapi.md`` §3.5).
    """
    encoding = _CHARSETS.get((charset or "").strip().strip("\"'").lower())
    return encoding if encoding is not None and _reads_as(sample, encoding) else None


def _reads_as(sample: bytes, encoding: str) -> bool:
    try:
        sample.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _count(sample: bytes, wanted: bytes) -> int:
    return len(sample) - len(sample.translate(None, wanted))


def as_utf8(blocks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """
    Yield the same text in UTF-8; Excel's "Unicode text" is UTF-16.
    """
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for block in blocks:
        yield decoder.decode(block).encode("utf-8", "replace")
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")
