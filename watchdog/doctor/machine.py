"""
What the machine gives the program: settings, closed secrets, an environment of its own, room on the disk, an inbox, a service.
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import tempfile
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import TYPE_CHECKING

from watchdog.doctor.premises import CheckedPoint, Premises, failed, skipped, well
from watchdog.terms.look import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNIT = Path("/etc/systemd/system/preorder-watchdog.service")
#: ``systemd-analyze security``'s exposure times ten (reference machine.md §3).
_EXPOSURE = 11
#: Below this the log could not even grow for a day.
_LEAST_FREE_MB = 200


def settings(premises: Premises) -> Iterator[CheckedPoint]:
    """
    Name where the state lies; that they can be used was proved by loading them.
    """
    yield well("settings", "doctor_settings", count=len([1 for where in premises.settings.came_from.values() if where != "default"]))


def credentials(premises: Premises) -> Iterator[CheckedPoint]:
    """
    Look at the files secrets were found in: nobody else may read them.
    """
    if not premises.secrets:
        yield skipped("credentials", "doctor_no_secrets")
        return
    exposed = sorted({path for path in map(_file_of, premises.secrets.values()) if path is not None and _others_read(path)})
    if exposed:
        paths = " ".join(exposed)
        yield failed("credentials", Reason("doctor_exposed", {"paths": paths}), Reason("doctor_fix_exposed", {"paths": paths}))
    else:
        yield well("credentials", "doctor_secrets", names=", ".join(sorted(premises.secrets)))


def _file_of(where: str) -> str | None:
    path = where.removeprefix("credential file ")
    return path if path.startswith("/") else None


def _others_read(path: str) -> bool:
    try:
        return bool(Path(path).stat().st_mode & (stat.S_IROTH | stat.S_IWOTH))
    except OSError:
        return False


def package(premises: Premises) -> Iterator[CheckedPoint]:
    """
    Look for another distribution that writes into our import package (DESIGN §4).
    """
    del premises
    names = sorted(set(packages_distributions().get("watchdog", ())))
    if [name for name in names if name != "preorder-watchdog"]:
        found = Reason("doctor_foreign", {"names": ", ".join(names)})
        yield failed("package", found, Reason("doctor_fix_foreign"))
    else:
        yield well("package", "doctor_package")


def disk(premises: Premises) -> Iterator[CheckedPoint]:
    """
    Look for room where the state lies, and whether it can be written: a file is made there and taken away again.
    """
    folder = premises.settings.state_dir
    if not folder.is_dir():
        yield failed("disk", Reason("doctor_no_state", {"path": str(folder)}), Reason("doctor_fix_no_state"))
        return
    free = shutil.disk_usage(folder).free // 2**20
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".doctor-"):
            pass
    except OSError as error:
        found = Reason("doctor_unwritable", {"path": str(folder), "problem": error.strerror or ""})
        yield failed("disk", found, Reason("doctor_fix_rights", {"path": str(folder)}))
        return
    if free < _LEAST_FREE_MB:
        found = Reason("doctor_little_room", {"path": str(folder), "free": free})
        yield failed("disk", found, Reason("doctor_fix_room", {"least": _LEAST_FREE_MB}))
    else:
        yield well("disk", "doctor_disk", path=str(folder), free=free)


def inbox(premises: Premises) -> Iterator[CheckedPoint]:
    """
    Look whether dropped files can be taken and moved on.
    """
    folder = premises.settings.inbox_dir
    if not folder.is_dir():
        yield skipped("inbox", "doctor_no_inbox", path=str(folder))
    elif not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        fix = Reason("doctor_fix_rights", {"path": str(folder)})
        yield failed("inbox", Reason("doctor_inbox_closed", {"path": str(folder)}), fix)
    elif folder.stat().st_mode & stat.S_IWOTH:
        found, fix = Reason("doctor_inbox_open", {"path": str(folder)}), Reason("doctor_fix_inbox_open", {"path": str(folder)})
        yield failed("inbox", found, fix)
    else:
        yield well("inbox", "doctor_inbox", path=str(folder))


def release_list(premises: Premises) -> Iterator[CheckedPoint]:
    """
    Look whether the seller's own list of release dates is where the settings say.
    """
    path = premises.settings.releases_file
    if path is None:
        yield skipped("release list", "doctor_no_list")
    elif path.is_file():
        yield well("release list", "doctor_list", path=str(path))
    else:
        yield failed("release list", Reason("releases_file_absent", {"path": str(path)}), Reason("doctor_fix_list"))


def service(premises: Premises) -> Iterator[CheckedPoint]:
    """
    Look at the installed unit: whether it runs, and how much of the system it could reach.
    """
    del premises
    if not _UNIT.exists():
        yield skipped("service", "doctor_no_service")
        return
    active = _asked("systemctl", "is-active", "preorder-watchdog.service")
    if active is not None and active.returncode != 0:
        found = Reason("doctor_inactive", {"state": active.stdout.strip()})
        yield failed("service", found, Reason("doctor_fix_inactive"))
    else:
        yield well("service", "doctor_service")
    told = _asked("systemd-analyze", "security", "--offline=true", f"--threshold={_EXPOSURE}", "--no-pager", str(_UNIT))
    if told is not None and told.returncode != 0:
        found = Reason("doctor_exposure", {"said": told.stdout.strip().splitlines()[-1] if told.stdout.strip() else "?"})
        yield failed("exposure", found, Reason("doctor_fix_exposure"))
    elif told is not None:
        yield well("exposure", "doctor_closed", least=f"{_EXPOSURE / 10:g}")


def _asked(*command: str) -> subprocess.CompletedProcess[str] | None:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, timeout=30)  # noqa: S603 - fixed words
    except (OSError, subprocess.TimeoutExpired):
        return None
