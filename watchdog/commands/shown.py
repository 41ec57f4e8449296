"""
How the answers of several commands are shown: as one JSON document, or as tables and lines for people.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from watchdog.terms.sentences import say

if TYPE_CHECKING:
    from datetime import datetime

    from watchdog.assemble import House
    from watchdog.review.terminal import Terminal
    from watchdog.routines.patrol import Turn
    from watchdog.routines.postman import Delivery
    from watchdog.terms.look import RowCounts


def terminal_of(house: House) -> Terminal:
    """
    Return the screen in the account's language.
    """
    from watchdog.compose.wording import words
    from watchdog.review.terminal import Terminal

    return Terminal(sys.stdout, words(house.account.language))


def shown_log(house: House, rows: RowCounts, *, now: datetime, everything: bool, as_json: bool) -> None:
    """
    Write the findings with rows, coverage and sources.
    """
    from watchdog.commands import speech
    from watchdog.review.listing import document
    from watchdog.store import casebook, listings

    with house.store.reading() as tx:
        findings = casebook.findings(tx, everything=everything)
        coverage, unlisted = listings.coverage(tx), listings.unlisted(tx)
        sources = house.sources(tx, now)
    if as_json:
        speech.write_json(document(findings, rows=rows, coverage=coverage, unlisted=unlisted, sources=sources))
        return
    screen = terminal_of(house)
    screen.findings(findings)
    watched = sum(each.open_orders for each in coverage)
    blind = sum(each.open_orders for each in coverage if each.release_date is None)
    if watched:
        screen.line("watched_line", open=watched, unwatched=blind)
    else:
        screen.line("nothing_watched", inbox=house.inbox or "-")
    for each in unlisted:
        screen.line("unlisted_line", sku=each.sku or each.asin, rows=each.rows)


def shown_turn(house: House, turn: Turn, delivery: Delivery | None, *, now: datetime, as_json: bool) -> int:
    """
    Write what one turn did; return the exit code: 1 where a source could not be read.
    """
    shown_log(house, turn.rows, now=now, everything=True, as_json=as_json)
    screen = None if as_json else terminal_of(house)
    for trouble in turn.troubles:
        sys.stderr.write(say(trouble.code, house.account.language, trouble.values) + "\n")
    for refused in turn.refused:
        sys.stderr.write(say(refused.code, house.account.language, refused.values) + "\n")
    if screen is not None:
        rows = turn.rows
        screen.line("rows_line", read=rows.read, used=rows.used, unchanged=rows.unchanged, rejected=rows.rejected, ignored=rows.ignored)
        if delivery is not None:
            screen.line("delivered_line", sent=delivery.sent, postponed=delivery.postponed, refused=delivery.refused)
    return 1 if turn.troubles else 0
