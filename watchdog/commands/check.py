"""
``check``: one turn over every configured source, then deliver what is due.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from watchdog.assemble import House


@click.command(
    epilog="Example: preorder-watchdog check --json | jq '.findings[] | {order_id, ship_by, release_date}'",
)
@click.option("--now", metavar="ISO", help="Judge as of this instant instead of the clock, e.g. 2026-09-08 10:00.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout; logs and console alerts on stderr.")
@click.option("--no-deliver", is_flag=True, help="Leave the messages in the outbox.")
def command(now: str | None, *, as_json: bool, no_deliver: bool) -> int:
    """
    One turn: read what is new, judge it, keep the log, deliver what is due.

    A file that was dropped just now must stand still for some seconds before it is read: the turn waits for it and is taken once more.
    """
    from threading import Event

    from watchdog import assemble
    from watchdog.commands import speech
    from watchdog.commands.shown import shown_turn
    from watchdog.review.texts import text
    from watchdog.sources.inbox import READY_AFTER
    from watchdog.store.locks import hold

    settings = speech.settings()
    moment = speech.moment_of(now, settings.marketplace_ids[0].zone, clock=assemble.clock(), allow_future=settings.allow_future)
    house = assemble.house(settings, create=True)
    try:
        with hold(settings.state_dir / "patrol.lock", wait=10):
            turn = house.patrol.turn(moment)
        if now is None and _waiting(house):
            Event().wait(READY_AFTER.total_seconds())
            moment = assemble.clock()
            with hold(settings.state_dir / "patrol.lock", wait=10):
                turn += house.patrol.turn(moment)
        for name in _waiting(house):
            click.echo(text("waiting_line", settings.language, name=name), err=True)
        delivery = None if no_deliver else house.postman.deliver(lambda: moment)
        return shown_turn(house, turn, delivery, now=moment, as_json=as_json)
    finally:
        house.close()


def _waiting(house: House) -> tuple[str, ...]:
    """
    Return the names of the files that were still being written when the inbox was looked at.
    """
    from watchdog.sources.inbox import Inbox

    return tuple(name for source in house.patrol.sources if isinstance(source, Inbox) for name in source.waiting)
