"""
``show``: one case, by number or order id.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from datetime import datetime

    from watchdog.assemble import House
    from watchdog.cases.figures import Choices
    from watchdog.terms.case import CaseFile
    from watchdog.terms.letter import Asked
    from watchdog.terms.money import Money


@click.command(epilog="Example: preorder-watchdog show PW-0001")
@click.argument("case", metavar="CASE|ORDER")
@click.option("--margin", metavar="AMOUNT", help="What you lose if the order is cancelled.")
@click.option("--price-paid", metavar="AMOUNT", help="What the buyer has paid, with shipping.")
@click.option("--price-now", metavar="AMOUNT", help="Another offer's price now, with shipping, less points.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@click.option("--csv", "as_csv", is_flag=True, help="What was observed and what happened, as a table for Excel on stdout.")
def command(case: str, *, margin: str | None, price_paid: str | None, price_now: str | None, as_json: bool, as_csv: bool) -> int:
    """
    What happened, why we think so, what was done since, the next step, and the ways out in figures.

    Prices and margin are used for this one answer and kept nowhere.
    """
    from watchdog import assemble
    from watchdog.commands import speech
    from watchdog.commands.letter import amount, asked_for
    from watchdog.commands.shown import terminal_of
    from watchdog.compose.wording import words
    from watchdog.review.choices import ChoiceScreen, choices_of
    from watchdog.review.listing import case_of
    from watchdog.review.sheets import case_sheet
    from watchdog.terms.marketplace import BY_ID
    from watchdog.terms.money import Money

    speech.one_form(as_json=as_json, as_csv=as_csv)
    house = assemble.house(speech.settings(), create=False)
    now = assemble.clock()
    try:
        file = house.desk.file(case, now=now)
        asked = asked_for(house.desk, case, price_now, price_paid, now=now)
        lost = Money(amount(margin), BY_ID[file.case.subject.marketplace_id].currency) if margin is not None else None
        choices = _choices(house, file, now=now, margin=lost, asked=asked)
    finally:
        house.close()
    screen = terminal_of(house, now=now)
    if as_json:
        speech.write_json(case_of(file) | {"choices": choices_of(choices)})
    elif as_csv:
        speech.write_sheet(case_sheet(file, screen.words, now=now))
    else:
        screen.case(file, now=now)
        if choices is not None:
            ChoiceScreen(sys.stdout, words(house.account.language), year=screen.year).choices(file, choices)
    return 0


def _choices(house: House, file: CaseFile, *, now: datetime, margin: Money | None, asked: Asked | None) -> Choices | None:
    from watchdog.cases.figures import in_figures
    from watchdog.store import health

    with house.store.reading() as tx:
        figures = health.latest(tx)
    calendar = house.patrol.judgement.calendars[file.case.subject.marketplace_id]
    return in_figures(file, figures, policy=house.account.policy, calendar=calendar, now=now, margin=margin, asked=asked)
