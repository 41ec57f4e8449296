"""
``doctor``: the program examines itself and says of everything that is wrong how to mend it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from watchdog.doctor import CheckedPoint, Premises
    from watchdog.settings import Settings
    from watchdog.terms.look import Reason

_MARKS = {"ok": "✓", "note": "·", "failed": "✗", "skipped": "-"}


@click.command(epilog="Example: preorder-watchdog doctor --json | jq '.points[] | select(.state == \"failed\")'")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(*, as_json: bool) -> int:
    """
    Examine settings, secrets, clock, disk, inbox, service, channels, database, backups, sources, outbox; nothing is sent or changed.

    Exit 1 where something must be seen to, 78 where the settings can't be used.
    """
    from watchdog.commands import speech
    from watchdog.compose.conditions import plainly
    from watchdog.doctor import CheckedPoint, Health, examine
    from watchdog.terms.errors import ConfigError
    from watchdog.terms.look import Reason
    from watchdog.terms.sentences import say

    try:
        settings = speech.settings()
        premises = premises_of(settings)
    except ConfigError as error:
        found = Reason("doctor_settings_wrong", error.values)
        wrong = CheckedPoint("settings", Health.FAILED, found, Reason("doctor_fix_settings"))
        language = speech.language()
        _tell((wrong,), language, lambda reason: say(reason.code, language, reason.values), as_json=as_json)
        return 78
    try:
        points = examine(premises)
    finally:
        if premises.store is not None:
            premises.store.close()
    zone = settings.marketplace_ids[0].zone
    _tell(points, settings.language, lambda reason: plainly(reason, settings.language, zone=zone, now=premises.now), as_json=as_json)
    return 1 if any(point.health is Health.FAILED for point in points) else 0


def premises_of(settings: Settings) -> Premises:
    """
    Return what is examined; a log that can't be opened is part of it.
    """
    import sys

    from watchdog import assemble
    from watchdog.doctor import Premises
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
        return Premises(**common, trouble=error)  # type: ignore[arg-type] # the mapping holds exactly these fields
    with house.store.reading() as tx:
        sources = house.sources(tx, now)
    return Premises(**common, store=house.store, sources=sources)  # type: ignore[arg-type] # same


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


def _tell(points: Sequence[CheckedPoint], language: str, plain: Callable[[Reason], str], *, as_json: bool) -> None:
    """
    Write the points: for people in their own words and time, for programs as one document.
    """
    from watchdog.commands import speech
    from watchdog.doctor import Health
    from watchdog.terms.doctor_words import POINTS
    from watchdog.terms.sentences import say

    counts = {health: sum(point.health is health for point in points) for health in Health}
    if as_json:
        told = [point.told(language) for point in points]
        speech.write_json({"status": "failed" if counts[Health.FAILED] else "ok", "points": told})
        return
    for point in points:
        values = {"name": POINTS[point.name][language], "found": plain(point.found)}
        click.echo(f"{_MARKS[point.health]} {say('doctor_point', language, values)}")
        if point.fix is not None:
            click.echo(f"  → {plain(point.fix)}")
    sums = {"failed": counts[Health.FAILED], "notes": counts[Health.NOTE], "well": counts[Health.WELL]}
    click.echo(say("doctor_verdict", language, sums))
