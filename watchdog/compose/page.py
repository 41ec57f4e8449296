"""
What a notice's templates may print: one page, its groups of orders, one line per order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

Line = Mapping[str, str]


class Printed:
    """
    A page whose fields are what its templates may name.
    """

    __slots__ = ()

    def values(self) -> dict[str, object]:
        """
        Return the values by the names templates use.
        """
        return {field.name: getattr(self, field.name) for field in fields(self)}  # type: ignore[arg-type]  # every page is a dataclass


@dataclass(frozen=True, slots=True)
class Group:
    """
    The orders of a notice that have the same thing to do for the same reason.
    """

    title: str
    count: str
    many: bool
    lines: tuple[Line, ...]
    happened: tuple[str, ...]
    why: tuple[str, ...]
    step: str
    commands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page(Printed):
    """
    Everything a notice's templates may print.
    """

    subject: str
    headline: str
    product: str
    ids: str  #: ASIN and SKU
    release: str
    groups: tuple[Group, ...]
    several: bool  #: more than one group
    several_cases: str  #: how to use the commands for the other cases; empty for one case
    more: str  #: how many orders are not listed; empty if none
    care: str
    zone: str
    glance: str = ""  #: the wrong date and the right one: what must be seen first
    which: str = ""  #: the order, or how many
    banner: str = ""  #: what must be read before anything else; empty but in a test
    screen: str = ""  #: the address of the case's page; empty for several cases, and where nobody could open it
    screens: tuple[str, ...] = ()  #: the same as rows of text, for several cases with their names


#: What templates of notices may name, at the top and inside lists.
PAGE_NAMES = frozenset(field.name for field in fields(Page))
GROUP_PARTS = frozenset(field.name for field in fields(Group))
LINE_PARTS = frozenset({"case_no", "order_id", "link", "dates", "note", "screen"})
MOVE_PARTS = frozenset({"old", "new", "before_at", "seen_at", "source"})
CHECK_PARTS = frozenset({"day", "window", "late", "orders", "rate", "before"})
