"""
A start that meets a full disk or a held log waits before it gives up: what fails over and over is not restarted for ever.
"""

from __future__ import annotations

import time
from threading import Event
from typing import TYPE_CHECKING

from watchdog.terms.errors import StoreBusy, StoreFull

if TYPE_CHECKING:
    from collections.abc import Callable

    from structlog.typing import FilteringBoundLogger as Log

    from watchdog.assemble import House
    from watchdog.daemon.systemd import Notifier

#: systemd allows twenty failed starts in ten minutes; one every two minutes stays below that for ever.
PATIENCE = 120.0
_KNOCK_EVERY = 5.0


def patiently(build: Callable[[], House], notifier: Notifier, log: Log, *, patience: float = PATIENCE) -> House:
    """
    Return the house as soon as its log can be used.

    Raises:
        StoreBusy: another program still holds it after so many seconds.
        StoreFull: it still can't be written.
    """
    end, nobody = time.monotonic() + patience, Event()
    while True:
        try:
            return build()
        except (StoreBusy, StoreFull) as error:
            if time.monotonic() >= end:
                raise
            log.warning("start.postponed", reason=error.code, **error.values)
            notifier.waiting(f"waiting for the log: {error.values.get('problem', error.code)}")
        nobody.wait(min(_KNOCK_EVERY, patience / 10))
