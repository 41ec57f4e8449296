"""
The beginning of a document, by which formats recognise what is theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from watchdog.sources.formats import tabular

#: How much of a document's beginning is looked at.
HEAD_BYTES = 1 << 16


@dataclass(frozen=True)
class Head:
    """
    The beginning of a document, byte order mark removed.
    """

    text: bytes
    encoding: str
    whole: bool  #: there is no more of it
    aliases: tuple[tuple[str, str], ...] = ()

    @cached_property
    def headers(self) -> tuple[tabular.Header, ...]:
        """
        Every line that may be a header, in every way it can be read as one.
        """
        return tuple(tabular.headers(self.text, self.encoding, dict(self.aliases)))
