"""
``connect``: is everything there that the watch through Amazon's API needs? Step by step, with what is missing and how to get it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from watchdog.commands.connect_notifications import command as notifications

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from watchdog.settings import Settings
    from watchdog.sources.spapi.connecting import Step
    from watchdog.terms.look import Reason

#: What a person must set before Amazon can be asked, in the order in which Amazon shows it.
_NEEDED = ("spapi_client_id", "spapi_client_secret", "spapi_refresh_token")
_LATER, _INCOMPLETE = 75, 78
_SIGNS = {"ok": "✓", "warning": "!", "failed": "✗", "skipped": "-", "later": "…"}


@click.group(invoke_without_command=True, epilog="Example: preorder-watchdog connect")
@click.option("--asin", metavar="ASIN", help="Look this product up in the catalog instead of one with an open order.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@click.pass_context
def command(context: click.Context, asin: str | None, *, as_json: bool) -> int:
    """
    Try the way to Amazon's Selling Partner API: token, marketplaces, one page of orders with ship-by dates, one product of the catalog.

    Each step says what is missing and how to get it, and no secret is shown. Where there is a log, only the requests are noted in it: they
    count against what Amazon allows the running watch.
    """
    if context.invoked_subcommand is not None:
        return 0
    from watchdog import assemble
    from watchdog.assemble.connecting import steps_of
    from watchdog.commands import speech
    from watchdog.compose.conditions import spoken

    settings, now = speech.settings(), assemble.clock()

    def said(reason: Reason) -> str:
        return spoken(reason, settings.language, zone=settings.marketplace_ids[0].zone, now=now)

    names = [f"PREORDER_{name.upper()}" for name in _NEEDED if getattr(settings, name) is None]
    taken = _shown(steps_of(settings, names, now=now, asin=asin), said, quiet=as_json)
    came = {step.came.value for step in taken}
    end = "connect_not_yet" if "failed" in came else "connect_later" if "later" in came else "connect_fine"
    if as_json:
        speech.write_json({"steps": [_told(step, said) for step in taken], "ready": end == "connect_fine"})
    else:
        _say_end(settings, said, end)
    return {"connect_fine": 0, "connect_later": _LATER}.get(end, _INCOMPLETE if names else 1)


def _shown(steps: Iterator[Step], said: Callable[[Reason], str], *, quiet: bool) -> list[Step]:
    """
    Write each step when it is taken, because some take seconds; return them all.
    """
    from watchdog.terms.look import Reason

    taken = []
    for step in steps:
        taken.append(step)
        if quiet:
            continue
        click.echo(f"{_SIGNS[step.came]} {said(Reason(step.name))}")
        for reason in filter(None, (step.result, step.help)):
            click.echo(f"    {said(reason)}")
    return taken


def _say_end(settings: Settings, said: Callable[[Reason], str], end: str) -> None:
    from watchdog.terms.look import Reason

    click.echo()
    click.echo(said(Reason(end)))
    if end == "connect_fine" and settings.spapi_secret_made_on is None:
        click.echo(said(Reason("connect_rotation")))


def _told(step: Step, said: Callable[[Reason], str]) -> dict[str, Any]:
    return {
        "step": step.name.removeprefix("connect_"),
        "result": step.came.value,
        "message": said(step.result),
        "help": said(step.help) if step.help is not None else None,
    }


command.add_command(notifications)
