"""
``note``: a line in the timeline.
"""

from __future__ import annotations

import click

from watchdog.commands.decided import decide, decision


@click.command(epilog='Example: preorder-watchdog note PW-0001 "called support, they look into it"')
@decision
@click.argument("text", metavar="TEXT")
def command(case: str, text: str, *, by: str | None, as_json: bool) -> int:
    """
    Write a line into the case's timeline.

    Do not write buyer data (names, addresses, phone numbers, e-mail): it is kept for good.
    """
    from watchdog.terms.case import CaseEvent

    return decide(case, CaseEvent.NOTE, by=by, as_json=as_json, detail={"text": text})
