"""
``run``: watch in the background.
"""

from __future__ import annotations

import click


@click.command(epilog="Example: preorder-watchdog run   (stop it with Ctrl-C; as a service: see the README)")
def command() -> int:
    """
    Watch until stopped: patrol every few minutes and whenever a file is dropped, deliver what is due, keep the log.
    """
    from datetime import timedelta

    from watchdog import assemble, logs
    from watchdog.commands import speech
    from watchdog.daemon.systemd import notifier
    from watchdog.daemon.watchman import Watchman

    settings = speech.settings(in_background=True)
    house = assemble.house(settings, create=True)
    try:
        Watchman(
            house,
            settings.state_dir,
            poll_every=timedelta(minutes=settings.poll_minutes),
            clock=assemble.clock,
            notifier=notifier(),
            log=logs.get("daemon"),
        ).run()
    finally:
        house.close()
    return 0
