"""
``config``: check, show or make an example of the settings.
"""

from __future__ import annotations

import click


@click.group(epilog="Example: preorder-watchdog config check")
def command() -> None:
    """
    Check the settings, show where each value came from, or print an example file.
    """


@command.command(epilog="Example: preorder-watchdog config check")
def check() -> int:
    """
    Say every problem at once; exit 78 where there is one.
    """
    import sys

    from watchdog import assemble
    from watchdog.commands import speech
    from watchdog.commands.shown import absent_list
    from watchdog.terms.errors import ConfigError
    from watchdog.terms.sentences import say

    settings = speech.settings()
    assemble.composer_of(settings)
    assemble.reading(settings)
    assemble.channels_of(settings, sys.stderr)
    if (absent := absent_list(settings)) is not None:
        raise ConfigError([say(absent.code, settings.language, absent.values)])
    click.echo(say("config_fine", settings.language, {"inbox": str(settings.inbox_dir), "database": assemble.shown_database(settings)}))
    return 0


@command.command(epilog="Example: preorder-watchdog config show")
def show() -> int:
    """
    Show every option, its value (secrets as ***) and where it came from.
    """
    from watchdog.commands import speech
    from watchdog.settings import shown

    settings = speech.settings()
    for name, value, origin in shown(settings):
        click.echo(f"{name}={value}  # {origin}")
    for place in settings.searched:
        click.echo(f"# {place}")
    return 0


@command.command(epilog="Example: preorder-watchdog config example > .env")
def example() -> int:
    """
    Print an example .env with every option and its meaning.
    """
    from watchdog import settings

    click.echo(settings.example(), nl=False)
    return 0
