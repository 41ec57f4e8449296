"""
Names in a folder that are nobody's report: hidden, unfinished or left behind by other programs.
"""

from __future__ import annotations

_ENDINGS = ("~", ".part", ".partial", ".crdownload", ".download", ".tmp", ".swp", ".lock")
_NAMES = frozenset({"thumbs.db", "desktop.ini"})


def is_litter(name: str) -> bool:
    """
    Say whether a file of that name is left alone.
    """
    plain = name.casefold()
    return plain.startswith((".", "~$")) or plain.endswith(_ENDINGS) or plain in _NAMES or plain.endswith(".reason.txt")
