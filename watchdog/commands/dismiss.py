"""
``dismiss``: it is nothing.
"""

from __future__ import annotations

import click

from watchdog.commands.decided import decide, decision


@click.command(epilog='Example: preorder-watchdog dismiss PW-0001 --reason "we ship it on the 8th"')
@decision
@click.option("--reason", required=True, metavar="TEXT", help="Why it is nothing; no buyer data.")
def command(case: str, reason: str, *, by: str | None, as_json: bool) -> int:
    """
    Close the case as nothing to do. It rings again only if the ship-by date moves still earlier.

    Do not write buyer data (names, addresses, phone numbers, e-mail) into the reason: it is kept for good.
    """
    from watchdog.terms.case import CaseEvent

    return decide(case, CaseEvent.DISMISS, by=by, as_json=as_json, detail={"reason": reason})
