"""
The shipped unit in a real systemd: started, killed, reloaded, stopped, and started with settings that can't be used.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import pytest

from tests.daemon.running import ROOT, reset_today, until
from tests.stories.seller import Seller

if TYPE_CHECKING:
    from collections.abc import Iterator

_BOX = ROOT.parent / "shared" / "tools" / "systemd-box"
_SYSTEM_PYTHON = Path("/usr/bin/python3")
_UNIT = "preorder-watchdog"
_STATE = Path("/var/lib/preorder-watchdog")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("systemd"),
    pytest.mark.skipif(os.geteuid() != 0, reason="a systemd of its own needs root"),
    pytest.mark.skipif(not _BOX.exists(), reason=f"{_BOX} is not here"),
    pytest.mark.skipif(not _SYSTEM_PYTHON.exists(), reason="no system Python for the unit"),
]


@dataclass(frozen=True)
class Machine:
    """
    A machine of its own over this one's root, with the program installed as the unit's first lines say.
    """

    folder: Path

    def runs(self, *command: str, given: str = "", check: bool = True) -> str:
        """
        Run a command there as root and return what it prints.
        """
        line = [str(_BOX), "run", str(self.folder), *command]
        return subprocess.run(line, input=given, capture_output=True, text=True, check=check, timeout=60).stdout.strip()

    def shows(self, name: str) -> str:
        """
        Return a property of the unit.
        """
        return self.runs("systemctl", "show", "--value", "--property", name, _UNIT)

    def log(self) -> str:
        """
        Return what the unit wrote.
        """
        return self.runs("journalctl", "--unit", _UNIT, "--output", "cat", "--no-pager")

    def sets(self, *lines: str) -> None:
        """
        Write the unit's settings.
        """
        self.runs("tee", "/etc/preorder-watchdog/environment", given="".join(f"{line}\n" for line in lines))


@pytest.fixture(scope="module")
def machine() -> Iterator[Machine]:
    """
    Build the wheel, install it for the system's Python, boot a systemd and put the unit into it.

    The folder lies outside /tmp, which the machine does not share, and the environment can be moved, because the unit sees neither /tmp
    nor /var/tmp.
    """
    folder = Path(tempfile.mkdtemp(prefix="preorder-watchdog-systemd-", dir="/var/tmp"))
    with _taken_down(folder):
        _install(folder)
        subprocess.run([_BOX, "up", folder / "box"], check=True, capture_output=True, stdin=subprocess.DEVNULL, timeout=60)
        machine = Machine(folder / "box")
        _set_up(machine, folder)
        yield machine


@contextlib.contextmanager
def _taken_down(folder: Path) -> Iterator[None]:
    """
    End the machine and delete its folder afterwards, also where the tests themselves are killed: the pipe to a guard breaks then.
    """
    script = 'cat; "$0" down "$1/box"; rm -rf "$1"'
    command = ["sh", "-c", script, str(_BOX), str(folder)]
    guard = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        yield
    finally:
        guard.communicate(timeout=60)


def _install(folder: Path) -> None:
    uv, venv = str(Path(sys.executable).parent / "uv"), str(folder / "venv")
    pip = (uv, "pip")
    python = ("--python", f"{venv}/bin/python", "--compile-bytecode")
    for command in (
        (sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)),
        (uv, "venv", "--quiet", "--relocatable", "--python", str(_SYSTEM_PYTHON), venv),
        (*pip, "sync", *python, "--require-hashes", str(ROOT / "requirements" / "runtime.txt")),
    ):
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    (wheel,) = folder.glob("*.whl")
    subprocess.run((*pip, "install", *python, "--no-deps", str(wheel)), cwd=ROOT, check=True, capture_output=True)


def _set_up(machine: Machine, folder: Path) -> None:
    """
    Follow the first lines of the unit file.
    """
    machine.runs("mkdir", "-p", "/opt/preorder-watchdog")
    machine.runs("mount", "--bind", str(folder / "venv"), "/opt/preorder-watchdog")
    shipped = machine.runs(
        "/opt/preorder-watchdog/bin/python", "-Ic", "import watchdog, pathlib; print(pathlib.Path(watchdog.__file__).parent)"
    )
    machine.runs("install", "-D", "-m", "644", f"{shipped}/_systemd/{_UNIT}.service", "/etc/systemd/system/")
    machine.runs("install", "-D", "-m", "644", f"{shipped}/_systemd/{_UNIT}.sysusers", f"/etc/sysusers.d/{_UNIT}.conf")
    machine.runs("systemd-sysusers")
    machine.runs("install", "-D", "-m", "644", f"{shipped}/_systemd/{_UNIT}.tmpfiles", f"/etc/tmpfiles.d/{_UNIT}.conf")
    machine.runs("systemd-tmpfiles", "--create", f"/etc/tmpfiles.d/{_UNIT}.conf")
    machine.runs("systemctl", "daemon-reload")


@pytest.fixture
def watching(machine: Machine) -> Iterator[float]:
    """
    The unit, started and ready; the seconds it took. Stopped with the test.
    """
    machine.sets("PREORDER_LANGUAGE=en")
    before = monotonic()
    machine.runs("systemctl", "start", _UNIT)
    yield monotonic() - before
    machine.runs("systemctl", "stop", _UNIT)


def test_it_starts_and_says_when_it_is_ready(machine: Machine, watching: float) -> None:
    """
    ``systemctl start`` returns when the program says so, soon, and the unit has what it says about itself.
    """
    print(f"systemctl start to READY {watching:.2f} s")

    assert machine.shows("ActiveState") == "active"
    assert machine.shows("StatusText")
    assert watching < 20


def test_a_file_that_somebody_of_the_group_drops_is_read_and_told(
    machine: Machine, watching: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    The seller is no root: he is in the group, and the inbox lets him in.
    """
    seller = Seller(tmp_path, monkeypatch)
    order = reset_today(seller)
    machine.runs("useradd", "--groups", _UNIT, "--no-create-home", "seller", check=False)
    for file in seller.inbox.iterdir():
        machine.runs(
            "setpriv",
            "--reuid=seller",
            "--regid=seller",
            "--init-groups",
            "tee",
            f"{_STATE}/inbox/{file.name}",
            given=file.read_text("cp932" if file.suffix == ".csv" else "utf-8"),
        )
    until(lambda: order.order_id in machine.log(), within=40)

    assert sorted(machine.runs("ls", f"{_STATE}/inbox").split()) == ["processed", "rejected"]


