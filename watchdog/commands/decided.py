"""
How every decision is taken on the command line: who decides, what is written, what is said afterwards.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import click

from watchdog.terms.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from watchdog.terms.case import CaseEvent

    _Command = Callable[..., int]

#: So much of a reason or a note is kept.
_LONGEST = 2000

case = click.argument("case", metavar="CASE|ORDER")
_by = click.option("--by", metavar="NAME", help="Who decides; your login name otherwise.")
_json = click.option("--json", "as_json", is_flag=True, help="The case as one JSON document on stdout.")


def decision(function: _Command) -> _Command:
    """
    Give a command the case to decide on, who decides, and how to answer.
    """
    return case(_by(_json(function)))


def decide(name: str, event: CaseEvent, *, by: str | None, as_json: bool, detail: Mapping[str, str | None] | None = None) -> int:
    """
    Write the decision, then say how the case stands and what comes next.
    """
    from watchdog import assemble
    from watchdog.commands import speech
    from watchdog.commands.shown import terminal_of
    from watchdog.review.listing import case_of

    said = {key: cleaned(value) for key, value in (detail or {}).items() if value is not None}
    house = assemble.house(speech.settings(), create=False)
    now = assemble.clock()
    try:
        file = house.desk.decide(name, event, by=cleaned(by or "") or login(), now=now, detail=said)
    finally:
        house.close()
    if as_json:
        speech.write_json(case_of(file))
    else:
        terminal_of(house, now=now).standing(file, now=now)
    return 0


def instant_told(typed: str | None) -> str | None:
    """
    Return the typed instant as a decision carries it, read in the marketplace's own time; None where none was typed.
    """
    from watchdog.commands import speech
    from watchdog.terms.moments import show_instant
    from watchdog.terms.typed import typed_instant

    return show_instant(typed_instant(typed, speech.settings().marketplace_ids[0].zone)) if typed else None


def cleaned(text: str) -> str:
    """
    Return what was typed on one line, without control characters.

    Raises:
        UsageError: it is longer than a note.
    """
    plain = " ".join("".join(" " if unicodedata.category(char) == "Cc" else char for char in text).split())
    if len(plain) > _LONGEST:
        raise UsageError("text_too_long", limit=_LONGEST)
    return plain


def login() -> str:
    """
    Return the login name, or a plain word where the machine has none.
    """
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "seller"
