"""
The front door: one command is parsed and called; every error becomes a sentence with a next step and an exit code.
"""

from __future__ import annotations

import importlib
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from watchdog import __version__
from watchdog.terms.errors import ForeignPackage, WatchdogError
from watchdog.terms.sentences import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from click.shell_completion import CompletionItem

#: Every command with its line in ``--help``; the file of the same name in ``commands/`` is imported only when it is called.
COMMANDS: dict[str, str] = {
    "demo": "The incident on shipped sample files: see what you would be told.",
    "run": "Watch in the background: patrol, deliver, keep the log.",
    "check": "One turn over every source, then deliver what is due.",
    "replay": "What would have been flagged in these files; nothing is kept.",
    "flagged": "The open findings, the worst first.",
    "show": "One case: what happened, why, what to do next.",
    "coverage": "What is watched, and what is not.",
    "connect": "Try the way to Amazon's API: what is missing, how to get it.",
    "sources": "Each source: what it can see, when it last did, its allowance.",
    "health": "Account health against Amazon's targets; type figures in.",
    "letter": "Print a letter of a case, ready to paste.",
    "evidence": "All that is on record of a case, as files for a ticket.",
    "plan": "The improvement plan (改善計画), from the log and your words.",
    "ack": "Seen: you know of the case.",
    "snooze": "Be reminded of a case later.",
    "ticket-sent": "The support ticket is on its way.",
    "amazon-replied": "What Amazon answered.",
    "buyer-contacted": "The buyer was contacted.",
    "buyer-asked": "The buyer wishes to cancel.",
    "dismiss": "It is nothing: close a case with your reason.",
    "note": "Write a line into a case's timeline.",
    "undo": "Take the last decision on a case back.",
    "releases": "Release dates: who says what, what is missing; set and import.",
    "review": "The web page: what is flagged, why, and what to do next.",
    "doctor": "Is all well with the program itself? What is not, and how to mend it.",
    "test-alert": "Send a marked sample over every channel.",
    "outbox": "Messages that have not left: list, try again, drop.",
    "config": "Check, show or make an example of the settings.",
    "db": "Upgrade, check, back up or restore the log.",
    "completion": "Let your shell complete commands and options.",
    "man": "Print the manual page.",
    "service": "Run in the background from now on: install, status, uninstall.",
}


class Spoken(click.Context):
    """
    A command line whose help is written in the seller's language.
    """

    def make_formatter(self) -> click.HelpFormatter:
        """
        Return who writes the help; the Japanese one is loaded only where it is needed.
        """
        from watchdog.commands.tongue import tongue

        if tongue() != "ja":
            return super().make_formatter()
        from watchdog.commands.japanese import Formatter

        return Formatter(width=self.terminal_width, max_width=self.max_content_width)


class LazyGroup(click.Group):
    """
    A group whose commands are imported one at a time, so that ``--help`` answers in a blink.
    """

    context_class = Spoken

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """
        Return the names in the table's order.
        """
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """
        Import and return the command, or None where there is no such name.
        """
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module = importlib.import_module(f"watchdog.commands.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        _let_speak(command)
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """
        Complete the names from the table, without importing any command.
        """
        from click.shell_completion import CompletionItem

        named = [CompletionItem(name, help=line) for name, line in COMMANDS.items() if name.startswith(incomplete)]
        return named if not incomplete.startswith("-") else super().shell_complete(ctx, incomplete)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """
        Write the table without importing any command.
        """
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _let_speak(command: click.Command) -> None:
    """
    Have the command, and those below it, explained in the seller's language.
    """
    command.context_class = Spoken
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        _let_speak(below)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="preorder-watchdog")
def cli() -> None:
    """
    Notices that Amazon moved a pre-order's ship date before its release date, and prepares what you do about it.

    Start with `preorder-watchdog demo`; each command explains itself: `preorder-watchdog check --help`.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """
    Run one command and exit: 0 done, 1 failed, 2 usage, 75 try again, 78 configuration.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal of another encoding shows less, but nothing fails
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """
    Run one command and return its exit code.
    """
    try:
        _refuse_foreign_package()
        answer: Any = cli.main(arguments, prog_name="preorder-watchdog", standalone_mode=False)
    except click.exceptions.Abort:
        return 130
    except click.ClickException as error:
        _explain(error)
        return error.exit_code
    except WatchdogError as error:
        click.echo(say(error.code, _language(), error.values), err=True)
        return error.exit_code
    except BrokenPipeError:
        _let_go_of_stdout()
        return 1
    except OSError as error:
        problem = ": ".join(str(part) for part in (error.filename, error.strerror) if part) or str(error)
        click.echo(say("failed", _language(), {"problem": problem}), err=True)
        return 1
    return answer if isinstance(answer, int) else 0


def _explain(error: click.ClickException) -> None:
    """
    Say what is wrong with the command line, and how the command is used.
    """
    from watchdog.commands.tongue import tongue

    if tongue() != "ja":
        error.show()
        return
    from watchdog.commands.japanese import tell

    tell(error)


def _let_go_of_stdout() -> None:
    """
    Leave nothing to be flushed at the end: whoever read our output (``… | head``) has gone, and that is no trouble of ours.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _refuse_foreign_package() -> None:
    """
    Refuse to run where PyPI's other ``watchdog`` lies in the same environment: it has overwritten our files (DESIGN §4).
    """
    for folder in sys.path:
        if Path(folder).is_dir() and any(
            path.name.startswith("watchdog-") and path.suffix == ".dist-info" for path in Path(folder).iterdir()
        ):
            raise ForeignPackage


def _language() -> str:
    from watchdog.commands import speech

    return speech.language()


if __name__ == "__main__":
    main()
