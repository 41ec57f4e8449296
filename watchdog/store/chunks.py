"""
Long lists of keys in short statements.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_T = TypeVar("_T")

#: Keys per statement: enough to make the round trip cheap, few enough for every driver's limit of parameters.
CHUNK = 500


def chunks(items: Iterable[_T], size: int = CHUNK) -> Iterator[list[_T]]:
    """
    Yield the items in lists of at most ``size``.
    """
    source = iter(items)
    while part := list(islice(source, size)):
        yield part
