"""
What lies beyond the machine: Amazon's clock, and the doors of the channels. Nothing is sent to anybody.
"""

from __future__ import annotations

import socket
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from watchdog.doctor.premises import CheckedPoint, Health, Premises, failed, skipped, well
from watchdog.terms.look import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATIENCE = 5.0
#: Amazon refuses requests whose clock is further off; and every time on the screens would be wrong.
_MOST_SKEW = 60


def clock(premises: Premises) -> Iterator[CheckedPoint]:
    """
    Compare this machine's clock with the Date header of Amazon's interface.
    """
    if premises.api_url is None:
        yield skipped("clock", "doctor_no_api")
        return
    import httpx

    try:
        answer = httpx.head(premises.api_url, timeout=_PATIENCE)
        off = round((premises.now - parsedate_to_datetime(answer.headers["date"])).total_seconds())
    except (httpx.HTTPError, KeyError, ValueError) as error:
        found = Reason("doctor_unreachable", {"name": premises.api_url, "problem": type(error).__name__})
        yield failed("clock", found, Reason("doctor_fix_unreachable"))
        return
    if abs(off) > _MOST_SKEW:
        yield failed("clock", Reason("doctor_clock_off", {"seconds": off}), Reason("doctor_fix_clock"))
    else:
        yield well("clock", "doctor_clock", seconds=off)


def channels(premises: Premises) -> Iterator[CheckedPoint]:
    """
    Knock at the door of every channel: its name is known and something listens there. No message is sent.
    """
    if premises.channels in {(), ("console",)}:
        yield CheckedPoint("channels", *_only_console())
        return
    for name, host, port in premises.doors:
        try:
            socket.create_connection((host, port), timeout=_PATIENCE).close()
        except OSError as error:
            found = Reason("doctor_unreachable", {"name": f"{name} ({host}:{port})", "problem": error.strerror or type(error).__name__})
            yield failed("channels", found, Reason("doctor_fix_unreachable"))
        else:
            yield well("channels", "doctor_door", name=name, host=host)
    if not premises.doors:
        yield well("channels", "doctor_channels", names=", ".join(premises.channels))


def _only_console() -> tuple[Health, Reason, Reason]:
    return Health.NOTE, Reason("doctor_only_console"), Reason("doctor_fix_only_console")
