"""
The first conversation with Amazon, wired from the settings alone: it needs no log and leaves none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.assemble.settled import account_of, reading
from watchdog.assemble.spapi import session_of
from watchdog.terms.look import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from watchdog.settings import Settings
    from watchdog.sources.spapi.connecting import Step


def steps_of(settings: Settings, missing: Sequence[str], *, now: datetime, asin: str | None) -> Iterator[Step]:
    """
    Yield the steps as they are taken; where settings are missing, that they are is the only one.
    """
    from watchdog.sources.spapi.asking_2026 import Asker2026
    from watchdog.sources.spapi.connecting import Came, Step, steps

    account = account_of(settings)
    session = session_of(settings, account)
    if session is None:
        result = Reason("connect_credentials_missing", {"names": ", ".join(missing)})
        yield Step("connect_credentials", Came.NOT, result, Reason("connect_help_credentials"))
        return
    yield Step("connect_credentials", Came.WELL, Reason("connect_credentials_set"))
    try:
        asker = Asker2026(session, reading(settings), account.marketplaces)
        yield from steps(session, asker, account.marketplaces, now=now, asin=asin)
    finally:
        session.close()
