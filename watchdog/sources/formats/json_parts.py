"""
A document of JSON as the values it consists of: one value, or one a line where each line stands for itself.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from watchdog.sources.formats.cells import clean
from watchdog.terms.look import Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Parts(NamedTuple):
    """
    The document's values with the lines they begin on; None stands for a line that can't be read.
    """

    values: tuple[tuple[int, Any], ...]
    by_line: bool


def begins_json(text: bytes) -> bool:
    """
    Say whether a document's beginning looks like an object or an array.
    """
    return text.lstrip()[:1] in {b"{", b"["}


def parts_of(text: bytes, is_ours: Callable[[Mapping[str, Any]], bool]) -> Parts | Reason:
    """
    Return the document's values, or why it is no JSON.

    It is read line by line where at least half of its lines are objects of the format that asks.
    """
    listed = [(place, line) for place, line in enumerate(text.split(b"\n"), 1) if line.strip()]
    if len(listed) > 1 and (lines := _json_lines(listed, is_ours)):
        return Parts(tuple(lines), by_line=True)
    try:
        return Parts(((1, json.loads(text)),), by_line=False)
    except (ValueError, RecursionError) as error:
        return Reason("file_broken_json", {"line": _line_of(error, text)})


def _json_lines(listed: list[tuple[int, bytes]], is_ours: Callable[[Mapping[str, Any]], bool]) -> list[tuple[int, Any]] | None:
    """
    Return the values of JSON lines, or None where most lines do not stand for themselves.
    """
    if not listed[0][1].lstrip().startswith(b"{") or (_loaded(listed[0][1]) is None and _loaded(listed[1][1]) is None):
        return None
    values = [(place, _loaded(line)) for place, line in listed]
    whole = sum(isinstance(value, dict) and is_ours(value) for _, value in values)
    return values if 2 * whole >= len(values) else None


def _loaded(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _line_of(error: BaseException, text: bytes) -> int:
    if isinstance(error, json.JSONDecodeError):
        return error.lineno
    return text.count(b"\n", 0, error.start) + 1 if isinstance(error, UnicodeDecodeError) else 1


def fields_of(value: Any) -> Mapping[str, Any]:
    """
    Return a JSON object, or an empty one where something else (or nothing) stands in its place.
    """
    return value if isinstance(value, dict) else {}


def objects_of(value: Any) -> list[Mapping[str, Any]]:
    """
    Return the JSON objects of an array, and nothing where there is none.
    """
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def text_of(value: Any) -> str:
    """
    Return a JSON string or whole number as clean text, anything else as an empty one.
    """
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return clean(str(value))


def word_of(value: Any) -> str:
    """
    Return a JSON text, number or boolean as clean text: Amazon writes ``false`` and ``"false"``.
    """
    return str(value).lower() if isinstance(value, bool) else text_of(value)
