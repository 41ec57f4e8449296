"""
Every command there is, and the program in a process of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from watchdog.__main__ import cli

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]


def every_command() -> Iterator[tuple[str, ...]]:
    """
    Yield the words of every command and of every command below it.
    """
    context = click.Context(cli)
    yield from _below((), cli, context)


def _below(words: tuple[str, ...], group: click.Group, context: click.Context) -> Iterator[tuple[str, ...]]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield (*words, name)
        if isinstance(command, click.Group):
            yield from _below((*words, name), command, context)


def program(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """
    Run the program as a shell would, its output as bytes.
    """
    given = os.environ | {"PYTHONPATH": str(ROOT)} | environment
    command = [sys.executable, "-m", "watchdog", *arguments]
    return subprocess.run(command, cwd=folder, env=given, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=120)
