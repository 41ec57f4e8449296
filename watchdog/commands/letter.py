"""
``letter``: print a letter of a case, ready to paste.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from watchdog.terms.letter import LetterKind

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from watchdog.routines.desk import Desk
    from watchdog.terms.letter import Asked, Letter


@click.command(epilog="Example: preorder-watchdog letter PW-0001 ticket --to ticket.txt")
@click.argument("case", metavar="CASE|ORDER")
@click.argument("kind", type=click.Choice([kind.value for kind in LetterKind]))
@click.option("--lang", type=click.Choice(["ja", "en"]), help="Instead of the reader's language.")
@click.option(
    "--price-now", metavar="AMOUNT", help="Another offer's price with shipping, less points, for a buyer text that names a saving."
)
@click.option("--price-paid", metavar="AMOUNT", help="What the buyer has paid, with shipping.")
@click.option("--anyway", is_flag=True, help="Open a text although it breaks Amazon's rules for messages; noted in the case.")
@click.option("--by", metavar="NAME", help="Who opens it so; your login name otherwise.")
@click.option(
    "--to", "target", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write it there instead of on the screen."
)
def command(
    case: str,
    kind: str,
    *,
    lang: str | None,
    price_now: str | None,
    price_paid: str | None,
    by: str | None,
    target: Path | None,
    anyway: bool,
) -> int:
    """
    Print a letter with the case's logged facts; one that misses a fact does not print, it says which.

    What is for your eyes only (a caution, what breaks Amazon's rules) goes to stderr, so that the text can be pasted as it is.
    """
    from watchdog import assemble
    from watchdog.commands import speech
    from watchdog.commands.decided import login

    house = assemble.house(speech.settings(), create=False)
    now = assemble.clock()
    try:
        asked = asked_for(house.desk, case, price_now, price_paid, now=now)
        letter = house.desk.letter(case, LetterKind(kind), language=lang, now=now, asked=asked)
        _warn(letter, house.account.language, anyway=anyway)
        if letter.is_marked_wrong:
            house.desk.opened_anyway(case, letter, by=by or login(), now=now)
    finally:
        house.close()
    text = f"{letter.subject}\n\n{letter.text}"
    if target is not None:
        target.write_text(text, "utf-8")
        click.echo(str(target))
    else:
        click.echo(text)
    return 0


def _warn(letter: Letter, language: str, *, anyway: bool) -> None:
    """
    Say what the seller must know of the text.

    Raises:
        UsageError: it breaks a rule, and he did not say ``--anyway``.
    """
    from watchdog.review.texts import text
    from watchdog.terms.errors import UsageError

    told = [letter.caution] if letter.caution else []
    told += [text(f"mark_{mark.level}", language, told=mark.text, source=mark.source) for mark in letter.marks]
    for line in told:
        click.echo(line, err=True)
    if letter.is_marked_wrong and not anyway:
        raise UsageError("letter_marked_wrong")


def asked_for(desk: Desk, case: str, price_now: str | None, price_paid: str | None, *, now: datetime) -> Asked | None:
    """
    Return the typed prices in the case's currency, the present one as seen now; None where none was typed.

    Raises:
        UsageError: one of them is no amount.
    """
    from watchdog.terms.letter import Asked
    from watchdog.terms.marketplace import BY_ID
    from watchdog.terms.money import Money

    if price_now is None and price_paid is None:
        return None
    currency = BY_ID[desk.file(case).case.subject.marketplace_id].currency
    seen, paid = (Money(amount(text), currency) if text is not None else None for text in (price_now, price_paid))
    return Asked(price_now=seen, price_seen_at=now if seen is not None else None, price_paid=paid)


def amount(text: str) -> Decimal:
    """
    Return the typed amount, with or without a sign of its currency.

    Raises:
        UsageError: it is none, or less than nothing.
    """
    import unicodedata
    from decimal import Decimal, InvalidOperation

    from watchdog.terms.errors import UsageError

    plain = unicodedata.normalize("NFKC", text).replace(",", "").strip().strip("¥$€£円 ")
    try:
        found = Decimal(plain)
    except InvalidOperation as error:
        raise UsageError("amount_unreadable", text=text) from error
    if not found.is_finite() or found < 0:
        raise UsageError("amount_unreadable", text=text)
    return found
