"""
``coverage``: what is watched, and what is not.
"""

from __future__ import annotations

import click


@click.command(epilog="Example: preorder-watchdog coverage")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(*, as_json: bool) -> int:
    """
    What is watched of each product, and what is not, with the reason.
    """
    from watchdog import assemble
    from watchdog.commands import speech
    from watchdog.commands.shown import terminal_of
    from watchdog.review.listing import coverage_of, source_of
    from watchdog.store import listings

    house = assemble.house(speech.settings(), create=False)
    try:
        with house.store.reading() as tx:
            coverage, unlisted = listings.coverage(tx), listings.unlisted(tx)
            sources = house.sources(tx, assemble.clock())
    finally:
        house.close()
    if as_json:
        speech.write_json({"coverage": coverage_of(coverage, unlisted), "sources": [source_of(source) for source in sources]})
        return 0
    screen = terminal_of(house)
    if coverage:
        screen.coverage(coverage)
    else:
        screen.line("nothing_watched", inbox=house.inbox or "-")
    for each in unlisted:
        screen.line("unlisted_line", sku=each.sku or each.asin, rows=each.rows)
    for source in sources:
        screen.say(f"{source.name}: {source.message}")
    return 0
