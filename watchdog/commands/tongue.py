"""
The language of ``--help``, found without the settings: loading and checking them would take longer than the answer.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LANGUAGE, _PLACES, _FILE = "PREORDER_LANGUAGE", "PREORDER_MARKETPLACE_IDS", "PREORDER_ENV_FILE"
_LINE = re.compile(rf"""^\s*(?:export\s+)?({_LANGUAGE}|{_PLACES})\s*=\s*['"]?([A-Za-z0-9]+)""", re.MULTILINE)


def tongue(environ: Mapping[str, str] | None = None, cwd: Path | None = None) -> str:
    """
    Return ``ja`` or ``en`` as ``watchdog.settings.spoken_language`` would, but for credential files; a test holds them together.
    """
    given = os.environ if environ is None else environ  # noqa: TID251 - only to choose between two texts, before any setting is loaded
    set_there = dict(_set_in_file(given, cwd or Path.cwd()))
    language, places = (given.get(name, "").strip() or set_there.get(name, "") for name in (_LANGUAGE, _PLACES))
    if language in {"ja", "en"}:
        return language
    return _of_place(re.split(r"[,\s、]", places)[0] if places else "JP")


def _of_place(name: str) -> str:
    from watchdog.terms.marketplace import by_id

    place = by_id(name)
    return "ja" if place is None or place.language == "ja" else "en"


def _set_in_file(environ: Mapping[str, str], cwd: Path) -> Iterator[tuple[str, str]]:
    """
    Yield what the first ``.env`` there is says of the language.
    """
    home = Path(environ.get("HOME") or "~").expanduser()
    named = environ.get(_FILE, "")
    usual = (cwd / ".env", home / ".config" / "preorder-watchdog" / ".env", Path("/etc/preorder-watchdog/.env"))
    for path in (cwd / named,) if named else usual:
        try:
            text = path.read_text("utf-8-sig", errors="replace")
        except OSError:
            continue
        yield from _LINE.findall(text)
        return
