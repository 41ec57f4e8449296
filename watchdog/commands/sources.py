"""
``sources``: each source at a glance.
"""

from __future__ import annotations

import click


@click.command(epilog="Example: preorder-watchdog sources")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(*, as_json: bool) -> int:
    """
    Each source: what it can see, how it is doing, when it last saw ship-by dates, who speaks, and how often Amazon may still be asked.

    Nobody is asked for it: it shows what the last turns have left.
    """
    import sys

    from watchdog import assemble
    from watchdog.assemble.glancing import glances
    from watchdog.commands import speech
    from watchdog.compose.wording import words
    from watchdog.review.sources_screen import SourcesScreen, glances_as_json

    house = assemble.house(speech.settings(), create=False)
    now = assemble.clock()
    try:
        with house.store.reading() as tx:
            found = glances(house, tx, now)
    finally:
        house.close()
    if as_json:
        speech.write_json({"sources": glances_as_json(found)})
        return 0
    zone = house.account.home.zone
    SourcesScreen(sys.stdout, words(house.account.language), year=now.astimezone(zone).year).sources(found, zone, now=now)
    return 0
