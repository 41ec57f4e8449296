"""
The tests' own walls: nothing leaves this machine, no setting of the developer's reaches a test.
"""

from __future__ import annotations

import os
import socket

import pytest

from tests.conftest import OutsideWorld


def test_a_test_cannot_reach_another_machine() -> None:
    """
    An address elsewhere is refused before a packet leaves (192.0.2.1 is for documentation and nobody's).
    """
    with socket.socket() as out, pytest.raises(OutsideWorld):
        out.connect(("192.0.2.1", 9))


def test_a_test_cannot_look_up_another_machine() -> None:
    """
    Asking for a name is leaving, too.
    """
    with pytest.raises(OutsideWorld):
        socket.getaddrinfo("example.invalid", 443)


def test_a_test_can_talk_to_itself() -> None:
    """
    Servers of a test listen on the loopback.
    """
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname(), timeout=5) as line:
        answer, _ = server.accept()
        answer.close()

        assert line.recv(1) == b""


def test_no_setting_reaches_a_test() -> None:
    """
    Whatever the developer has configured, a test starts from the defaults.
    """
    assert [name for name in os.environ if name.startswith("PREORDER_")] == []
