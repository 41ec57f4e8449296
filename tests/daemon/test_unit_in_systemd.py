"""
``service install`` in a real systemd: started, killed, hung, reloaded, stopped, looked at from outside, and taken away again.
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

_BOX = ROOT / "tests" / "daemon" / "systemd-box"
_SYSTEM_PYTHON = Path("/usr/bin/python3")
_UNIT = "preorder-watchdog"
_STATE = Path("/var/lib/preorder-watchdog")
_PROGRAM = "/opt/preorder-watchdog/bin/preorder-watchdog"
_WEBHOOK = "https://hooks.slack.com/services/T000/B000/not-a-real-one"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.geteuid() != 0, reason="a systemd of its own needs root"),
    pytest.mark.skipif(not Path("/lib/systemd/systemd").exists(), reason="systemd is not installed here"),
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
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PREORDER_")}
        done = subprocess.run(line, env=environment, input=given, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0 or not check, f"{command}: {done.stdout}{done.stderr}"
        return done.stdout.strip()

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
        self.runs("tee", "/etc/preorder-watchdog/.env", given="".join(f"{line}\n" for line in lines))

    def installs(self, *options: str) -> str:
        """
        Install the service as a seller does, with a secret in the environment, and return what is said.
        """
        secret = f"PREORDER_SLACK_WEBHOOK_URL={_WEBHOOK}"
        return self.runs("env", secret, "PREORDER_LANGUAGE=en", _PROGRAM, "service", "install", "--for", "seller", *options)

    def answers(self, *command: str, by: str = "seller") -> subprocess.CompletedProcess[str]:
        """
        Run a command there as another user and return how it went.
        """
        line = [str(_BOX), "run", str(self.folder), "setpriv", f"--reuid={by}", f"--regid={by}", "--init-groups", *command]
        return subprocess.run(line, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60)


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
        boot = [str(_BOX), "up", str(folder / "box")]
        booted = subprocess.run(boot, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60)
        if booted.returncode:
            pytest.skip(f"this machine lets nobody make namespaces: {booted.stderr.strip()[-200:]}")
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
    Put the environment where it will live, make the seller, and install.
    """
    machine.runs("mkdir", "-p", "/opt/preorder-watchdog")
    machine.runs("mount", "--bind", str(folder / "venv"), "/opt/preorder-watchdog")
    machine.runs("useradd", "--user-group", "--create-home", "seller")
    said = machine.installs()
    assert f"{_STATE}/inbox" in said
    assert _WEBHOOK not in said


@pytest.fixture
def watching(machine: Machine) -> Iterator[float]:
    """
    The unit, started and ready; the seconds it took. Stopped with the test.
    """
    machine.runs("systemctl", "stop", _UNIT)
    machine.sets("PREORDER_LANGUAGE=en")
    before = monotonic()
    machine.runs("systemctl", "start", _UNIT)
    yield monotonic() - before
    machine.runs("systemctl", "stop", _UNIT)


def test_it_starts_and_says_when_it_is_ready(machine: Machine, watching: float) -> None:
    """
    ``systemctl start`` returns when the program says so, soon, and the unit has what it says about itself.
    """
    memory = int(machine.runs("grep", "VmRSS", f"/proc/{machine.shows('MainPID')}/status").split()[1]) // 1024
    print(f"systemctl start to READY {watching:.2f} s, memory {memory} MB")

    assert memory <= 110
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
    until(lambda: '"opened": 1' in machine.log(), within=40)

    opened = f"import sqlite3; database = sqlite3.connect('file:{_STATE}/watchdog.db?mode=ro', uri=True)"
    asked = "print(*database.execute('SELECT count(*) FROM flagged_orders').fetchone())"
    seen = machine.answers("/opt/preorder-watchdog/bin/python", "-Ic", f"{opened}; {asked}")
    flagged = machine.runs(_PROGRAM, "flagged", "--json")

    assert sorted(machine.runs("ls", f"{_STATE}/inbox").split()) == ["processed", "rejected"]
    assert seen.stdout.strip() == "1", f"the log is readable by the group: {seen.stderr}"
    assert order.order_id in flagged, "root's command sees the service's log"
    assert "root" not in machine.runs("find", str(_STATE), "-printf", "%u\\n").split(), "and leaves nothing of its own there"


