"""
Addresses of the review page, for texts that are read far from it; none where nobody has said under which address people reach it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from watchdog.terms.identity import show_case_no

if TYPE_CHECKING:
    from collections.abc import Iterable

    from watchdog.terms.identity import CaseNo

#: A plain text lists no more of them, one below the other; the rest stands in one list.
MOST = 10


@dataclass(frozen=True, slots=True)
class Screens:
    """
    The page under one address; without one every address is empty.
    """

    base: str = ""  #: without a slash at its end

    def at(self, path: str) -> str:
        """
        Return the address of a page of ours: ``/health``.
        """
        return f"{self.base}{path}" if self.base else ""

    def case(self, case_no: CaseNo) -> str:
        """
        Return the address of the case's page.
        """
        return self.at(f"/cases/{show_case_no(case_no)}")

    def about(self, words: str) -> str:
        """
        Return the address of everything that was flagged of a product, open or over.
        """
        return self.at(f"/orders?standing=all&q={quote(words, safe='')}")

    def links(self, case_nos: Iterable[CaseNo], elsewhere: str = "/") -> tuple[tuple[str, str], ...]:
        """
        Return each case's name with its address; of what concerns no case the address of another page, without a name.
        """
        if not self.base:
            return ()
        return tuple((show_case_no(case_no), self.case(case_no)) for case_no in case_nos) or (("", self.at(elsewhere)),)
