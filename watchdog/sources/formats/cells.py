"""
What a single cell says, whatever format it stands in: clean text, one spelling of an address, what may be quoted of it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
#: Dashes and wave dashes that CP932 and UTF-8 files spell differently for the same address.
_DASHES = re.compile("[\u2010-\u2015\u2212\u301c]")


def clean(text: str) -> str:
    """
    Return the text trimmed, with control characters and broken halves of characters replaced by a blank.
    """
    return (_UNPRINTABLE.sub(" ", text) if _UNPRINTABLE.search(text) else text).strip()


def normal_address(text: str) -> bytes:
    """
    Return an address in one spelling: width, case, blanks and dashes make no difference, nor does the file's encoding.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = _DASHES.sub("-", text) if _DASHES.search(text) else text
    return "".join(text.casefold().split()).encode("utf-8", "replace")


def shown_date(text: str) -> str:
    """
    Return what may be quoted of a cell that is no date: its beginning where it looks like one, else an ellipsis.

    A shifted row may hold a name or a phone number here (DOMAIN §9).
    """
    head = text.strip()[:2]
    if head not in {"19", "20"} or text.strip()[4:5] not in {"-", "/", ".", "年"}:
        return "…"
    run = _leading(text.strip(), "0123456789-/.:+TZ年月日 ")
    return run if run == text.strip() else f"{run.rstrip()}…"


def _leading(text: str, allowed: str, longest: int = 25) -> str:
    length = next((n for n, char in enumerate(text) if char not in allowed), len(text))
    return text[: min(length, longest)]


def place_names(names: Sequence[str]) -> dict[str, int]:
    """
    Return where each column stands; of a doubled column the first counts (columns.md, point 1).
    """
    return {name: index for index, name in reversed(list(enumerate(names))) if name}
