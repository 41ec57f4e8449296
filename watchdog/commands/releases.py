"""
``releases``: who says which release date, what is missing; set one by hand, import many.
"""

from __future__ import annotations

from pathlib import Path

import click

_json = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
_csv = click.option("--csv", "as_csv", is_flag=True, help="A table for Excel on stdout.")


@click.group(invoke_without_command=True, epilog="Example: preorder-watchdog releases unknown")
@click.pass_context
def command(context: click.Context) -> int:
    """
    Release dates: who says what, and what is missing. Without a word behind it: the list.
    """
    answer: int = 0 if context.invoked_subcommand else context.invoke(listed, as_json=False, as_csv=False)
    return answer


@command.command("list", epilog="Example: preorder-watchdog releases list --csv > releases.csv")
@_json
@_csv
def listed(*, as_json: bool, as_csv: bool) -> int:
    """
    Every product with a release date: each source's word, the believed one marked, disagreement said.
    """
    from watchdog import assemble
    from watchdog.commands import speech
    from watchdog.commands.shown import terminal_of
    from watchdog.review.offers import offered, offers_of
    from watchdog.review.sheets import offers_sheet
    from watchdog.store import catalogue, listings

    speech.one_form(as_json=as_json, as_csv=as_csv)
    house = assemble.house(speech.settings(), create=False)
    try:
        with house.store.reading() as tx:
            offers = offered(catalogue.offers(tx), listings.coverage(tx))
    finally:
        house.close()
    screen = terminal_of(house, now=assemble.clock())
    if as_json:
        speech.write_json({"releases": offers_of(offers)})
    elif as_csv:
        speech.write_sheet(offers_sheet(offers, screen.words, house.account.home.zone))
    elif offers:
        screen.offers(offers)
        screen.line("believed_mark")
    else:
        screen.line("no_releases")
    return 0


@command.command(epilog="Example: preorder-watchdog releases unknown")
@_json
@_csv
def unknown(*, as_json: bool, as_csv: bool) -> int:
    """
    Products without a believed release date, with the orders they leave unwatched; and SKUs that may be pre-orders.
    """
    from watchdog import assemble
    from watchdog.commands import speech
    from watchdog.commands.shown import terminal_of
    from watchdog.review.offers import undated, unknown_of
    from watchdog.review.sheets import coverage_sheet
    from watchdog.store import catalogue, listings

    speech.one_form(as_json=as_json, as_csv=as_csv)
    house = assemble.house(speech.settings(), create=False)
    try:
        with house.store.reading() as tx:
            products, unlisted = tuple(undated(listings.coverage(tx))), listings.unlisted(tx)
            orders = catalogue.open_orders(tx, [each.product.id for each in products])
    finally:
        house.close()
    screen = terminal_of(house, now=assemble.clock())
    if as_json:
        speech.write_json(unknown_of(products, orders, unlisted))
        return 0
    if as_csv:
        speech.write_sheet(coverage_sheet(products, orders, screen.words))
        return 0
    if products:
        screen.coverage(products, orders)
    else:
        screen.line("all_dated")
    screen.unlisted(unlisted)
    return 0


@command.command("set", epilog="Example: preorder-watchdog releases set B0SAMPLE01 2026-09-14")
@click.argument("product", metavar="ASIN|SKU")
@click.argument("day", metavar="DATE")
@click.option("--title", metavar="TEXT", help="What people call it, where no order has named it yet.")
@click.option("--as", "kind", type=click.Choice(["asin", "sku"]), help="What the name is; found out by itself otherwise.")
@click.option("--marketplace", metavar="ID", help="Only there (id or country code); else everywhere.")
def set_date(product: str, day: str, *, title: str | None, kind: str | None, marketplace: str | None) -> int:
    """
    Set a release date: your own word of now, believed before the catalog's.

    It is written into the log. Where PREORDER_RELEASES_FILE is set, the product's line in that file is changed too (or one is
    added), because the file would otherwise say the old date again at its next change.
    """
    from watchdog import assemble
    from watchdog.commands import speech
    from watchdog.commands.dating import keep, own_date, spoken
    from watchdog.commands.shown import terminal_of

    settings = speech.settings()
    house = assemble.house(settings, create=False)
    now = assemble.clock()
    try:
        said, known = spoken(house, product, day, title=title, kind=kind, marketplace=marketplace)
        before = own_date(house, said)
        keep(house, [said], settings, name="releases set", now=now)
    finally:
        house.close()
    screen = terminal_of(house, now=now)
    screen.line("release_set", product=said.asin or said.sku, day=screen.words.day(said.release_date))
    if before is not None and before != said.release_date:
        screen.line("release_was", day=screen.words.day(before))
    if settings.releases_file is not None:
        screen.line("release_in_file", path=settings.releases_file)
    if not known:
        screen.line("release_new_product", kind="ASIN" if said.asin else "SKU")
    screen.line("release_judged")
    return 0


@command.command("import", epilog="Example: preorder-watchdog releases import listings.txt --date-column 発売日 --sku-column seller-sku")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--asin-column", metavar="NAME|N", help="Column of the ASIN: its name, or its number counted from 1.")
@click.option("--sku-column", metavar="NAME|N", help="Column of the SKU.")
@click.option("--date-column", metavar="NAME|N", help="Column of the release date.")
@click.option("--title-column", metavar="NAME|N", help="Column of the title.")
@click.option("--replace", is_flag=True, help="Take the file's date also where it differs from yours.")
@click.option("--yes", is_flag=True, help="Ask nothing.")
def import_file(file: Path, *, replace: bool, yes: bool, **columns: str | None) -> int:
    """
    Import release dates from a listing report or any CSV; on a terminal you are asked which column is which.

    The first rows are shown. Dates of yours that differ are never replaced without being asked or --replace. Written into the log
    and, where PREORDER_RELEASES_FILE is set, into that file.
    """
    from watchdog.commands.importing import Import

    given = {key.removesuffix("_column").replace("date", "release_date"): name for key, name in columns.items() if name}
    return Import(file, given, replace=replace, yes=yes).run()
