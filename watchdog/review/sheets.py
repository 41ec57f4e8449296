"""
Tables for Excel: the same findings, cases, coverage and release dates as rows of a CSV, headed in the seller's words; pure.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from watchdog.review.next_steps import said_with
from watchdog.review.texts import text
from watchdog.terms.identity import show_case_no
from watchdog.terms.marketplace import BY_ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from watchdog.review.offers import Offered
    from watchdog.review.words import Words
    from watchdog.store.casebook import ListedFinding
    from watchdog.terms.case import CaseFile, CaseState, Outcome
    from watchdog.terms.finding import Finding
    from watchdog.terms.identity import MarketplaceId, OrderId, ProductId
    from watchdog.terms.verdict import Coverage

Row = Sequence[str]
#: Excel would take a cell that begins so for a formula; a title is the catalog's word, not ours.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_FINDINGS = (
    *("case", "severity", "order", "asin", "sku", "title", "ship_by", "previous_ship_by", "release", "release_source"),
    *("cause", "confidence", "why", "state", "order_count", "first_seen"),
)
_CASE = ("when", "what", "before", "after", "who")
_COVERAGE = ("asin", "sku", "title", "open_orders", "release", "release_source", "watched", "order_ids")
_OFFERS = ("asin", "sku", "title", "open_orders", "release", "source", "learned", "believed")


def sheet(head: Iterable[str], rows: Iterable[Row], words: Words) -> bytes:
    """
    Return the CSV as Excel opens it in any language: UTF-8 with a byte order mark, CRLF.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([text(code, words.language) for code in head])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def findings_sheet(listed: Iterable[ListedFinding], words: Words) -> bytes:
    """
    Return one row per finding.
    """
    return sheet(_FINDINGS, (_finding(each, words) for each in listed), words)


def _finding(each: ListedFinding, words: Words) -> Row:
    finding = each.finding
    return (
        show_case_no(each.case_no) if each.case_no is not None else "",
        words.severities[finding.severity],
        finding.subject.order_id or "",
        finding.asin or "",
        finding.sku or "",
        finding.title or "",
        _day(finding.ship_by),
        _day(finding.previous_ship_by),
        _day(finding.release_date),
        words.source(finding.release_source) if finding.release_source else "",
        words.causes[finding.cause],
        words.confidences[finding.confidence],
        " / ".join(words.rules[rule] for rule in finding.rules),
        _standing(each.state, each.outcome, finding, words),
        str(finding.order_count),
        _moment(each.first_seen_at, finding.subject.marketplace_id),
    )


def _standing(state: CaseState | None, outcome: Outcome | None, finding: Finding, words: Words) -> str:
    if outcome is not None:
        return words.outcomes[outcome]
    return words.states[state] if state is not None else words.rules[finding.rules[0]]


def case_sheet(file: CaseFile, words: Words, *, now: datetime) -> bytes:
    """
    Return what was observed and what happened, in the order of time.
    """
    return sheet(_CASE, (row for _at, row in sorted(_story(file, words, now), key=lambda each: each[0])), words)


def _story(file: CaseFile, words: Words, now: datetime) -> Iterator[tuple[str, Row]]:
    place = file.case.subject.marketplace_id
    for item in file.case.finding.evidence:
        when = _moment(item.seen_at, place) if item.seen_at else ""
        yield when, (when, words.evidence[item.kind], item.old or "", item.new or "", words.source(item.source) if item.source else "")
    for step in file.steps:
        when = _moment(step.at, place)
        told = " ".join((words.events[step.event], *said_with(step, words, BY_ID[place].zone, now=now)))
        yield when, (when, told, "", words.states[step.state], step.by)


def coverage_sheet(coverage: Iterable[Coverage], unwatched: Mapping[ProductId, Sequence[OrderId]], words: Words) -> bytes:
    """
    Return one row per product, with the ids of the orders left unwatched.
    """
    rows = (
        (
            each.product.asin or "",
            each.product.sku or "",
            each.product.title or "",
            str(each.open_orders),
            _day(each.release_date),
            words.source(each.release_source) if each.release_source else "",
            words.gaps[each.gap] if each.gap else text("yes", words.language),
            " ".join(unwatched.get(each.product.id, ())),
        )
        for each in coverage
    )
    return sheet(_COVERAGE, rows, words)


def offers_sheet(offers: Iterable[Offered], words: Words, zone: ZoneInfo) -> bytes:
    """
    Return one row per product and source.
    """
    rows = (
        (
            each.asin or "",
            each.sku or "",
            each.title or "",
            str(each.open_orders),
            _day(said.day),
            words.source(said.source),
            f"{said.learned_at.astimezone(zone):%Y-%m-%d %H:%M}",
            text("yes", words.language) if said.believed else "",
        )
        for each in offers
        for said in each.said
    )
    return sheet(_OFFERS, rows, words)


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _moment(moment: datetime, place: MarketplaceId) -> str:
    return f"{moment.astimezone(BY_ID[place].zone):%Y-%m-%d %H:%M}"


def harmless(cell: str) -> str:
    """
    Return the cell so that no spreadsheet takes it for a formula.
    """
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
