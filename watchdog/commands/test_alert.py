"""
``test-alert``: send a marked sample over every channel and say what the other side answered.
"""

from __future__ import annotations

import click


@click.command(epilog="Example: preorder-watchdog test-alert --channel slack")
@click.option("--channel", "only", metavar="NAME", help="Only this channel.")
def command(only: str | None) -> int:
    """
    Send a real warning of an invented order, marked as a test, over every channel of both lists; exit 1 where one did not take it.
    """
    import sys

    from watchdog import assemble
    from watchdog.commands import speech
    from watchdog.review.texts import text
    from watchdog.terms.answers import told_answer
    from watchdog.terms.errors import UsageError
    from watchdog.terms.message import Fate, Message

    settings = speech.settings()
    channels = assemble.channels_of(settings, sys.stderr)
    names = [channel.name for channel in channels]
    if only is not None and only not in names:
        raise UsageError("channel_unknown", name=only, known=", ".join(names))
    now = assemble.clock()
    notice = assemble.composer_of(settings).test_notice(language=settings.language, now=now, place=settings.marketplace_ids[0])
    failed = 0
    for channel in channels:
        if only in {None, channel.name}:
            receipt = channel.send(Message(0, channel.name, notice, now))
            failed += receipt.fate is not Fate.SENT
            answer = told_answer(receipt.answer, settings.language)
            click.echo(text(f"test_{receipt.fate}", settings.language, channel=channel.name, answer=answer))
    return 1 if failed else 0
