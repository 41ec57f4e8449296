"""
What holds for every test: no way out of this machine, a clean environment, and how hard Hypothesis tries.
"""

from __future__ import annotations

import ipaddress
import os
import sys
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# A shared machine is slow at times: a deadline would fail the healthy.
settings.register_profile("dev", deadline=None, max_examples=50)
# The same walks every time: a red CI must be red again on the next machine.
settings.register_profile(
    "ci", deadline=None, max_examples=100, derandomize=True, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("prove", deadline=None, max_examples=5000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev"))

# Read here, once: within a test no PREORDER_ name is set.
_PROVING = os.environ.get("PREORDER_PROVE") == "1"
_REWRITING = os.environ.get("PREORDER_GOLDEN") == "rewrite"
#: What systemd sets beside our own names; a test that starts a daemon must say it itself.
_SET_BY_SYSTEMD = ("CREDENTIALS_DIRECTORY", "NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "STATE_DIRECTORY")


class OutsideWorld(AssertionError):
    """
    A test tried to leave this machine.
    """


def _is_here(host: object) -> bool:
    """
    Say whether the host is this machine: a loopback address or its name; None and "" mean "any of mine" to a listener.
    """
    name = host.decode() if isinstance(host, bytes) else host
    if not isinstance(name, str) or name in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(name.split("%")[0]).is_loopback
    except ValueError:
        return False


def _guard(event: str, arguments: tuple[Any, ...]) -> None:
    if event in {"socket.connect", "socket.sendto"} and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if not _is_here(host):
        message = f"{event}: {host!r} is not on this machine"
        raise OutsideWorld(message)


# An audit hook sees every library's sockets and can't be taken out again, which is just right here.
sys.addaudithook(_guard)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """
    Begin with the files that have slow tests: no worker is left alone with one at the end.
    """
    slow = {item.path for item in items if item.get_closest_marker("slow") is not None}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    No setting of the developer's own reaches a test.
    """
    for name in tuple(os.environ):
        if name.startswith("PREORDER_") or name in _SET_BY_SYSTEMD:
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def proving() -> bool:
    """
    True under ``make prove``: a test takes its long form.
    """
    return _PROVING


@pytest.fixture(scope="session")
def rewriting() -> bool:
    """
    True under ``make golden``: a golden test writes its file instead of comparing it.
    """
    return _REWRITING
