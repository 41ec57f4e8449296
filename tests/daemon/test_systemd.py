"""
What systemd is told, in its own words.
"""

from __future__ import annotations

import os
import socket
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.daemon.running import listening
from watchdog.daemon.systemd import Notifier, notifier

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_ready_alive_and_stopping_are_said_in_the_words_of_sd_notify(tmp_path: Path) -> None:
    """
    One datagram each, a status beside the first two.
    """
    with listening(tmp_path) as ear:
        said = Notifier(ear.address, None)
        said.ready("watching")
        said.alive("3 turns")
        said.stopping()
        words = [ear.socket.recv(4096) for _ in range(3)]

    assert words == [b"READY=1\nSTATUS=watching", b"WATCHDOG=1\nSTATUS=3 turns", b"STOPPING=1"]


def test_an_abstract_socket_is_reached_too() -> None:
    """
    Such an address begins with an @.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(f"\0preorder-watchdog-{os.getpid()}")
        ear.settimeout(10)
        Notifier(f"@preorder-watchdog-{os.getpid()}", None).ready("watching")

        assert ear.recv(4096).startswith(b"READY=1")


def test_nobody_at_the_other_end_is_no_reason_to_stop(tmp_path: Path) -> None:
    """
    The watch does not depend on being heard.
    """
    Notifier(str(tmp_path / "nobody"), None).ready("watching")
    Notifier(None, None).ready("watching")

    assert not list(tmp_path.iterdir())


def test_the_heartbeat_comes_twice_as_often_as_systemd_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    As sd_watchdog_enabled(3) advises.
    """
    monkeypatch.setenv("WATCHDOG_USEC", "120000000")

    assert notifier().heartbeat_every == timedelta(minutes=1)


def test_a_heartbeat_meant_for_another_process_is_left_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The environment is inherited by children; the wish is not.
    """
    monkeypatch.setenv("WATCHDOG_USEC", "120000000")
    monkeypatch.setenv("WATCHDOG_PID", "1")

    assert notifier().heartbeat_every is None
    assert not notifier().is_heard
