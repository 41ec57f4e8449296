"""
The first conversation with Amazon, wired from the settings: it needs no log and makes none; in one that is there its requests are noted.
"""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from typing import TYPE_CHECKING

from watchdog.assemble.settled import account_of, open_book, reading
from watchdog.assemble.spapi import session_of
from watchdog.terms.errors import StoreError
from watchdog.terms.look import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from watchdog.settings import Settings
    from watchdog.sources.spapi.connecting import Step
    from watchdog.store import Store


def steps_of(settings: Settings, missing: Sequence[str], *, now: datetime, asin: str | None) -> Iterator[Step]:
    """
    Yield the steps as they are taken; where settings are missing, that they are is the only one.
    """
    from watchdog.assemble.spending import Spending
    from watchdog.sources.spapi.asking_2026 import Asker2026
    from watchdog.sources.spapi.connecting import Came, Step, steps

    account, calls = account_of(settings), Counter[tuple[str, str]]()
    session = session_of(settings, account, calls)
    if session is None:
        result = Reason("connect_credentials_missing", {"names": ", ".join(missing)})
        yield Step("connect_credentials", Came.NOT, result, Reason("connect_help_credentials"))
        return
    yield Step("connect_credentials", Came.WELL, Reason("connect_credentials_set"))
    with ExitStack() as closing:
        closing.callback(session.close)
        book = _log_of(settings)
        if book is not None:
            closing.callback(book.close)
        asker = Asker2026(session, reading(settings), account.marketplaces)
        asks = Spending(session, book, settings.state_dir / "patrol.lock", calls)
        yield from steps(asks, asker, account.marketplaces, now=now, asin=asin)


def _log_of(settings: Settings) -> Store | None:
    """
    Return the log of these settings, None where there is none yet, or none of this version.
    """
    try:
        return open_book(settings, create=False)
    except StoreError:
        return None
