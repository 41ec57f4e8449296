"""
``ticket-sent``: the support ticket is on its way.
"""

from __future__ import annotations

import click

from watchdog.commands.decided import decide, decision, instant_told


@click.command(epilog="Example: preorder-watchdog ticket-sent PW-0001 12345678901")
@decision
@click.argument("ticket_no", required=False, metavar="[TICKET_NO]")
@click.option("--reply-by", metavar="ISO", help="By when Amazon said it will answer; else by the next morning that still helps.")
@click.option("--at", metavar="ISO", help="When you sent it, if that was not just now: letters name that moment.")
def command(case: str, ticket_no: str | None, *, reply_by: str | None, at: str | None, by: str | None, as_json: bool) -> int:
    """
    Note that you have sent the ticket, with Amazon's number for it; you are told if no answer comes in time.

    A follow-up is the same ticket: note it in the same way (without the number), and the next answer is awaited.
    """
    from watchdog.terms.case import CaseEvent

    said = {"ticket_no": ticket_no, "reply_by": instant_told(reply_by), "at": instant_told(at)}
    return decide(case, CaseEvent.SEND_TICKET, by=by, as_json=as_json, detail=said)
