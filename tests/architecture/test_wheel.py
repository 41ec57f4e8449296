"""
What a user installs: the wheel, in an environment of its own, far from the checkout.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import make_incident
from tests.architecture.source import ROOT

pytestmark = pytest.mark.slow

_UV = Path(sys.executable).parent / "uv"
#: The machine's own ways: where packages come from and where uv keeps them. Nothing else of it reaches the installed program.
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")


@dataclass(frozen=True)
class Installed:
    """
    An environment in which the wheel and the locked packages are installed, and an empty folder to start from.
    """

    wheel: Path
    bin: Path
    home: Path

    def run(self, *arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        """
        Run the command as a user far from the checkout would.
        """
        passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        return subprocess.run(
            [self.bin / "preorder-watchdog", *arguments],
            cwd=self.home,
            env={**passed, "HOME": str(self.home), **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )

    def python(self, code: str) -> str:
        """
        Return what the environment's interpreter prints.
        """
        done = subprocess.run([self.bin / "python", "-I", "-c", code], cwd=self.home, capture_output=True, text=True, check=True)
        return done.stdout.strip()


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """
    Build the wheel from this checkout and install it.
    """
    folder = tmp_path_factory.mktemp("wheel")
    venv = folder / "venv"

    def step(*command: str | Path) -> None:
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL)

    step(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder)
    wheel = next(folder.glob("*.whl"))
    step(_UV, "venv", "--quiet", "--python", sys.executable, venv)
    python = venv / "bin" / "python"
    step(_UV, "pip", "sync", "--python", python, "--compile-bytecode", "--require-hashes", ROOT / "requirements" / "runtime.txt")
    step(_UV, "pip", "install", "--python", python, "--compile-bytecode", "--no-deps", wheel)
    home = folder / "elsewhere"
    home.mkdir()
    return Installed(wheel, venv / "bin", home)


def test_the_wheel_holds_everything_the_program_reads(installed: Installed) -> None:
    """
    Migrations, templates, samples and the unit are inside; tests are not.
    """
    names = set(zipfile.ZipFile(installed.wheel).namelist())
    migrations = {path.name for path in (ROOT / "migrations" / "versions").glob("*.py")}
    templates = {path.relative_to(ROOT).as_posix() for path in (ROOT / "watchdog" / "compose" / "templates").rglob("*.*")}
    page = {path.relative_to(ROOT).as_posix() for path in (ROOT / "watchdog" / "review" / "web").rglob("*.*") if path.suffix != ".pyc"}

    assert migrations
    assert templates
    assert {f"watchdog/_migrations/versions/{name}" for name in migrations} | {"watchdog/_migrations/env.py"} <= names
    assert templates <= names
    assert {"watchdog/review/web/assets/htmx.min.js", "watchdog/review/web/templates/case.html"} <= page <= names
    assert {f"watchdog/_samples/incident/{name}" for name in make_incident.files()} <= names
    units = {path.relative_to(ROOT / "systemd").as_posix() for path in (ROOT / "systemd").rglob("*.*") if path.is_file()}
    assert {f"watchdog/_systemd/{name}" for name in units} <= names
    assert not any(name.startswith("tests/") or "__pycache__" in name for name in names)


def test_the_licence_travels_with_the_wheel(installed: Installed) -> None:
    """
    MIT asks for it.
    """
    names = zipfile.ZipFile(installed.wheel).namelist()

    assert [name for name in names if name.endswith("dist-info/licenses/LICENSE")]


def test_uninstalled_it_leaves_nothing_behind(installed: Installed, tmp_path: Path) -> None:
    """
    Neither a file of the package nor the command; the state lies elsewhere and is nobody's to delete.
    """
    venv = tmp_path / "venv"
    python = venv / "bin" / "python"
    for step in (
        (_UV, "venv", "--quiet", "--python", sys.executable, venv),
        (_UV, "pip", "install", "--quiet", "--python", python, "--compile-bytecode", "--no-deps", installed.wheel),
        (_UV, "pip", "uninstall", "--quiet", "--python", python, "preorder-watchdog"),
    ):
        subprocess.run(step, check=True, capture_output=True, stdin=subprocess.DEVNULL)

    assert [path for path in venv.rglob("*") if "watchdog" in path.name] == []


def test_a_log_of_a_newer_version_is_refused_and_left_alone(installed: Installed, tmp_path: Path) -> None:
    """
    Whoever goes back to an older program is told so, by ``run --upgrade`` too.
    """
    state = tmp_path / "state"
    told = installed.run("check", PREORDER_STATE_DIR=str(state))
    newer = (
        "import sqlite3; database = sqlite3.connect(r'{}'); "
        "database.execute(\"UPDATE alembic_version SET version_num = '9999'\"); database.commit()"
    )
    installed.python(newer.format(state / "watchdog.db"))
    refused = installed.run("run", "--upgrade", PREORDER_STATE_DIR=str(state), PREORDER_LANGUAGE="en")

    assert told.returncode == 0, told.stderr
    assert refused.returncode == 1
    assert "another version" in refused.stderr
    assert not (state / "backups").exists()


def test_the_import_package_is_ours_alone(installed: Installed) -> None:
    """
    Nothing the program needs brings PyPI's ``watchdog`` along.
    """
    owners = installed.python("import importlib.metadata as m; print(m.packages_distributions()['watchdog'])")

    assert owners == "['preorder-watchdog']"


def test_help_needs_nothing(installed: Installed) -> None:
    """
    The first thing a user types answers, and leaves nothing behind.
    """
    told = installed.run("--help")

    assert (told.returncode, told.stderr) == (0, "")
    assert "demo" in told.stdout
    assert list(installed.home.iterdir()) == []


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_demo_finds_the_reset_order(installed: Installed, language: str) -> None:
    """
    ``preorder-watchdog demo`` works from anywhere, without configuration, and names the one order.
    """
    told = installed.run("demo", "--lang", language)

    assert told.returncode == 0, told.stderr
    assert make_incident.RESET_ORDER in told.stdout
    assert not any(sibling in told.stdout for sibling in make_incident.SIBLINGS)


def test_the_samples_hold_one_urgent_reset(installed: Installed) -> None:
    """
    The incident's verdict: the buyer's change, likely; six days early; thirteen siblings untouched.
    """
    folder = Path(installed.python("import watchdog, pathlib; print(pathlib.Path(watchdog.__file__).parent / '_samples' / 'incident')"))
    manifest = json.loads((folder / "incident.json").read_bytes())
    paths = [f"{folder / file['name']}@{file['as_of']}" for file in manifest["files"]]

    told = installed.run("replay", *paths, "--now", manifest["now"], "--json")

    assert told.returncode == 0, told.stderr
    (finding,) = [finding for finding in json.loads(told.stdout)["findings"] if finding["severity"] != "notice"]
    assert {
        "order_id": make_incident.RESET_ORDER,
        "asin": make_incident.ASIN,
        "scope": "order",
        "cause": "buyer_change",
        "confidence": "likely",
        "severity": "urgent",
        "ship_by": "2026-09-08",
        "previous_ship_by": "2026-09-14",
        "release_date": "2026-09-14",
        "siblings": {"count": 13, "ship_by": "2026-09-14"},
    }.items() <= finding.items()


def test_a_foreign_watchdog_beside_us_is_refused_in_plain_words(installed: Installed, tmp_path: Path) -> None:
    """
    With PyPI's ``watchdog`` in the same environment our files may be overwritten: exit 78 and what to do (DESIGN §4).
    """
    record = tmp_path / "watchdog-7.1.0.dist-info"
    record.mkdir()
    (record / "METADATA").write_text("Metadata-Version: 2.1\nName: watchdog\nVersion: 7.1.0\n", encoding="utf-8")
    (record / "RECORD").write_text("watchdog/__init__.py,,\n", encoding="utf-8")
    (record / "top_level.txt").write_text("watchdog\n", encoding="utf-8")

    told = installed.run("demo", PYTHONPATH=str(tmp_path), PREORDER_LANGUAGE="en")

    assert told.returncode == 78
    assert "virtual environment of its own" in told.stderr
    assert "Traceback" not in told.stderr
