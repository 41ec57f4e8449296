"""
``ticket-sent``: the support ticket is on its way.
"""

from __future__ import annotations

import click

from watchdog.commands.decided import decide, decision
from watchdog.terms.typed import typed_instant


@click.command(epilog="Example: preorder-watchdog ticket-sent PW-0001 12345678901")
@decision
@click.argument("ticket_no", required=False, metavar="[TICKET_NO]")
@click.option("--reply-by", metavar="ISO", help="By when Amazon said it will answer; else by the next morning that still helps.")
def command(case: str, ticket_no: str | None, reply_by: str | None, *, by: str | None, as_json: bool) -> int:
    """
    Note that you have sent the ticket, with Amazon's number for it; you are told if no answer comes in time.

    A follow-up is the same ticket: note it in the same way (without the number), and the next answer is awaited.
    """
    from watchdog.commands import speech
    from watchdog.terms.case import CaseEvent
    from watchdog.terms.moments import show_instant

    due = show_instant(typed_instant(reply_by, speech.settings().marketplace_ids[0].zone)) if reply_by else None
    return decide(case, CaseEvent.SEND_TICKET, by=by, as_json=as_json, detail={"ticket_no": ticket_no, "reply_by": due})
