"""
Text as every channel can carry it: no control characters that move a cursor, no halves of characters.

Titles come from files and from Amazon; a terminal or a mail header would obey what they hide.
"""

from __future__ import annotations

import re

#: C0 and C1 controls but tab and newline, lone surrogates, and the marks that turn the direction of writing.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """
    Return the text with plain line ends and without characters that could not be shown or encoded.
    """
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """
    Return the text as a header can hold it: clean, on one line.
    """
    return _SPACES.sub(" ", clean(text)).strip()