def test_killed_it_comes_back(machine: Machine, watching: float) -> None:
    """
    After a kill -9 the watch goes on by itself.
    """
    pid = machine.shows("MainPID")
    before = monotonic()
    machine.runs("kill", "-9", pid)
    until(lambda: machine.shows("ActiveState") == "active" and machine.shows("MainPID") not in {pid, "0"}, within=40)
    took = monotonic() - before
    print(f"kill -9 to READY again {took:.2f} s")

    assert int(machine.shows("NRestarts")) >= 1
    assert took < 10


def test_hung_it_is_killed_and_started_again(machine: Machine, watching: float) -> None:
    """
    No sign of life for as long as WatchdogSec: three seconds here, two minutes in the shipped unit.
    """
    machine.runs("mkdir", "-p", f"/run/systemd/system/{_UNIT}.service.d")
    machine.runs("tee", f"/run/systemd/system/{_UNIT}.service.d/soon.conf", given="[Service]\nWatchdogSec=3s\nTimeoutAbortSec=1s\n")
    machine.runs("systemctl", "daemon-reload")
    machine.runs("systemctl", "restart", _UNIT)
    pid = machine.shows("MainPID")
    before = monotonic()
    machine.runs("kill", "-STOP", pid)
    until(lambda: machine.shows("ActiveState") == "active" and machine.shows("MainPID") not in {pid, "0"}, within=40)
    print(f"hung to READY again {monotonic() - before:.2f} s (WatchdogSec=3s)")
    told = machine.log()
    machine.runs("rm", "-r", f"/run/systemd/system/{_UNIT}.service.d")
    machine.runs("systemctl", "daemon-reload")
    machine.runs("systemctl", "stop", _UNIT)

    assert "Watchdog timeout" in told


def test_a_reload_takes_the_new_settings_in_the_same_process(machine: Machine, watching: float) -> None:
    """
    ``systemctl reload`` returns when the new settings are in use.
    """
    pid = machine.shows("MainPID")
    machine.sets("PREORDER_LANGUAGE=en", "PREORDER_POLL_MINUTES=33")
    machine.runs("systemctl", "reload", _UNIT)
    until(lambda: '"poll_minutes": 33.0' in machine.log(), within=20)

    assert machine.shows("MainPID") == pid


def test_nobody_but_the_service_sees_its_secrets(machine: Machine, watching: float) -> None:
    """
    Closed on the disk, not in the environment, and gone from the log; the service itself reads them.
    """
    pid = machine.shows("MainPID")
    on_disk = machine.answers("cat", "/etc/preorder-watchdog/credentials/slack_webhook_url")
    lent = machine.runs("ls", "-l", f"/run/credentials/{_UNIT}.service")
    by_seller = machine.answers("ls", f"/run/credentials/{_UNIT}.service")
    environment = machine.runs("cat", f"/proc/{pid}/environ")
    shown = machine.runs(_PROGRAM, "config", "show")
    stranger = machine.answers("env", "HOME=/tmp", _PROGRAM, "config", "check", by="daemon")

    assert stranger.returncode == 0, f"what others may not read is not there for them: {stranger.stderr}"
    assert on_disk.returncode != 0
    assert by_seller.returncode != 0
    assert "preorder_slack_webhook_url" in lent
    assert "hooks.slack.com" not in environment + machine.log() + shown
    assert "PREORDER_SLACK_WEBHOOK_URL=***" in shown, "root's commands find what the service has"


