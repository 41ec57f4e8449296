"""
``show``: one case, by number or order id.
"""

from __future__ import annotations

import click


@click.command(epilog="Example: preorder-watchdog show PW-0001")
@click.argument("case", metavar="CASE|ORDER")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@click.option("--csv", "as_csv", is_flag=True, help="What was observed and what happened, as a table for Excel on stdout.")
def command(case: str, *, as_json: bool, as_csv: bool) -> int:
    """
    What happened, why we think so, what was done since, and the next step.
    """
    from watchdog import assemble
    from watchdog.commands import speech
    from watchdog.commands.shown import terminal_of
    from watchdog.review.listing import case_of
    from watchdog.review.sheets import case_sheet

    speech.one_form(as_json=as_json, as_csv=as_csv)
    house = assemble.house(speech.settings(), create=False)
    now = assemble.clock()
    try:
        file = house.desk.file(case)
    finally:
        house.close()
    screen = terminal_of(house, now=now)
    if as_json:
        speech.write_json(case_of(file))
    elif as_csv:
        speech.write_sheet(case_sheet(file, screen.words, now=now))
    else:
        screen.case(file, now=now)
    return 0
