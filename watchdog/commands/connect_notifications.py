"""
``connect notifications``: have Amazon write its notifications into the seller's queue, and say what is still to be set there.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from watchdog.settings import Settings
    from watchdog.sources.spapi.session import Session


@click.command(name="notifications", epilog="Example: preorder-watchdog connect notifications")
def command() -> int:
    """
    Register the queue of PREORDER_SQS_QUEUE_URL with Amazon and subscribe to changes of orders, finished reports and the account's state.

    What exists already is left as it is, so the command may be run again. It prints the policy the queue needs; no secret is shown.
    """
    from watchdog import assemble
    from watchdog.commands import speech
    from watchdog.terms.sentences import say

    settings = speech.settings()
    failed = 0
    for code, values in _steps(settings, assemble.clock()):
        failed += code in {"notify_no_queue", "notify_no_api", "notify_destination_refused", "notify_refused"}
        click.echo(say(code, settings.language, values) if code else values["text"])
    return 1 if failed else 0


def _steps(settings: Settings, now: datetime) -> Iterator[tuple[str, dict[str, str]]]:
    """
    Yield what is to be said, step by step; an empty code stands for text that is printed as it is.
    """
    from watchdog.assemble.settled import account_of
    from watchdog.assemble.spapi import session_of
    from watchdog.sources.queue import arn_of
    from watchdog.sources.spapi.notifications import SCOPE, policy

    if settings.sqs_queue_url is None:
        yield "notify_no_queue", {}
        return
    account = account_of(settings)
    seller, application = session_of(settings, account), session_of(settings, account, scope=SCOPE)
    if seller is None or application is None:
        yield "notify_no_api", {}
        return
    arn = arn_of(settings.sqs_queue_url)
    yield "notify_policy", {}
    yield "", {"text": json.dumps(policy(arn), indent=2)}
    try:
        yield from _registered(seller, application, arn, language=settings.language, now=now)
    finally:
        seller.close()
        application.close()


def _registered(seller: Session, application: Session, arn: str, *, language: str, now: datetime) -> Iterator[tuple[str, dict[str, str]]]:
    from watchdog.sources.spapi.notifications import destination, subscribe
    from watchdog.terms.errors import SourceError
    from watchdog.terms.sentences import say

    try:
        destination_id, made = destination(application, arn, now)
    except SourceError as error:
        yield "notify_destination_refused", {"arn": arn, "problem": say(error.code, language, error.values)}
        return
    yield "notify_destination_made" if made else "notify_destination_there", {"arn": arn}
    for one in subscribe(seller, destination_id, now):
        if one.trouble is not None:
            yield "notify_refused", {"type": one.type, "problem": say(one.trouble.code, language, one.trouble.values)}
        else:
            yield "notify_elsewhere" if one.elsewhere else "notify_made" if one.made else "notify_there", {"type": one.type}
    yield "notify_done", {}
