"""
The systemd unit: understood without a murmur, locked as far as a network daemon can be, every directive with its reason.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.architecture.source import ROOT

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ROOT / "systemd"
UNIT = FOLDER / "preorder-watchdog.service"
#: ``systemd-analyze security``'s exposure times ten; 1.1 is the floor for a daemon with a network (reference machine.md §3).
EXPOSURE = 11

pytestmark = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed here; CI installs it")


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """
    Return the unit with a program that exists: ``verify`` looks for it.
    """
    text = UNIT.read_text(encoding="utf-8")
    assert "/opt/preorder-watchdog/bin/preorder-watchdog run" in text
    copy = tmp_path / UNIT.name
    copy.write_text(text.replace("/opt/preorder-watchdog/bin/preorder-watchdog run", "/bin/true"), encoding="utf-8")
    return copy


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_systemd_understands_every_directive(unit: Path) -> None:
    """
    Not one line of complaint: the exit code alone stays 0 even for an unknown key.
    """
    told = _run("systemd-analyze", "verify", "--man=no", str(unit))

    assert (told.returncode, told.stderr) == (0, "")


def test_a_misspelt_directive_would_be_noticed(unit: Path) -> None:
    """
    The test above is not blind.
    """
    unit.write_text(unit.read_text(encoding="utf-8").replace("WatchdogSec=", "WatchdogSecs="), encoding="utf-8")

    told = _run("systemd-analyze", "verify", "--man=no", str(unit))

    assert "WatchdogSecs" in told.stderr


def test_the_exposure_is_at_the_floor(unit: Path) -> None:
    """
    ``systemd-analyze security`` finds 1.1 or less.
    """
    told = _run("systemd-analyze", "security", "--offline=true", f"--threshold={EXPOSURE}", "--no-pager", str(unit))

    assert told.returncode == 0, told.stdout


@pytest.mark.parametrize("name", ["preorder-watchdog.service", "preorder-watchdog.sysusers", "preorder-watchdog.tmpfiles"])
def test_every_directive_stands_under_its_reason(name: str) -> None:
    """
    No directive without a comment above it or above the lines it stands with.
    """
    reasoned = False
    bare = []
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("["):
            reasoned = False
        elif line.startswith("#"):
            reasoned = True
        elif not reasoned and not line.startswith(("Description=", "WantedBy=")):
            bare.append(line)

    assert bare == []


def test_the_inbox_is_open_to_its_group_and_nothing_else_is() -> None:
    """
    The user is made before the folders that belong to it, and the inbox alone is writable for the group.
    """
    users = (FOLDER / "preorder-watchdog.sysusers").read_text(encoding="utf-8")
    rows = [line.split() for line in (FOLDER / "preorder-watchdog.tmpfiles").read_text(encoding="utf-8").splitlines() if line[0] == "d"]
    modes = {path: mode for _, path, mode, *_ in rows}

    assert re.search(r"^u preorder-watchdog ", users, re.MULTILINE)
    assert modes == {
        "/var/lib/preorder-watchdog": "0750",
        "/var/lib/preorder-watchdog/inbox": "2770",
        "/etc/preorder-watchdog": "0750",
        "/etc/preorder-watchdog/credentials": "0700",
    }
    assert "StateDirectoryMode=0750" in UNIT.read_text(encoding="utf-8")
