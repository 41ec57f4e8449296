"""
``coverage``: what is watched, and what is not.
"""

from __future__ import annotations

import click


@click.command(epilog="Example: preorder-watchdog coverage")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@click.option("--csv", "as_csv", is_flag=True, help="A table for Excel on stdout.")
def command(*, as_json: bool, as_csv: bool) -> int:
    """
    What is watched of each product, and what is not, with the reason and the orders left unwatched.
    """
    from watchdog import assemble
    from watchdog.commands import speech
    from watchdog.commands.shown import terminal_of, unwatched_orders
    from watchdog.review.listing import coverage_of, source_of
    from watchdog.review.sheets import coverage_sheet
    from watchdog.store import listings

    speech.one_form(as_json=as_json, as_csv=as_csv)
    house = assemble.house(speech.settings(), create=False)
    now = assemble.clock()
    try:
        with house.store.reading() as tx:
            coverage, unlisted = listings.coverage(tx), listings.unlisted(tx)
            unwatched = unwatched_orders(tx, coverage)
            sources = house.sources(tx, now)
    finally:
        house.close()
    screen = terminal_of(house, now=now)
    if as_json:
        told = coverage_of(coverage, unlisted, unwatched)
        speech.write_json({"coverage": told, "sources": [source_of(source) for source in sources]})
        return 0
    if as_csv:
        speech.write_sheet(coverage_sheet(coverage, unwatched, screen.words))
        return 0
    if coverage:
        screen.coverage(coverage, unwatched)
    else:
        screen.line("nothing_watched", inbox=house.inbox or "-")
    for each in unlisted:
        screen.line("unlisted_line", sku=each.sku or each.asin, rows=each.rows)
    for source in sources:
        screen.source(source, house.account.home.zone, now=now)
    return 0
