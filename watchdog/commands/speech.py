"""
What all commands share in speaking with people: the language, instants as they are typed, JSON as other programs read it.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from watchdog.terms.errors import UsageError
from watchdog.terms.typed import typed_instant

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from watchdog.settings import Settings


def language() -> str:
    """
    Return the language of sentences where the settings themselves may be wrong.
    """
    from watchdog.settings import spoken_language

    return spoken_language()


def settings(*, in_background: bool = False, **overrides: str | None) -> Settings:
    """
    Return the settings with what the command line says on top, and the log set up to match.

    A command somebody waits for tells its result itself; only the daemon logs that all went well.
    """
    from watchdog import logs
    from watchdog.settings import load

    found = load({name: value for name, value in overrides.items() if value is not None})
    level = found.log_level if in_background or found.log_level != "info" else "warning"
    logs.configure(level=level, format=found.log_format, secrets=found.secrets, stream=sys.stderr)
    return found


def moment_of(now: str | None, zone: ZoneInfo, *, clock: datetime, allow_future: bool) -> datetime:
    """
    Return the ``--now`` that was typed, or the clock; without an offset it is the zone's own time.

    Raises:
        UsageError: it lies after the clock and that is not allowed.
    """
    if now is None:
        return clock
    moment = typed_instant(now, zone)
    if moment > clock and not allow_future:
        raise UsageError("now_ahead", now=now)
    return moment


def write_json(document: Mapping[str, Any]) -> None:
    """
    Write one document on stdout, in UTF-8 whatever the terminal's encoding.
    """
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    click.echo(text.encode(), nl=False)


def write_sheet(sheet: bytes) -> None:
    """
    Write a table for Excel on stdout as it is.
    """
    click.echo(sheet, nl=False)


def one_form(*, as_json: bool, as_csv: bool) -> None:
    """
    Refuse two forms at once.

    Raises:
        UsageError: JSON and CSV were both asked for.
    """
    if as_json and as_csv:
        raise UsageError("two_forms")
