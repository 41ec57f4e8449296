"""
``amazon-replied``: what Amazon's answer was.
"""

from __future__ import annotations

import click

from watchdog.commands.decided import decide, decision, instant_told
from watchdog.terms.case import CaseEvent
from watchdog.terms.finding import Cause

#: What an answer amounts to; any other settles nothing, but it is an answer: no letter may say that none came.
ANSWERS = {
    "excluded": CaseEvent.AMAZON_EXCLUDED,
    "corrected": CaseEvent.AMAZON_CORRECTED,
    "refused": CaseEvent.AMAZON_REFUSED,
    "asks": CaseEvent.AMAZON_ASKS,
    "other": CaseEvent.AMAZON_ANSWERED,
}


@click.command(epilog="Example: preorder-watchdog amazon-replied PW-0001 excluded --reference 12345678901 --cause buyer_change")
@decision
@click.argument("outcome", type=click.Choice(list(ANSWERS)))
@click.option("--reference", metavar="R", help="Number or date of the answer; never a name or an address.")
@click.option("--cause", type=click.Choice([cause.value for cause in Cause]), help="The cause, only where Amazon itself names it.")
@click.option("--text", metavar="TEXT", help="What was answered (needed with `other`); no buyer data.")
@click.option("--reply-by", metavar="ISO", help="By when Amazon said it will answer again.")
@click.option("--at", metavar="ISO", help="When the answer came, if that was not just now: letters name that moment.")
def command(
    case: str,
    outcome: str,
    *,
    reference: str | None,
    cause: str | None,
    text: str | None,
    reply_by: str | None,
    at: str | None,
    by: str | None,
    as_json: bool,
) -> int:
    """
    Note what Amazon answered.

    excluded: not counted as late; corrected: the date was put right; both are watched until they are seen to be true.
    refused: a final no. asks: Amazon wants to know something. other: anything else.

    Do not write buyer data (names, addresses, phone numbers, e-mail): it is kept for good.
    """
    said = {"reference": reference, "cause": cause, "text": text, "reply_by": instant_told(reply_by), "at": instant_told(at)}
    return decide(case, ANSWERS[outcome], by=by, as_json=as_json, detail=said)
