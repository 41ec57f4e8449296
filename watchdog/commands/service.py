"""
``service``: the daemon as a service of this machine, for the environment this program runs from.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from watchdog.daemon.installing import UserInstallation
    from watchdog.daemon.units import Fitting
    from watchdog.settings import Settings


@click.group(epilog="Example: preorder-watchdog service install   (for the whole machine: as root)")
def command() -> None:
    """
    Run in the background from now on: as a service of the machine (root), or of your own user.
    """


@command.command(epilog="Example: preorder-watchdog service install --for hanako")
@click.option("--for", "people", metavar="NAME", multiple=True, envvar="SUDO_USER", help="Who may drop reports and read the log.")
@click.option("--review", is_flag=True, help="Also serve the review page.")
def install(people: tuple[str, ...], *, review: bool) -> int:
    """
    Write the unit for this environment, store the secrets closed, start it; again after settings or the environment changed.
    """
    from watchdog.commands import speech
    from watchdog.daemon import installing
    from watchdog.terms.sentences import say

    settings = speech.settings()
    if os.geteuid() != 0:
        user = _of_user(settings)
        user.install()
        inbox, after = settings.inbox_dir, "service_linger"
    else:
        people = tuple(person for person in people if person != "root")
        installing.Installation(_fitting(settings), _told(settings), _secrets(settings), people, review, click.echo).install()
        inbox, after = installing.STATE / "inbox", "service_group" if people else ""
    status = installing.shown(user=os.geteuid() != 0).get("StatusText", "")
    click.echo(say("service_installed", settings.language, {"status": status, "inbox": str(inbox)}))
    if after:
        click.echo(say(after, settings.language, {"people": ", ".join(people)}))
    return 0


@command.command(epilog="Example: preorder-watchdog service status")
def status() -> int:
    """
    Show what systemd says of the service; exit 1 where it does not run.
    """
    from watchdog.commands import speech
    from watchdog.daemon import installing
    from watchdog.terms.sentences import say

    settings = speech.settings()
    shown = installing.shown(user=False)
    if shown.get("LoadState") == "not-found" and os.geteuid() != 0:
        shown = installing.shown(user=True)
    if shown.get("LoadState") == "not-found":
        click.echo(say("service_absent", settings.language, {}))
        return 1
    for name, value in shown.items():
        click.echo(f"{name}: {value}")
    return 0 if shown.get("ActiveState") == "active" else 1


@command.command(epilog="Example: preorder-watchdog service uninstall")
@click.option("--keep-settings", is_flag=True, help="Leave settings and secrets where they are.")
def uninstall(*, keep_settings: bool) -> int:
    """
    Stop and remove the service with its settings and secrets; the state (log, inbox, backups) stays.
    """
    from watchdog.commands import speech
    from watchdog.daemon import installing
    from watchdog.terms.sentences import say

    settings = speech.settings()
    if os.geteuid() != 0:
        _of_user(settings).uninstall(keep_settings=keep_settings)
        click.echo(say("service_gone_user", settings.language, {"state": str(settings.state_dir)}))
        return 0
    installing.uninstall(click.echo, keep_settings=keep_settings)
    click.echo(say("service_gone", settings.language, {"state": str(installing.STATE)}))
    return 0


def _of_user(settings: Settings) -> UserInstallation:
    from pathlib import Path

    from watchdog.daemon.installing import UserInstallation

    return UserInstallation(_fitting(settings), _told(settings), _secrets(settings), Path.home(), click.echo)


def _fitting(settings: Settings) -> Fitting:
    from watchdog.daemon import units
    from watchdog.daemon.installing import ETC

    there = {path.name for path in (ETC / "credentials").glob("*")} if os.geteuid() == 0 else set()
    beside = [path for path in (settings.inbox_dir, settings.backup_dir) if not path.is_relative_to(settings.state_dir)]
    reads = [path for path in (settings.releases_file, settings.templates_dir) if path is not None]
    return units.Fitting(
        program=units.program(),
        reads=(*units.own_folders(), *reads),
        writes=tuple(beside),
        secrets=tuple(sorted({*_secrets(settings), *there})),
        metrics_port=settings.metrics_port,
        review_port=settings.review_port,
    )


def _told(settings: Settings) -> dict[str, str]:
    """
    Return what was set and is no secret, as it is written into ``.env``.
    """
    from watchdog.settings import written

    told = written(settings)
    return {name: value for name, value in told.items() if name != "PREORDER_STATE_DIR"}


def _secrets(settings: Settings) -> dict[str, str]:
    from watchdog.settings import secret_values

    return secret_values(settings)
