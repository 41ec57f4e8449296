"""
What systemd is told: ready, alive, stopping, and a line of status; nothing where no systemd listens.
"""

from __future__ import annotations

import os
import socket
import time
from contextlib import suppress
from datetime import timedelta


class Notifier:
    """
    Speaks systemd's notify protocol (sd_notify(3)); systemd's own watchdog is called heartbeat here.
    """

    def __init__(self, address: str | None, interval: timedelta | None) -> None:
        """
        Keep where to speak, and how long systemd waits between two heartbeats.
        """
        self._address = address
        self.heartbeat_every = interval / 2 if interval is not None else None  #: half of WatchdogSec, as sd_watchdog_enabled(3) advises

    @property
    def is_heard(self) -> bool:
        """
        Say whether a service manager listens.
        """
        return bool(self._address)

    def ready(self, status: str) -> None:
        """
        Say that the service is up.
        """
        self._say(f"READY=1\nSTATUS={status}")

    def reloading(self) -> None:
        """
        Say that new settings are being read; ``ready`` ends it, whatever came of it.
        """
        self._say(f"RELOADING=1\nMONOTONIC_USEC={time.monotonic_ns() // 1000}")

    def waiting(self, status: str) -> None:
        """
        Say why the start takes longer, and ask for another minute.
        """
        self._say(f"EXTEND_TIMEOUT_USEC=60000000\nSTATUS={status}")

    def status(self, status: str) -> None:
        """
        Say how things stand.
        """
        self._say(f"STATUS={status}")

    def alive(self, status: str) -> None:
        """
        Say that both lanes move or are idle.
        """
        self._say(f"WATCHDOG=1\nSTATUS={status}")

    def stopping(self) -> None:
        """
        Say that the service is on its way down.
        """
        self._say("STOPPING=1")

    def _say(self, words: str) -> None:
        if not self._address:
            return
        address = "\0" + self._address[1:] if self._address.startswith("@") else self._address
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as link:
            # nobody there to hear: sd_notify(3) advises to go on, for the work does not depend on it
            link.connect(address)
            link.sendall(words.encode())


def notifier() -> Notifier:
    """
    Return the notifier systemd asked for in the environment; a silent one where it did not.
    """
    environment = os.environ  # noqa: TID251 - these names are systemd's, no settings of ours
    microseconds = environment.get("WATCHDOG_USEC", "")
    meant = environment.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
    interval = timedelta(microseconds=int(microseconds)) if microseconds.isdigit() and meant else None
    return Notifier(environment.get("NOTIFY_SOCKET"), interval)
