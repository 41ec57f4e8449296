"""
All flagged orders: searched, filtered, sorted, page by page, and as a table for Excel.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode

from watchdog.review.sheets import findings_sheet
from watchdog.review.web.case_page import download
from watchdog.review.web.countdown import left
from watchdog.review.web.forms import asked_day, asked_number
from watchdog.store import casepages
from watchdog.store.casepages import Order, Wanted
from watchdog.terms.case import CaseState
from watchdog.terms.finding import Cause, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

    from watchdog.review.web.visit import Visit

_Word = TypeVar("_Word", bound=StrEnum)
_PAGE = 50
_LONGEST_SEARCH = 80
_MOST_WORDS = 4
#: A sheet holds so many rows; Excel itself ends at about a million.
_SHEET = 100_000


def page(visit: Visit) -> Response:
    """
    Return one page of the list.
    """
    query = visit.request.query_params
    wanted = asked(query)
    number = asked_number(query, "page", 1, 10**6)
    with visit.front.house.store.reading() as tx:
        found = casepages.page(tx, wanted, first=(number - 1) * _PAGE, count=_PAGE)
    kept = {name: value for name, value in query.items() if name in _ASKED and value}
    return visit.page(
        "orders.html",
        listed=[(each, left(visit, each.finding) if each.open else None) for each in found.listed],
        total=found.total,
        number=number,
        pages=max(1, -(-found.total // _PAGE)),
        first=(number - 1) * _PAGE + 1,
        wanted=wanted,
        standing=query.get("standing", "open"),
        query=urlencode(kept),
        states=list(CaseState),
        severities=(Severity.URGENT, Severity.WARNING),
        causes=list(Cause),
        orders=list(Order),
        filtered=replace(wanted, order=Order.URGENCY) != Wanted(),
    )


def sheet(visit: Visit) -> Response:
    """
    Return everything that is asked for as a table for Excel.
    """
    with visit.front.house.store.reading() as tx:
        found = casepages.page(tx, asked(visit.request.query_params), first=0, count=_SHEET)
    return download(findings_sheet(found.listed, visit.words), "flagged-orders.csv")


_ASKED = frozenset({"q", "standing", "state", "severity", "cause", "from", "to", "sort"})


def asked(query: Mapping[str, str]) -> Wanted:
    """
    Return what the address asks for; what makes no sense asks for nothing.
    """
    words = query.get("q", "")[:_LONGEST_SEARCH].split()[:_MOST_WORDS]
    return Wanted(
        open={"open": True, "closed": False}.get(query.get("standing", "open")),
        state=_word(CaseState, query.get("state", "")),
        severity=_word(Severity, query.get("severity", "")),
        cause=_word(Cause, query.get("cause", "")),
        words=" ".join(words),
        ship_from=asked_day(query, "from"),
        ship_to=asked_day(query, "to"),
        order=_word(Order, query.get("sort", "")) or Order.URGENCY,
    )


def _word(kind: type[_Word], text: str) -> _Word | None:
    try:
        return kind(text)
    except ValueError:
        return None
