"""
One thing said in both languages: the shape of every new table of texts.
"""

from __future__ import annotations

from typing import NamedTuple


class Said(NamedTuple):
    """
    One thing in both languages.
    """

    ja: str
    en: str

    def to(self, language: str) -> str:
        """
        Return it in the language; English where it is neither.
        """
        return self.ja if language == "ja" else self.en
