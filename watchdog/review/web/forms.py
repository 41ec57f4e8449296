"""
What a form or an address carries, as plain text of a bounded length; never trusted to be there, or to be once.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from starlette.datastructures import UploadFile

from watchdog.terms.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.datastructures import FormData

#: So much of a reason or a note is kept.
NOTE_LIMIT = 2000
_DIGITS = 8  #: of a number in an address


def field(form: FormData, name: str, longest: int = 200) -> str:
    """
    Return what stands in the field, as one line without control characters; nothing where there is none.

    Raises:
        UsageError: it is longer than that.
    """
    given = form.get(name, "")
    if isinstance(given, UploadFile):
        return ""
    plain = " ".join("".join(" " if unicodedata.category(char) == "Cc" else char for char in given).split())
    if len(plain) > longest:
        raise UsageError("text_too_long", limit=longest)
    return plain


def paragraphs(form: FormData, name: str) -> str:
    """
    Return what stands in the field with its line breaks, without other control characters; nothing where there is none.
    """
    given = form.get(name, "")
    if isinstance(given, UploadFile):
        return ""
    lines = given.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(" " if unicodedata.category(char) == "Cc" else char for char in line).rstrip() for line in lines).strip()


def asked_day(query: Mapping[str, str], name: str) -> date | None:
    """
    Return the date of the address' field; None where there is none or it is none.
    """
    try:
        return date.fromisoformat(query.get(name, ""))
    except ValueError:
        return None


def asked_number(query: Mapping[str, str], name: str, default: int, most: int) -> int:
    """
    Return the whole number of the address' field, from 1 to ``most``.
    """
    text = query.get(name, "")
    return min(max(1, int(text)), most) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else default
