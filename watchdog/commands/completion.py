"""
``completion``: what a shell needs to complete commands and options with the tabulator.
"""

from __future__ import annotations

import click


@click.command(
    epilog="Example: preorder-watchdog completion bash > ~/.local/share/bash-completion/completions/preorder-watchdog",
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> int:
    """
    Print the completion script for SHELL.
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is None:  # pragma: no cover - the choice above names click's own three
        return 2
    click.echo(kind(click.get_current_context().find_root().command, {}, "preorder-watchdog", "_PREORDER_WATCHDOG_COMPLETE").source())
    return 0
