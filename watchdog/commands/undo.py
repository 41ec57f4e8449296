"""
``undo``: the last decision is taken back.
"""

from __future__ import annotations

import click

from watchdog.commands.decided import decide, decision


@click.command(epilog="Example: preorder-watchdog undo PW-0001")
@decision
def command(case: str, *, by: str | None, as_json: bool) -> int:
    """
    Take back the last decision; what facts have changed since stays.
    """
    from watchdog.terms.case import CaseEvent

    return decide(case, CaseEvent.UNDO, by=by, as_json=as_json)
