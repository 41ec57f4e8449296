"""
What lies beyond the machine: Amazon's clock, and the doors of the channels. Nothing is sent to anybody.
"""

from __future__ import annotations

import socket
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from watchdog.doctor.ground import Ground, Health, Point, failed, skipped, well
from watchdog.terms.look import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATIENCE = 5.0
#: Amazon refuses requests whose clock is further off; and every time on the screens would be wrong.
_MOST_SKEW = 60


def clock(ground: Ground) -> Iterator[Point]:
    """
    Compare this machine's clock with the Date header of Amazon's interface.
    """
    if ground.api_url is None:
        yield skipped("clock", "doctor_no_api")
        return
    import httpx

    try:
        answer = httpx.head(ground.api_url, timeout=_PATIENCE)
        off = round((ground.now - parsedate_to_datetime(answer.headers["date"])).total_seconds())
    except (httpx.HTTPError, KeyError, ValueError) as error:
        found = Reason("doctor_unreachable", {"name": ground.api_url, "problem": type(error).__name__})
        yield failed("clock", found, Reason("doctor_fix_unreachable"))
        return
    if abs(off) > _MOST_SKEW:
        yield failed("clock", Reason("doctor_clock_off", {"seconds": off}), Reason("doctor_fix_clock"))
    else:
        yield well("clock", "doctor_clock", seconds=off)


def channels(ground: Ground) -> Iterator[Point]:
    """
    Knock at the door of every channel: its name is known and something listens there. No message is sent.
    """
    if ground.channels in {(), ("console",)}:
        yield Point("channels", *_only_console())
        return
    for name, host, port in ground.doors:
        try:
            socket.create_connection((host, port), timeout=_PATIENCE).close()
        except OSError as error:
            found = Reason("doctor_unreachable", {"name": f"{name} ({host}:{port})", "problem": error.strerror or type(error).__name__})
            yield failed("channels", found, Reason("doctor_fix_unreachable"))
        else:
            yield well("channels", "doctor_door", name=name, host=host)
    if not ground.doors:
        yield well("channels", "doctor_channels", names=", ".join(ground.channels))


def _only_console() -> tuple[Health, Reason, Reason]:
    return Health.NOTE, Reason("doctor_only_console"), Reason("doctor_fix_only_console")
