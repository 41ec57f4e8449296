"""
What every format is handed: how bytes become rows here, and which document they belong to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from watchdog.terms.look import Batch, Defect, Ignored, Kind, Look, Reason, Row
from watchdog.terms.marketplace import Marketplace
from watchdog.terms.observation import Interface, Observation

#: Rows of one transaction (DESIGN law 6).
BATCH_ROWS = 10_000

Read = Callable[[Row], Observation | Defect | Ignored]


@dataclass(frozen=True, slots=True)
class Reading:
    """
    How bytes become rows; made by assemble, because keys and settings are no business of a pure room.
    """

    home: Marketplace  #: of rows that name no marketplace
    digest: Callable[[bytes], int]  #: keyed, signed 64 bit
    fingerprint: Callable[[str, bytes], str]  #: (kind, normalised bytes) -> ``keyid:kind:hexdigest``
    aliases: Mapping[str, str] = field(default_factory=dict)  #: extra column names, lower-case -> Amazon's column name


@dataclass(frozen=True, slots=True)
class Document:
    """
    One opened file or answer, before it is known what it holds.
    """

    name: str  #: file name, for people
    as_of: datetime
    content: str  #: digest of the bytes
    encoding: str  #: of the text in it, decided from the whole of it
    reading: Reading

    def look(self, source: str, kind: Kind, *, interface: Interface | None = None, complete: bool = False) -> Look:
        """
        Return the look this document is, under the source's stable name.
        """
        return Look(source, self.name, kind, self.as_of, interface, complete, self.content)

    def refused(self, source: str, kind: Kind, reason: Reason) -> Batch:
        """
        Return the one batch of a document that can't be used as a whole; the reason is given the document's name.
        """
        return Batch(self.look(source, kind), refused=Reason(reason.code, {"name": self.name, **reason.values}))


#: The document's bytes in blocks of any size, byte order marks removed, UTF-16 already turned into UTF-8.
Blocks = Iterator[bytes]
#: What a format answers when it recognises the beginning of a document as its own.
Reader = Callable[[Document, Blocks], Iterator[Batch]]


def batches(look: Look, lists: Iterator[list[Row]], read: Read, remark: Reason | None = None) -> Iterator[Batch]:
    """
    Yield the rows in batches of at most BATCH_ROWS; the last one is marked and says the remark, and is there even without any row.
    """
    held: list[Row] = []
    for rows in lists:
        held += rows
        while len(held) > BATCH_ROWS:
            yield Batch(look, held[:BATCH_ROWS], read, last=False)
            held = held[BATCH_ROWS:]
    yield Batch(look, held, read, remark=remark)


def refuse(source: str, kind: Kind, reason: Reason) -> Reader:
    """
    Return a reader that only refuses, for documents that are recognised and lack what is needed.
    """

    def reader(document: Document, _blocks: Blocks) -> Iterator[Batch]:
        yield document.refused(source, kind, reason)

    return reader
