"""
The sources that ask Amazon's Selling Partner API, where its credentials are set: one session for all of them.
"""

from __future__ import annotations

import secrets
from collections import Counter
from typing import TYPE_CHECKING

from watchdog.assemble.building import told_by
from watchdog.assemble.channels import revealed
from watchdog.store.lines import known_lines
from watchdog.store.releases import version

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from watchdog.settings import Settings
    from watchdog.sources.files import Reading
    from watchdog.sources.spapi.orders import Orders
    from watchdog.sources.spapi.session import Session
    from watchdog.store import Store
    from watchdog.terms.account import Account

_REFUSED = 300


def session_of(settings: Settings, account: Account, calls: Counter[tuple[str, str]] | None = None, *, scope: str = "") -> Session | None:
    """
    Return the session of these settings, which counts its requests; None where no credentials are set.

    With a ``scope`` it asks as the application itself, not as the seller.
    """
    if settings.spapi_client_id is None or settings.spapi_client_secret is None or settings.spapi_refresh_token is None:
        return None
    from watchdog.sources.spapi.addresses import LWA_URL, host_of
    from watchdog.sources.spapi.session import Session
    from watchdog.sources.spapi.token import Credentials

    credentials = Credentials(
        settings.spapi_client_id, settings.spapi_client_secret.get_secret_value(), settings.spapi_refresh_token.get_secret_value()
    )
    host = settings.spapi_endpoint or host_of(account.home)
    here = host.startswith("http://")  # only this machine may be asked unencrypted, and no proxy leads to it
    return Session(
        credentials,
        host=host,
        proxy=None if here else revealed(settings.proxy_url),
        lwa_url=settings.lwa_endpoint or LWA_URL,
        scope=scope,
        draw=_draw,
        told=_counting(calls if calls is not None else Counter()),
    )


def orders_of(session: Session, account: Account, book: Store, reading: Reading) -> Orders:
    """
    Return the source of orders: the newest interface, and the old one where that is refused.
    """
    from watchdog.sources.spapi.asking_2026 import Asker2026
    from watchdog.sources.spapi.asking_v0 import AskerV0
    from watchdog.sources.spapi.orders import Orders

    newest = Asker2026(session, reading, account.marketplaces)
    oldest = AskerV0(session, reading, account.marketplaces, known=lambda order_ids: _known(book, order_ids))
    return Orders(session, (newest, oldest), told=told_by("spapi"), watch=lambda: _version(book))


def _version(book: Store) -> int:
    with book.reading() as tx:
        return version(tx)


def _known(book: Store, order_ids: Collection[str]) -> Collection[str]:
    with book.reading() as tx:
        return known_lines(tx, set(order_ids)).keys()


def _counting(calls: Counter[tuple[str, str]]) -> Callable[[str, Mapping[str, object]], None]:
    """
    Return what counts every answer by operation and status, and logs those that are no success.
    """
    told = told_by("spapi")

    def hear(event: str, fields: Mapping[str, object]) -> None:
        status = fields.get("status")
        calls[str(fields["operation"]), "none" if status is None else str(status)] += 1
        if not isinstance(status, int) or status >= _REFUSED:
            told(event, fields)

    return hear


def _draw() -> float:
    return secrets.randbelow(10**6) / 10**6
