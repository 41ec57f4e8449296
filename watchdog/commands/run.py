"""
``run``: watch in the background.
"""

from __future__ import annotations

import click


@click.command(epilog="Example: preorder-watchdog run   (stop it with Ctrl-C; as a service: see the README)")
@click.option("--upgrade", is_flag=True, help="Bring an older database to this version first; a copy is kept.")
def command(*, upgrade: bool) -> int:
    """
    Watch until stopped: patrol every few minutes and whenever a file is dropped, deliver what is due, keep the log.
    """
    from watchdog import assemble, logs
    from watchdog.commands import speech
    from watchdog.daemon.starting import patiently
    from watchdog.daemon.systemd import notifier
    from watchdog.daemon.watchman import Watchman

    settings = speech.settings(in_background=True)
    manager, log = notifier(), logs.get("daemon")

    def first() -> assemble.House:
        if upgrade:
            assemble.upgrade(settings, assemble.clock())
        return assemble.house_whatever_happened(settings, assemble.clock())

    def build() -> assemble.House:
        return assemble.house(speech.settings(in_background=True), create=True)

    def mend() -> bool:
        return assemble.mend(settings, assemble.clock())

    Watchman(patiently(first, manager, log), assemble.clock, manager, log, rebuild=build, mend=mend).run()
    return 0
