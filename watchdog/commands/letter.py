"""
``letter``: print a letter of a case, ready to paste.
"""

from __future__ import annotations

from pathlib import Path

import click

from watchdog.terms.letter import LetterKind


@click.command(epilog="Example: preorder-watchdog letter PW-0001 ticket --to ticket.txt")
@click.argument("case", metavar="CASE|ORDER")
@click.argument("kind", type=click.Choice([kind.value for kind in LetterKind]))
@click.option("--lang", type=click.Choice(["ja", "en"]), help="Instead of the marketplace's language.")
@click.option(
    "--to", "target", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write it there instead of on the screen."
)
def command(case: str, kind: str, lang: str | None, target: Path | None) -> int:
    """
    Print a letter with the case's logged facts; one that misses a fact does not print, it says which.
    """
    from watchdog import assemble
    from watchdog.commands import speech

    house = assemble.house(speech.settings(), create=False)
    try:
        letter = house.desk.letter(case, LetterKind(kind), language=lang, now=assemble.clock())
    finally:
        house.close()
    text = f"{letter.subject}\n\n{letter.text}"
    if target is not None:
        target.write_text(text, "utf-8")
        click.echo(str(target))
    else:
        click.echo(text)
    return 0
