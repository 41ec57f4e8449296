"""
Judges where a message may be sent: only encrypted, and never to this machine or the network behind it unless allowed.

The addresses a name resolves to are judged, not its spelling, and the connection is made to a judged address: a name that changes
its mind between the two looks (DNS rebinding) reaches nothing.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

    #: Turns a host and a port into addresses; the system's resolver, or a table in tests.
    Resolver = Callable[[str, int], tuple[str, ...]]

_DEFAULT_PORTS = {"https": 443, "http": 80}
#: Addresses that carry an IPv4 address in their last four bytes and lead to it through a translator (RFC 6052).
_TRANSLATED = IPv6Network("64:ff9b::/96")


class TargetForbidden(ValueError):
    """
    The address may not be sent to; the words say why and never quote it.
    """


class Target(NamedTuple):
    """
    Where a URL leads, as far as its spelling says.
    """

    host: str
    port: int
    encrypted: bool


def parse_target(url: str, *, allow_private: bool) -> Target:
    """
    Return where the URL leads.

    Raises:
        TargetForbidden: it is no http(s) URL, carries a user name, or is not encrypted and private targets are not allowed.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise TargetForbidden("the address is no URL") from None
    if parts.scheme not in _DEFAULT_PORTS or not host or not url.isascii() or any(mark <= " " for mark in url):
        raise TargetForbidden("the address is no https:// URL")
    if parts.username is not None:
        raise TargetForbidden("the address carries a user name")
    if parts.scheme == "http" and not allow_private:
        raise TargetForbidden("the address is not encrypted (https:// is required)")
    return Target(host, port or _DEFAULT_PORTS[parts.scheme], encrypted=parts.scheme == "https")


def permitted_addresses(target: Target, *, allow_private: bool, resolve: Resolver | None = None) -> tuple[str, ...]:
    """
    Return the addresses that may be connected to, in the resolver's order.

    One private address among them condemns all. With ``allow_private`` every address is permitted to an encrypted target, and
    loopback to one that is not.

    Raises:
        TargetForbidden: a resolved address is private, or the target is not encrypted and lies outside this machine.
        OSError: the name can't be resolved.
    """
    addresses = (resolve or system_resolver)(target.host, target.port)
    judged = [_real(address) for address in addresses]
    if not target.encrypted and not all(address.is_loopback for address in judged):
        raise TargetForbidden("the address is not encrypted (https:// is required outside this machine)")
    if not allow_private and not all(_is_public(address) for address in judged):
        raise TargetForbidden("the address lies in a private network (PREORDER_ALLOW_PRIVATE_TARGETS=1 allows it)")
    return addresses


def system_resolver(host: str, port: int) -> tuple[str, ...]:
    """
    Return the addresses the system knows for the host.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(place[0]) for *_, place in found))


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    return address.is_global and not address.is_multicast


def _real(text: str) -> IPv4Address | IPv6Address:
    address = ip_address(text)
    if isinstance(address, IPv4Address):
        return address
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address
