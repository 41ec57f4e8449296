"""
How the answers of several commands are shown: as one JSON document, or as tables and lines for people.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from watchdog.terms.look import Reason
from watchdog.terms.sentences import say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from watchdog.assemble import House
    from watchdog.review.terminal import Terminal
    from watchdog.routines.patrol import Turn
    from watchdog.routines.postman import Delivery
    from watchdog.settings import Settings
    from watchdog.store import Transaction
    from watchdog.terms.identity import OrderId, ProductId
    from watchdog.terms.look import RowCounts
    from watchdog.terms.verdict import Coverage


def terminal_of(house: House, *, now: datetime | None = None) -> Terminal:
    """
    Return the screen in the account's language; dates of another year than that of ``now`` show theirs.
    """
    from watchdog.compose.wording import words
    from watchdog.review.terminal import Terminal

    year = now.astimezone(house.account.home.zone).year if now is not None else None
    return Terminal(sys.stdout, words(house.account.language), year=year)


def unwatched_orders(tx: Transaction, coverage: Iterable[Coverage]) -> dict[ProductId, tuple[OrderId, ...]]:
    """
    Return the orders that are not fully watched: all of a product without a believed date, else those without a ship-by.
    """
    from watchdog.store import catalogue

    products = tuple(coverage)
    undated = [each.product.id for each in products if each.release_date is None]
    waiting = [each.product.id for each in products if each.release_date is not None and each.without_ship_by]
    return catalogue.open_orders(tx, undated) | catalogue.open_orders(tx, waiting, undated=True)


def shown_log(house: House, rows: RowCounts, *, now: datetime, everything: bool, as_json: bool, as_csv: bool = False) -> None:
    """
    Write the findings with rows, coverage and sources; a table for Excel holds the findings alone.
    """
    from watchdog.commands import speech
    from watchdog.review.listing import document
    from watchdog.review.sheets import findings_sheet
    from watchdog.store import casebook, listings

    with house.store.reading() as tx:
        findings = casebook.findings(tx, everything=everything)
        coverage, unlisted, unread = listings.coverage(tx), listings.unlisted(tx), nothing_line(tx, house)
        sources = house.sources(tx, now)
    if as_json:
        speech.write_json(document(findings, rows=rows, coverage=coverage, unlisted=unlisted, sources=sources))
        return
    screen = terminal_of(house, now=now)
    if as_csv:
        speech.write_sheet(findings_sheet(findings, screen.words))
        return
    screen.findings(findings)
    watched = sum(each.open_orders for each in coverage)
    blind = sum(each.open_orders for each in coverage if each.release_date is None)
    if watched:
        screen.line("watched_line", open=watched, unwatched=blind)
    else:
        screen.line(unread, inbox=house.inbox)
    screen.unlisted(unlisted, in_log=house.inbox is not None)
    for source in sources:
        if source.state != "ok":
            screen.source(source, house.account.home.zone, now=now)


def nothing_line(tx: Transaction, house: House) -> str:
    """
    Return what to say where nothing is watched: nothing was read yet, or what was read could not be told to be pre-orders.
    """
    from watchdog.store import catalogue, listings

    if not house.inbox:
        return "nothing_in_files"
    if not listings.passed_by(tx):
        return "nothing_watched"
    return "nothing_dated" if catalogue.own_list_said_at(tx) is None else "nothing_listed"


def shown_turn(house: House, turn: Turn, delivery: Delivery | None, *, now: datetime, as_json: bool) -> int:
    """
    Write what one turn did; return the exit code of ``troubles``.
    """
    shown_log(house, turn.rows, now=now, everything=True, as_json=as_json)
    screen = None if as_json else terminal_of(house, now=now)
    code = troubles(house, turn)
    if screen is not None:
        rows = turn.rows
        screen.line("rows_line", read=rows.read, used=rows.used, unchanged=rows.unchanged, rejected=rows.rejected, ignored=rows.ignored)
        if delivery is not None:
            screen.line("delivered_line", sent=delivery.sent, postponed=delivery.postponed, refused=delivery.refused)
    return code


def absent_list(settings: Settings) -> Reason | None:
    """
    Return what to say where the list of release dates the settings name is not there; None where all is well.
    """
    path = settings.releases_file
    return None if path is None or path.is_file() else Reason("releases_file_absent", {"path": str(path)})


def troubles(house: House, turn: Turn) -> int:
    """
    Say on stderr what could not be read; return the exit code: 1 where a source could not be, or no file at all could be used.
    """
    for trouble in turn.troubles:
        sys.stderr.write(say(trouble.code, house.account.language, trouble.values) + "\n")
    said = [say(reason.code, house.account.language, reason.values) for reason in turn.refused + turn.remarks]
    for sentence in dict.fromkeys(said):
        sys.stderr.write(sentence + "\n")
    useless = [refused for refused in turn.refused if refused.code != "file_repeated"]
    return 1 if turn.troubles or (useless and len(useless) == turn.looks) else 0
