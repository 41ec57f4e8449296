"""
Through a proxy: it connects, and what this machine knows of the target is judged all the same.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from tests.deliver.makers_deliver import a_message
from tests.deliver.servers import answering, speaking
from watchdog.deliver.slack import SlackWebhook
from watchdog.deliver.targets import TargetForbidden
from watchdog.deliver.wire import DeadlineTransport
from watchdog.terms.message import Fate, Receipt

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator


@contextlib.contextmanager
def a_proxy(heard: list[bytes], answer: bytes) -> Iterator[str]:
    """
    A proxy that hears the first request and answers so.
    """

    def talk(connection: socket.socket) -> None:
        heard.append(connection.recv(65_536))
        connection.sendall(answer)

    with speaking(talk) as port:
        yield f"http://hush:hush-hush@127.0.0.1:{port}"


def test_an_encrypted_target_is_reached_by_connect() -> None:
    """
    The proxy learns the host, never the path; login and refusal stay out of the answer.
    """
    heard: list[bytes] = []
    with a_proxy(heard, b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n") as proxy:
        transport = DeadlineTransport(timeout=5, proxy=proxy, resolve=lambda _host, _port: ("127.0.0.1",), allow_private=True)
        receipt = SlackWebhook("https://hooks.slack.com/services/hush", transport=transport).send(a_message())

    assert heard[0].startswith(b"CONNECT hooks.slack.com:443 ")
    assert b"/services" not in heard[0] and b"Proxy-Authorization: Basic" in heard[0]
    assert receipt.fate is Fate.POSTPONED
    assert "hush" not in receipt.answer


def test_a_name_only_the_proxy_knows_is_left_to_it() -> None:
    """
    A machine behind a proxy often resolves nothing of the outside.
    """
    heard: list[bytes] = []

    def resolve(host: str, _port: int) -> tuple[str, ...]:
        if host != "127.0.0.1":
            raise OSError("no such name")
        return (host,)

    with a_proxy(heard, b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n") as proxy:
        transport = DeadlineTransport(timeout=5, proxy=proxy, resolve=resolve)
        receipt = SlackWebhook("https://hooks.slack.com/services/hush", transport=transport).send(a_message())

    assert heard[0].startswith(b"CONNECT hooks.slack.com:443 ")
    assert receipt.fate is Fate.POSTPONED


@pytest.mark.parametrize("address", ["10.0.0.7", "169.254.169.254", "::1"])
def test_a_private_target_is_refused_before_the_proxy_is_asked(address: str) -> None:
    """
    The proxy might reach what we must not.
    """
    import httpx

    wire = DeadlineTransport(timeout=1, proxy="http://127.0.0.1:9", resolve=lambda _host, _port: (address,))

    with pytest.raises(TargetForbidden):
        wire.handle_request(httpx.Request("POST", "https://inside.example.com/"))


def test_without_a_proxy_nothing_changes() -> None:
    """
    The usual way.
    """
    with answering() as server:
        receipt = SlackWebhook(server.url(), allow_private=True).send(a_message())

    assert receipt == Receipt(Fate.SENT, "ok")
