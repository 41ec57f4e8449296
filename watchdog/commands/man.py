"""
``man``: the manual page, made from the commands themselves.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = """\
.TH PREORDER\\-WATCHDOG 1 "" "preorder\\-watchdog {version}" "User commands"
.SH NAME
preorder\\-watchdog \\- notices that Amazon moved a pre\\-order's ship date before its release date
.SH SYNOPSIS
.B preorder\\-watchdog
.I COMMAND
[\\fIOPTIONS\\fR] [\\fIARGUMENTS\\fR]
.SH DESCRIPTION
"""
_TAIL = """\
.SH EXIT STATUS
0 done, 1 something failed (which is said), 2 wrong use, 75 try again (busy), 78 configuration.
.SH ENVIRONMENT
Every setting is a variable PREORDER_\\fINAME\\fR; \\fBpreorder\\-watchdog config example\\fR prints all of them with their meaning,
\\fBpreorder\\-watchdog config show\\fR prints the places that are looked at, and what was found where.
.SH FILES
.TP
/etc/preorder\\-watchdog/.env
Settings of the service, without secrets.
.TP
/etc/preorder\\-watchdog/credentials/
One file per secret, for root alone.
.TP
/var/lib/preorder\\-watchdog/
State of the service: log, inbox, backups. Without it: ~/.local/state/preorder\\-watchdog/.
"""


@click.command(epilog="Example: preorder-watchdog man > ~/.local/share/man/man1/preorder-watchdog.1")
def command() -> int:
    """
    Print the manual page, for `man`.
    """
    from watchdog import __version__

    front = click.get_current_context().find_root().command
    context = click.Context(front, info_name="preorder-watchdog")
    page = _HEAD.format(version=_plain(__version__)) + _paragraphs(front.help or "") + ".SH COMMANDS\n"
    click.echo(page + "".join(_below(front, context)) + _TAIL, nl=False)
    return 0


def _lines(found: click.Command, context: click.Context) -> Iterator[str]:
    """
    Yield the command with its options, then the commands below it.
    """
    usage = found.collect_usage_pieces(context)
    path = context.command_path.removeprefix("preorder-watchdog ")
    yield f".SS {_plain(path)} {_plain(' '.join(usage))}\n{_paragraphs(found.help or '')}"
    for parameter in found.get_params(context):
        row = parameter.get_help_record(context)
        if row is not None and "--help" not in parameter.opts:
            yield f".TP\n\\fB{_plain(row[0])}\\fR\n{_plain(row[1])}\n"
    if found.epilog:
        yield f".PP\n{_plain(found.epilog)}\n"
    yield from _below(found, context)


def _below(group: click.Command, context: click.Context) -> Iterator[str]:
    for name in group.list_commands(context) if isinstance(group, click.Group) else ():
        found = group.get_command(context, name) if isinstance(group, click.Group) else None
        if found is not None:
            yield from _lines(found, click.Context(found, info_name=name, parent=context))


def _paragraphs(text: str) -> str:
    parts = inspect.cleandoc(text).split("\n\n")
    return "".join(f".PP\n{_plain(' '.join(part.split()))}\n" for part in parts if part.strip())


def _plain(text: str) -> str:
    """
    Return the text with what roff would obey made harmless.
    """
    plain = text.replace("\\", "\\e").replace("-", "\\-").replace("\n", " ")
    return f"\\&{plain}" if plain.startswith((".", "'")) else plain
