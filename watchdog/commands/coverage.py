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
    from watchdog.assemble.eyes import is_unasked
    from watchdog.commands import speech
    from watchdog.commands.shown import absent_list, nothing_line, terminal_of, unwatched_orders
    from watchdog.review.listing import coverage_of, source_of
    from watchdog.review.sheets import coverage_sheet
    from watchdog.store import listings
    from watchdog.terms.sentences import say

    speech.one_form(as_json=as_json, as_csv=as_csv)
    settings, now = speech.settings(), assemble.clock()
    house = assemble.house(settings, create=False)
    try:
        with house.store.reading() as tx:
            coverage, unlisted = listings.coverage(tx), listings.unlisted(tx)
            unwatched = unwatched_orders(tx, coverage)
            sources, unread = house.sources(tx, now), nothing_line(tx, house)
    finally:
        house.close()
    screen = terminal_of(house, now=now)
    unasked = [each.product for each in coverage if is_unasked(settings, each.product)]
    if as_json:
        told = coverage_of(coverage, unlisted, unwatched, unasked={product.id for product in unasked})
        speech.write_json({"coverage": told, "sources": [source_of(source) for source in sources]})
        return 0
    if as_csv:
        speech.write_sheet(coverage_sheet(coverage, unwatched, screen.words))
        return 0
    if coverage:
        screen.coverage(coverage, unwatched)
    else:
        screen.line(unread, inbox=house.inbox or "-")
    screen.unasked(unasked)
    screen.unlisted(unlisted)
    if (absent := absent_list(settings)) is not None:
        click.echo(say(absent.code, settings.language, absent.values), err=True)
    for source in sources:
        screen.source(source, house.account.home.zone, now=now)
    return 0
