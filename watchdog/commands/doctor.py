"""
``doctor``: the program examines itself and says of everything that is wrong how to mend it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from watchdog.doctor import Ground, Point
    from watchdog.settings import Settings

_MARKS = {"ok": "✓", "note": "·", "failed": "✗", "skipped": "-"}


@click.command(epilog="Example: preorder-watchdog doctor --json | jq '.points[] | select(.state == \"failed\")'")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(*, as_json: bool) -> int:
    """
    Examine settings, secrets, clock, disk, inbox, service, channels, database, backups, sources, outbox; nothing is sent or changed.

    Exit 1 where something must be seen to, 78 where the settings can't be used.
    """
    from watchdog.commands import speech
    from watchdog.doctor import Health, Point, examine
    from watchdog.terms.errors import ConfigError
    from watchdog.terms.look import Reason

    try:
        settings = speech.settings()
        ground = ground_of(settings)
    except ConfigError as error:
        found = Reason("doctor_settings_wrong", error.values)
        wrong = Point("settings", Health.FAILED, found, Reason("doctor_fix_settings"))
        _tell((wrong,), speech.language(), as_json=as_json)
        return 78
    try:
        points = examine(ground)
    finally:
        if ground.store is not None:
            ground.store.close()
    _tell(points, settings.language, as_json=as_json)
    return 1 if any(point.health is Health.FAILED for point in points) else 0


def ground_of(settings: Settings) -> Ground:
    """
    Return what is examined; a log that can't be opened is part of it.
    """
    import sys

    from watchdog import assemble
    from watchdog.doctor import Ground
    from watchdog.settings import secret_values
    from watchdog.terms.errors import ConfigError, WatchdogError

    now = assemble.clock()
    common = {
        "settings": settings,
        "now": now,
        "log_path": assemble.shown_database(settings),
        "api_url": _api_url(settings),
        "channels": tuple(channel.name for channel in assemble.channels_of(settings, sys.stderr)),
        "doors": tuple(_doors(settings)),
        "secrets": {name: settings.came_from.get(name, "") for name in secret_values(settings)},
    }
    try:
        house = assemble.house(settings, create=False)
    except ConfigError:
        raise
    except WatchdogError as error:
        return Ground(**common, trouble=error)  # type: ignore[arg-type] # the mapping holds exactly these fields
    with house.store.reading() as tx:
        sources = house.sources(tx, now)
    return Ground(**common, store=house.store, sources=sources)  # type: ignore[arg-type] # same


def _api_url(settings: Settings) -> str | None:
    from watchdog.sources.spapi.addresses import host_of

    if settings.spapi_refresh_token is None:
        return None
    return settings.spapi_endpoint or host_of(settings.marketplace_ids[0])


def _doors(settings: Settings) -> Iterator[tuple[str, str, int]]:
    """
    Yield of each channel behind one address of its own where its door is.
    """
    for name, secret in (("slack", settings.slack_webhook_url), ("webhook", settings.webhook_url)):
        if secret is not None:
            parts = urlsplit(secret.get_secret_value())
            yield name, parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    if settings.slack_bot_token is not None:
        yield "slack", urlsplit(settings.slack_api_url).hostname or "", urlsplit(settings.slack_api_url).port or 443
    if settings.smtp_host is not None:
        yield "email", settings.smtp_host, settings.smtp_port


def _tell(points: Sequence[Point], language: str, *, as_json: bool) -> None:
    from watchdog.commands import speech
    from watchdog.doctor import Health
    from watchdog.terms.sentences import say

    failed = sum(point.health is Health.FAILED for point in points)
    well = sum(point.health is Health.WELL for point in points)
    told = [point.told(language) for point in points]
    if as_json:
        speech.write_json({"status": "failed" if failed else "ok", "points": told})
        return
    for point in told:
        click.echo(f"{_MARKS[point['state'] or '']} {point['name']}: {point['found']}")
        if point["fix"]:
            click.echo(f"  → {point['fix']}")
    click.echo(say("doctor_verdict", language, {"failed": failed, "well": well}))
