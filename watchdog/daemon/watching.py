"""
The inbox rings too: a dropped file is noticed at once where the file system tells, else at the next round of the clock.
"""

from __future__ import annotations

from threading import Event, Thread
from typing import TYPE_CHECKING

from watchfiles import watch

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from structlog.typing import FilteringBoundLogger as Log

#: So often the watch wakes up and looks whether anything came in; the library's own fiftieth of a second costs more than all the rest.
_STEP_MS = 1_000
#: So often it comes up for air; the first time says that it is in place.
_TIMEOUT_MS = 1_000


class InboxWatch:
    """
    Rings for every change directly inside the folder; its sub-folders are the program's own.
    """

    def __init__(self, folder: Path, ring: Callable[[], None], log: Log) -> None:
        """
        Prepare the watch; it looks once started.
        """
        self._folder, self._ring, self._log = folder, ring, log
        self._stop = Event()
        self._thread = Thread(target=self._look, name="inbox", daemon=True)

    def start(self) -> None:
        """
        Begin to look.
        """
        self._thread.start()

    def stop(self) -> None:
        """
        Stop looking.
        """
        self._stop.set()
        self._thread.join(5)

    def _look(self) -> None:
        """
        Ring once as soon as the folder is watched, for what was dropped before, and then for every change.
        """
        begun = False
        try:
            # watching a folder that is not there ends at once and says nothing
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for changes in watch(
                self._folder,
                stop_event=self._stop,
                recursive=False,
                raise_interrupt=False,
                ignore_permission_denied=True,
                step=_STEP_MS,
                rust_timeout=_TIMEOUT_MS,
                yield_on_timeout=True,
            ):
                if changes or not begun:
                    self._ring()
                begun = True
        except (OSError, RuntimeError) as error:
            # a network share or an exhausted inotify: the clock's rounds still find every file
            self._log.warning("inbox.unwatched", reason=type(error).__name__)
