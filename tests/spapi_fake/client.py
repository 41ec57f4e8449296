"""
Our own session towards the fake, without a socket between.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.sources.spapi.session import Session
from watchdog.sources.spapi.token import Credentials

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.spapi_fake.fake import FakeSpapi


def _unheard(_event: str, _fields: Mapping[str, object]) -> None:
    """
    Let it pass.
    """


def a_session(fake: FakeSpapi, *, socket: bool = False, told: Callable[[str, Mapping[str, object]], None] = _unheard) -> Session:
    """
    Return a session with the fake's credentials; jitter is always the half. ``socket`` goes over HTTP on loopback, ``told`` hears answers.
    """
    lwa = fake.lwa
    return Session(
        Credentials(lwa.client_id, lwa.client_secret, lwa.refresh_token),
        host=fake.endpoint,
        lwa_url=fake.lwa_endpoint,
        draw=lambda: 0.5,
        transport=None if socket else fake.transport(),
        told=told,
    )
