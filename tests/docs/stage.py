"""
Plays one documented command line as a shell would, in this process where it is ours.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from watchdog.__main__ import run

if TYPE_CHECKING:
    from collections.abc import Sequence

SAMPLES = Path(str(files("watchdog"))) / "_samples" / "incident"
#: When the pages are read: half an hour after the second report was dropped.
MORNING = datetime.fromisoformat("2026-09-04T09:30:00+09:00")
#: The home that the pages show.
SHOWN_HOME = "/home/seller"
#: Files the pages take for granted, and the shipped sample each stands for.
PROPS = {"unshipped-0902.txt": "unshipped-1.txt", "unshipped-0904.txt": "unshipped-2.txt", "releases.csv": "releases.csv"}
_ENDS = {">", ">>", "2>", "2>&1", "&", "|", "&&", "<"}
_BEFORE = {"nohup", "sudo"}
_ASSIGNED = re.compile(r"(PREORDER_[A-Z_]+)=(.*)")


@dataclass(frozen=True, slots=True)
class Answer:
    """
    What came back.
    """

    code: int
    text: str

    @property
    def lines(self) -> list[str]:
        """
        The text line by line, without blanks at the ends.
        """
        return [line.rstrip() for line in self.text.rstrip().splitlines()]


@dataclass(frozen=True, slots=True)
class _Line:
    """
    A command line, taken apart as a shell would.
    """

    program: str
    arguments: tuple[str, ...]
    environment: dict[str, str]
    target: str | None  #: the file its output goes to

    @classmethod
    def of(cls, text: str, home: Path) -> _Line:
        """
        Return the parts; ``make`` is followed to what it starts.
        """
        words = shlex.split(text, comments=True)
        given = {found[1]: found[2] for word in words if (found := _ASSIGNED.fullmatch(word))}
        words = [word.replace("~/", f"{home}/", 1) for word in words if word not in _BEFORE and not _ASSIGNED.fullmatch(word)]
        end = next((place for place, word in enumerate(words) if word in _ENDS), len(words))
        program, arguments = Path(words[0]).name, words[1:end]
        if program == "make":
            program, *arguments = _made(arguments)
        target = words[words.index(">") + 1] if ">" in words else None
        return cls(program, tuple(arguments), given, target)


@dataclass(frozen=True, slots=True)
class Stage:
    """
    A home with a state folder, and a desk (the working folder) on which the reports lie.
    """

    home: Path

    @property
    def state(self) -> Path:
        """
        The state folder, where a seller's own account has it.
        """
        return self.home / ".local" / "state" / "preorder-watchdog"

    def plays(self, text: str, *, language: str) -> Answer:
        """
        Run the command line and return what a terminal of 80 columns would show.

        Raises:
            ValueError: the program is none that can be played here.
        """
        line = _Line.of(text, self.home)
        with pytest.MonkeyPatch.context() as patch:
            self._set_up(patch, {"PREORDER_LANGUAGE": language} | line.environment)
            answer = self._played(line.program, line.arguments)
        if line.target is not None:
            (self._desk / line.target).write_text(answer.text, encoding="utf-8")
        return Answer(answer.code, answer.text.replace(str(self.home), SHOWN_HOME))

    @property
    def _desk(self) -> Path:
        return self.home / "desk"

    def _set_up(self, patch: pytest.MonkeyPatch, given: dict[str, str]) -> None:
        self._desk.mkdir(parents=True, exist_ok=True)
        for name, sample in PROPS.items():
            shutil.copy2(SAMPLES / sample, self._desk / name)
        patch.chdir(self._desk)
        for name, value in {"HOME": str(self.home), "PREORDER_STATE_DIR": str(self.state), "COLUMNS": "80", **given}.items():
            patch.setenv(name, value)

    def _played(self, program: str, arguments: Sequence[str]) -> Answer:
        if program == "sqlite3":
            return _asked(arguments)
        if program != "preorder-watchdog":
            raise ValueError(program)
        return _daemon(self.home) if arguments[:1] == ("run",) and "--help" not in arguments else _spoken(arguments)


def _made(arguments: Sequence[str]) -> list[str]:
    """
    Return the command line behind a make target that starts the program.
    """
    makefile = (Path(__file__).parents[2] / "Makefile").read_text(encoding="utf-8")
    recipe = re.search(rf"^{arguments[0]}:.*\n\t@?\$\(BIN\)/(preorder-watchdog.*)$", makefile, re.MULTILINE)
    if recipe is None:
        raise ValueError(arguments[0])
    return recipe[1].split()


def _spoken(arguments: Sequence[str]) -> Answer:
    screen = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with contextlib.redirect_stdout(screen), contextlib.redirect_stderr(screen):
        code = run(arguments)
    screen.flush()
    return Answer(code, screen.buffer.getvalue().decode())


def _asked(arguments: Sequence[str]) -> Answer:
    """
    Ask the database as the ``sqlite3`` shell would: the file, then the statement.
    """
    path, statement = (word for word in arguments if not word.startswith("-"))
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        rows = database.execute(statement).fetchall()
    return Answer(0, "".join("|".join("" if cell is None else str(cell) for cell in row) + "\n" for row in rows))


def _daemon(home: Path) -> Answer:
    """
    Start the daemon in a process of its own, wait until it says it watches, and stop it as a service manager does.
    """
    address = home / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(str(address))
        ear.settimeout(1)
        environment = {**os.environ, "NOTIFY_SOCKET": str(address), "PYTHONPATH": str(Path(__file__).parents[2])}
        command = [sys.executable, "-m", "watchdog", "run"]
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as daemon:
            while daemon.poll() is None and b"READY=1" not in _heard(ear):
                pass
            daemon.send_signal(signal.SIGTERM)
            text, _ = daemon.communicate(timeout=60)
    address.unlink()
    return Answer(daemon.returncode, text)


def _heard(ear: socket.socket) -> bytes:
    with contextlib.suppress(TimeoutError):
        return ear.recv(4096)
    return b""