def test_killed_it_comes_back(machine: Machine, watching: float) -> None:
    """
    After a kill -9 the watch goes on by itself.
    """
    pid = machine.shows("MainPID")
    before = monotonic()
    machine.runs("kill", "-9", pid)
    until(lambda: machine.shows("ActiveState") == "active" and machine.shows("MainPID") not in {pid, "0"}, within=40)
    print(f"kill -9 to READY again {monotonic() - before:.1f} s")

    assert int(machine.shows("NRestarts")) >= 1


def test_a_reload_is_survived(machine: Machine, watching: float) -> None:
    """
    The same process goes on, and says what to do instead.
    """
    pid = machine.shows("MainPID")
    machine.runs("systemctl", "reload", _UNIT)
    until(lambda: "daemon.reload_refused" in machine.log(), within=20)

    assert machine.shows("MainPID") == pid


def test_it_stops_when_told(machine: Machine, watching: float) -> None:
    """
    In order, within seconds.
    """
    before = monotonic()
    machine.runs("systemctl", "stop", _UNIT)
    print(f"systemctl stop {monotonic() - before:.2f} s")

    assert machine.shows("ActiveState") == "inactive"
    assert machine.shows("Result") == "success"
    assert machine.shows("ExecMainStatus") == "0"
    assert monotonic() - before < 10


def test_settings_that_cannot_be_used_fail_once_and_are_not_tried_again(machine: Machine) -> None:
    """
    Exit 78 ends in a failed unit that says what is wrong, never in a loop.
    """
    machine.sets("PREORDER_LANGUAGE=en", "PREORDER_POLL_MINUTES=often")
    machine.runs("systemctl", "start", _UNIT, check=False)
    until(lambda: machine.shows("ActiveState") == "failed", within=20)

    assert machine.shows("ExecMainStatus") == "78"
    assert machine.shows("SubState") == "failed", "an automatic restart would be waiting"
    assert machine.shows("NRestarts") == "0"
    assert "PREORDER_POLL_MINUTES" in machine.log()
    machine.runs("systemctl", "reset-failed", _UNIT)
