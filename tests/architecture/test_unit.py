"""
The systemd unit: understood without a murmur, locked as far as a network daemon can be, every directive with its reason.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from watchdog.daemon import units

FOLDER = ROOT / "systemd"
UNIT = FOLDER / "preorder-watchdog.service"
#: ``systemd-analyze security``'s exposure times ten; 1.1 is the floor for a daemon with a network (reference machine.md §3).
EXPOSURE = 11

pytestmark = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed here; CI installs it")


_PROGRAM = "/opt/preorder-watchdog/bin/preorder-watchdog"


@pytest.fixture(params=["preorder-watchdog.service", "preorder-watchdog-review.service"])
def unit(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """
    Return each unit of the system with a program that exists: ``verify`` looks for it.
    """
    text = (FOLDER / str(request.param)).read_text(encoding="utf-8")
    assert f"ExecStart={_PROGRAM} " in text
    copy = tmp_path / str(request.param)
    copy.write_text(text.replace(_PROGRAM, "/bin/true"), encoding="utf-8")
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
    unit.write_text(unit.read_text(encoding="utf-8").replace("NoNewPrivileges=", "NoNewPrivilege="), encoding="utf-8")

    told = _run("systemd-analyze", "verify", "--man=no", str(unit))

    assert "NoNewPrivilege" in told.stderr


def test_the_exposure_is_at_the_floor(unit: Path) -> None:
    """
    ``systemd-analyze security`` finds 1.1 or less.
    """
    told = _run("systemd-analyze", "security", "--offline=true", f"--threshold={EXPOSURE}", "--no-pager", str(unit))

    assert told.returncode == 0, told.stdout


@pytest.mark.parametrize(
    "name",
    [
        "preorder-watchdog.service",
        "preorder-watchdog-review.service",
        "user/preorder-watchdog.service",
        "preorder-watchdog.sysusers",
        "preorder-watchdog.tmpfiles",
    ],
)
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


def test_the_installed_unit_fits_its_environment_and_stays_at_the_floor(tmp_path: Path) -> None:
    """
    An environment in a home is shown to the service alone, a metrics port is opened, each secret is lent by its own line.
    """
    fitting = units.Fitting(
        program=Path("/bin/true"),
        reads=(Path("/home/seller/venv"), Path("/opt/python")),
        writes=(Path("/home/seller/inbox"), Path("/srv/backup")),
        secrets=("slack_webhook_url", "smtp_password"),
        metrics_port=9464,
    )
    text = units.for_system(units.DAEMON, fitting)
    path = tmp_path / units.DAEMON
    path.write_text(text, encoding="utf-8")
    lines = text.splitlines()
    told = _run("systemd-analyze", "security", "--offline=true", f"--threshold={EXPOSURE}", "--no-pager", str(path))

    assert {
        "ProtectHome=tmpfs",
        "BindReadOnlyPaths=/home/seller/venv",
        "BindPaths=/home/seller/inbox",
        "ReadWritePaths=/srv/backup",
    } <= set(lines)
    assert "LoadCredential=preorder_smtp_password:/etc/preorder-watchdog/credentials/smtp_password" in lines
    assert "SocketBindAllow=tcp:9464" in lines
    assert _PROGRAM not in text
    assert "BindReadOnlyPaths=/opt/python" not in lines
    assert _run("systemd-analyze", "verify", "--man=no", str(path)).stderr == ""
    assert told.returncode == 0, told.stdout


def test_the_units_of_an_installation_without_anything_set_are_the_shipped_ones() -> None:
    """
    But for the program's place and the directory of secrets, which a fresh machine has none of.
    """
    bare = units.Fitting(program=Path(_PROGRAM))
    own = units.for_system(units.DAEMON, bare).splitlines()
    gone = [line for line in UNIT.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#") and line not in own]

    assert gone == ["LoadCredential=preorder:/etc/preorder-watchdog/credentials"]
    assert f"ExecStart={_PROGRAM} run --upgrade" in units.for_user(bare)
