"""
The inbox rings for what is dropped into it, from the first moment on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.daemon.running import a_log, until
from watchdog.daemon.watching import InboxWatch

if TYPE_CHECKING:
    from pathlib import Path


def test_a_dropped_file_rings(tmp_path: Path) -> None:
    """
    Once for being there, once for the file.
    """
    rings: list[int] = []
    watch = InboxWatch(tmp_path, lambda: rings.append(1), a_log()[0])
    watch.start()
    until(lambda: rings, within=10)
    (tmp_path / "unshipped.txt").write_text("order-id\n")
    until(lambda: len(rings) == 2, within=10)

    watch.stop()


def test_a_file_dropped_before_the_watch_is_in_place_rings_too(tmp_path: Path) -> None:
    """
    Between the first turn and the first look of the watch nothing falls through.
    """
    rings: list[int] = []
    (tmp_path / "unshipped.txt").write_text("order-id\n")
    watch = InboxWatch(tmp_path, lambda: rings.append(1), a_log()[0])
    watch.start()
    until(lambda: rings, within=10)

    watch.stop()


def test_an_inbox_that_is_not_there_yet_is_made_and_watched(tmp_path: Path) -> None:
    """
    On the very first start there is no inbox; the file dropped a minute later must not wait for the clock.
    """
    rings: list[int] = []
    inbox = tmp_path / "state" / "inbox"
    watch = InboxWatch(inbox, lambda: rings.append(1), a_log()[0])
    watch.start()
    until(lambda: rings, within=10)
    (inbox / "unshipped.txt").write_text("order-id\n")
    until(lambda: len(rings) == 2, within=10)
    watch.stop()

    assert inbox.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_cannot_be_watched_is_said_and_left_to_the_clock(tmp_path: Path) -> None:
    """
    A file lies where the inbox should be.
    """
    log, told = a_log()
    (tmp_path / "state").write_text("")
    watch = InboxWatch(tmp_path / "state" / "inbox", lambda: None, log)
    watch.start()
    until(lambda: told, within=10)
    watch.stop()

    assert [(entry["event"], entry["reason"]) for entry in told] == [("inbox.unwatched", "NotADirectoryError")]
