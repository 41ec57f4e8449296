"""
``ack``: the seller has seen it.
"""

from __future__ import annotations

import click

from watchdog.commands.decided import decide, decision


@click.command(epilog="Example: preorder-watchdog ack PW-0001")
@decision
def command(case: str, *, by: str | None, as_json: bool) -> int:
    """
    Note that you have seen the case; it stays open and rings again only if it gets worse.
    """
    from watchdog.terms.case import CaseEvent

    return decide(case, CaseEvent.ACKNOWLEDGE, by=by, as_json=as_json)
