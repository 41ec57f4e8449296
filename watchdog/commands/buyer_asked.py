"""
``buyer-asked``: the buyer wishes to cancel.
"""

from __future__ import annotations

import click

from watchdog.commands.decided import decide, decision


@click.command(epilog="Example: preorder-watchdog buyer-asked 250-1234567-1234567")
@decision
def command(case: str, *, by: str | None, as_json: bool) -> int:
    """
    Note that the buyer has asked you to cancel; the reply and the steps to approve it are ready then.

    Do not write the buyer's name, address or phone number anywhere: none is needed, and none is kept.
    """
    from watchdog.terms.case import CaseEvent

    return decide(case, CaseEvent.BUYER_ASKED, by=by, as_json=as_json)
