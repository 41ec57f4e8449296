"""
What the orders source finds again at its next poll: per interface what was seen up to when, the walk under way, and what is in the way.
"""

from __future__ import annotations

import base64
import binascii
from array import array
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from watchdog.terms.look import Reason
from watchdog.terms.observation import Interface

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: A page token of Amazon's lives 24 hours; a little less is safe.
TOKEN_LIVES = timedelta(hours=23, minutes=30)
#: A sweep that was cut short goes on as the same look for this long: what it shows is still of one moment.
SAME_LOOK = timedelta(minutes=15)
_DIGEST_BYTES = 8
_MOMENTS = ("watermark", "updated_at", "swept_at", "shut_until", "down_since", "plain_until")


@dataclass
class Walk:
    """
    A walk over pages that is not finished.
    """

    kind: str  #: sweep or updates
    began_at: datetime  #: when its first page was asked for
    question: dict[str, str]
    token: str | None = None  #: of the next page
    token_at: datetime | None = None
    pages: int = 0
    digests: bytes = b""  #: of the rows shown so far, 8 bytes each: a sweep that goes on after a crash still knows what it has seen
    whole: bool = True  #: False: went on too late to be one look

    def shown(self) -> list[int]:
        """
        Return the digests of the rows shown so far.
        """
        found = array("q")
        found.frombytes(self.digests[: len(self.digests) // _DIGEST_BYTES * _DIGEST_BYTES])
        return found.tolist()

    def went_on(self, digests: Iterable[int], token: str | None, now: datetime) -> None:
        """
        Note one more page.
        """
        self.pages += 1
        self.digests += array("q", digests).tobytes()
        self.token, self.token_at = token, now

    def is_usable(self, now: datetime) -> bool:
        """
        Say whether its page token is still good.
        """
        return self.token is not None and self.token_at is not None and timedelta() <= now - self.token_at < TOKEN_LIVES

    def as_mark(self) -> dict[str, Any]:
        """
        Return it as JSON can hold it.
        """
        return {
            "kind": self.kind,
            "began_at": self.began_at.isoformat(),
            "question": self.question,
            "token": self.token,
            "token_at": _text(self.token_at),
            "pages": self.pages,
            "digests": base64.b64encode(self.digests).decode(),
            "whole": self.whole,
        }


@dataclass
class Side:
    """
    What is known of one interface.
    """

    watermark: datetime | None = None  #: up to when the server's increments speak
    updated_at: datetime | None = None  #: when the last increment was finished
    swept_at: datetime | None = None  #: when the last finished sweep began
    pages: int = 1  #: of the last sweep
    walks: dict[str, Walk] = field(default_factory=dict)  #: under way, by kind
    shut_until: datetime | None = None  #: it was refused: not tried again before
    down_since: datetime | None = None  #: it does not answer since
    plain_until: datetime | None = None  #: only ship dates are asked for until then
    watch: int = 0  #: version of the watch list under which the last sweep was read

    def as_mark(self) -> dict[str, Any]:
        """
        Return it as JSON can hold it.
        """
        moments = {name: _text(getattr(self, name)) for name in _MOMENTS}
        return {**moments, "pages": self.pages, "watch": self.watch, "walks": [walk.as_mark() for walk in self.walks.values()]}


@dataclass
class OrdersMemory:
    """
    All of it; made of a mark, and written into the next one.
    """

    sides: dict[Interface, Side] = field(default_factory=dict)
    speaks: str = ""  #: which interface showed orders last, or ``file`` where Amazon refuses them all; empty: none yet
    trouble: Reason | None = None  #: why it is not the newest one, or why it is none
    refused: Reason | None = None  #: what a person has to put right

    def of(self, interface: Interface) -> Side:
        """
        Return what is known of the interface.
        """
        return self.sides.setdefault(interface, Side())

    def as_mark(self, session: Mapping[str, Any]) -> dict[str, Any]:
        """
        Return the next mark; ``session`` is the session's own part of it.
        """
        return {
            "speaks": self.speaks,
            "trouble": reason_as_mark(self.trouble),
            "refused": reason_as_mark(self.refused),
            "sides": {interface.value: side.as_mark() for interface, side in self.sides.items()},
            "session": dict(session),
        }


def recalled(mark: Mapping[str, Any] | None) -> OrdersMemory:
    """
    Return what the mark remembers; a part that can't be read is forgotten, which costs a sweep and nothing else.
    """
    held = mark or {}
    memory = OrdersMemory(
        speaks=str(held.get("speaks") or ""), trouble=reason_in(held.get("trouble")), refused=reason_in(held.get("refused"))
    )
    sides = held.get("sides")
    for interface in Interface:
        row = sides.get(interface.value) if isinstance(sides, dict) else None
        if isinstance(row, dict):
            memory.sides[interface] = _side(row)
    return memory


def reason_as_mark(reason: Reason | None) -> dict[str, Any] | None:
    """
    Return a reason as JSON can hold it.
    """
    return None if reason is None else {"code": reason.code, "values": dict(reason.values)}


def reason_in(row: Any) -> Reason | None:
    """
    Return the reason that ``reason_as_mark`` wrote, None where there is none.
    """
    if not isinstance(row, dict) or not isinstance(row.get("code"), str) or not isinstance(row.get("values"), dict):
        return None
    return Reason(row["code"], row["values"])


def _side(row: Mapping[str, Any]) -> Side:
    pages, listed = row.get("pages"), row.get("walks")
    walks = (_walk(each) for each in (listed if isinstance(listed, list) else ()))
    return Side(
        watermark=_moment(row.get("watermark")),
        updated_at=_moment(row.get("updated_at")),
        swept_at=_moment(row.get("swept_at")),
        pages=pages if isinstance(pages, int) and pages > 0 else 1,
        walks={walk.kind: walk for walk in walks if walk is not None},
        shut_until=_moment(row.get("shut_until")),
        down_since=_moment(row.get("down_since")),
        plain_until=_moment(row.get("plain_until")),
        watch=watch if isinstance(watch := row.get("watch"), int) else 0,
    )


def _walk(row: Any) -> Walk | None:
    try:
        began_at = _moment(row["began_at"])
        question = {str(name): str(value) for name, value in row["question"].items()}
        digests = base64.b64decode(row["digests"], validate=True)
        if began_at is None or row["kind"] not in {"sweep", "updates"}:
            return None
        whole = bool(row["whole"])
        return Walk(row["kind"], began_at, question, row["token"], _moment(row["token_at"]), int(row["pages"]), digests, whole)
    except (KeyError, TypeError, ValueError, AttributeError, binascii.Error):
        return None


def _moment(text: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(text).astimezone(UTC) if isinstance(text, str) else None
    except ValueError:
        return None


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