def test_the_rest_of_the_system_is_read_only_to_it(machine: Machine, watching: float) -> None:
    """
    Tried from inside its own namespaces, as its own user.
    """
    pid = machine.shows("MainPID")
    enter = ("nsenter", "-t", pid, "-m", "setpriv", f"--reuid={_UNIT}", f"--regid={_UNIT}", "--init-groups")
    tried = {
        place: machine.runs(*enter, "sh", "-c", f"touch {place}/x 2>/dev/null && rm {place}/x && echo written || echo refused")
        for place in ("/etc", "/usr", "/var/lib", "/opt/preorder-watchdog", str(_STATE), str(_STATE / "inbox"))
    }
    homes = machine.runs(*enter, "sh", "-c", "ls /root /home 2>&1 | wc -l")

    assert [place for place, answer in tried.items() if answer == "written"] == [str(_STATE), str(_STATE / "inbox")]
    assert int(homes) <= 6, "two empty or closed folders"


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
    machine.runs("systemctl", "stop", _UNIT)
    machine.sets("PREORDER_LANGUAGE=en", "PREORDER_POLL_MINUTES=often")
    machine.runs("systemctl", "start", _UNIT, check=False)
    until(lambda: machine.shows("ActiveState") == "failed", within=20)

    assert machine.shows("ExecMainStatus") == "78"
    assert machine.shows("SubState") == "failed", "an automatic restart would be waiting"
    assert machine.shows("NRestarts") == "0"
    assert "PREORDER_POLL_MINUTES" in machine.log()
    machine.runs("systemctl", "reset-failed", _UNIT)


def test_what_was_installed_is_as_closed_as_the_shipped_unit(machine: Machine) -> None:
    """
    Fitting the unit to this machine costs nothing of its 1.1.
    """
    told = machine.runs(
        "systemd-analyze", "security", "--offline=true", "--threshold=11", "--no-pager", f"/etc/systemd/system/{_UNIT}.service"
    )
    print(told.splitlines()[-1])
    complaints = subprocess.run(
        [str(_BOX), "run", str(machine.folder), "systemd-analyze", "verify", "--man=no", f"/etc/systemd/system/{_UNIT}.service"],
        capture_output=True, text=True, check=False,
    ).stderr  # fmt: skip

    assert complaints == ""


def test_without_root_it_is_a_service_of_the_user(machine: Machine) -> None:
    """
    The seller's own systemd, his own state, his secrets closed; taken away again it leaves the state alone.
    """
    machine.sets("PREORDER_LANGUAGE=en")
    uid = machine.runs("id", "-u", "seller")
    machine.runs("systemctl", "start", f"user@{uid}.service")
    own = ("env", "HOME=/home/seller", f"XDG_RUNTIME_DIR=/run/user/{uid}", "PREORDER_LANGUAGE=en", f"PREORDER_SLACK_WEBHOOK_URL={_WEBHOOK}")
    told = machine.answers(*own, "sh", "-c", f"cd && {_PROGRAM} service install")
    assert told.returncode == 0, told.stdout + told.stderr
    shown = machine.answers(*own[:4], "systemctl", "--user", "show", "--property", "ActiveState,StatusText", _UNIT)
    closed = machine.runs("stat", "-c", "%a %U", "/home/seller/.config/preorder-watchdog/credentials/slack_webhook_url")
    gone = machine.answers(*own, "sh", "-c", f"cd && {_PROGRAM} service uninstall")
    left = machine.runs("find", "/home/seller", "-name", "*preorder-watchdog*")

    assert "ActiveState=active" in shown.stdout
    assert "next turn" in shown.stdout
    assert closed == "600 seller"
    assert gone.returncode == 0, gone.stdout + gone.stderr
    assert left == "/home/seller/.local/state/preorder-watchdog"


def test_taken_away_it_leaves_nothing_but_the_state(machine: Machine) -> None:
    """
    Installed again afterwards, the log is still there.
    """
    machine.sets("PREORDER_LANGUAGE=en")
    machine.installs()
    before = machine.runs("stat", "-c", "%i", f"{_STATE}/watchdog.db")
    machine.runs(_PROGRAM, "service", "uninstall")
    left = machine.runs("find", "/etc", "/run/systemd", "/var/lib", "-name", "*preorder-watchdog*", "-not", "-path", "*/transient/*")
    machine.installs()
    after = machine.runs("stat", "-c", "%i", f"{_STATE}/watchdog.db")

    assert left == str(_STATE)
    assert after == before
    assert machine.shows("ActiveState") == "active"
    machine.runs("systemctl", "stop", _UNIT)
