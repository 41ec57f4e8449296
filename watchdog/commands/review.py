"""
``review``: the web page on this machine.
"""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Any

import click

from watchdog.terms.errors import UsageError

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable
    from datetime import datetime

    from watchdog.assemble import House
    from watchdog.review.web.address import Address
    from watchdog.review.web.front import Ailment, Front, Setting
    from watchdog.settings import Settings
    from watchdog.terms.look import Reason, ReleaseSaid

_SHORTEST = 10


@click.command(epilog="Example: preorder-watchdog review   (then open http://127.0.0.1:8765/ in a browser)")
@click.option("--host", metavar="ADDRESS", help="Where it is served; any but this machine's own address needs a password.")
@click.option("--port", type=click.IntRange(0, 65535), metavar="N", help="At which port; 0 takes any free one.")
@click.option("--now", metavar="ISO", help="Show the log as at this moment, and decide then (for a demonstration).")
@click.option("--new-password", is_flag=True, help="Ask for a password and print what PREORDER_REVIEW_PASSWORD is to be set to.")
def command(host: str | None, port: int | None, now: str | None, *, new_password: bool) -> int:
    """
    The web page: what is flagged, why, what to do next; on your own machine, in Japanese and English.

    It shows the log that `run` or `check` writes, keeps your decisions, and takes reports into the inbox. Stop it with Ctrl-C.
    """
    if new_password:
        return _new_password()
    from watchdog import assemble
    from watchdog.commands import speech
    from watchdog.review.web.address import Address

    settings = speech.settings(in_background=True)
    address = Address(host or settings.review_host, settings.review_base_url)
    if not address.is_loopback and settings.review_password is None:
        raise UsageError("review_needs_password", host=address.host)
    house = assemble.house(settings, create=False)
    try:
        fixed = (
            speech.moment_of(now, settings.marketplace_ids[0].zone, clock=assemble.clock(), allow_future=settings.allow_future)
            if now
            else None
        )
        front = front_of(house, settings, address, clock=lambda: fixed or assemble.clock())
        listener = _listener(address.host, settings.review_port if port is None else port)
        with listener:
            _serve(front, listener)
    finally:
        house.close()
    return 0


def _new_password() -> int:
    from watchdog.review.web.password import digest

    password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    if len(password) < _SHORTEST:
        raise UsageError("password_short", least=_SHORTEST)
    click.echo(f"PREORDER_REVIEW_PASSWORD={digest(password)}")
    return 0


def front_of(house: House, settings: Settings, address: Address, *, clock: Callable[[], datetime]) -> Front:
    """
    Return everything the page is handed of this house.
    """
    from watchdog import logs
    from watchdog.commands.decided import login
    from watchdog.commands.evidence import gathered
    from watchdog.commands.plan_page import plan_words
    from watchdog.compose.conditions import spoken
    from watchdog.compose.wording import words
    from watchdog.review.web.front import Front

    zone = house.account.home.zone
    return Front(
        house=house,
        words=words,
        clock=clock,
        log=logs.get("review"),
        settings=lambda language: shown_settings(settings, language),
        release=lambda product, day, now: _release(house, settings, product, day, now),
        said=lambda reason, language, now: spoken(reason, language, zone=zone, now=now),
        testimony=lambda name: gathered(house, name),
        plan_words=plan_words(),
        address=address,
        who=login(),
        password=settings.review_password.get_secret_value() if settings.review_password else None,
        examine=lambda language: _examined(house, settings, language),
    )


def shown_settings(settings: Settings, language: str) -> list[Setting]:
    """
    Return every option as the page shows it; secrets are masked.
    """
    from watchdog.review.web.front import Setting
    from watchdog.settings import options, shown
    from watchdog.settings.options import PREFIX

    table = {f"{PREFIX}{name.upper()}": option for name, option in options().items()}
    found = []
    for name, value, came_from in shown(settings):
        more: Any = table[name].json_schema_extra
        english, _, japanese = str(more["group"]).partition(" · ")
        meaning, group = (more["ja"], japanese) if language == "ja" else (table[name].description, english)
        found.append(Setting(name, value, came_from, str(meaning), group))
    return found


def _examined(house: House, settings: Settings, language: str) -> list[Ailment]:
    from watchdog.commands.doctor import premises_of
    from watchdog.compose.conditions import plainly
    from watchdog.doctor import examine
    from watchdog.review.web.front import Ailment

    premises = premises_of(settings)
    try:
        points = examine(premises)
    finally:
        if premises.store is not None:
            premises.store.close()

    def said(reason: Reason | None) -> str:
        return "" if reason is None else plainly(reason, language, zone=house.account.home.zone, now=premises.now)

    return [Ailment(point.health.value, point.name, said(point.found), said(point.fix)) for point in points]


def _release(house: House, settings: Settings, product: str, day: str, now: datetime) -> ReleaseSaid:
    from watchdog.commands.dating import keep, spoken

    said, _known = spoken(house, product, day, title=None, kind=None, marketplace=None)
    keep(house, [said], settings, name="review page", now=now)
    return said


def _listener(host: str, port: int) -> socket.socket:
    import socket

    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise UsageError("review_port_taken", host=host, port=port, problem=error.strerror or str(error)) from error


def _serve(front: Front, listener: socket.socket) -> None:
    """
    Serve until Ctrl-C or SIGTERM, which end the page and not the program's way out.
    """
    import uvicorn

    from watchdog.review.web.app import application

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    host, port = listener.getsockname()[:2]
    name = f"[{host}]" if ":" in host else host
    click.echo(f"http://{name}:{port}/")
    config = uvicorn.Config(
        application(front),
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=3,
    )
    uvicorn.Server(config).run(sockets=[listener])
