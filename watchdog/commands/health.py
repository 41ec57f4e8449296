"""
``health``: how the account stands against Amazon's targets; ``health enter`` takes down figures seen in Seller Central.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import click

from watchdog.terms.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from watchdog.assemble import House
    from watchdog.settings import Settings
    from watchdog.terms.health import Metric
    from watchdog.terms.marketplace import Marketplace

_WHOLE = 100  #: per cent
_METRICS = {"late": "late_shipment_rate", "cancel": "prefulfilment_cancel_rate", "defect": "order_defect_rate"}


@click.group(invoke_without_command=True, epilog="Example: preorder-watchdog health")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@click.pass_context
def command(context: click.Context, *, as_json: bool) -> int:
    """
    Late shipments, cancellations and defects against Amazon's targets, with what is left in whole orders.
    """
    if context.invoked_subcommand:
        return 0
    from watchdog import assemble
    from watchdog.commands import speech
    from watchdog.commands.health_shown import health_screen, shown_health
    from watchdog.review.health import health_of

    house = assemble.house(speech.settings(), create=False)
    now = assemble.clock()
    try:
        with house.store.reading() as tx:
            shown, missing = shown_health(house, tx)
    finally:
        house.close()
    if as_json:
        speech.write_json(health_of(shown, missing))
        return 0
    screen = health_screen(house, now=now)
    if shown:
        screen.health(shown, missing, now=now)
    else:
        screen.told("nothing", inbox=house.inbox or "-")
    return 0


@command.command(epilog="Example: preorder-watchdog health enter late --days 30 --orders 100 --count 2")
@click.argument("kind", type=click.Choice(list(_METRICS)))
@click.option("--days", type=click.IntRange(1, 366), help="The window: 10 or 30 for late shipments; 7 and 60 are those of the others.")
@click.option("--orders", type=click.IntRange(0, 2_000_000_000), help="Orders in the window, as Account Health shows them.")
@click.option("--count", type=click.IntRange(0, 2_000_000_000), help="Those that count against you.")
@click.option("--rate", metavar="RATE", help="The rate as shown, as 3.2%; enough where no counts are shown.")
@click.option("--target", metavar="RATE", help="The target as shown, as 4%; else that of the settings.")
@click.option("--as-of", metavar="TIME", help="When it was shown (2026-09-06, or with time); else now.")
@click.option("--marketplace", metavar="ID", help="Id or country code; else your first.")
def enter(
    kind: str,
    *,
    days: int | None,
    orders: int | None,
    count: int | None,
    rate: str | None,
    target: str | None,
    as_of: str | None,
    marketplace: str | None,
) -> int:
    """
    Take down a figure you see in Seller Central (Account Health); what was said before is kept.
    """
    from watchdog import assemble
    from watchdog.commands import speech
    from watchdog.commands.health_shown import health_screen
    from watchdog.review.health import gauges
    from watchdog.store import health
    from watchdog.terms.health import HealthFigure, Metric
    from watchdog.terms.moments import local_date

    metric = Metric(_METRICS[kind])
    _require(metric, days, orders, count, rate)
    settings, now = speech.settings(), assemble.clock()
    moment = _moment(as_of, settings, now)
    house = assemble.house(settings, create=False)
    try:
        place = place_of(house, marketplace)
        figure = HealthFigure(
            *(place.id, metric, days or metric.windows[-1], moment, "typed", orders, count, share(rate), share(target)),
            window_to=local_date(moment, place.zone),
        )
        with house.store.writing() as tx:
            health.learn(tx, [figure])
    finally:
        house.close()
    screen = health_screen(house, now=now)
    screen.entered(gauges([figure], {}, house.account.policy)[0])
    screen.told("judged_next")
    return 0


def _moment(typed: str | None, settings: Settings, now: datetime) -> datetime:
    """
    Return when the figure was shown.

    Raises:
        UsageError: it is no time, or one that has not come yet.
    """
    from watchdog.terms.typed import typed_instant

    moment = typed_instant(typed, settings.marketplace_ids[0].zone) if typed else now
    if moment > now and not settings.allow_future:
        raise UsageError("as_of_ahead", text=typed or "")
    return moment


def _require(metric: Metric, days: int | None, orders: int | None, count: int | None, rate: str | None) -> None:
    """
    Refuse what would be no figure.

    Raises:
        UsageError: the window is unclear, nothing was told, or more counts against the seller than there was.
    """
    if days is None and len(metric.windows) > 1:
        raise UsageError("health_which_window")
    if (orders is None or count is None) and rate is None:
        raise UsageError("health_no_figure")
    if orders is not None and count is not None and count > orders:
        raise UsageError("health_more_than_all", count=count, orders=orders)


def place_of(house: House, name: str | None) -> Marketplace:
    """
    Return the named marketplace, or the account's home.

    Raises:
        UsageError: there is no such marketplace.
    """
    from watchdog.terms.marketplace import by_id

    if name is None:
        return house.account.home
    found = by_id(name)
    if found is None:
        raise UsageError("marketplace_unknown", text=name)
    return found


def share(text: str | None) -> float | None:
    """
    Return a typed rate as a share: ``3.2%`` is 0.032.

    Raises:
        UsageError: it is no rate in per cent; without the sign nobody knows what 0.04 means.
    """
    if text is None:
        return None
    match = re.fullmatch(r"(\d{1,3}(?:\.\d{1,4})?) ?%", unicodedata.normalize("NFKC", text).strip())
    if match is None or float(match[1]) > _WHOLE:
        raise UsageError("share_unreadable", text=text)
    return round(float(match[1]) / _WHOLE, 6)
