"""
``show``: one case, by number or order id.
"""

from __future__ import annotations

import click


@click.command(epilog="Example: preorder-watchdog show PW-0001")
@click.argument("case", metavar="CASE|ORDER")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(case: str, *, as_json: bool) -> int:
    """
    What happened, why we think so, what was done since, and the next step.
    """
    from watchdog import assemble
    from watchdog.commands import speech
    from watchdog.commands.shown import terminal_of
    from watchdog.review.listing import case_of

    house = assemble.house(speech.settings(), create=False)
    try:
        file = house.desk.file(case)
    finally:
        house.close()
    if as_json:
        speech.write_json(case_of(file))
    else:
        terminal_of(house).case(file, now=assemble.clock())
    return 0
