"""
The service is set up and taken down: user, folders, settings, secrets, units; each step says what it did.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from watchdog.assemble import hand_over
from watchdog.daemon import units
from watchdog.daemon.units import Fitting
from watchdog.terms.errors import ServiceFailed

NAME = "preorder-watchdog"
ETC = Path("/etc/preorder-watchdog")
STATE = Path("/var/lib/preorder-watchdog")
_UNITS = Path("/etc/systemd/system")
_USERS = Path("/etc/sysusers.d/preorder-watchdog.conf")
_FOLDERS = Path("/etc/tmpfiles.d/preorder-watchdog.conf")


@dataclass(frozen=True)
class Installation:
    """
    What is to be installed for the whole system.
    """

    fitting: Fitting
    settings: Mapping[str, str]  #: PREORDER_NAME → value as it is written
    secrets: Mapping[str, str]  #: name of the credential file → value
    people: tuple[str, ...] = ()  #: users who may drop files and read the log
    review: bool = False
    told: Callable[[str], None] = lambda _line: None

    def install(self) -> None:
        """
        Make the user, the folders, the settings, the secrets and the units, and start them; again is as good as once.

        Raises:
            ServiceFailed: a step failed; those before it stay.
        """
        self._make_user()
        for person in self.people:
            run("usermod", "--append", "--groups", NAME, person)
            self.told(f"{person} ∈ {NAME}")
        self._write_settings()
        self._write_secrets()
        names = (units.DAEMON, units.REVIEW) if self.review else (units.DAEMON,)
        for name in names:
            write(_UNITS / name, units.for_system(name, self.fitting), 0o644)
            self.told(str(_UNITS / name))
        run("systemctl", "daemon-reload")
        run("systemctl", "enable", "--quiet", *names)
        run("systemctl", "restart", *names)

    def _make_user(self) -> None:
        write(_USERS, units.shipped("preorder-watchdog.sysusers"), 0o644)
        run("systemd-sysusers", str(_USERS))
        write(_FOLDERS, units.shipped("preorder-watchdog.tmpfiles"), 0o644)
        run("systemd-tmpfiles", "--create", str(_FOLDERS))
        hand_over(STATE)
        self.told(f"{STATE}/inbox")

    def _write_settings(self) -> None:
        path = ETC / ".env"
        if path.exists() or not self.settings:
            return
        write(path, "".join(f"{name}={quoted(value)}\n" for name, value in self.settings.items()), 0o640)
        shutil.chown(path, "root", NAME)
        self.told(str(path))

    def _write_secrets(self) -> None:
        for name, value in self.secrets.items():
            write(ETC / "credentials" / name, value, 0o600)
            self.told(str(ETC / "credentials" / name))


def uninstall(told: Callable[[str], None], *, keep_settings: bool) -> None:
    """
    Stop and remove the units, the settings and the secrets. The state stays, and the user it belongs to.
    """
    there = [name for name in (units.DAEMON, units.REVIEW) if (_UNITS / name).exists()]
    if there:
        run("systemctl", "disable", "--quiet", "--now", *there)
    for path in (*(_UNITS / name for name in (units.DAEMON, units.REVIEW)), _USERS, _FOLDERS, *(() if keep_settings else (ETC,))):
        if path.is_dir():
            shutil.rmtree(path)
        elif path.exists():
            path.unlink()
        else:
            continue
        told(f"- {path}")
    run("systemctl", "daemon-reload")


@dataclass(frozen=True)
class UserInstallation:
    """
    What is to be installed for one user, without root.
    """

    fitting: Fitting
    settings: Mapping[str, str]
    secrets: Mapping[str, str]
    home: Path
    told: Callable[[str], None] = lambda _line: None

    @property
    def config(self) -> Path:
        """
        Where the user's settings and secrets lie.
        """
        return self.home / ".config" / NAME

    @property
    def unit(self) -> Path:
        """
        Where the user's systemd looks for units.
        """
        return self.home / ".config" / "systemd" / "user" / units.DAEMON

    def install(self) -> None:
        """
        Write settings, secrets and the unit, and start it.

        Raises:
            ServiceFailed: a step failed; those before it stay.
        """
        (self.config / "credentials").mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.settings and not (self.config / ".env").exists():
            write(self.config / ".env", "".join(f"{name}={quoted(value)}\n" for name, value in self.settings.items()), 0o600)
        for name, value in self.secrets.items():
            write(self.config / "credentials" / name, value, 0o600)
        write(self.unit, units.for_user(self.fitting), 0o644)
        self.told(str(self.unit))
        run("systemctl", "--user", "daemon-reload")
        run("systemctl", "--user", "enable", "--quiet", units.DAEMON)
        run("systemctl", "--user", "restart", units.DAEMON)

    def uninstall(self, *, keep_settings: bool) -> None:
        """
        Stop and remove the unit, the settings and the secrets; the state stays.
        """
        if self.unit.exists():
            run("systemctl", "--user", "disable", "--quiet", "--now", units.DAEMON)
            self.unit.unlink()
            self.told(f"- {self.unit}")
        if self.config.exists() and not keep_settings:
            shutil.rmtree(self.config)
            self.told(f"- {self.config}")
        run("systemctl", "--user", "daemon-reload")


def shown(*, user: bool) -> dict[str, str]:
    """
    Return what systemd says of the daemon's unit.
    """
    names = ("LoadState", "ActiveState", "SubState", "StatusText", "MainPID", "NRestarts", "Result", "ActiveEnterTimestamp", "FragmentPath")
    line = ("systemctl", *(("--user",) if user else ()), "show", "--property", ",".join(names), units.DAEMON)
    return dict(row.partition("=")[::2] for row in run(*line).splitlines() if "=" in row)


def run(*command: str) -> str:
    """
    Run a command of the system and return what it prints.

    Raises:
        ServiceFailed: it is not there, or says no.
    """
    try:
        done = subprocess.run(command, check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=180)  # noqa: S603 - fixed words and our own paths
    except subprocess.CalledProcessError as error:
        raise ServiceFailed(command=" ".join(command), problem=(error.stderr or error.stdout).strip()) from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ServiceFailed(command=" ".join(command), problem=type(error).__name__) from error
    return done.stdout


def write(path: Path, text: str, mode: int) -> None:
    """
    Write the file anew: never readable to more people than it will be, and whole or not at all.
    """
    path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    part.chmod(mode)
    part.rename(path)


def quoted(value: str) -> str:
    """
    Return the value as ``.env`` takes it back unchanged.
    """
    if value and value == value.strip() and not any(mark in value for mark in "#'\"\\\n"):
        return value
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
