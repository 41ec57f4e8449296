"""
Where the page is reached, and by which names.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Address:
    """
    Where the page is reached.
    """

    host: str  #: it is bound to
    base_url: str | None = None  #: people type where that is another

    @property
    def is_loopback(self) -> bool:
        """
        Say whether only this machine reaches it.
        """
        return self.host in _LOOPBACK_NAMES or (_is_ip(self.host) and ipaddress.ip_address(self.host).is_loopback)

    @property
    def is_secure(self) -> bool:
        """
        Say whether browsers reach it by https alone.
        """
        return (self.base_url or "").startswith("https://")

    def is_own(self, netloc: str) -> bool:
        """
        Say whether a ``Host`` header names this page.

        A foreign name that resolves to us is how a web site reaches into a private network (DNS rebinding); a bare IP address never is.
        """
        try:
            name = urlsplit(f"//{netloc}").hostname or ""
        except ValueError:
            return False
        if name in _LOOPBACK_NAMES | {self.host.lower(), urlsplit(self.base_url or "").hostname}:
            return True
        return not self.is_loopback and _is_ip(name)


def _is_ip(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
