"""
``check``: one turn over every configured source, then deliver what is due.
"""

from __future__ import annotations

import click


@click.command(
    epilog="Example: preorder-watchdog check --json | jq '.findings[] | {order_id, ship_by, release_date}'",
)
@click.option("--now", metavar="ISO", help="Judge as of this instant instead of the clock, e.g. 2026-09-08T10:00:00+09:00.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout; logs and console alerts on stderr.")
@click.option("--no-deliver", is_flag=True, help="Leave the messages in the outbox.")
def command(now: str | None, *, as_json: bool, no_deliver: bool) -> int:
    """
    One turn: read what is new, judge it, keep the log, deliver what is due.
    """
    from watchdog import assemble
    from watchdog.commands import speech
    from watchdog.commands.shown import shown_turn
    from watchdog.store.locks import hold

    settings = speech.settings()
    moment = speech.moment_of(now, clock=assemble.clock(), allow_future=settings.allow_future)
    house = assemble.house(settings, create=True)
    try:
        with hold(settings.state_dir / "patrol.lock", wait=10):
            turn = house.patrol.turn(moment)
        delivery = None if no_deliver else house.postman.deliver(lambda: moment)
        return shown_turn(house, turn, delivery, now=moment, as_json=as_json)
    finally:
        house.close()
