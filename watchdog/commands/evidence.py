"""
``evidence``: everything on record of a case as files fit to be attached to a ticket.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from watchdog.assemble import House
    from watchdog.review.evidence import Testimony


@click.command(epilog="Example: preorder-watchdog evidence PW-0001 --to evidence")
@click.argument("case", metavar="CASE|ORDER")
@click.option(
    "--to", "folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", required=True, help="A new or empty folder."
)
@click.option("--lang", type=click.Choice(["ja", "en"]), help="Instead of the marketplace's language.")
def command(case: str, *, folder: Path, lang: str | None) -> int:
    """
    Write a page, every observation with its time and source as CSV, the letters as sent, and a list of SHA-256.

    No buyer's data is in it, because none is on record.
    """
    from watchdog import assemble
    from watchdog.commands import speech
    from watchdog.compose.wording import words
    from watchdog.review.evidence import evidence_files
    from watchdog.review.evidence_texts import evidence_text
    from watchdog.routines.desk import letter_language
    from watchdog.terms.errors import UsageError

    if folder.exists() and any(folder.iterdir()):
        raise UsageError("evidence_folder_full", path=str(folder))
    house = assemble.house(speech.settings(), create=False)
    now = assemble.clock()
    try:
        testimony = gathered(house, case)
    finally:
        house.close()
    spoken = words(lang or letter_language(testimony.file.case.subject.marketplace_id))
    files = evidence_files(testimony, spoken, now=now)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_bytes(content)
    click.echo(evidence_text("written", house.account.language, count=len(files), path=folder))
    return 0


def gathered(house: House, name: str) -> Testimony:
    """
    Return everything on record of the case of that number or order id.
    """
    from watchdog.review.evidence import Testimony
    from watchdog.store import papers, testimony

    file = house.desk.file(name)
    finding = file.case.finding
    with house.store.reading() as tx:
        orders = testimony.orders_of(tx, file.case.no)
        siblings, count = testimony.siblings(tx, file.case.subject.product_id, orders)
        return Testimony(
            file,
            testimony.seen(tx, orders),
            siblings,
            count,
            testimony.said(tx, file.case.subject.marketplace_id, finding.asin, finding.sku),
            papers.letters_of(tx, file.case.no),
        )
