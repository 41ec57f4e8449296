"""
The manual page and the shell's completion know every command.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

from tests.commands.spoken import every_command
from tests.daemon.running import ROOT
from watchdog.__main__ import COMMANDS, cli


@pytest.fixture(scope="module")
def manual() -> str:
    """
    The page as it is printed.
    """
    return CliRunner().invoke(cli, ["man"], prog_name="preorder-watchdog").output


def test_the_manual_names_every_command_with_its_example(manual: str) -> None:
    """
    Made from the commands, so nothing can be missing; this proves that nothing is.
    """
    plain = manual.replace("\\-", "-")

    assert [path for path in (" ".join(each) for each in every_names()) if f".SS {path}" not in plain] == []
    assert plain.count("Example: preorder-watchdog") >= len(COMMANDS)


def every_names() -> list[tuple[str, ...]]:
    """
    Return every command's words.
    """
    return [tuple(words) for words in every_command()]


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed here")
def test_man_reads_it_without_complaint(manual: str) -> None:
    """
    No line is taken for a request of its own.
    """
    told = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-Wbreak", "-Kutf8"], input=manual, capture_output=True, text=True, check=True)

    assert told.stderr == ""
    assert "preorder-watchdog" in told.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_script_is_printed(shell: str) -> None:
    """
    For each of the three shells.
    """
    answer = CliRunner().invoke(cli, ["completion", shell], prog_name="preorder-watchdog")

    assert "_PREORDER_WATCHDOG_COMPLETE" in answer.output


def test_bash_is_offered_the_commands_that_begin_so() -> None:
    """
    As the script asks: by the environment.
    """
    asked = {"COMP_WORDS": "preorder-watchdog re", "COMP_CWORD": "1", "_PREORDER_WATCHDOG_COMPLETE": "bash_complete"}
    code = "import sys; sys.argv[0] = 'preorder-watchdog'; from watchdog.__main__ import main; main()"
    given = os.environ | {"PYTHONPATH": str(ROOT)} | asked
    offered = subprocess.run([sys.executable, "-c", code], env=given, capture_output=True, text=True, check=False).stdout.split()

    assert sorted(offered) == sorted(f"plain,{name}" for name in COMMANDS if name.startswith("re"))
