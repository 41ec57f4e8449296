"""
``buyer-contacted``: the buyer was contacted.
"""

from __future__ import annotations

import click

from watchdog.commands.decided import decide, decision


@click.command(epilog="Example: preorder-watchdog buyer-contacted 250-1234567-1234567")
@decision
def command(case: str, *, by: str | None, as_json: bool) -> int:
    """
    Note that you have contacted the buyer (through buyer-seller messaging).

    Do not write the buyer's name, address or phone number anywhere: none is needed, and none is kept.
    """
    from watchdog.terms.case import CaseEvent

    return decide(case, CaseEvent.CONTACT_BUYER, by=by, as_json=as_json)
